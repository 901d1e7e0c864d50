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

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from pathlib import Path

import pyoxigraph as ox

from ..extract.annotations import Document
from ..ontology.namespaces import PREFIXES
from .findings import Finding, Severity, VerifyReport
from .kept_texts import Reader, check_source, kept_text
from .store import open_graph

_FRAGMENT = re.compile(r"#(?:char|sentence)=(\d+),(\d+)$")


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
        text = kept_text(folder, iri, row, findings)
        if text is not None:
            texts[iri] = text
    re_read = 0
    for row in _rows(store, _SOURCES):
        iri = row["document"].value
        found = check_source(iri, row, texts.get(iri), root or Path(), reader or _read_document)
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
