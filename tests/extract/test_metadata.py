"""Titles, dates, publishers and languages: taken when they are told, left open when they are not."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from triplehelix.errors import UnreadableDocument
from triplehelix.extract.dates import find_dates, opening_date, parse_date
from triplehelix.extract.metadata import (
    Metadata,
    plausible_title,
    split_front_matter,
)
from triplehelix.extract.sidecar import load_sidecar, parse_sidecar


@pytest.mark.parametrize(
    ("text", "iso"),
    [
        ("2026-03-09", "2026-03-09"),
        ("2026/3/9", "2026-03-09"),
        ("2026.03.09", "2026-03-09"),
        ("2026-03-09T08:30:00+08:00", "2026-03-09"),
        ("2026-03-09 08:30", "2026-03-09"),
        ("March 9, 2026", "2026-03-09"),
        ("Mar. 9th 2026", "2026-03-09"),
        ("9 March 2026", "2026-03-09"),
        ("1st of sept. 2026", "2026-09-01"),
        ("2026年3月9日", "2026-03-09"),
        ("2026 年 3 月 9 日", "2026-03-09"),
        ("二〇二六年三月九日", "2026-03-09"),
        ("二○二六年十二月三十一日", "2026-12-31"),
        ("二零二六年十月二十日", "2026-10-20"),
        ("２０２６年３月９日", "2026-03-09"),
        ("2026－03－09", "2026-03-09"),
        ("2026-03", "2026-03"),
        ("2026年3月", "2026-03"),
        ("二〇二六年三月", "2026-03"),
        ("2026年", "2026"),
        ("2026", "2026"),
        ("3/9/2026", None),
        ("2026-13-09", None),
        ("2026-02-30", None),
        ("last spring", None),
        ("0000-01-01", None),
        ("2026-03-09 or so", None),
        ("12026-03-09", None),
        ("", None),
    ],
)
def test_dates_as_people_write_them(text: str, iso: str | None) -> None:
    assert parse_date(text) == iso


@given(st.dates(min_value=date(1800, 1, 1), max_value=date(2199, 1, 1)))
def test_every_date_is_read_in_every_form(day: date) -> None:
    iso = f"{day:%Y-%m-%d}"
    forms = (f"{day:%B %d, %Y}", f"{day:%d %b %Y}", f"{day:%Y}年{day:%m}月{day:%d}日", f"{day:%Y/%m/%d}")
    assert {parse_date(form) for form in forms} == {iso}
    assert list(find_dates(f"On {forms[0]}, it")) == [(3, iso)]


@pytest.mark.parametrize(
    ("text", "iso"),
    [
        pytest.param("Plan\nMarch 9, 2026\n\nThe plan of the year.", "2026-03-09", id="a line of its own"),
        pytest.param("规划\n——2025年1月20日在第三次会议上\n正文", "2025-01-20", id="Chinese subtitle"),
        pytest.param(
            "Plan\nBEIJING, March 9, 2026 -- The ministry " + "x " * 60, "2026-03-09", id="dateline"
        ),
        pytest.param("Plan\nOn March 9, 2026, the ministry " + "said much " * 20, None, id="in a sentence"),
        pytest.param("Law\nAdopted 2010-12-23\nAmended 2021-12-24\nText", None, id="two dates"),
        pytest.param("Law\n2010-12-23\nDecember 23, 2010\nText", "2010-12-23", id="one date twice"),
        pytest.param("Plan\n" + "Line.\n" * 20 + "2026-03-09", None, id="far below"),
        pytest.param("规划\n（2025年3月）\n正文", "2025-03", id="a month"),
        pytest.param(
            "综述\n2025年3月9日，教育部启动试点，三十所大学参加。",
            None,
            id="in a Chinese sentence",
        ),
        pytest.param("Paper\nDOI 10.123/j.cnki.2016.02.17", None, id="digits of an identifier"),
        pytest.param("Plan\nno date", None, id="none"),
    ],
)
def test_the_date_in_the_first_lines(text: str, iso: str | None) -> None:
    assert opening_date(text) == iso


def test_titles_that_programs_left_are_none() -> None:
    for title in (
        "Untitled",
        "Microsoft Word - plan.doc",
        "plan-final2.pdf",
        "文档1",
        "PowerPoint Presentation",
        "",
        "3",
    ):
        assert plausible_title(title) is None, title
    assert plausible_title(" Plan \n for\x00 engineers ") == "Plan for engineers"


FRONT = """\
---
title: A plan: part one
date: 2026-03-09
source: https://example.org/a
publisher: Ministry
lang: zh-CN
"""


def test_front_matter_is_read_and_parted_from_the_text() -> None:
    metadata, body = split_front_matter(FRONT + "---\nText.")
    assert (FRONT + "---\nText.")[body:] == "Text."
    assert metadata == Metadata("A plan: part one", "2026-03-09", "Ministry", "https://example.org/a", "zh")


@pytest.mark.parametrize(
    ("block", "expected"),
    [
        ("title: 'Quoted: yes'\nDate: March 9, 2026", Metadata("Quoted: yes", "2026-03-09")),
        ("title: Plan\nsource: Daily News", Metadata("Plan", publisher="Daily News")),
        ("title: [a, b]\nurl: javascript:alert(1)\ndate: soon", Metadata()),
        ("标题：工程师培养方案\n发文机关：教育部", Metadata("工程师培养方案", publisher="教育部")),
        ("title: !!python/object/apply:os.system [id]", Metadata()),
        ("a: &x [1]\nb: [*x, *x]\ntitle: Plan", Metadata("Plan")),
    ],
)
def test_front_matter_of_many_kinds(block: str, expected: Metadata) -> None:
    assert split_front_matter(f"---\n{block}\n---\nText.")[0] == expected


@pytest.mark.parametrize(
    "text", ["---\nA scene break opens this text.\n---\nMore.", "title: x\n", "---\ntitle: x\n", "--- "]
)
def test_what_is_no_front_matter_stays_text(text: str) -> None:
    assert split_front_matter(text) == (Metadata(), 0)


@given(st.text(st.sampled_from("-\n:ab [{&*!'\"#|>%@`,.\t"), max_size=60))
def test_no_front_matter_breaks_the_reading(text: str) -> None:
    for whole in (text, f"---\n{text}\n---\nbody"):
        metadata, body = split_front_matter(whole)
        assert isinstance(metadata, Metadata) and 0 <= body <= len(whole)


@given(
    st.builds(Metadata, *[st.sampled_from([None, "x"])] * 5),
    st.builds(Metadata, *[st.sampled_from([None, "y"])] * 5),
)
def test_the_more_deliberate_metadata_wins_field_by_field(first: Metadata, second: Metadata) -> None:
    both = first.over(second)
    assert both.title == (first.title or second.title) and both.url == (first.url or second.url)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name in ("a.txt", "b.txt"):
        (tmp_path / name).write_text("Text.")
    return tmp_path


def test_a_sidecar_tells_of_the_files_beside_it(folder: Path) -> None:
    (folder / "metadata.csv").write_text(
        "\ufefffile,title,date,publisher,url,language\n"
        'a.txt,"Plan, part one",2026年3月9日,教育部,https://example.org/a,zh-CN\n\nb.txt,,,,,\n'
    )
    sidecar = load_sidecar(folder, "metadata.csv")
    assert sidecar.problems == ()
    assert sidecar.rows == {
        "a.txt": Metadata("Plan, part one", "2026-03-09", "教育部", "https://example.org/a", "zh"),
        "b.txt": Metadata(),
    }


def test_a_sidecar_saved_by_a_spreadsheet_in_chinese_is_read(folder: Path) -> None:
    text = "file,title\r\na.txt,关于培养工程师的意见\r\n"
    (folder / "metadata.csv").write_bytes(text.encode("gb18030"))
    assert load_sidecar(folder, "metadata.csv").rows["a.txt"].title == "关于培养工程师的意见"


def test_a_folder_without_a_sidecar_has_an_empty_one(folder: Path) -> None:
    assert load_sidecar(folder, "metadata.csv").rows == {}


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("c.txt,,,", "this folder holds no 'c.txt'; correct the name or remove the line"),
        ("sub/a.txt,,,", "'sub/a.txt' is not in this folder"),
        ("../a.txt,,,", "'../a.txt' is not in this folder"),
        (",Title,,", "no file is named"),
        ("a.txt,,3/9/2026,", "'3/9/2026' is no date; write it as 2026-03-09"),
        ("a.txt,,,example.org", "'example.org' is no web address; begin it with https://"),
        ("a.txt,Plan, part one,,", "5 cells under 4 columns; put cells that hold a comma in quotes"),
        ("b.txt,,,", "'b.txt' has a line already; keep one"),
        ('a.txt,"open', "is no valid CSV"),
    ],
)
def test_a_wrong_line_is_told_and_the_others_count(folder: Path, line: str, message: str) -> None:
    sidecar = parse_sidecar(f"file,title,date,url\nb.txt,Plan,,\n{line}\n", folder, "texts/metadata.csv")
    (problem,) = sidecar.problems
    assert isinstance(problem, UnreadableDocument)
    assert str(problem).startswith("texts/metadata.csv, line 3: ") and message in str(problem)
    assert sidecar.rows == {"b.txt": Metadata("Plan")}


@pytest.mark.parametrize(
    ("header", "message"),
    [
        ("name,title", "line 1: the first line must name the columns, separated by commas: file,title,date"),
        ("file;title", "line 1: the first line must name the columns, separated by commas"),
        ("file,titel", "line 1: unknown column 'titel'; the columns are file, title, date"),
        ("file,title,title", "line 1: column 'title' stands twice"),
    ],
)
def test_a_wrong_header_is_told(folder: Path, header: str, message: str) -> None:
    sidecar = parse_sidecar(f"{header}\na.txt,x\n", folder, "metadata.csv")
    assert sidecar.rows == {} and message in str(sidecar.problems[0])
