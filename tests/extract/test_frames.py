"""Every frame is tried on its own example; the frame file is read with care."""

from __future__ import annotations

from pathlib import Path

import pytest
from spacy.language import Language

from triplehelix.errors import OntologyError
from triplehelix.extract.pairs import PairFinder
from triplehelix.ontology import Ontology
from triplehelix.ontology.frames import Frame, load_frames

BY_VERB = load_frames("en")
FRAMES = sorted({frame for frames in BY_VERB.values() for frame in frames}, key=lambda frame: frame.name)
NOUNS = {"NOUN", "PROPN"}

HEADER = """@prefix th: <https://w3id.org/triplehelix/ontology#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
"""
ROW = 'th:frame-x a th:Frame ; th:frameOf th:leads ; th:subjectRole "agent" ; th:objectRole "theme" ; '


@pytest.mark.parametrize("frame", FRAMES, ids=lambda frame: frame.name.removeprefix("frame-"))
def test_the_example_of_a_frame_evokes_it(frame: Frame, nlp: Language, ontology: Ontology) -> None:
    doc = nlp(frame.example)
    links = PairFinder(doc, [], ontology.schema, BY_VERB, None)._frame_links()
    linked = [
        (doc[subject], doc[target])
        for (subject, target), matches in links.items()
        if any(match.frame.name == frame.name for match in matches)
    ]
    assert any(s.pos_ in NOUNS and o.pos_ in NOUNS for s, o in linked), [
        (token.text, token.tag_, token.dep_, token.head.text) for token in doc
    ]


@pytest.mark.parametrize("frame", FRAMES, ids=lambda frame: frame.name.removeprefix("frame-"))
def test_a_frame_expresses_a_predicate_of_the_ontology(frame: Frame, ontology: Ontology) -> None:
    assert frame.predicate in ontology.schema.predicates
    assert frame.example.endswith(".")
    assert all(verb == verb.lower().strip() for verb in frame.verbs)


def layer(folder: Path, turtle: str) -> Path:
    path = folder / "mine.ttl"
    path.write_text(HEADER + turtle, encoding="utf-8")
    return path


def test_a_layer_adds_frames_language_by_language(tmp_path: Path) -> None:
    mine = layer(tmp_path, ROW + 'th:verb "incubate"@en , "孵化"@zh .')
    assert "incubate" not in BY_VERB
    [english] = load_frames("en", [mine])["incubate"]
    [chinese] = load_frames("zh", [mine])["孵化"]
    assert (english.name, english.predicate) == ("frame-x", "leads")
    assert english.verbs == {"incubate"}
    assert chinese.verbs == {"孵化"}


def test_a_verb_keeps_its_shipped_frames_when_a_layer_adds_one(tmp_path: Path) -> None:
    frames = load_frames("en", [layer(tmp_path, ROW + 'th:verb "establish"@en .')])["establish"]
    assert {frame.name for frame in frames} == {"frame-x", *(frame.name for frame in BY_VERB["establish"])}


@pytest.mark.parametrize(
    ("turtle", "said"),
    [
        pytest.param("th:frame-x a th:Frame ;", "", id="no Turtle"),
        pytest.param(
            ROW.replace('"agent"', '"doer"') + 'th:verb "open"@en .', "subjectRole.*doer", id="role"
        ),
        pytest.param(
            ROW.replace("th:frameOf th:leads ;", "") + 'th:verb "open"@en .',
            "exactly one th:frameOf, it has 0",
            id="no predicate",
        ),
        pytest.param(ROW + 'th:objectRole "prep:in" ; th:verb "open"@en .', "objectRole", id="two roles"),
    ],
)
def test_a_wrong_frame_is_named_with_file_and_line(turtle: str, said: str, tmp_path: Path) -> None:
    with pytest.raises(OntologyError, match=rf"mine\.ttl, line \d+: .*{said}"):
        load_frames("en", [layer(tmp_path, turtle)])
