"""Examples of each kind of mistake, with the sentence and the file where it was made."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from itertools import islice, zip_longest
from typing import NamedTuple

from .excerpts import Excerpts
from .found import FoundRelation, Place
from .gold import GoldDocument, GoldRelation
from .mistakes import MentionMistake, invented_relations, mention_mistakes, missed_relations, wrong_statuses
from .scoring import Evaluation, Judged

KINDS = (
    "missed mentions",
    "invented mentions",
    "wrong types",
    "wrong boundaries",
    "missed relations",
    "invented relations",
    "wrong predicates",
    "wrong statuses",
)
"""The kinds of examples, in the order they are shown in."""

_MENTION_KINDS = {
    "missed": "missed mentions",
    "invented": "invented mentions",
    "wrong type": "wrong types",
    "wrong boundary": "wrong boundaries",
    "inexact": "wrong boundaries",
}


class Example(NamedTuple):
    """A mistake in words, in the document of that name, with the sentence on one line."""

    document: str
    what: str
    sentence: str


def examples(evaluation: Evaluation, limit: int) -> dict[str, list[Example]]:
    """At most `limit` examples of each of `KINDS`, taken from the documents in turn; empty kinds are left out."""
    by_kind: dict[str, list[list[Example]]] = defaultdict(list)
    for judged in evaluation.documents:
        for kind, found in _by_kind(judged).items():
            by_kind[kind].append(found)
    return {kind: list(islice(_in_turn(by_kind[kind]), limit)) for kind in KINDS if by_kind[kind]}


def entity_name(gold: GoldDocument, entity: str) -> str:
    """The words of the first mention of an annotated entity, on one line; its id where it has none."""
    mention = next((m for m in gold.mentions if m.entity == entity), None)
    return " ".join(gold.text[mention.begin : mention.end].split()) if mention else entity


def wanted_words(gold: GoldDocument, relation: GoldRelation) -> str:
    """An annotated relation in words."""
    subject, target = entity_name(gold, relation.subject), entity_name(gold, relation.object)
    return f"“{subject}” {_predicate(relation)} “{target}” ({relation.status})"


def found_words(judged: Judged, relation: FoundRelation) -> str:
    """A found relation in words."""
    subject, target = judged.found.label(relation.subject), judged.found.label(relation.object)
    return f"“{subject}” {_predicate(relation)} “{target}” ({relation.status or 'no status'})"


def _by_kind(judged: Judged) -> Mapping[str, list[Example]]:
    found: dict[str, list[Example]] = defaultdict(list)
    excerpts = Excerpts(judged.gold.text)

    def add(kind: str, what: str, offset: int) -> None:
        found[kind].append(Example(judged.gold.name, what, excerpts.sentence(offset)))

    for mistake in mention_mistakes(judged):
        add(_MENTION_KINDS[mistake.kind], _mention_words(judged.gold.text, mistake), mistake.place[0])
    for missed in missed_relations(judged):
        assert missed.annotated is not None
        words = wanted_words(judged.gold, missed.annotated)
        if missed.kind == "wrong predicate":
            add("wrong predicates", f"{words} found as {missed.other}", missed.annotated.begin)
        else:
            add("missed relations", f"{words}: {missed.kind}", missed.annotated.begin)
    for invented in invented_relations(judged):
        assert invented.found is not None
        # A wrong predicate has been told from the annotated side.
        if invented.kind != "wrong predicate":
            words = f"{found_words(judged, invented.found)}: {invented.kind}"
            add("invented relations", words, min(invented.found.begins, default=0))
    for wanted, relation in wrong_statuses(judged):
        said = f"{'not ' if relation.negated else ''}{relation.status or 'no status'}"
        add("wrong statuses", f"{wanted_words(judged.gold, wanted)} found as {said}", wanted.begin)
    return found


def _mention_words(text: str, mistake: MentionMistake) -> str:
    if mistake.annotated is None or mistake.found is None:
        return _place_words(text, mistake.place)
    return f"{_place_words(text, mistake.annotated)} found as {_place_words(text, mistake.found)}"


def _place_words(text: str, place: Place) -> str:
    return f"{place[2]} “{' '.join(text[place[0] : place[1]].split())}”"


def _predicate(relation: GoldRelation | FoundRelation) -> str:
    return f"not {relation.predicate}" if relation.negated else relation.predicate


def _in_turn(lists: list[list[Example]]) -> Iterator[Example]:
    for row in zip_longest(*lists):
        yield from (example for example in row if example is not None)
