"""Sentences for showing: they cover the text, and never part what must stay whole."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from triplehelix.extract.excerpts import Excerpts


def shown(text: str) -> list[str]:
    return [text[span.begin : span.end].strip() for span in Excerpts(text)]


def test_sentences_end_at_full_stops_and_paragraphs() -> None:
    text = "A plan for harbours\n\nThe bureau (est. 1999) runs it. It helped Dr. Lin.\n\n他们支持学校。学校感谢。"
    assert shown(text) == [
        "A plan for harbours",
        "The bureau (est. 1999) runs it.",
        "It helped Dr. Lin.",
        "他们支持学校。",
        "学校感谢。",
    ]


def test_a_lost_space_ends_a_sentence_too() -> None:
    assert shown("It helps the bay.And it helps schools.") == ["It helps the bay.", "And it helps schools."]


def test_a_mention_is_never_parted() -> None:
    text = "The Plan for Bays. Part Two begins."
    whole = (text.index("Bays"), text.index(" begins"))
    assert [s.begin for s in Excerpts(text, [whole])] == [0]


@given(st.text(alphabet="aB .!\n。1-", max_size=60))
def test_sentences_cover_the_text_without_gaps(text: str) -> None:
    spans = list(Excerpts(text))
    assert "".join(text[s.begin : s.end] for s in spans) == text
    for offset in range(len(text)):
        span = Excerpts(text).at(offset)
        assert span.begin <= offset < span.end
