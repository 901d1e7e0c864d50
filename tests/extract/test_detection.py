"""Languages: of a document, and of each stretch of one that mixes them."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from triplehelix.extract.annotations import Document
from triplehelix.extract.detection import (
    LanguageRun,
    detect_language,
    document_runs,
    language_name,
    language_runs,
)

CHINESE = "教育部会同科技部启动卓越工程师联合培养试点，支持高校与企业共建实验室。\n"
ENGLISH = "The Ministry of Education will support universities that cooperate with enterprises.\n"
FRENCH = "Le ministère encourage les universités à coopérer avec les entreprises de la région.\n"


@pytest.mark.parametrize(
    ("text", "language"),
    [
        pytest.param(CHINESE, "zh", id="Chinese"),
        pytest.param("教育部會同科技部啟動卓越工程師聯合培養試點，支持高校與企業共建實驗室。", "zh", id="traditional"),
        pytest.param("教育部启动 STEM 教育 pilot 计划，支持５Ｇ、AI 企业", "zh", id="Chinese with Latin words"),
        pytest.param("国务院", "zh", id="three characters"),
        pytest.param(ENGLISH, "en", id="English"),
        pytest.param("The Ministry of Education (教育部) launched it.", "en", id="English with a gloss"),
        pytest.param("Guangzhou, Shenzhen, Zhuhai, Foshan, Huizhou and Zhongshan", "en", id="names of towns"),
        pytest.param("R&D", "en", id="an acronym"),
        pytest.param("2026-03-09 1234", "en", id="numbers"),
        pytest.param("", "en", id="nothing"),
        pytest.param(FRENCH, "fr", id="French"),
        pytest.param("Das Ministerium fördert die Zusammenarbeit der Hochschulen mit Betrieben.", "de", id="German"),
        pytest.param("El Ministerio fomenta la cooperación entre universidades y empresas.", "es", id="Spanish"),
        pytest.param("Bộ Giáo dục khuyến khích các trường đại học hợp tác với doanh nghiệp.", "vi", id="Vietnamese"),
        pytest.param("Министерство поощряет сотрудничество университетов с предприятиями.", "ru", id="Russian"),
        pytest.param("文部科学省は大学と企業の連携による人材育成事業を開始した。", "ja", id="Japanese"),
        pytest.param("교육부는 대학과 기업의 협력을 장려한다.", "ko", id="Korean"),
        pytest.param(CHINESE * 3 + ENGLISH, "zh", id="mostly Chinese"),
        pytest.param(CHINESE + ENGLISH * 4, "en", id="mostly English"),
    ],
)  # fmt: skip
def test_the_language_of_a_text_is_that_of_most_of_it(text: str, language: str) -> None:
    assert detect_language(text) == language


def languages_of(text: str) -> list[tuple[str, str]]:
    """The runs as (language, text)."""
    return [(run.language, text[run.begin : run.end]) for run in language_runs(text)]


def test_a_bilingual_document_alternates() -> None:
    text = CHINESE + ENGLISH + "\n" + CHINESE + CHINESE + ENGLISH
    assert languages_of(text) == [
        ("zh", CHINESE),
        ("en", ENGLISH + "\n"),
        ("zh", CHINESE * 2),
        ("en", ENGLISH),
    ]


def test_a_paragraph_that_quotes_the_other_language_stays_what_it_is() -> None:
    text = (
        "教育部（Ministry of Education）与科技部启动 Joint Training 试点，支持高校与企业联合培养工程师。\n"
        "支持高校与企业共建实验室。\n"
    )
    assert [language for language, _ in languages_of(text)] == ["zh"]
    text = ENGLISH + "The Ministry (教育部), the Academy (中国科学院) and others took part in it.\n"
    assert [language for language, _ in languages_of(text)] == ["en"]


@pytest.mark.parametrize("short", ["2026", "— 3 —", "AI+", "STEM", "5G R&D"])
def test_a_line_that_says_too_little_goes_with_its_neighbours(short: str) -> None:
    text = f"{CHINESE}{short}\n{CHINESE}"
    assert languages_of(text) == [("zh", text)]
    text = f"{ENGLISH}{short}\n{ENGLISH}"
    assert languages_of(text) == [("en", text)]


def test_a_heading_goes_with_what_is_in_its_script() -> None:
    assert languages_of(f"{CHINESE}General Provisions\n{ENGLISH}") == [
        ("zh", CHINESE),
        ("en", f"General Provisions\n{ENGLISH}"),
    ]
    assert languages_of(f"{ENGLISH}第一章　总则\n{CHINESE}")[1] == ("zh", f"第一章　总则\n{CHINESE}")


def test_a_quotation_in_a_third_language_is_a_stretch_of_its_own() -> None:
    assert [language for language, _ in languages_of(ENGLISH + FRENCH + ENGLISH)] == ["en", "fr", "en"]


def test_a_text_without_words_is_in_the_default_language() -> None:
    assert language_runs("12 345\n", default="zh") == [LanguageRun(0, 7, "zh")]
    assert language_runs("") == []


@given(st.lists(st.sampled_from([CHINESE, ENGLISH, FRENCH, "\n", "2026\n", "AI", " ", "教育\r\n", "\x85x"])))
def test_runs_cover_the_text_and_neighbours_differ(parts: list[str]) -> None:
    text = "".join(parts)
    runs = language_runs(text)
    assert "".join(text[run.begin : run.end] for run in runs) == text
    assert all(a.end == b.begin and a.language != b.language for a, b in pairwise(runs))


def test_what_a_user_forces_is_read_as_one_language() -> None:
    mixed = Document("a.txt", CHINESE + ENGLISH, "0", language="zh")
    assert [run.language for run in document_runs(mixed)] == ["zh", "en"]
    forced = Document("a.txt", CHINESE + ENGLISH, "0", language="en", forced=True)
    assert document_runs(forced) == [LanguageRun(0, len(forced.text), "en")]
    told = Document("a.txt", FRENCH, "0", language="en")
    assert document_runs(told) == [LanguageRun(0, len(FRENCH), "en")]


def test_languages_have_names() -> None:
    assert language_name("ja") == "Japanese (ja)" and language_name("tlh") == "tlh"
