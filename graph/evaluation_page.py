"""The page that shows what is annotated against what was found, in the text; one file without scripts."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import NamedTuple

from jinja2 import Environment, PackageLoader, StrictUndefined

from ..errors import GraphError
from ..extract.evaluation_summary import mistakes_by_kind
from ..extract.excerpts import Excerpts
from ..extract.found import FoundRelation
from ..extract.mistake_examples import entity_name
from ..extract.mistakes import (
    MentionKind,
    RelationMistake,
    frequent_words,
    invented_by_predicate,
    invented_relations,
    mention_reliability,
    missed_by_predicate,
    missed_relations,
    predicate_confusions,
    relation_reliability,
    type_confusions,
)
from ..extract.scoring import Evaluation, Figure, Judged
from .marked_text import MARKS, Mark, Token, marks_of, tokens
from .views import STATUSES

FREQUENT = 12
"""How many of the words that were mistaken most often are listed."""


class RelationLine(NamedTuple):
    """A relation beside its sentence: `kind` is right, missed or invented."""

    kind: str
    subject: str
    predicate: str
    object: str
    status: str
    wrong_status: str
    why: str
    detail: str


class Sentence(NamedTuple):
    """A sentence with its marks and relations; `clean` where nothing is wrong in it."""

    tokens: tuple[Token, ...]
    relations: tuple[RelationLine, ...]
    clean: bool


@dataclass(frozen=True, slots=True)
class DocumentPart:
    """What the page says of one document."""

    name: str
    mentions: Figure
    exact: Figure
    relations: Figure
    marks: Counter[str]
    missed: int
    invented: int
    wrong_statuses: int
    sentences: tuple[Sentence, ...]


def write_evaluation(evaluation: Evaluation, path: Path, *, title: str = "Mistakes") -> None:
    """Write the page to `path`; the file is replaced only when the new one is complete.

    Raises `GraphError` where it cannot be written.
    """
    unfinished = path.with_name(f".{path.name}.part")
    try:
        unfinished.write_bytes(evaluation_html(evaluation, title=title).encode("utf-8", "replace"))
        unfinished.replace(path)
    except OSError as error:
        unfinished.unlink(missing_ok=True)
        raise GraphError(f"{path} cannot be written ({error.strerror}); choose another place.") from error


def evaluation_html(evaluation: Evaluation, *, title: str = "Mistakes") -> str:
    """The page as HTML."""
    return (
        _environment()
        .get_template("evaluation.html")
        .render(
            title=title,
            evaluation=evaluation,
            documents=[_part(judged) for judged in evaluation.documents],
            mistakes=mistakes_by_kind(evaluation),
            types=_ranked(type_confusions(evaluation)),
            predicates=_ranked(predicate_confusions(evaluation)),
            missed_by=missed_by_predicate(evaluation),
            invented_by=invented_by_predicate(evaluation),
            missed_words=_frequent(evaluation, "missed"),
            invented_words=_frequent(evaluation, "invented"),
            mention_bins=mention_reliability(evaluation),
            relation_bins=relation_reliability(evaluation),
        )
    )


def _part(judged: Judged) -> DocumentPart:
    marks = list(marks_of(judged))
    lines = list(_relation_lines(judged))
    kinds = Counter(mark.kind for mark in marks)
    return DocumentPart(
        name=judged.gold.name,
        mentions=judged.relaxed(),
        exact=judged.exact(),
        relations=judged.related(),
        marks=kinds,
        missed=sum(line.kind == "missed" for _, line in lines),
        invented=sum(line.kind == "invented" for _, line in lines),
        wrong_statuses=sum(bool(line.wrong_status) for _, line in lines),
        sentences=tuple(_sentences(judged.gold.text, marks, lines)),
    )


def _sentences(
    text: str, marks: Sequence[Mark], lines: Sequence[tuple[int, RelationLine]]
) -> Iterator[Sentence]:
    excerpts = Excerpts(text, ((mark.begin, mark.end) for mark in marks))
    beside: dict[int, list[RelationLine]] = defaultdict(list)
    for offset, line in lines:
        beside[excerpts.at(offset).begin].append(line)
    inside: dict[int, list[Mark]] = defaultdict(list)
    for mark in marks:
        inside[excerpts.at(mark.begin).begin].append(mark)
    for span in excerpts:
        here, relations = inside[span.begin], beside[span.begin]
        if not text[span.begin : span.end].strip():
            continue
        clean = all(mark.kind == "right" for mark in here) and all(
            line.kind == "right" and not line.wrong_status for line in relations
        )
        yield Sentence(tuple(tokens(text, span.begin, span.end, here)), tuple(relations), clean)


def _relation_lines(judged: Judged) -> Iterator[tuple[int, RelationLine]]:
    """Relations with the place where their sentence begins: right ones, missed ones, invented ones."""
    gold = judged.gold
    for key, found in judged.reached.items():
        wanted = judged.wanted[key]
        said = _predicate(found.status or "no status", found.negated)
        status = _predicate(wanted.status, wanted.negated)
        yield (
            wanted.begin,
            RelationLine(
                "right",
                entity_name(gold, wanted.subject),
                wanted.predicate,
                entity_name(gold, wanted.object),
                status,
                said if said != status else "",
                "",
                _detail(found),
            ),
        )
    for mistake in missed_relations(judged):
        wanted_one = mistake.annotated
        assert wanted_one is not None
        yield (
            wanted_one.begin,
            RelationLine(
                "missed",
                entity_name(gold, wanted_one.subject),
                wanted_one.predicate,
                entity_name(gold, wanted_one.object),
                _predicate(wanted_one.status, wanted_one.negated),
                "",
                _why(mistake),
                "",
            ),
        )
    for mistake in invented_relations(judged):
        relation = mistake.found
        assert relation is not None
        yield (
            min(relation.begins, default=0),
            RelationLine(
                "invented",
                judged.found.label(relation.subject),
                relation.predicate,
                judged.found.label(relation.object),
                _predicate(relation.status or "no status", relation.negated),
                "",
                _why(mistake),
                _detail(relation),
            ),
        )


def _why(mistake: RelationMistake) -> str:
    if mistake.kind != "wrong predicate":
        return mistake.kind
    return f"{'found as' if mistake.annotated else 'annotated as'} {mistake.other}"


def _predicate(status: str, negated: bool) -> str:
    return f"{status}, negated" if negated else status


def _detail(relation: FoundRelation) -> str:
    return " · ".join(part for part in (f"{relation.confidence:.2f}", relation.rule) if part)


def _frequent(evaluation: Evaluation, kind: MentionKind) -> list[tuple[str, str, int]]:
    """The words mistaken most often, at least twice."""
    return [row for row in _ranked(frequent_words(evaluation, kind)) if row[2] > 1][:FREQUENT]


def _ranked(pairs: Counter[tuple[str, str]]) -> list[tuple[str, str, int]]:
    ranked = sorted(pairs.items(), key=lambda item: (-item[1], item[0]))
    return [(wanted, found, number) for (wanted, found), number in ranked]


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader(__package__, "templates"),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=StrictUndefined,
        keep_trailing_newline=True,
    )
    environment.globals.update(statuses=STATUSES, marks=MARKS)
    return environment
