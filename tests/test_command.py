"""The installed command, as a user runs it."""

from __future__ import annotations

import filecmp
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.slow

NOTICE = """Notice of the Ministry of Education on shared laboratories
2026-02-03

The Ministry of Education will launch a shared laboratory programme for young engineers in the Yangtze River
Delta. Universities should open their laboratories to small manufacturers. Hefei has built a testing platform
for quantum information. The programme has not yet been introduced in Hainan.
"""
NEWS = """Nanjing University joins the battery alliance

NANJING, March 5 -- Nanjing University and CATL set up a battery research alliance in Nanjing last year. The
alliance trains doctoral students in energy storage.
"""


def run(*arguments: str | Path, cwd: Path, stdin: bytes | None = None) -> subprocess.CompletedProcess[str]:
    """Run `triplehelix` with the interpreter's own scripts folder first."""
    command = shutil.which("triplehelix", path=str(Path(sys.executable).parent)) or "triplehelix"
    done = subprocess.run(
        [command, *map(str, arguments)], cwd=cwd, input=stdin, capture_output=True, timeout=300, check=False
    )
    return subprocess.CompletedProcess(
        done.args, done.returncode, done.stdout.decode("utf-8"), done.stderr.decode("utf-8")
    )


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with two texts and the build `out` of them."""
    folder = tmp_path_factory.mktemp("built")
    (folder / "notice.txt").write_text(NOTICE, encoding="utf-8")
    (folder / "news.txt").write_text(NEWS, encoding="utf-8")
    done = run("build", "notice.txt", "news.txt", "-o", "out", cwd=folder)
    assert done.returncode == 0, done.stderr
    return folder


def test_a_build_tells_what_it_found_and_where_the_files_are(built: Path) -> None:
    done = run("build", "notice.txt", "-o", "again", cwd=built)
    assert "Built from 1 documents" in done.stdout
    assert "explore.html" in done.stdout
    assert {p.name for p in (built / "again").iterdir()} >= {
        "graph.ttl",
        "graph.nq",
        "statements.csv",
        "report.md",
    }


def test_builds_in_another_order_are_the_same_to_the_byte(built: Path) -> None:
    assert run("build", "news.txt", "notice.txt", "-o", "other", cwd=built).returncode == 0
    names = sorted(p.name for p in (built / "out").iterdir() if p.is_file())
    same, different, odd = filecmp.cmpfiles(built / "out", built / "other", names, shallow=False)
    assert (different, odd) == ([], [])
    assert same == names


def test_a_proposal_or_a_denied_statement_is_no_fact(built: Path) -> None:
    facts = run(
        "query",
        "out",
        "ASK { ?u th:leads ?m . ?m rdfs:label ?l FILTER(CONTAINS(?l, 'programme')) }",
        cwd=built,
    )
    assert facts.stdout.split()[-1:] != ["yes"]


def test_every_quote_verifies_and_a_changed_source_is_noticed(built: Path, tmp_path: Path) -> None:
    assert run("verify", "out", cwd=built).returncode == 0
    copy = tmp_path / "copy"
    shutil.copytree(built, copy)
    (copy / "notice.txt").write_text(NOTICE.replace("Hefei", "Wuhan"), encoding="utf-8")
    done = run("verify", "out", cwd=copy)
    assert done.returncode == 1
    assert "notice.txt" in done.stdout


def test_the_graph_conforms_to_the_shapes(built: Path) -> None:
    done = run("validate", "out", cwd=built)
    assert done.returncode == 0, done.stdout
    assert "conform" in done.stdout


def test_show_gives_names_statements_and_quotes(built: Path) -> None:
    done = run("show", "out", "MOE", cwd=built)
    assert "教育部" in done.stdout
    assert "shared laboratory programme" in done.stdout


@pytest.mark.parametrize("name", ["graph.ttl", "graph.nq", "graph.jsonld", "graph.graphml"])
def test_export_writes_what_the_build_wrote(built: Path, tmp_path: Path, name: str) -> None:
    target = tmp_path / name
    assert run("export", "out", target, cwd=built).returncode == 0
    assert target.read_bytes() == (built / "out" / name).read_bytes()


@pytest.mark.parametrize("form", ["graph.ttl", "graph.nq"])
def test_another_parser_reads_the_graph(built: Path, form: str) -> None:
    rapper = shutil.which("rapper")
    if rapper is None:
        pytest.skip("raptor2-utils is not installed")
    syntax = "turtle" if form.endswith("ttl") else "nquads"
    done = subprocess.run(
        [rapper, "-q", "-c", "-i", syntax, built / "out" / form], capture_output=True, check=False
    )
    assert done.returncode == 0, done.stderr


def test_named_questions_and_sparql_answer(built: Path) -> None:
    listed = run("questions", cwd=built)
    assert "leaders-in-region" in listed.stdout
    done = run(
        "query", "out", "leaders-in-region", "-p", "region=Yangtze River Delta", "-f", "csv", cwd=built
    )
    assert done.returncode == 0, done.stderr
    counted = run(
        "query", "out", "SELECT (COUNT(*) AS ?n) WHERE { ?s a rdf:Statement }", "-f", "csv", cwd=built
    )
    assert int(counted.stdout.split()[-1]) > 0


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("build", "nowhere.txt", "-o", "o"), "nowhere.txt"),
        (("query", "out", "no-such-question"), "no-such-question"),
        (("query", "out", "SELECT ?s WHERE { ?s ?p }"), "line 1"),
        (("query", "out", "DELETE WHERE { ?s ?p ?o }"), "SELECT"),
        (("show", "out", "Ministry of Nothing"), "Ministry of Nothing"),
        (("show", "notice.txt", "x"), "notice.txt"),
        (("export", "out", "graph.docx"), ".ttl"),
        (("build", "notice.txt", "-o", "o", "--ontology", "no-layer"), "no-layer"),
        (("verify", "nothing-here"), "nothing-here"),
    ],
    ids=lambda value: " ".join(value)[:40] if isinstance(value, tuple) else value,
)
def test_a_mistake_gets_one_sentence_and_no_traceback(
    built: Path, arguments: tuple[str, ...], message: str
) -> None:
    done = run(*arguments, cwd=built)
    assert done.returncode != 0
    assert message in done.stderr
    assert "Traceback" not in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1


def test_bad_documents_are_named_and_the_rest_is_built(built: Path, tmp_path: Path) -> None:
    folder = tmp_path / "mixed"
    folder.mkdir()
    shutil.copy(built / "notice.txt", folder)
    (folder / "empty.txt").write_bytes(b"")
    (folder / "binary.txt").write_bytes(bytes(range(256)) * 40)
    (folder / "broken.txt").write_bytes(NOTICE.encode() + b"\xff\xfe\xfa" + NEWS.encode())
    (folder / "huge.txt").write_bytes(b"All work and no play. " * 950_000)
    (folder / "damaged.pdf").write_bytes(b"%PDF-1.7 nothing else")
    (folder / "loop").symlink_to(folder, target_is_directory=True)
    done = run("build", folder, "-o", "out", cwd=tmp_path)
    assert done.returncode == 2
    for name in ("empty.txt", "binary.txt", "broken.txt", "huge.txt", "damaged.pdf"):
        assert sum(name in line for line in done.stderr.splitlines()) == 1, (name, done.stderr)
    assert "Traceback" not in done.stderr
    assert "Built from 1 documents" in done.stdout
    assert "huge.txt" in (tmp_path / "out" / "report.md").read_text(encoding="utf-8")


def test_a_failed_build_leaves_the_earlier_one_whole(built: Path, tmp_path: Path) -> None:
    shutil.copytree(built / "out", tmp_path / "out")
    (tmp_path / "empty.txt").write_bytes(b"")
    before = {p: p.read_bytes() for p in (tmp_path / "out").rglob("*") if p.is_file()}
    done = run("build", "empty.txt", "-o", "out", cwd=tmp_path)
    assert done.returncode == 1
    assert {p: p.read_bytes() for p in (tmp_path / "out").rglob("*") if p.is_file()} == before


def test_standard_input_is_a_document(tmp_path: Path) -> None:
    done = run("build", "-", "-o", "out", cwd=tmp_path, stdin=NEWS.encode())
    assert done.returncode == 0, done.stderr
    assert "Nanjing University" in (tmp_path / "out" / "graph.ttl").read_text(encoding="utf-8")


def test_min_confidence_only_takes_away(built: Path) -> None:
    assert (
        run("build", "notice.txt", "news.txt", "-o", "sure", "--min-confidence", "0.5", cwd=built).returncode
        == 0
    )
    everything = set((built / "out" / "statements.csv").read_text(encoding="utf-8-sig").splitlines())
    sure = set((built / "sure" / "statements.csv").read_text(encoding="utf-8-sig").splitlines())
    assert sure <= everything


def test_a_user_s_layer_adds_an_actor(built: Path, tmp_path: Path) -> None:
    layer = tmp_path / "layer"
    layer.mkdir()
    (layer / "mine.ttl").write_text(
        "@prefix th: <https://w3id.org/triplehelix/ontology#> .\n"
        "@prefix skos: <http://www.w3.org/2004/02/skos/core#> .\n"
        "<https://w3id.org/triplehelix/id/my-office> a th:LocalDepartment ;\n"
        '    skos:prefLabel "Riverbend Skills Office"@en .\n',
        encoding="utf-8",
    )
    (tmp_path / "text.txt").write_text(
        "The Riverbend Skills Office launched a mentoring scheme for apprentices in Hefei.", encoding="utf-8"
    )
    done = run("build", "text.txt", "-o", "out", "--ontology", "layer", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert "id/my-office" in (tmp_path / "out" / "graph.nq").read_text(encoding="utf-8")


def test_each_command_has_help_with_an_example(built: Path) -> None:
    listed = run("--help", cwd=built).stdout
    names = [line.split()[0] for line in listed.split("Commands:")[1].splitlines() if line.strip()]
    assert len(names) >= 10
    for name in names:
        done = run(name, "--help", cwd=built)
        assert "Example: triplehelix" in " ".join(done.stdout.split()), name


def test_output_survives_a_terminal_without_unicode(built: Path) -> None:
    environment = {**os.environ, "PYTHONIOENCODING": "ascii"}
    command = shutil.which("triplehelix", path=str(Path(sys.executable).parent)) or "triplehelix"
    done = subprocess.run(
        [command, "show", "out", "MOE"], cwd=built, env=environment, capture_output=True, check=False
    )
    assert done.returncode == 0, done.stderr
