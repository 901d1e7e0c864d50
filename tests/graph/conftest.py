"""A small ontology and two annotated documents written for the tests of the graph."""

from __future__ import annotations

from hashlib import sha256

import pytest

from triplehelix.extract.annotations import (
    AnnotatedDocument,
    Document,
    Entity,
    Mention,
    RelationMention,
    Span,
    Unlinked,
)
from triplehelix.ontology import Authority, AuthorityFile, Label, Ontology, load_schema

ENTRIES = (
    Authority(
        "hefei",
        "City",
        (
            Label("Hefei", "en", "pref", False),
            Label("合肥", "zh", "pref", False),
            Label("Hefei City", "en", "alt", False),
            Label("Hofei", "en", "hidden", False),
        ),
        part_of=("anhui",),
        same_as=("http://www.wikidata.org/entity/Q1",),
        identifiers=("wikidata:Q1",),
    ),
    Authority("anhui", "Province", (Label("Anhui", "en", "pref", False),), part_of=("delta",)),
    Authority("delta", "UrbanCluster", (Label("Yangtze River Delta", "en", "pref", False),)),
    Authority("ningbo", "City", (Label("Ningbo", "en", "pref", False),)),
    Authority(
        "moe",
        "Ministry",
        (Label("Ministry of Education", "en", "pref", False), Label("教育部", "zh", "pref", False)),
    ),
    Authority(
        "double-first",
        "Programme",
        (Label("Double First-Class Initiative", "en", "pref", False),),
        mechanism_type="edu",
        date="2015-10-24",
    ),
)
TEXT = (
    "The Ministry of Education runs the joint training scheme in Hefei. "
    "Riverside University will join the joint training scheme."
)
LATER = (
    "Hefei should host an innovation voucher. The Ministry of Education has run the Joint Training Scheme."
)


@pytest.fixture(scope="session")
def ontology() -> Ontology:
    """The shipped schema with an authority file of six entries."""
    return Ontology(load_schema(), AuthorityFile({e.key: e for e in ENTRIES}), (), "test")


@pytest.fixture(scope="session")
def first() -> AnnotatedDocument:
    """A ministry and a university, a scheme, a city: one ongoing and one planned statement, one place."""
    return AnnotatedDocument(
        document=_document("texts/first.txt", TEXT, title="Training notice", date="2024-03-05"),
        sentences=(Span(0, 66), Span(67, 124)),
        entities=(
            Entity("E1", "Government", "Ministry", "Ministry of Education", key="moe"),
            Entity("E2", "Mechanism", "TrainingScheme", "joint training scheme"),
            Entity("E3", "Region", "City", "Hefei", key="hefei"),
            Entity("E4", "University", "University", "Riverside University"),
        ),
        mentions=(
            _mention(TEXT, "Ministry of Education", "E1"),
            _mention(TEXT, "joint training scheme", "E2", confidence=0.7),
            _mention(TEXT, "Hefei", "E3"),
            _mention(TEXT, "Riverside University", "E4"),
            _mention(TEXT, "joint training scheme", "E2", nth=2),
        ),
        relations=(
            RelationMention("E1", "leads", "E2", "ongoing", False, 0.8, "run-direct", (Span(0, 66),)),
            RelationMention("E2", "appliesIn", "E3", "ongoing", False, 0.6, "in-region", (Span(0, 66),)),
            RelationMention("E4", "participatesIn", "E2", "planned", False, 0.75, "join", (Span(67, 124),)),
        ),
        unlinked=(Unlinked("the Council", 0, 3, "several entries have this name", ("a", "b")),),
    )


@pytest.fixture(scope="session")
def second() -> AnnotatedDocument:
    """A later text: the same scheme with other capitals, established; a proposal and a denial."""
    return AnnotatedDocument(
        document=_document("texts/later.txt", LATER),
        sentences=(Span(0, 40), Span(41, 101)),
        entities=(
            Entity("E1", "Region", "City", "Hefei", key="hefei"),
            Entity("E2", "Mechanism", "Mechanism", "innovation voucher"),
            Entity("E3", "Government", "Ministry", "Ministry of Education", key="moe"),
            Entity("E4", "Mechanism", "Mechanism", "Joint Training Scheme"),
        ),
        mentions=(
            _mention(LATER, "Hefei", "E1"),
            _mention(LATER, "innovation voucher", "E2"),
            _mention(LATER, "Ministry of Education", "E3"),
            _mention(LATER, "Joint Training Scheme", "E4"),
        ),
        relations=(
            RelationMention("E2", "appliesIn", "E1", "proposed", False, 0.5, "in-region", (Span(0, 40),)),
            RelationMention("E3", "establishes", "E4", "established", False, 0.9, "set-up", (Span(41, 101),)),
            RelationMention("E3", "leads", "E4", "ongoing", False, 0.9, "run-perfect", (Span(41, 101),)),
            RelationMention("E3", "leads", "E2", "established", True, 0.4, "run-direct", (Span(0, 40),)),
        ),
    )


def _document(source: str, text: str, *, title: str | None = None, date: str | None = None) -> Document:
    return Document(source, text, sha256(text.encode()).hexdigest(), title=title, date=date)


def _mention(text: str, surface: str, entity: str, *, nth: int = 1, confidence: float = 0.9) -> Mention:
    begin = -1
    for _ in range(nth):
        begin = text.index(surface, begin + 1)
    return Mention(begin, begin + len(surface), surface, entity, "lexicon", confidence)
