"""Re-reads everything a graph quotes: against the texts kept beside it and against the source files.

What is checked, and how a failure counts:

    error    a kept text is missing, altered or unreadable; a source file has changed, or no longer gives the
             kept text; offsets are wrong; a quote is not what the text holds there; a statement has no quote
    warning  a source file is not where it was, or is no file (a URL, standard input): the quotes are then
             checked against the kept text alone
    note     a statement's sentences hold no mention of its subject or of its object (it was understood from
             the text around them)

`VerifyReport.exit_status` is 0 without errors, 1 with any; `strict` counts warnings as errors.
"""

from __future__ import annotations

import hashlib
import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import pyoxigraph as ox

from ..errors import DocumentError
from ..extract.annotations import Document
from ..ontology.namespaces import PREFIXES
from .store import open_graph
from .terms import clean

Severity = Literal["error", "warning", "note"]
Reader = Callable[[Path], Document]

_FRAGMENT = re.compile(r"#(?:char|sentence)=(\d+),(\d+)$")
_URL = re.compile(r"[A-Za-z][A-Za-z0-9+.\-]+://")


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that does not hold: how grave, of what kind, in which document (source), on which node."""

    severity: Severity
    kind: str
    document: str
    node: str
    message: str


@dataclass(frozen=True, slots=True)
class VerifyReport:
    """What was re-read, and what did not hold; findings are sorted by severity, document and node."""

    documents: int
    sources: int
    quotes: int
    statements: int
    findings: tuple[Finding, ...]

    @property
    def errors(self) -> tuple[Finding, ...]:
        """Findings that make the graph untrue to its texts."""
        return tuple(f for f in self.findings if f.severity == "error")

    @property
    def warnings(self) -> tuple[Finding, ...]:
        """Sources that could not be re-read."""
        return tuple(f for f in self.findings if f.severity == "warning")

    @property
    def notes(self) -> tuple[Finding, ...]:
        """Statements whose sentences do not name both ends."""
        return tuple(f for f in self.findings if f.severity == "note")

    def exit_status(self, *, strict: bool = False) -> int:
        """0 when everything holds, else 1; `strict` counts warnings as errors."""
        return 1 if self.errors or (strict and self.warnings) else 0


def verify(out: Path, *, root: Path | None = None, reader: Reader | None = None) -> VerifyReport:
    """Check every quote of the graph at `out` (a built folder or a graph file with `texts/` beside it).

    `root` is the folder that relative sources are sought in (the working directory otherwise); `reader` reads
    a source file, by default as `build` does. Raises GraphError where `out` holds no graph.
    """
    store = open_graph(out)
    folder = out if out.is_dir() else out.parent
    documents = {row["document"].value: row for row in _rows(store, _DOCUMENTS)}
    findings: list[Finding] = []
    texts: dict[str, str] = {}
    for iri, row in documents.items():
        text = _kept_text(folder, iri, row, findings)
        if text is not None:
            texts[iri] = text
    re_read = 0
    for row in _rows(store, _SOURCES):
        iri = row["document"].value
        found = _check_source(iri, row, texts.get(iri), root or Path(), reader or _read_document)
        findings.extend(found)
        re_read += not any(f.kind in ("missing source", "no file") for f in found)
    names = {iri: row["source"].value for iri, row in documents.items() if row["source"] is not None}
    quotes = list(_rows(store, _QUOTES))
    findings.extend({f: None for row in quotes for f in _check_quote(row, names, texts)})
    statements = _statements(store)
    findings.extend(_check_statements(statements, quotes, names))
    order: Mapping[Severity, int] = {"error": 0, "warning": 1, "note": 2}
    findings.sort(key=lambda f: (order[f.severity], f.document, f.node, f.kind, f.message))
    distinct = len({row["quote"] for row in quotes})
    return VerifyReport(len(documents), re_read, distinct, len(statements), tuple(findings))


_DOCUMENTS = """SELECT ?document (MIN(?path) AS ?source) ?file ?digest {
  ?document a th:SourceDocument .
  OPTIONAL { ?document dcterms:source ?path }
  OPTIONAL { ?document th:textFile ?file }
  OPTIONAL { ?document th:textSha256 ?digest }
} GROUP BY ?document ?file ?digest ORDER BY ?document"""

_SOURCES = """SELECT ?document ?source ?sha256 {
  ?document a th:SourceDocument ; dcterms:source ?source .
  OPTIONAL { ?document th:sha256 ?sha256 }
} ORDER BY ?document STR(?source)"""

_QUOTES = """SELECT ?quote ?document ?begin ?end ?text ?entity {
  VALUES ?class { nif:Phrase nif:Sentence }
  ?quote a ?class .
  OPTIONAL { ?quote nif:referenceContext ?document }
  OPTIONAL { ?quote nif:beginIndex ?begin }
  OPTIONAL { ?quote nif:endIndex ?end }
  OPTIONAL { ?quote nif:anchorOf ?text }
  OPTIONAL { ?quote itsrdf:taIdentRef ?entity }
}"""

_STATEMENTS = """SELECT ?statement ?subject ?object ?sentence {
  ?statement a rdf:Statement ; rdf:subject ?subject ; rdf:object ?object .
  OPTIONAL { ?statement prov:wasDerivedFrom ?sentence . ?sentence a nif:Sentence }
}"""


def _rows(store: ox.Store, query: str) -> Iterator[ox.QuerySolution]:
    solutions = store.query(query, prefixes=dict(PREFIXES))
    assert isinstance(solutions, ox.QuerySolutions)
    return iter(solutions)


def _read_document(path: Path) -> Document:
    from ..extract import read_document  # brings in the readers of every format

    return read_document(path)


def _kept_text(folder: Path, iri: str, row: ox.QuerySolution, findings: list[Finding]) -> str | None:
    """The text that the document's offsets refer to; None, with a finding, where it cannot be had."""
    source = row["source"].value if row["source"] is not None else iri

    def fail(kind: str, message: str) -> None:
        findings.append(Finding("error", kind, source, iri, message))

    if row["file"] is None:
        fail("no kept text", f"{source} names no kept text; build the graph again.")
        return None
    path: Path = folder / row["file"].value
    if not path.resolve().is_relative_to(folder.resolve()):
        fail("no kept text", f"The kept text {row['file'].value} of {source} is outside the graph's folder.")
        return None
    try:
        data = path.read_bytes()
        text = data.decode("utf-8")
    except FileNotFoundError:
        fail("no kept text", f"The kept text {path} of {source} is missing; build the graph again.")
        return None
    except (OSError, UnicodeDecodeError) as error:
        fail("no kept text", f"The kept text {path} of {source} cannot be read: {error}.")
        return None
    digest = row["digest"]
    if digest is None or hashlib.sha256(data).hexdigest() != digest.value:
        fail("altered text", f"The kept text {path} of {source} is not the one that was read.")
    return text


def _check_source(
    iri: str, row: ox.QuerySolution, text: str | None, root: Path, reader: Reader
) -> tuple[Finding, ...]:
    """Whether the source file still has its bytes and still gives the kept text."""
    source = row["source"].value

    def finding(severity: Severity, kind: str, message: str) -> tuple[Finding, ...]:
        return (Finding(severity, kind, source, iri, message),)

    if source == "-" or _URL.match(source):
        return finding(
            "warning", "no file", f"{source} is no file; its quotes were checked in the kept text."
        )
    path = root / source
    try:
        digest = hashlib.sha256(path.read_bytes()).hexdigest()
    except OSError as error:
        reason = (
            "is missing" if isinstance(error, FileNotFoundError) else f"cannot be read ({error.strerror})"
        )
        return finding(
            "warning",
            "missing source",
            f"The source {path} {reason}; its quotes were checked in the kept text.",
        )
    if row["sha256"] is None or digest != row["sha256"].value:
        return finding("error", "changed source", f"The source {path} has changed since the graph was built.")
    try:
        again = clean(reader(path).text)
    except DocumentError as error:
        return finding("error", "unread source", f"The source {path} can no longer be read: {error}")
    if text is not None and again != text:
        where = next((i for i, (a, b) in enumerate(zip(again, text, strict=False)) if a != b), None)
        at = min(len(again), len(text)) if where is None else where
        return finding(
            "error", "different text", f"The source {path} now gives another text from character {at} on."
        )
    return ()


def _check_quote(
    row: ox.QuerySolution, names: Mapping[str, str], texts: Mapping[str, str]
) -> Iterator[Finding]:
    """Whether a mention or sentence has offsets within its text, and quotes what stands there."""
    node = row["quote"].value
    document = row["document"].value if row["document"] is not None else ""
    source = names.get(document, document)

    def error(kind: str, message: str) -> Finding:
        return Finding("error", kind, source, node, message)

    if document not in names:
        yield error("no document", f"{node} belongs to no document of the graph.")
        return
    span = _span(row)
    if span is None or row["text"] is None:
        yield error("wrong offsets", f"{node} lacks its offsets or its text.")
        return
    begin, end = span
    fragment = _FRAGMENT.search(node)
    if fragment and (int(fragment[1]), int(fragment[2])) != span:
        yield error("wrong offsets", f"{node} says {begin} to {end} of itself.")
    text = texts.get(document)
    if text is None:
        return  # reported once, with the document
    if not 0 <= begin < end <= len(text):
        yield error(
            "wrong offsets", f"Characters {begin} to {end} do not lie in {source} ({len(text)} long)."
        )
    elif text[begin:end] != row["text"].value:
        quoted, there = _short(row["text"].value), _short(text[begin:end])
        yield error("altered quote", f"{source} holds {there!r} at {begin} to {end}, not {quoted!r}.")


def _span(row: ox.QuerySolution) -> tuple[int, int] | None:
    if row["begin"] is None or row["end"] is None:
        return None
    try:
        return int(row["begin"].value), int(row["end"].value)
    except ValueError:
        return None


def _short(text: str) -> str:
    return text if len(text) <= 60 else f"{text[:57]}…"


def _statements(store: ox.Store) -> dict[str, tuple[str, str, frozenset[str]]]:
    """Subject, object and sentences of every statement."""
    ends: dict[str, tuple[str, str]] = {}
    sentences: dict[str, set[str]] = defaultdict(set)
    for row in _rows(store, _STATEMENTS):
        statement = row["statement"].value
        ends[statement] = (row["subject"].value, row["object"].value)
        if row["sentence"] is not None:
            sentences[statement].add(row["sentence"].value)
    return {iri: (*pair, frozenset(sentences[iri])) for iri, pair in sorted(ends.items())}


def _check_statements(
    statements: Mapping[str, tuple[str, str, frozenset[str]]],
    quotes: list[ox.QuerySolution],
    names: Mapping[str, str],
) -> Iterator[Finding]:
    """Whether every statement is quoted, and whether its sentences mention both its ends."""
    spans: dict[str, tuple[str, int, int]] = {}
    mentions: dict[tuple[str, str], list[tuple[int, int]]] = defaultdict(list)
    for row in quotes:
        span = _span(row)
        if span is None or row["document"] is None:
            continue
        document = row["document"].value
        spans[row["quote"].value] = (document, *span)
        if row["entity"] is not None:
            mentions[document, row["entity"].value].append(span)
    for iri, (subject, target, sentences) in statements.items():
        placed = [spans[sentence] for sentence in sorted(sentences) if sentence in spans]
        if not placed:
            yield Finding(
                "error", "no evidence", "", iri, f"The statement {iri} is derived from no sentence."
            )
            continue
        for end, entity in (("subject", subject), ("object", target)):
            if not any(
                begin < e and b < stop
                for document, begin, stop in placed
                for b, e in mentions[document, entity]
            ):
                source = names.get(placed[0][0], placed[0][0])
                message = f"The sentences of {iri} do not mention its {end}, {entity}."
                yield Finding("note", f"{end} not mentioned", source, iri, message)
