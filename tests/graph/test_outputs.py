"""The output folder of a build: complete or untouched, and the same bytes for the same input."""

from __future__ import annotations

from collections.abc import Callable
from hashlib import sha256
from pathlib import Path

import pytest

from triplehelix.errors import GraphError
from triplehelix.extract.annotations import AnnotatedDocument
from triplehelix.graph import outputs
from triplehelix.graph.outputs import OUTPUTS, write_outputs
from triplehelix.graph.store import open_graph
from triplehelix.graph.views import view
from triplehelix.ontology import Ontology

Build = Callable[..., Path]


@pytest.fixture
def build(ontology: Ontology, tmp_path: Path) -> Build:
    """Builds documents into a folder below the test's own and returns it."""

    def run(*documents: AnnotatedDocument, into: str = "out") -> Path:
        return write_outputs(
            tmp_path / into, documents, ontology, failures=[("scan.pdf", "It is empty.")]
        ).folder

    return run


def contents(folder: Path) -> dict[str, bytes]:
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def test_a_build_leaves_every_output_and_the_texts(
    build: Build, first: AnnotatedDocument, second: AnnotatedDocument
) -> None:
    folder = build(first, second)
    names = set(contents(folder))
    assert names == {*OUTPUTS, *(f"texts/{d.document.sha256[:16]}.txt" for d in (first, second))}
    assert all(contents(folder).values())


def test_two_builds_in_different_orders_are_byte_identical(
    build: Build, first: AnnotatedDocument, second: AnnotatedDocument
) -> None:
    assert contents(build(first, second, into="one")) == contents(build(second, first, into="other"))


def test_building_again_changes_nothing(build: Build, first: AnnotatedDocument) -> None:
    before = contents(build(first))
    assert contents(build(first)) == before


def test_the_kept_text_is_the_one_the_graph_names(build: Build, first: AnnotatedDocument) -> None:
    folder = build(first)
    text = next((folder / "texts").iterdir())
    assert text.read_bytes().decode() == first.document.text
    graph = (folder / "graph.ttl").read_text()
    assert f'th:textFile "texts/{text.name}"' in graph
    assert f'th:textSha256 "{sha256(text.read_bytes()).hexdigest()}"' in graph


def test_what_was_written_is_what_is_returned(
    ontology: Ontology, first: AnnotatedDocument, second: AnnotatedDocument, tmp_path: Path
) -> None:
    built = write_outputs(tmp_path, [first, second], ontology)
    assert view(open_graph(tmp_path)) == built.view
    assert built.report.statements == len(built.view.statements)


def test_the_text_of_a_removed_document_goes_and_other_files_stay(
    build: Build, first: AnnotatedDocument, second: AnnotatedDocument
) -> None:
    folder = build(first, second)
    mine = folder / "texts" / "notes.txt"
    mine.write_text("mine")
    build(first)
    assert {path.name for path in (folder / "texts").iterdir()} == {
        "notes.txt",
        f"{first.document.sha256[:16]}.txt",
    }


@pytest.mark.parametrize("stage", ["to_nquads", "report_html", "write_explorer", "_move"])
def test_a_build_that_fails_leaves_the_earlier_one_untouched(
    stage: str,
    build: Build,
    first: AnnotatedDocument,
    second: AnnotatedDocument,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    folder = build(first)
    before = contents(folder)

    def fail(*_: object, **__: object) -> None:
        raise RuntimeError("out of memory")

    monkeypatch.setattr(outputs, stage, fail)
    with pytest.raises(RuntimeError):
        build(second)
    assert contents(folder) == before
    assert not (folder / outputs.UNFINISHED).exists()


def test_what_a_killed_build_left_is_cleared_away(
    build: Build, first: AnnotatedDocument, tmp_path: Path
) -> None:
    left = tmp_path / "out" / outputs.UNFINISHED
    (left / "texts").mkdir(parents=True)
    (left / "graph.ttl").write_text("half of it")
    folder = build(first)
    assert not left.exists()
    assert (folder / "graph.ttl").read_text().endswith(".\n")


def test_a_folder_that_cannot_be_written_is_one_sentence(
    build: Build, first: AnnotatedDocument, tmp_path: Path
) -> None:
    (tmp_path / "taken").write_text("a file")
    with pytest.raises(GraphError, match=r"taken.* cannot be written"):
        build(first, into="taken")


def test_an_empty_build_writes_an_empty_graph_and_says_why(build: Build) -> None:
    folder = build()
    assert "scan.pdf" in (folder / "report.md").read_text()
    assert view(open_graph(folder)).documents == {}
