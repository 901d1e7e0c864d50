"""Line joining, on lines alone."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from triplehelix.extract.paragraphs import join, repair_paragraphs

FULL_LINE = "The commission supports the universities of the region and"


@pytest.mark.parametrize(
    ("lines", "paragraphs"),
    [
        pytest.param([FULL_LINE, "their laboratories."], 1, id="a full line goes on"),
        pytest.param([FULL_LINE, "", "Their laboratories."], 2, id="a blank line ends a paragraph"),
        pytest.param(["Short heading", FULL_LINE], 2, id="a short line ends a paragraph"),
        pytest.param([FULL_LINE, "• first item"], 2, id="an item begins one"),
        pytest.param([FULL_LINE, "（二）second item"], 2, id="a Chinese item begins one"),
        pytest.param([FULL_LINE[:-4] + "all.", "2 Funding of the plan"], 2, id="a heading begins one"),
    ],
)
def test_where_paragraphs_end(lines: list[str], paragraphs: int) -> None:
    assert len(repair_paragraphs(["\n".join([FULL_LINE, "", *lines])]).split("\n")) == paragraphs + 1


@pytest.mark.parametrize(
    ("before", "after", "joined"),
    [
        ("a new pro-", "gramme", "programme"),
        ("the Beijing-", "Tianjin corridor", "Beijing-Tianjin"),
        ("a long-", "term plan", "long-term"),
        ("a co-\u00ad", "operation", "operation"),
        ("a co\u00ad", "operation", "cooperation"),
        ("data-", "driven and data-driven", "data-driven"),
        ("skill-", "based, a skill, a base, based on it", "skill-based"),
    ],
)
def test_divided_words(before: str, after: str, joined: str) -> None:
    assert joined in repair_paragraphs([f"{before}\n{after}"])


@pytest.mark.parametrize(
    ("before", "after", "joined"),
    [
        ("推动长三", "角洲一体化", "推动长三角洲一体化"),
        ("支持“双一流”", "“强基”高校", "支持“双一流”“强基”高校"),
        ("开展“揭榜挂帅”", "攻关", "开展“揭榜挂帅”攻关"),
        ("发展人工智能（AI", "）产业", "发展人工智能（AI）产业"),
        ("the “Double First-Class”", "“plan”", "the “Double First-Class” “plan”"),
    ],
)
def test_no_space_comes_between_chinese_characters(before: str, after: str, joined: str) -> None:
    assert join(before, after) == joined


@given(st.lists(st.lists(st.text("abc XY.教育", max_size=30), max_size=6), max_size=4))
def test_no_letter_is_lost_or_moved(pages: list[list[str]]) -> None:
    """Apart from furniture, which needs three pages with a like edge."""
    lines = [line for page in pages[:2] for line in page]
    text = repair_paragraphs(["\n".join(page) for page in pages[:2]])
    assert "".join(text.split()) == "".join("".join(lines).split())
