"""Re-reading quotes: whatever is altered in graph, kept text or source is found and told apart."""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from triplehelix.errors import GraphError, UnreadableDocument
from triplehelix.extract.annotations import AnnotatedDocument, Document
from triplehelix.graph.findings import Finding, VerifyReport
from triplehelix.graph.outputs import write_outputs
from triplehelix.graph.validate import validate
from triplehelix.graph.verify import verify
from triplehelix.ontology import Ontology

GOLDEN = Path(__file__).parent / "golden"
WHERE = 'nif:beginIndex "0"^^xsd:nonNegativeInteger ; nif:endIndex "96"^^xsd:nonNegativeInteger'
"""Where the first sentence of the report stands."""
REPORT = hashlib.sha256((GOLDEN / "report.txt").read_bytes()).hexdigest()[:16]


def read(path: Path) -> Document:
    data = path.read_bytes()
    return Document(path.name, data.decode(), hashlib.sha256(data).hexdigest())


@pytest.fixture
def out(tmp_path: Path) -> Path:
    """A built folder with its sources beside it."""
    shutil.copytree(GOLDEN / "texts", tmp_path / "out" / "texts")
    shutil.copy(GOLDEN / "graph.ttl", tmp_path / "out")
    for source in GOLDEN.glob("*.txt"):
        shutil.copy(source, tmp_path)
    return tmp_path / "out"


def check(out: Path) -> VerifyReport:
    return verify(out, root=out.parent, reader=read)


def edit(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def kinds(findings: tuple[Finding, ...]) -> set[str]:
    return {finding.kind for finding in findings}


def test_an_untouched_graph_holds(out: Path) -> None:
    report = check(out)
    assert report.errors == report.warnings == ()
    assert (report.documents, report.sources, report.statements) == (3, 3, 23)
    assert report.quotes > 40
    assert report.exit_status(strict=True) == 0


def test_the_graph_file_may_be_named_instead_of_its_folder(out: Path) -> None:
    assert verify(out / "graph.ttl", root=out.parent, reader=read) == check(out)


def test_a_statement_that_leans_on_its_context_is_noted(out: Path) -> None:
    notes = [f for f in check(out).notes if f.kind == "subject not mentioned"]
    assert notes  # "The scheme will be opened …" names the scheme by a short form alone
    assert all(f.document for f in notes)
    assert check(out).exit_status(strict=True) == 0


def _alter_quote(out: Path) -> None:
    edit(out / "graph.ttl", 'nif:anchorOf "Harbour University"', 'nif:anchorOf "Harbor University"')


def _alter_sentence(out: Path) -> None:
    edit(out / "graph.ttl", "has not yet set up", "has at last set up")


def _shift(out: Path) -> None:
    edit(out / "graph.ttl", WHERE, WHERE.replace('"0"', '"1"'))


def _beyond(out: Path) -> None:
    edit(out / "graph.ttl", WHERE, WHERE.replace("96", "9600"))


def _no_offsets(out: Path) -> None:
    edit(out / "graph.ttl", WHERE, WHERE.split(" ;")[0])


def _odd_offsets(out: Path) -> None:
    edit(out / "graph.ttl", WHERE, WHERE.replace("96", "few"))


def _alter_text(out: Path) -> None:
    edit(out / "texts" / f"{REPORT}.txt", "not yet", "already")


def _lose_text(out: Path) -> None:
    (out / "texts" / f"{REPORT}.txt").unlink()


def _garble_text(out: Path) -> None:
    (out / "texts" / f"{REPORT}.txt").write_bytes(b"\xff\xfe\x00")


def _text_elsewhere(out: Path) -> None:
    edit(out / "graph.ttl", f"texts/{REPORT}.txt", "../report.txt")


def _change_source(out: Path) -> None:
    edit(out.parent / "report.txt", "not yet", "already")


def _no_evidence(out: Path) -> None:
    edit(out / "graph.ttl", "prov:wasDerivedFrom <", "th:inspiredBy <")


def _lose_document(out: Path) -> None:
    edit(out / "graph.ttl", "a th:SourceDocument", "a th:Lost")


@pytest.mark.parametrize(
    ("alter", "kind"),
    [
        (_alter_quote, "altered quote"),
        (_alter_sentence, "altered quote"),
        (_shift, "wrong offsets"),
        (_beyond, "wrong offsets"),
        (_no_offsets, "wrong offsets"),
        (_odd_offsets, "wrong offsets"),
        (_alter_text, "altered text"),
        (_lose_text, "no kept text"),
        (_garble_text, "no kept text"),
        (_text_elsewhere, "no kept text"),
        (_change_source, "changed source"),
        (_no_evidence, "no evidence"),
        (_lose_document, "no document"),
    ],
)
def test_each_alteration_is_found(out: Path, alter: Callable[[Path], None], kind: str) -> None:
    alter(out)
    report = check(out)
    assert kind in kinds(report.errors)
    assert report.exit_status() == 1
    assert all(f.message.endswith(".") and "\n" not in f.message for f in report.findings)


def test_a_changed_source_leaves_the_quotes_of_the_kept_text_intact(out: Path) -> None:
    _change_source(out)
    assert kinds(check(out).errors) == {"changed source"}


def test_a_missing_source_is_a_warning_unless_strict(out: Path) -> None:
    (out.parent / "report.txt").unlink()
    report = check(out)
    assert report.errors == ()
    assert [f.kind for f in report.warnings] == ["missing source"]
    assert report.sources == 2
    assert (report.exit_status(), report.exit_status(strict=True)) == (0, 1)


@pytest.mark.parametrize("source", ["https://example.org/report.html", "-"])
def test_what_is_no_file_is_checked_in_the_kept_text(out: Path, source: str) -> None:
    edit(out / "graph.ttl", '"report.txt"', f'"{source}"')
    assert kinds(check(out).warnings) == {"no file"}


def test_a_source_that_now_reads_differently_is_an_error(out: Path) -> None:
    def other_reader(path: Path) -> Document:
        document = read(path)
        return Document(document.source, document.text.replace("\n", " "), document.sha256)

    report = verify(out, root=out.parent, reader=other_reader)
    assert kinds(report.errors) == {"different text"}
    assert any("from character 96 on" in f.message for f in report.errors)


def test_a_source_that_can_no_longer_be_read_is_an_error(out: Path) -> None:
    def failing(path: Path) -> Document:
        raise UnreadableDocument(f"{path.name} is encrypted; save it without a password.")

    assert kinds(verify(out, root=out.parent, reader=failing).errors) == {"unread source"}


def test_a_folder_without_a_graph_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(GraphError):
        verify(tmp_path)


def test_what_a_build_writes_holds_and_conforms(
    tmp_path: Path, first: AnnotatedDocument, ontology: Ontology
) -> None:
    source = tmp_path / first.document.source
    source.parent.mkdir(parents=True)
    source.write_text(first.document.text, encoding="utf-8")
    write_outputs(tmp_path / "out", [first], ontology)
    report = verify(tmp_path / "out", root=tmp_path)
    assert report.errors == report.warnings == ()
    assert report.sources == 1
    assert validate(tmp_path / "out").conforms
