"""An evaluation as plain data for JSON; shares are rounded to four decimals."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import Any, TypeAlias

from .mistake_examples import examples
from .mistakes import (
    INVENTED_KINDS,
    MENTION_KINDS,
    MISSED_KINDS,
    Reliability,
    invented_relations,
    mention_mistakes,
    mention_reliability,
    missed_relations,
    predicate_confusions,
    relation_reliability,
    type_confusions,
)
from .scoring import Evaluation, Figure

Json: TypeAlias = "dict[str, Any]"


def summary(evaluation: Evaluation, *, errors: int = 0) -> Json:
    """All figures and, where asked, `errors` examples of each kind of mistake."""
    content: Json = {
        "mentions": {"exact": figure(evaluation.exact), "relaxed": figure(evaluation.relaxed)},
        "types": {
            name: {"exact": figure(exact), "relaxed": figure(relaxed)}
            for name, (exact, relaxed) in evaluation.types.items()
        },
        "relations": figure(evaluation.relations),
        "predicates": {name: figure(one) for name, one in evaluation.predicates.items()},
        "status": {
            "accuracy": round(evaluation.status_accuracy, 4),
            "of": sum(evaluation.statuses.values()),
            "confusions": _nested(evaluation.statuses),
        },
        "negation": {
            "accuracy": round(evaluation.negation_accuracy, 4),
            "annotated": sum(n for (wanted, _), n in evaluation.negations.items() if wanted),
            "found": sum(n for (_, found), n in evaluation.negations.items() if found),
            "both": evaluation.negations[True, True],
        },
        "mistakes": mistakes_by_kind(evaluation),
        "type confusions": _nested(type_confusions(evaluation)),
        "predicate confusions": _nested(predicate_confusions(evaluation)),
        "reliability": {
            "mentions": [_bin(row) for row in mention_reliability(evaluation)],
            "relations": [_bin(row) for row in relation_reliability(evaluation)],
        },
        "documents": {
            document.gold.name: {
                "mentions exact": figure(document.exact()),
                "mentions relaxed": figure(document.relaxed()),
                "relations": figure(document.related()),
            }
            for document in evaluation.documents
        },
    }
    if errors:
        content["examples"] = {
            kind: [example._asdict() for example in found]
            for kind, found in examples(evaluation, errors).items()
        }
    return content


def figure(one: Figure) -> Json:
    """Precision, recall and F1 with the numbers behind them."""
    return {
        "p": round(one.precision, 4),
        "r": round(one.recall, 4),
        "f1": round(one.f1, 4),
        "found": one.found,
        "annotated": one.annotated,
    }


def mistakes_by_kind(evaluation: Evaluation) -> dict[str, dict[str, int]]:
    """How many mistakes of each kind there are: about mentions, missed and invented relations."""
    mentions = Counter(m.kind for d in evaluation.documents for m in mention_mistakes(d))
    missed = Counter(m.kind for d in evaluation.documents for m in missed_relations(d))
    invented = Counter(m.kind for d in evaluation.documents for m in invented_relations(d))
    return {
        "mentions": {kind: mentions[kind] for kind in MENTION_KINDS},
        "missed relations": {kind: missed[kind] for kind in MISSED_KINDS},
        "invented relations": {kind: invented[kind] for kind in INVENTED_KINDS},
    }


def _nested(pairs: Mapping[tuple[str, str], int]) -> dict[str, dict[str, int]]:
    found: dict[str, dict[str, int]] = {}
    for (wanted, given), number in sorted(pairs.items()):
        found.setdefault(wanted, {})[given] = number
    return found


def _bin(row: Reliability) -> Json:
    return {
        "from": row.low,
        "to": row.high,
        "number": row.number,
        "confidence": round(row.confidence, 4),
        "right": round(row.right, 4),
    }
