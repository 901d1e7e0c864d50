"""Chinese text as tokens: nothing is lost, and names are not cut by what a segmenter thinks."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from spacy.language import Language

from triplehelix.extract.chinese.sentences import clauses
from triplehelix.extract.chinese.tokens import load_chinese

MIXED = st.text(alphabet="教育部联合AI5. ，。；\n　“”（）\u00a0𠮷é", max_size=60)


@pytest.fixture(scope="module")
def reader() -> Language:
    return load_chinese()


@given(text=MIXED)
def test_tokens_and_words_cover_the_text(text: str) -> None:
    doc = load_chinese()(text)
    assert "".join(token.text for token in doc) == text == doc.text
    assert [text[token.idx : token.idx + len(token)] for token in doc] == [token.text for token in doc]
    assert [i for word in doc._.policy_words for i in range(word.start, word.end)] == list(range(len(doc)))


@given(text=MIXED)
def test_sentences_cover_the_text_and_clauses_lie_in_them(text: str) -> None:
    doc = load_chinese()(text)
    sentences = list(doc.sents)
    assert "".join(s.text for s in sentences) == text
    for sentence in sentences:
        for start, end in clauses(sentence):
            assert sentence.start <= start < end <= sentence.end


def test_latin_words_and_numbers_stay_whole(reader: Language) -> None:
    words = [token.text for token in reader("布局6G和AI芯片，投入3.5亿元建设C919产线。")]
    assert {"6G", "AI", "3.5", "C919"} <= set(words)


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("一、总体要求\n建设创新港。推进试点！", ["一、总体要求\n", "建设创新港。", "推进试点！"]),
        ("他说：“要抓紧建设。”会议同意。", ["他说：“要抓紧建设。”", "会议同意。"]),
        ("没有句号的标题\n\n正文在此", ["没有句号的标题\n\n", "正文在此"]),
    ],
)
def test_sentences_end_at_stops_and_lines(reader: Language, text: str, sentences: list[str]) -> None:
    assert [s.text for s in reader(text).sents] == sentences


def test_a_wrapped_line_goes_on(reader: Language) -> None:
    lines = [
        "各地要把学徒培养同产业园区建设结合起来",
        "并由园区里的龙头企业同职业院校一起承担",
        "培养任务，所需经费由当地财政安排，其余",
    ]
    text = "\n".join([*lines, *lines, "部分由企业负担。"])
    assert len(list(reader(text).sents)) == 1


def test_clauses_part_at_commas_outside_brackets(reader: Language) -> None:
    (sentence,) = reader("支持高校（含学院，研究所）设站，由企业牵头。").sents
    doc = sentence.doc
    assert [doc[a:b].text for a, b in clauses(sentence)] == ["支持高校（含学院，研究所）设站", "由企业牵头"]
