"""`triplehelix evaluate`, as a user runs it."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

pytestmark = pytest.mark.slow

TEXT = (
    "The Ministry of Education launched a mentoring programme for young engineers in Hefei last year.\n\n"
    "Nanjing University and Huawei cooperate on quantum information.\n"
)


def run(*arguments: str | Path, cwd: Path) -> subprocess.CompletedProcess[str]:
    command = shutil.which("triplehelix", path=str(Path(sys.executable).parent)) or "triplehelix"
    return subprocess.run(
        [command, *map(str, arguments)],
        cwd=cwd,
        capture_output=True,
        timeout=300,
        check=False,
        encoding="utf-8",
    )


def entity(name: str, kind: str, *mentions: str) -> dict[str, Any]:
    return {"id": name, "type": kind, "name": mentions[0], "mentions": list(mentions)}


def relation(subject: str, predicate: str, target: str, evidence: str, **more: Any) -> dict[str, Any]:
    return {
        "subject": subject,
        "predicate": predicate,
        "object": target,
        "status": "established",
        "evidence": evidence,
        **more,
    }


def annotation(**changes: Any) -> dict[str, Any]:
    first, second = "The Ministry of Education launched", "Nanjing University and Huawei"
    content = {
        "doc": "notice.txt",
        "language": "en",
        "schema": 1,
        "entities": [
            entity("G", "Government", "Ministry of Education"),
            entity("M", "Mechanism", "mentoring programme"),
            entity("R", "Region", "Hefei"),
            entity("U", "University", "Nanjing University"),
            entity("E", "Enterprise", "Huawei"),
        ],
        "relations": [relation("G", "leads", "M", first), relation("U", "cooperatesWith", "E", second)],
    }
    return {**content, **changes}


def write(folder: Path, content: object, name: str = "notice", text: str | None = TEXT) -> Path:
    folder.mkdir(exist_ok=True)
    if text is not None:
        (folder / f"{name}.txt").write_text(text, encoding="utf-8")
    written = content if isinstance(content, str) else json.dumps(content)
    (folder / f"{name}.json").write_text(written, encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with annotated documents in `gold` and the build `out` of their texts."""
    folder = tmp_path_factory.mktemp("evaluated")
    write(folder / "gold", annotation())
    done = run("build", "gold/notice.txt", "-o", "out", cwd=folder)
    assert done.returncode == 0, done.stderr
    return folder


def test_figures_examples_and_the_page(folder: Path) -> None:
    done = run("evaluate", "gold", "--errors", "2", "--html", "mistakes.html", cwd=folder)
    assert done.returncode == 0, done.stderr
    for words in (
        "1 annotated documents",
        "mentions, relaxed",
        "Relations by predicate",
        "Mentions found with",
    ):
        assert words in done.stdout
    assert "Ministry of Education" in (folder / "mistakes.html").read_text(encoding="utf-8")


def test_a_built_graph_scores_as_the_extraction_does(folder: Path) -> None:
    extracted = run("evaluate", "gold", "--json", cwd=folder)
    built = run("evaluate", "gold", "--graph", "out", "--json", cwd=folder)
    assert (extracted.returncode, built.returncode) == (0, 0), built.stderr
    assert json.loads(extracted.stdout) == json.loads(built.stdout)
    figures = json.loads(built.stdout)
    assert figures["types"]["Government"]["exact"]["f1"] == 1.0
    assert figures["types"]["University"]["exact"]["f1"] == 1.0


def test_documents_in_a_language_that_is_not_read_are_left_out_and_named(
    folder: Path, tmp_path: Path
) -> None:
    shutil.copytree(folder / "gold", tmp_path / "gold")
    japanese = {"doc": "tsuuchi.txt", "language": "ja", "entities": [], "relations": []}
    write(tmp_path / "gold", japanese, "tsuuchi", "文部科学省は大学を支援する。\n")
    done = run("evaluate", "gold", "--json", cwd=tmp_path)
    assert done.returncode == 2
    assert done.stderr.splitlines() == [
        "Left out: tsuuchi is in Japanese (ja); English and Chinese are read."
    ]
    assert list(json.loads(done.stdout)["documents"]) == ["notice"]
    done = run("evaluate", "gold", "--lang", "en", "--json", cwd=tmp_path)
    assert (done.returncode, list(json.loads(done.stdout)["documents"])) == (0, ["notice"])
    done = run("evaluate", "gold", "--lang", "zh", cwd=tmp_path)
    assert done.returncode == 1
    assert "holds no annotated document in Chinese (zh)" in done.stderr


def test_a_document_that_the_graph_lacks_is_named(folder: Path, tmp_path: Path) -> None:
    write(tmp_path / "gold", annotation(doc="other.txt"), "other")
    done = run("evaluate", "gold", "--graph", folder / "out", "--json", cwd=tmp_path)
    assert done.returncode == 0
    assert "holds no document other" in done.stderr
    assert json.loads(done.stdout)["mentions"]["exact"]["found"] == 0


def test_an_annotation_that_is_not_in_the_text_is_noted(folder: Path, tmp_path: Path) -> None:
    strange = annotation()
    strange["entities"].append(entity("X", "Region", "Atlantis"))
    write(tmp_path / "gold", strange)
    done = run("evaluate", "gold", "--graph", folder / "out", cwd=tmp_path)
    assert done.returncode == 0
    assert "'Atlantis' of 'X' is not in the text" in done.stderr


@pytest.mark.parametrize(
    ("content", "message"),
    [
        pytest.param(None, "holds no annotated document", id="nothing there"),
        pytest.param("{", "notice.json is not an annotated document", id="broken JSON"),
        pytest.param(annotation(doc="gone.txt"), "gone.txt", id="no text"),
        pytest.param(annotation(relations=[relation("G", "leads", "Z", "The")]), "'Z'", id="unknown entity"),
    ],
)
def test_a_wrong_folder_gets_one_sentence(content: object, message: str, tmp_path: Path) -> None:
    (tmp_path / "gold").mkdir()
    if content is not None:
        write(tmp_path / "gold", content)
    done = run("evaluate", "gold", cwd=tmp_path)
    assert done.returncode == 1
    assert message in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("nowhere",), "nowhere is no folder"),
        (("gold", "--graph", "nothing"), "nothing does not exist"),
        (("gold", "--graph", "out", "--html", "no/page.html"), "no/page.html"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, tuple) else "",
)
def test_a_wrong_option_gets_one_sentence(folder: Path, arguments: tuple[str, ...], message: str) -> None:
    done = run("evaluate", *arguments, cwd=folder)
    assert done.returncode == 1
    assert message in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1
