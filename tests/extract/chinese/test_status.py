"""Cues of status in Chinese, and what goes on from sentence to sentence."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import pytest
from spacy.tokens import Doc

from triplehelix.errors import OntologyError
from triplehelix.extract.chinese.candidates import CandidateFinder
from triplehelix.extract.chinese.evocation import evoking_word
from triplehelix.extract.chinese.register import read_register
from triplehelix.extract.chinese.status import StatusReader
from triplehelix.extract.chinese.status_cues import find_cues
from triplehelix.extract.chinese.status_features import decide_statuses, status_features
from triplehelix.extract.chinese.tokens import load_chinese
from triplehelix.extract.coreference import Referent
from triplehelix.extract.status_cues import parse_cues
from triplehelix.ontology import Ontology

Read = Callable[[str], tuple[Doc, list[Referent]]]
NLP = load_chinese()


class Even:
    """A model that finds every status equally likely, or one of them a little more."""

    def __init__(self, likeliest: str = "established") -> None:
        self.likeliest = likeliest

    def probabilities(self, features: Sequence[str]) -> dict[str, float]:
        even = dict.fromkeys(("established", "ongoing", "planned", "proposed"), 0.24)
        return {**even, self.likeliest: 0.28}


def cues(text: str) -> set[tuple[str, str]]:
    doc = NLP(text)
    return {(c.text, c.status) for c in find_cues(doc, [t.text for t in doc], 0, len(doc))}


@pytest.mark.parametrize(
    ("text", "cue", "status"),
    [
        ("各地要建立协调机制。", "要", "proposed"),
        ("学校应当设立助学金。", "应当", "proposed"),
        ("本市将启动人才计划。", "将", "planned"),
        ("该市拟建设三个平台。", "拟", "planned"),
        ("两地正在推进共建。", "正在", "ongoing"),
        ("平台已建成。", "已", "established"),
        ("市里设立了基金。", "了", "established"),
        ("单位不得挪用经费。", "不得", "negation"),
        ("该市尚未建立制度。", "尚未", "negation"),
    ],
)
def test_cues_are_found(text: str, cue: str, status: str) -> None:
    assert (cue, status) in cues(text)


@pytest.mark.parametrize(
    ("text", "cue"),
    [("这是重要举措。", "要"), ("将军县很美。", "将"), ("供应链稳定。", "应"), ("未来产业发展。", "未")],
)
def test_a_character_inside_a_word_is_no_cue(text: str, cue: str) -> None:
    assert cue not in {found for found, _ in cues(text)}


def test_a_demand_goes_on_in_sentences_without_a_subject() -> None:
    doc = NLP("会议强调，要深化改革。加强平台建设。两地昨天签约。")
    reader = StatusReader(doc)
    moods = [reader.mood(sentence) for sentence in doc.sents]
    assert [(m.voice, m.is_bare) for m in moods] == [("reported", False), ("reported", True), ("-", False)]
    assert moods[1].carried == "proposed"


def test_a_heading_tells_the_time_of_what_is_below() -> None:
    doc = NLP("二、2025年工作安排\n深化科技体制改革，建设创新平台。")
    assert StatusReader(doc).mood(list(doc.sents)[1]).heading == "planned"


def test_the_review_of_a_report_tells_what_has_been_done(marked: Read, ontology: Ontology) -> None:
    doc, referents = marked(
        "一、2024年工作回顾\n深化{Mechanism:科技体制改革}，培养{TalentGroup:青年人才}。\n"
        "二、2025年工作安排\n深化{Mechanism:职称制度改革}，培养{TalentGroup:卓越工程师}。"
    )
    pairs = [
        p for p, _ in CandidateFinder(ontology).candidates(doc, referents) if p.subject.form == "mention"
    ]
    stated = [(p, "targets") for p in pairs if p.subject.type == "Mechanism" and p.object.form == "mention"]
    review, programme = decide_statuses(doc, stated, Even("planned"))
    assert (review.status, programme.status) == ("established", "planned")


@pytest.mark.parametrize(
    ("text", "genre"),
    [
        ("第三条 市人民政府应当设立基金。\n第四条 学校应当依法开展培训。\n第五条 企业应当提供岗位。", "law"),
        (
            "深化科技体制改革。\n建设三个创新平台，力争增长5%。\n实施人才工程二十项。\n加快数字化转型步伐。",
            "report",
        ),
        ("记者近日从市科技局获悉，平台已建成。\n截至目前，签约了三家企业。\n据介绍，下月召开大会。", "news"),
    ],
)
def test_the_register_of_a_document(text: str, genre: str) -> None:
    assert read_register(NLP(text)).genre == genre


def test_a_relation_is_negated_by_the_word_in_front_of_its_verb(marked: Read, ontology: Ontology) -> None:
    for text, negated in (
        ("{Government:市教育局}尚未设立{Mechanism:督学制度}。", True),
        ("{Government:市教育局}设立{Mechanism:督学制度}，不再收费。", False),
    ):
        doc, referents = marked(text)
        pairs = [p for p, _ in CandidateFinder(ontology).candidates(doc, referents) if p.frames]
        stated = [(pairs[0], "leads")]
        [reading] = decide_statuses(doc, stated, Even())
        assert reading.negated is negated
        assert len(status_features(doc, stated)) == 1


@pytest.mark.parametrize(
    ("text", "word", "finer"),
    [
        ("{Government:省教育厅}牵头{Mechanism:联席会议}。", "牵头", "coordinates"),
        ("{Government:省教育厅}设立{Mechanism:奖学金}。", "设立", "establishes"),
        ("{Government:省教育厅}联合印发{PolicyDocument:《办法》}。", "联合印发", "issuesJointly"),
        ("{Organization:市工商联}配合{Mechanism:帮扶行动}。", "配合", "assists"),
        ("{Government:省教育厅}会同{Government:省财政厅}制定办法。", "会同", "runsWith"),
    ],
)
def test_the_verb_tells_the_role(text: str, word: str, finer: str, marked: Read, ontology: Ontology) -> None:
    doc, referents = marked(text)
    pair = next(p for p, _ in CandidateFinder(ontology).candidates(doc, referents) if p.frames)
    core = pair.frames[0].frame.predicate
    assert evoking_word(doc, pair) == word
    assert ontology.schema.refine(core, word, "zh", pair.subject.type, pair.object.type) == finer


def test_a_cue_has_one_status() -> None:
    with pytest.raises(OntologyError, match=r"zh\.yaml.*要"):
        parse_cues("adverb:\n  proposed: [要]\n  planned: [要]\n", "zh.yaml")
