"""Who is who in whole Chinese texts: look-alike names stay two entities, other names of one thing become one.

The pairs are in `tests/data`; every name is put into short sentences, once beside its partner and once in another
document. Only the authority file, the forms of names and the text itself decide, so no trained model is needed.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple

import pytest

from triplehelix.extract.annotations import Entity, Unlinked
from triplehelix.extract.chinese.mentions import ChineseMentionFinder
from triplehelix.extract.chinese.resolution import resolve
from triplehelix.extract.chinese.tokens import load_chinese
from triplehelix.graph.identity import entity_iri
from triplehelix.ontology import load_ontology

DATA = Path(__file__).parents[1] / "data"
BASE = "https://example.org/id/"
QUOTES = "《》“”"
SHARE = 0.97
"""Of two names of one thing, how often they must become one entity."""

SENTENCES = {
    "body": ("近日，{}启动青年工程师培养计划。", "记者获悉，{}将设立护理人才奖学金。"),
    "region": ("许多青年工程师来到{}工作。", "去年，新的实验室在{}建成。"),
    "document": ("与会者就{}展开讨论。", "专家认为，{}十分重要。"),
}


class Pair(NamedTuple):
    """Two names of one kind, from the half that was open to view or the held-out one."""

    set: str
    kind: str
    one: str
    other: str


class Reading(NamedTuple):
    """The entities of a text with the stretches that name them, and what was left open."""

    text: str
    entities: Sequence[tuple[Entity, int, int]]
    unlinked: Sequence[Unlinked]

    def iris(self, begin: int, end: int) -> frozenset[str]:
        """IRIs of the entities at a stretch of the text, those of the longest mention there."""
        there = [(e, b, f) for e, b, f in self.entities if b < end and begin < f]
        longest = max((min(f, end) - max(b, begin) for _, b, f in there), default=0)
        document = sha256(self.text.encode()).hexdigest()
        return frozenset(
            entity_iri(e, "zh", BASE, document) for e, b, f in there if min(f, end) - max(b, begin) == longest
        )

    def covers(self, begin: int, end: int) -> bool:
        """Whether a mention is just that stretch."""
        return any((b, f) == (begin, end) for _, b, f in self.entities)


Read = Callable[[str], Reading]


@pytest.fixture(scope="module")
def read() -> Read:
    """Reads a text with the lexicon and the forms of names alone."""
    ontology, nlp = load_ontology(), load_chinese()
    finder = ChineseMentionFinder(ontology, {})

    def reading(text: str) -> Reading:
        doc = nlp(text)
        referents, unlinked = resolve(doc, finder.mentions(doc), ontology)
        found = []
        for number, referent in enumerate(referents):
            entity = Entity(
                str(number), referent.type, referent.cls, referent.name, referent.key, referent.local
            )
            for mention in referent.mentions:
                span = doc[mention.start : mention.end]
                found.append((entity, span.start_char, span.end_char))
        return Reading(text, found, unlinked)

    return reading


def pairs(name: str) -> list[Pair]:
    lines = (DATA / f"{name}.zh.tsv").read_text(encoding="utf-8").splitlines()[1:]
    return [Pair(*line.split("\t")) for line in lines]


def iris(read: Read, pair: Pair) -> list[tuple[frozenset[str], frozenset[str]]]:
    """What the two names are, beside one another and in different documents."""
    first, second = (
        template.format(name) for template, name in zip(SENTENCES[pair.kind], pair[2:], strict=True)
    )
    beside = read(first + "\n" + second)
    one, other = first.index(pair.one), second.index(pair.other)
    behind = len(first) + 1 + other
    return [
        (_at(beside, one, pair.one), _at(beside, behind, pair.other)),
        (_at(read(first), one, pair.one), _at(read(second), other, pair.other)),
    ]


def _at(reading: Reading, begin: int, name: str) -> frozenset[str]:
    bare = name.strip(QUOTES)
    start = begin + name.index(bare)
    return reading.iris(start, start + len(bare))


def test_the_pairs_are_many_and_a_half_was_held_out() -> None:
    for name, least in (("confusables", 150), ("aliases", 100)):
        chosen = pairs(name)
        assert len(chosen) >= least
        assert sum(pair.set == "held-out" for pair in chosen) >= len(chosen) * 0.4
        assert len({frozenset(pair[2:]) for pair in chosen}) == len(chosen)


@pytest.mark.parametrize("pair", pairs("confusables"), ids=lambda pair: f"{pair.one}-{pair.other}")
def test_names_that_look_alike_are_never_merged(read: Read, pair: Pair) -> None:
    assert not any(one & other for one, other in iris(read, pair))


def test_names_that_look_alike_are_found(read: Read) -> None:
    found = [pair for pair in pairs("confusables") if all(one and other for one, other in iris(read, pair))]
    assert len(found) >= SHARE * len(pairs("confusables"))


def test_names_of_one_thing_are_merged(read: Read) -> None:
    apart = [
        pair
        for pair in pairs("aliases")
        if not all(one == other and len(one) == 1 for one, other in iris(read, pair))
    ]
    assert len(apart) <= (1 - SHARE) * len(pairs("aliases")), apart


def ambiguous() -> list[tuple[str, str, str]]:
    lines = (DATA / "ambiguous.zh.tsv").read_text(encoding="utf-8").splitlines()[1:]
    cells = (line.split("\t") for line in lines)
    return [(name, meaning, text.replace("|", "\n")) for name, meaning, text in cells]


@pytest.mark.parametrize(("name", "meaning", "text"), ambiguous())
def test_an_ambiguous_name_is_never_linked_wrongly(read: Read, name: str, meaning: str, text: str) -> None:
    """`meaning` is the right key, "-" for none, or "!key" for anything else than that key; the last place counts."""
    reading = read(text)
    begin = text.rindex(name) if name in text else 0
    keys = {e.key for e, b, f in reading.entities if b <= begin and begin + len(name) <= f and name in text}
    if name not in text or meaning == "-":
        exact = {e.key for e, b, f in reading.entities if (b, f) == (begin, begin + len(name))}
        assert not exact - {None}
    elif meaning.startswith("!"):
        assert meaning[1:] not in keys
    else:
        assert keys == {meaning}


def test_a_name_that_the_document_does_not_decide_is_reported(read: Read) -> None:
    reading = read("长春市朝阳区建设国际人才社区。省教育厅负责指导协调。")
    assert {"朝阳区", "省教育厅"} <= {item.text for item in reading.unlinked}


def test_a_name_written_in_traditional_characters_has_the_iri_of_the_simplified_one(read: Read) -> None:
    one, other = "《江淮市人才發展條例》已經施行。", "《江淮市人才发展条例》已经施行。"
    assert read(one).iris(1, 10) == read(other).iris(1, 10) != frozenset()


def test_the_same_short_name_of_two_cities_stays_two(read: Read) -> None:
    one = read("市教育局启动教师培训。")
    other = read("市教育局设立奖学金。")
    assert not one.iris(0, 4) & other.iris(0, 4)
