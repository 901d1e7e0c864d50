"""Every trigger frame is tried on its own example; the trigger file is read with care."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from spacy.tokens import Doc

from triplehelix.errors import OntologyError
from triplehelix.extract.chinese.candidates import CandidateFinder
from triplehelix.extract.chinese.tokens import load_chinese
from triplehelix.extract.coreference import Referent
from triplehelix.extract.mention_spans import MentionSpan
from triplehelix.ontology import Ontology, load_ontology
from triplehelix.ontology.frames import Frame
from triplehelix.ontology.triggers import load_triggers, marked_example

BY_WORD = load_triggers()
TRIGGERS = sorted({t for triggers in BY_WORD.values() for t in triggers}, key=lambda t: t.name)
NLP = load_chinese()

HEADER = """@prefix th: <https://w3id.org/triplehelix/ontology#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
"""
ROW = 'th:trigger-x a th:Trigger ; th:frameOf th:leads ; th:subjectSlot "before" ; th:objectSlot "after" ; '
EXAMPLE = 'skos:example "{s:市科技局}孵育{o:星火平台}。"@zh .'


@pytest.fixture(scope="module")
def finder(ontology: Ontology) -> CandidateFinder:
    return CandidateFinder(ontology)


def evoked(finder: CandidateFinder, example: str, subject_type: str, object_type: str) -> set[str]:
    """Triggers that join the marked subject of an example to its marked object, read as of these types."""
    text, *spans = marked_example(example)
    referents = [
        Referent(kind, kind, text[begin:end], None, [MentionSpan(begin, end, kind, (), "marked", 1.0)])
        for kind, (begin, end) in zip((subject_type, object_type), spans, strict=True)
    ]
    return {
        match.frame.name
        for pair, _ in finder.candidates(NLP(text), referents)
        if (pair.subject.referent, pair.object.referent) == (0, 1)
        for match in pair.frames
    }


@pytest.mark.parametrize("trigger", TRIGGERS, ids=lambda t: t.name.removeprefix("trigger-"))
def test_the_example_of_a_trigger_evokes_it(
    trigger: Frame, finder: CandidateFinder, ontology: Ontology
) -> None:
    info = ontology.schema.predicates[trigger.predicate]
    types = [
        (s, o)
        for s in sorted(info.domain)
        for o in sorted(info.range)
        if ontology.schema.allows(trigger.predicate, s, o)
    ]
    assert any(trigger.name in evoked(finder, trigger.example, s, o) for s, o in types)


def layer(folder: Path, turtle: str) -> Path:
    path = folder / "mine.ttl"
    path.write_text(HEADER + turtle, encoding="utf-8")
    return path


def test_a_layer_adds_triggers(tmp_path: Path) -> None:
    mine = layer(tmp_path, ROW + f'th:triggerWord "孵育"@zh ; {EXAMPLE}')
    assert "孵育" not in BY_WORD
    [trigger] = load_triggers([mine])["孵育"]
    assert (trigger.name, trigger.predicate, trigger.subject_role) == ("trigger-x", "leads", "before")
    assert evoked(CandidateFinder(load_ontology(tmp_path)), trigger.example, "Government", "Mechanism") == {
        "trigger-x"
    }


@pytest.mark.parametrize(
    ("turtle", "complaint"),
    [
        (ROW + EXAMPLE, "triggerWord"),
        (ROW + 'th:triggerWord "孵育"@zh ; skos:example "市科技局孵育平台。"@zh .', "skos:example"),
        (ROW.replace('"before"', '"左边的"') + f'th:triggerWord "孵育"@zh ; {EXAMPLE}', "subjectSlot"),
        (ROW.replace("th:frameOf th:leads ; ", "") + f'th:triggerWord "孵育"@zh ; {EXAMPLE}', "frameOf"),
    ],
    ids=["no word", "unmarked example", "unknown slot", "no predicate"],
)
def test_a_faulty_trigger_is_named_with_file_and_line(tmp_path: Path, turtle: str, complaint: str) -> None:
    with pytest.raises(OntologyError, match=rf"mine\.ttl, line 3.*{complaint}"):
        load_triggers([layer(tmp_path, turtle)])


@pytest.mark.parametrize(
    ("text", "subject", "target", "predicate"),
    [
        (
            "{ActorGroup:有关部门}配合，由{Government:省教育厅}牵头建设{Mechanism:实训平台}。",
            "省教育厅",
            "实训平台",
            "leads",
        ),
        ("支持{ActorGroup:链主企业}组建{Mechanism:创新联合体}。", "链主企业", "创新联合体", "leads"),
        (
            "{University:渔业大学}与{Enterprise:远洋公司}共建{Mechanism:联合实验室}。",
            "渔业大学",
            "远洋公司",
            "cooperatesWith",
        ),
        (
            "{University:渔业大学}与{Enterprise:远洋公司}共建{Mechanism:联合实验室}。",
            "远洋公司",
            "联合实验室",
            "leads",
        ),
        (
            "{Government:市科技局}出台{PolicyDocument:《办法》}，建立{Mechanism:容错机制}。",
            "市科技局",
            "容错机制",
            "leads",
        ),
        (
            "建设{Mechanism:众创空间}、{Mechanism:加速器}等{Mechanism:孵化平台}。",
            "众创空间",
            "孵化平台",
            "partOf",
        ),
    ],
)
def test_who_fills_the_slots(
    text: str,
    subject: str,
    target: str,
    predicate: str,
    finder: CandidateFinder,
    marked: Callable[[str], tuple[Doc, list[Referent]]],
) -> None:
    doc, referents = marked(text)
    names = [referent.name for referent in referents]
    stated = {
        (names[pair.subject.referent], match.frame.predicate, names[pair.object.referent])
        for pair, _ in finder.candidates(doc, referents)
        for match in pair.frames
    }
    assert (subject, predicate, target) in stated
