"""Where documents are found, under which names, and what is said of what stands in the way."""

from __future__ import annotations

import io
import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from triplehelix.errors import SourceError, UnreadableDocument, UnsupportedDocument
from triplehelix.extract.sources import Failure, Source, find_documents


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A working folder with `texts/` in it: two documents, one of them below, a table and hidden things."""
    monkeypatch.chdir(tmp_path)
    for name in (
        "b.txt",
        "part/a.md",
        "part/table.xlsx",
        ".hidden.txt",
        ".git/x.txt",
        "~$b.docx",
        "metadata.csv",
    ):
        path = tmp_path / "texts" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("Text.")
    return tmp_path / "texts"


def names(*sources: str | Path) -> list[str]:
    return [found.name for found in find_documents(sources) if isinstance(found, Source)]


def failures(*sources: str | Path) -> list[Failure]:
    return [found for found in find_documents(sources) if isinstance(found, Failure)]


def test_a_folder_is_searched_with_all_below_it(folder: Path) -> None:
    assert names("texts") == ["texts/b.txt", "texts/part/a.md"]
    assert names(folder) == [f"{folder.as_posix()}/b.txt", f"{folder.as_posix()}/part/a.md"]


def test_files_of_other_kinds_are_skipped_and_told(folder: Path) -> None:
    (failure,) = failures("texts")
    assert failure.source == "texts/part/table.xlsx" and failure.skipped
    assert isinstance(failure.error, UnsupportedDocument) and "(.xlsx)" in str(failure.error)


def test_a_file_named_directly_is_taken_whatever_its_kind(folder: Path) -> None:
    assert names("texts/part/table.xlsx", "texts/.hidden.txt") == [
        "texts/.hidden.txt",
        "texts/part/table.xlsx",
    ]


@pytest.mark.parametrize(
    ("pattern", "expected"),
    [
        ("texts/*.txt", ["texts/b.txt"]),
        ("texts/**/*.md", ["texts/part/a.md"]),
        ("texts/**", ["texts/b.txt", "texts/part/a.md"]),
        ("t*/p?rt/[ab].md", ["texts/part/a.md"]),
        ("texts/*", ["texts/b.txt", "texts/part/a.md"]),
    ],
)
def test_patterns(folder: Path, pattern: str, expected: list[str]) -> None:
    assert names(pattern) == expected
    assert names(Path.cwd() / pattern) == [f"{Path.cwd().as_posix()}/{name}" for name in expected]


def test_a_file_whose_name_looks_like_a_pattern_is_a_file(folder: Path) -> None:
    (folder / "plan[1].txt").write_text("Text.")
    assert names("texts/plan[1].txt") == ["texts/plan[1].txt"]


def test_standard_input(folder: Path) -> None:
    stream = io.BytesIO(b"Text.")
    found = list(find_documents(["texts", "-", "-"], stdin=stream))
    assert [f.name for f in found if isinstance(f, Source)] == ["-", "texts/b.txt", "texts/part/a.md"]
    assert isinstance(found[0], Source) and found[0].stream is stream


@pytest.mark.parametrize(
    ("sources", "message"),
    [
        ([], "No source is named; give files, folders"),
        (["missing.txt"], "missing.txt does not exist; check the name."),
        (["texts", "texts/*.pdf"], r"texts/\*.pdf matches no file; check the pattern."),
        (["https://example.org/a.html"], "https://example.org/a.html is a web address, which is not fetched"),
        (["empty"], "empty holds no document; put files"),
        (["tables"], r"tables holds no document \(2 of other kinds\); put files"),
        (["tables/*.csv"], r"tables/\*.csv holds no document \(2 of other kinds\); put files"),
        ([""], "'' does not exist; check the name."),
    ],
)
def test_sources_without_documents_are_errors(folder: Path, sources: list[str], message: str) -> None:
    Path("empty").mkdir()
    Path("tables").mkdir()
    Path("tables/a.csv").write_text("a")
    Path("tables/b.csv").write_text("b")
    with pytest.raises(SourceError, match=f"^{message}"):
        find_documents(sources)


def test_a_file_is_found_once_by_whatever_routes(folder: Path) -> None:
    Path("link").symlink_to("texts")
    Path("texts/z.txt").symlink_to("b.txt")
    Path("texts/a.txt").symlink_to("b.txt")
    routes = ["texts", "./texts/b.txt", "texts/part", "texts/*.txt", "texts/../texts/b.txt"]
    assert names(*routes) == ["texts/b.txt", "texts/part/a.md"]
    assert names("link", *routes) == names(*routes, "link")


def test_links_to_files_and_folders_elsewhere_are_followed(folder: Path) -> None:
    Path("other/deep").mkdir(parents=True)
    Path("other/deep/c.txt").write_text("Text.")
    Path("texts/more").symlink_to("../other")
    Path("texts/part/d.txt").symlink_to("../../other/deep/c.txt")
    assert names("texts") == ["texts/b.txt", "texts/more/deep/c.txt", "texts/part/a.md"]


@pytest.mark.parametrize("target", ["..", ".", "../..", "../../texts"])
def test_a_folder_loop_is_reported_and_not_followed(folder: Path, target: str) -> None:
    Path("texts/part/loop").symlink_to(target)
    assert names("texts") == ["texts/b.txt", "texts/part/a.md"]
    (failure,) = [f for f in failures("texts") if not f.skipped]
    assert failure.source == "texts/part/loop" and isinstance(failure.error, UnreadableDocument)
    assert str(failure.error).startswith("texts/part/loop is a link back to a folder around it")


def test_folders_that_link_to_each_other_end(folder: Path) -> None:
    for i in range(12):
        Path(f"net/{i}").mkdir(parents=True)
        Path(f"net/{i}/{i}.txt").write_text("Text.")
        for j in range(12):
            Path(f"net/{i}/to{j}").symlink_to(f"../{j}")
    assert len(names("net")) == 12
    assert len(names("net/3")) == 12


@pytest.mark.parametrize(
    ("target", "message"),
    [
        ("nowhere.txt", "texts/link.txt is gone or is a link to nothing"),
        ("link.txt", "texts/link.txt is a link that leads to itself"),
    ],
)
def test_broken_links_are_reported(folder: Path, target: str, message: str) -> None:
    Path("texts/link.txt").symlink_to(target)
    (failure,) = [f for f in failures("texts") if not f.skipped]
    assert failure.source == "texts/link.txt" and str(failure.error).startswith(message)
    assert names("texts") == ["texts/b.txt", "texts/part/a.md"]


def test_a_folder_without_permission_is_reported(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    scandir = os.scandir

    def refuse(path: Path) -> object:
        if Path(path).name == "part":
            raise PermissionError(13, "Permission denied")
        return scandir(path)

    monkeypatch.setattr(os, "scandir", refuse)
    assert names("texts") == ["texts/b.txt"]
    (failure,) = failures("texts")
    assert failure.source == "texts/part" and "permission denied" in str(failure.error)


def test_the_same_obstacle_is_told_once(folder: Path) -> None:
    Path("texts/loop").symlink_to("..")
    Path("texts/link.txt").symlink_to("nowhere")
    found = failures("texts", "texts/*", "texts/**")
    assert [f.source for f in found] == ["texts/link.txt", "texts/loop", "texts/part/table.xlsx"]


def test_names_that_are_no_characters_are_escaped(folder: Path) -> None:
    name = b"texts/\xbc\xbb\xae.txt"
    Path(os.fsdecode(name)).write_text("Text.")
    (found,) = find_documents(["texts/[!b]*.txt"])
    assert isinstance(found, Source) and found.path is not None and found.path.read_text() == "Text."
    assert found.name == r"texts/\xbc\xbb\xae.txt"


def test_deep_folders_are_searched(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    deep = Path("texts/deep" + "/d" * 900)
    deep.mkdir(parents=True)
    (deep / "x.txt").write_text("Text.")
    assert f"{deep}/x.txt" in names("texts")


@given(st.permutations(["texts", "texts/part", "link", "texts/*.txt", "other", "texts/b.txt", "-"]))
def test_the_order_of_the_sources_does_not_matter(
    tmp_path_factory: pytest.TempPathFactory, order: list[str]
) -> None:
    root = tmp_path_factory.mktemp("order")
    (root / "texts/part").mkdir(parents=True)
    (root / "other").mkdir()
    for name in ("texts/b.txt", "texts/part/a.md", "other/c.txt", "texts/table.csv"):
        (root / name).write_text("Text.")
    (root / "link").symlink_to("other")
    (root / "texts/loop").symlink_to("..")
    (root / "other/back").symlink_to("../texts/part")

    def found(sources: list[str]) -> list[str]:
        given = [source if source == "-" else str(root / source) for source in sources]
        return [str(f).replace(str(root), "") for f in find_documents(given, stdin=io.BytesIO())]

    assert found(order) == found(sorted(order))
