"""The examples, built by the installed command as a user would: rich enough to show all that a graph can say."""

from __future__ import annotations

import csv
import subprocess
import sys
from pathlib import Path

import pytest

from triplehelix.extract.detection import detect_language, language_runs
from triplehelix.extract.sidecar import load_sidecar
from triplehelix.graph.questions import ask, find_question, load_questions
from triplehelix.graph.store import open_graph
from triplehelix.graph.views import CORE_CLASSES, STATUSES, GraphView, view
from triplehelix.ontology import load_schema

EXAMPLES = Path(__file__).parents[1] / "examples" / "texts"
CHINESE = EXAMPLES.with_name("texts_zh")
COMMAND = Path(sys.executable).with_name("triplehelix")
TEXTS = sorted(path.name for path in EXAMPLES.iterdir() if path.name != "metadata.csv")


def run(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    """What the installed command says, started in the folder of the examples."""
    return subprocess.run(
        [COMMAND, *map(str, arguments)],
        cwd=EXAMPLES,
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The output folder of one build of the examples, each text named on the command line."""
    folder = tmp_path_factory.mktemp("examples") / "out"
    done = run("build", *TEXTS, "-o", folder)
    assert done.returncode == 0, done.stderr
    return folder


@pytest.fixture(scope="session")
def graph(built: Path) -> GraphView:
    return view(open_graph(built))


def test_each_text_has_its_line_in_the_table_of_metadata_which_says_that_it_is_invented() -> None:
    sidecar = load_sidecar(EXAMPLES, "metadata.csv")
    assert not sidecar.problems
    assert sorted(sidecar.rows) == TEXTS
    assert all("(invented example)" in (row.title or "") and row.date for row in sidecar.rows.values())


def test_the_chinese_texts_say_that_they_are_invented_and_what_they_are_in() -> None:
    sidecar = load_sidecar(CHINESE, "metadata.csv")
    texts = {
        path.name: path.read_text(encoding="utf-8") for path in CHINESE.iterdir() if path.suffix != ".csv"
    }
    assert not sidecar.problems and sidecar.rows.keys() == texts.keys()
    assert all("（虚构示例）" in (row.title or "") and row.date for row in sidecar.rows.values())
    assert {detect_language(text) for name, text in texts.items() if "bilingual" not in name} == {"zh"}
    assert {run.language for run in language_runs(texts["bay_area_bilingual.txt"])} == {"en", "zh"}


@pytest.mark.parametrize("name", TEXTS)
def test_each_text_is_short_enough_to_read(name: str) -> None:
    assert 250 <= len((EXAMPLES / name).read_text(encoding="utf-8").split()) <= 600


@pytest.mark.slow
def test_entities_of_all_types_are_found(graph: GraphView) -> None:
    assert {entity.type for entity in graph.entities.values()} == set(CORE_CLASSES)


@pytest.mark.slow
def test_all_predicates_and_statuses_are_found_and_something_is_denied(graph: GraphView) -> None:
    core = {predicate.core for predicate in load_schema().predicates.values()}
    assert {statement.predicate for statement in graph.statements} == core
    assert {statement.status for statement in graph.statements} == set(STATUSES)
    assert any(statement.negated for statement in graph.statements)


@pytest.mark.slow
def test_documents_carry_what_the_table_of_metadata_says(graph: GraphView) -> None:
    titles = {row.title for row in load_sidecar(EXAMPLES, "metadata.csv").rows.values()}
    assert {document.title for document in graph.documents.values()} == titles


@pytest.mark.slow
def test_navigation_of_the_web_page_is_not_read(built: Path) -> None:
    texts = [path.read_text(encoding="utf-8") for path in (built / "texts").iterdir()]
    page = next(text for text in texts if "Two years ago a start-up in Baoding" in text)
    assert "Contact us" not in page
    assert "Most read" not in page


@pytest.mark.slow
def test_statements_come_with_their_quotes_in_the_table(built: Path) -> None:
    with (built / "statements.csv").open(encoding="utf-8-sig", newline="") as stream:
        rows = list(csv.reader(stream))
    assert any("should establish a national equipment sharing platform" in " ".join(row) for row in rows)


@pytest.mark.slow
@pytest.mark.parametrize("command", ["verify", "validate"])
def test_the_graph_passes_the_checks(built: Path, command: str) -> None:
    done = run(command, built)
    assert done.returncode == 0, done.stdout


@pytest.mark.slow
def test_two_builds_in_different_orders_are_byte_identical(built: Path, tmp_path: Path) -> None:
    done = run("build", *reversed(TEXTS), "-o", tmp_path / "out")
    assert done.returncode == 0, done.stderr
    assert files_of(tmp_path / "out") == files_of(built)


@pytest.mark.slow
@pytest.mark.parametrize("name", load_questions())
def test_every_named_question_runs(built: Path, name: str) -> None:
    question = find_question(load_questions(), name)
    given = {p.name: p.example for p in question.parameters if p.required}
    ask(open_graph(built), question, given).table()


@pytest.mark.slow
def test_the_three_strategic_regions_share_a_mechanism(built: Path) -> None:
    done = run("query", built, "shared-mechanisms", "--format", "csv")
    assert "use first, pay later" in done.stdout.lower()


@pytest.mark.slow
def test_one_text_shows_established_what_another_proposes(graph: GraphView) -> None:
    proposed = {(s.subject, s.predicate, s.object) for s in graph.statements if s.status == "proposed"}
    now_fact = {
        (graph.label(s.subject), s.predicate, graph.label(s.object))
        for s in graph.statements
        if s.status == "established" and not s.negated and (s.subject, s.predicate, s.object) in proposed
    }
    platform = "national equipment sharing platform"
    assert ("Ministry of Science and Technology", "leads", platform) in now_fact


def files_of(folder: Path) -> dict[str, bytes]:
    """Every file of an output folder by its path inside it."""
    return {str(p.relative_to(folder)): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}
