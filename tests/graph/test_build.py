"""Which documents a build reads, in which language, and which it leaves out with what reason."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace

import pytest

from triplehelix.extract.annotations import AnnotatedDocument, Document
from triplehelix.graph import build
from triplehelix.ontology import Ontology

TEXTS = {
    "english.txt": "The Ministry of Education will support universities that cooperate with enterprises.\n",
    "french.txt": "Le ministère encourage les universités à coopérer avec les entreprises de la région.\n",
    "japanese.txt": "文部科学省は大学と企業の連携による人材育成事業を開始した。\n",
    "中文.txt": "教育部启动卓越工程师联合培养试点，支持高校与企业共建实验室。\n",
}


@pytest.fixture
def read(monkeypatch: pytest.MonkeyPatch, ontology: Ontology, tmp_path: Path) -> Iterator[list[Document]]:
    """The documents that reach the extraction, whose place is taken by one that finds nothing."""
    reached: list[Document] = []

    def annotate_one(document: Document, *, min_confidence: float) -> AnnotatedDocument:
        reached.append(document)
        return AnnotatedDocument(document, (), (), (), ())

    pipeline = SimpleNamespace(ontology=ontology, annotate_one=annotate_one)
    monkeypatch.setitem(build.__globals__, "load_pipeline", lambda layer, models: pipeline)
    monkeypatch.chdir(tmp_path)
    (tmp_path / "texts").mkdir()
    for name, text in TEXTS.items():
        (tmp_path / "texts" / name).write_text(text, encoding="utf-8")
    yield reached


def test_both_languages_are_read_and_others_left_out_by_name(read: list[Document], tmp_path: Path) -> None:
    built, problems = build(["texts"], tmp_path / "out")
    assert [(d.source, d.language) for d in read] == [("texts/english.txt", "en"), ("texts/中文.txt", "zh")]
    assert [p.reason.split("; only")[0] for p in problems] == [
        "texts/french.txt is in French (fr)",
        "texts/japanese.txt is in Japanese (ja)",
    ]
    assert "say so with --lang or in the column language of a metadata.csv" in problems[0].reason
    assert {d.language for d in built.view.documents.values()} == {"en", "zh"}


def test_metadata_goes_over_detection_and_the_option_over_both(read: list[Document], tmp_path: Path) -> None:
    (tmp_path / "texts" / "metadata.csv").write_text("file,language\nfrench.txt,en\nenglish.txt,zh\n")
    build(["texts"], tmp_path / "out")
    languages = {d.source: (d.language, d.forced) for d in read}
    assert languages["texts/french.txt"] == ("en", False) and languages["texts/english.txt"] == ("zh", False)
    read.clear()
    build(["texts"], tmp_path / "out", language="en")
    assert {(d.language, d.forced) for d in read} == {("en", True)} and len(read) == 4


def test_report_and_page_are_in_the_language_of_most_documents_or_as_asked(
    read: list[Document], tmp_path: Path
) -> None:
    def languages(*sources: str, **options: str) -> set[str]:
        build(sources, tmp_path / "out", **options)  # type: ignore[arg-type]
        pages = [
            (tmp_path / "out" / name).read_text(encoding="utf-8") for name in ("report.html", "explore.html")
        ]
        return {page.split('<html lang="')[1][:2] for page in pages}

    assert languages("texts/中文.txt") == {"zh"}
    assert languages("texts/中文.txt", "texts/english.txt") == {"en"}
    assert languages("texts/english.txt", labels="zh") == {"zh"}
