"""Who is who in whole texts: look-alike names stay two entities, other names of one thing become one.

The pairs are in `tests/data`; a third of them ("held-out") was never looked at when names were added or rules
were written. Every name is put into short sentences, once beside its partner and once in another document.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from hashlib import sha256
from itertools import islice
from pathlib import Path
from typing import NamedTuple

import pytest

from triplehelix.extract import load_pipeline
from triplehelix.extract.annotations import BODIES, AnnotatedDocument, Document, Mention
from triplehelix.extract.pipeline import Pipeline
from triplehelix.graph.identity import entity_iri

DATA = Path(__file__).parents[1] / "data"
BASE = "https://example.org/id/"
SHARE = 0.97
"""Of two names of one thing, how often they must become one entity."""

CHUNK = 20
"""Sentences in a document of names that have nothing to do with one another."""

BODY = (
    "{} launched a training programme for young engineers.",
    "{} set up a scholarship scheme for nurses.",
)
SENTENCES = {
    "body": BODY,
    "short": BODY,
    "region": ("Many young engineers moved to {} in March.", "New laboratories were opened in {} last spring."),
    "document": ("Lawyers welcomed {}.", "Much is said about robots in {}."),
    "mechanism": ("Many young engineers were supported by {}.", "Nurses are trained under {}."),
}
TYPES = {
    "body": BODIES,
    "short": BODIES,
    "region": {"Region"},
    "document": {"PolicyDocument", "Mechanism"},
    "mechanism": {"PolicyDocument", "Mechanism"},
}


LEFT_OUT = (
    re.compile(r"(?:the |[\w-]+['’]s |province of |Chinese |Indian |Lunaria )?", re.IGNORECASE),
    re.compile(r"(?:, India)?"),
)
"""What a mention may lack at its ends and still be the name: whose body it is stands outside its name."""


class Pair(NamedTuple):
    """Two names of one kind, from the half that was open to view or the held-out third."""

    set: str
    kind: str
    one: str
    other: str


class Found(NamedTuple):
    """The IRIs that a name got in one text, and whether the mention is the name and no more or less."""

    iris: frozenset[str]
    exact: bool


@dataclass(frozen=True)
class Outcome:
    """What became of a pair beside one another, and in different documents."""

    pair: Pair
    beside: tuple[Found, Found]
    apart: tuple[Found, Found]

    @property
    def is_merged_somewhere(self) -> bool:
        return any(one.iris & other.iris for one, other in (self.beside, self.apart))

    @property
    def is_merged(self) -> bool:
        settings = (self.beside,) if self.pair.kind == "short" else (self.beside, self.apart)
        return all(
            one.exact and other.exact and len(one.iris) == 1 and one.iris == other.iris
            for one, other in settings
        )

    @property
    def is_missed(self) -> bool:
        return not all(found.iris for found in (*self.beside, *self.apart))


def pairs(name: str) -> list[Pair]:
    lines = (DATA / f"{name}.en.tsv").read_text(encoding="utf-8").splitlines()[1:]
    return [Pair(*line.split("\t")) for line in lines]


def outcomes(pipeline: Pipeline, chosen: Sequence[Pair]) -> list[Outcome]:
    """Read every pair beside one another, then all first names and all second names in other documents."""
    ones = list(_apart(pipeline, [(pair.kind, pair.one, 0) for pair in chosen]))
    others = list(_apart(pipeline, [(pair.kind, pair.other, 1) for pair in chosen]))
    return [
        Outcome(pair, _beside(pipeline, pair), apart)
        for pair, apart in zip(chosen, zip(ones, others, strict=True), strict=True)
    ]


def _beside(pipeline: Pipeline, pair: Pair) -> tuple[Found, Found]:
    first, second = SENTENCES[pair.kind]
    one = f"{pair.one} ({pair.other})" if pair.kind == "short" else pair.one
    lines = [_sentence(first, one), _sentence(second, pair.other)]
    annotated = _read(pipeline, lines)
    return (
        _find(annotated, 0, len(lines[0]), pair.one, pair.kind),
        _find(annotated, len(lines[0]), len(annotated.document.text), pair.other, pair.kind),
    )


def _apart(pipeline: Pipeline, names: Iterable[tuple[str, str, int]]) -> Iterator[Found]:
    remaining = iter(names)
    while chunk := list(islice(remaining, CHUNK)):
        lines = [_sentence(SENTENCES[kind][which], name) for kind, name, which in chunk]
        annotated, start = _read(pipeline, lines), 0
        for (kind, name, _), line in zip(chunk, lines, strict=True):
            yield _find(annotated, start, start + len(line), name, kind)
            start += len(line) + 2


def _sentence(template: str, name: str) -> str:
    sentence = template.format(name)
    return sentence[:1].upper() + sentence[1:] if name.startswith("the ") else sentence


def _read(pipeline: Pipeline, lines: Sequence[str]) -> AnnotatedDocument:
    text = "\n\n".join(lines) + "\n"
    return pipeline.annotate_one(Document("text", text, sha256(text.encode()).hexdigest()))


def _find(annotated: AnnotatedDocument, start: int, end: int, name: str, kind: str) -> Found:
    """The entity that stands at a name: the mention of just these words, else the longest of its kind there."""
    bare = re.sub("^the ", "", name, flags=re.IGNORECASE)
    begin = annotated.document.text.index(bare, start, end)
    stop = begin + len(bare)
    entities = {entity.id: entity for entity in annotated.entities}
    there = [m for m in annotated.mentions if m.begin < stop and begin < m.end]
    exact = [
        m
        for m in there
        if LEFT_OUT[0].fullmatch(annotated.document.text[begin : m.begin])
        and LEFT_OUT[1].fullmatch(annotated.document.text[m.end : stop])
    ]
    of_kind = [m for m in there if entities[m.entity].type in TYPES[kind]]
    longest = [m for m in of_kind if _length(m) == max(map(_length, of_kind))]
    iris = {
        entity_iri(entities[m.entity], "en", BASE, annotated.document.sha256) for m in exact or longest
    }
    return Found(frozenset(iris), bool(exact))


def _length(mention: Mention) -> int:
    return mention.end - mention.begin
