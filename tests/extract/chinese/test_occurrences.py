"""What a sentence means without naming it."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from spacy.tokens import Doc

from triplehelix.extract.chinese.occurrences import OccurrenceFinder, is_heading
from triplehelix.extract.coreference import Referent

Read = Callable[[str], tuple[Doc, list[Referent]]]


def unspoken(read: Read, text: str) -> list[set[tuple[str, str]]]:
    """For each sentence the names and ways of what it means unspoken."""
    doc, referents = read(text)
    found = OccurrenceFinder(doc, referents).by_sentence()
    return [
        {(referents[o.referent].name, o.via) for o in found.get(n, ()) if o.form == "unspoken"}
        for n, _ in enumerate(doc.sents)
    ]


def test_the_actor_of_a_sentence_goes_on_in_the_next(marked: Read) -> None:
    _, second = unspoken(
        marked, "{Government:市科技局}设立{Mechanism:种子基金}。同时开展{Mechanism:揭榜挂帅试点}。"
    )
    assert ("市科技局", "topic") in second


def test_all_members_of_a_list_act_on(marked: Read) -> None:
    _, second = unspoken(
        marked,
        "{Government:市科技局}、{Government:市教育局}设立{Mechanism:种子基金}。并开展{Mechanism:试点}。",
    )
    assert {("市科技局", "topic"), ("市教育局", "topic")} <= second


def test_a_lead_in_names_the_actor_of_every_item(marked: Read) -> None:
    sentences = unspoken(
        marked,
        "第三条 {ActorGroup:职业学校}可以开展下列合作：\n（一）举办{Mechanism:订单班}；\n"
        "（二）建设{Mechanism:实训基地}。",
    )
    assert all(("职业学校", "lead-in") in found for found in sentences[1:])


def test_a_new_article_forgets_the_actor_of_the_one_before(marked: Read) -> None:
    _, second = unspoken(
        marked, "第三条 {ActorGroup:职业学校}举办{Mechanism:订单班}。\n第四条 建立{Mechanism:督导制度}。"
    )
    assert not {name for name, via in second if via in ("topic", "lead-in")}


def test_what_a_document_demands_goes_on(marked: Read) -> None:
    _, second = unspoken(
        marked, "{PolicyDocument:《意见》}要求，完善{Mechanism:评价制度}。建立{Mechanism:学分银行}。"
    )
    assert ("《意见》", "document") in second


def test_a_heading_names_what_the_paragraph_is_about(marked: Read) -> None:
    found = unspoken(marked, "一、深化{Mechanism:职称改革}\n面向{TalentGroup:青年教师}开展评审。")
    assert ("职称改革", "heading") in found[-1]


@pytest.mark.parametrize(
    ("line", "heading"),
    [
        ("（三）加快建设人才高地", True),
        ("2025年工作安排", True),
        ("会议强调，要加快改革。", False),
        ("第二章 校企合作", True),
    ],
)
def test_headings_are_short_lines_without_an_end(line: str, heading: bool) -> None:
    assert is_heading(line) is heading
