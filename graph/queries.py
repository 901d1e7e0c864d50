"""SPARQL over a built graph: read-only, offline, the usual prefixes declared, rows in a fixed order."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal, TypeAlias

import pyoxigraph as ox

from ..errors import QueryError
from ..ontology.namespaces import PREFIXES
from .sparql import check_reads_only, syntax_error, with_total_order

Term: TypeAlias = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple
Kind = Literal["select", "ask", "graph"]

RESULT_FORMATS = ("table", "csv", "json", "turtle")


@dataclass(frozen=True, slots=True)
class Result:
    """What a query found.

    `kind` says which part holds the answer: "select" and "ask" keep SPARQL results JSON in `data`, "graph"
    (CONSTRUCT, DESCRIBE) keeps sorted `triples`.
    """

    kind: Kind
    data: bytes = b""
    triples: tuple[ox.Triple, ...] = ()

    @property
    def variables(self) -> tuple[str, ...]:
        """The column names, in the order of the SELECT clause."""
        return tuple(self._document().get("head", {}).get("vars", ())) if self.kind == "select" else ()

    @property
    def answer(self) -> bool | None:
        """The answer to an ASK query, else None."""
        return bool(self._document()["boolean"]) if self.kind == "ask" else None

    @property
    def rows(self) -> tuple[tuple[Term | None, ...], ...]:
        """The rows of a SELECT query as RDF terms, None where a variable is unbound."""
        if self.kind != "select":
            return ()
        names = self.variables
        solutions = ox.parse_query_results(self.data, format=ox.QueryResultsFormat.JSON)
        assert isinstance(solutions, ox.QuerySolutions)
        return tuple(tuple(solution[name] for name in names) for solution in solutions)

    def __len__(self) -> int:
        """The number of rows or triples; 1 for an ASK query."""
        if self.kind == "graph":
            return len(self.triples)
        return 1 if self.kind == "ask" else len(self._document()["results"]["bindings"])

    def table(self) -> tuple[tuple[str, ...], tuple[tuple[str, ...], ...]]:
        """Column heads and rows as text for people to read.

        IRIs are shortened by the declared prefixes, and a column `x` is left out where `xLabel` names it.
        """
        if self.kind == "ask":
            return ("answer",), (("yes" if self.answer else "no",),)
        if self.kind == "graph":
            return ("subject", "predicate", "object"), tuple(
                (display(t.subject), display(t.predicate), display(t.object)) for t in self.triples
            )
        names = self.variables
        shown = [i for i, name in enumerate(names) if f"{name}Label" not in names]
        heads = tuple(names[i].removesuffix("Label") for i in shown)
        return heads, tuple(tuple(display(row[i]) for i in shown) for row in self.rows)

    def csv(self) -> str:
        """SPARQL results CSV; a graph as subject, predicate, object."""
        if self.kind == "graph":
            return Result("select", _triples_as_rows(self.triples)).csv()
        return self._serialize(ox.QueryResultsFormat.CSV)

    def json(self) -> str:
        """SPARQL results JSON; a graph as JSON-LD."""
        if self.kind == "graph":
            return _json_ld(self.triples)
        return self.data.decode("utf-8")

    def turtle(self) -> str:
        """Turtle, for CONSTRUCT and DESCRIBE only."""
        if self.kind != "graph":
            raise QueryError("Only CONSTRUCT and DESCRIBE give Turtle; ask for a table, CSV or JSON instead.")
        return _turtle(self.triples)

    def _document(self) -> dict[str, Any]:
        loaded: dict[str, Any] = json.loads(self.data)
        return loaded

    def _serialize(self, output: ox.QueryResultsFormat) -> str:
        parsed = ox.parse_query_results(self.data, format=ox.QueryResultsFormat.JSON)
        return _text(parsed.serialize(format=output))


def run_query(
    store: ox.Store,
    sparql: str,
    *,
    bindings: Mapping[str, Term] | None = None,
    prefixes: Mapping[str, str] = PREFIXES,
) -> Result:
    """What a SELECT, ASK, CONSTRUCT or DESCRIBE query finds.

    `bindings` fixes variables of the SELECT clause (without the question mark) to RDF terms. Rows come in the
    query's own order, ties and unordered rows sorted by their values. Updates and SERVICE raise QueryError.
    """
    check_reads_only(sparql)
    try:
        found = _execute(store, sparql, bindings or {}, prefixes)
        if isinstance(found, ox.QueryTriples):
            return Result("graph", triples=_sorted_triples(found))
        if isinstance(found, ox.QueryBoolean):
            return Result("ask", _bytes(found.serialize(format=ox.QueryResultsFormat.JSON)))
        ordered = with_total_order(sparql, [variable.value for variable in found.variables])
        rows = _execute(store, ordered, bindings or {}, prefixes)
        assert isinstance(rows, ox.QuerySolutions)
        return Result("select", _bytes(rows.serialize(format=ox.QueryResultsFormat.JSON)))
    except SyntaxError as error:
        raise syntax_error(sparql, str(error), prefixes) from error
    except (RuntimeError, ValueError, OSError) as error:
        raise QueryError(f"The query cannot be run: {' '.join(str(error).split())}.") from error


def _execute(
    store: ox.Store, sparql: str, bindings: Mapping[str, Term], prefixes: Mapping[str, str]
) -> ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples:
    return store.query(
        sparql,
        prefixes=dict(prefixes),
        substitutions={ox.Variable(name): term for name, term in bindings.items()} or None,
    )


def display(term: Term | None) -> str:
    """A term as a reader would write it: a literal's text, an IRI shortened where a prefix fits."""
    if term is None:
        return ""
    if isinstance(term, ox.NamedNode):
        for prefix, namespace in PREFIXES.items():
            if term.value.startswith(namespace) and term.value[len(namespace) :].isidentifier():
                return f"{prefix}:{term.value[len(namespace) :]}"
    return term.value if not isinstance(term, ox.Triple) else str(term)


def merge_results(results: Sequence[Result], *, leave_out: Sequence[str] = ()) -> Result:
    """The rows of several SELECT results with the same columns, one after the other, each row once."""
    documents = [result._document() for result in results]
    names = [name for name in documents[0]["head"]["vars"] if name not in leave_out]
    rows: dict[str, dict[str, Any]] = {}
    for document in documents:
        for row in document["results"]["bindings"]:
            kept = {name: row[name] for name in names if name in row}
            rows.setdefault(json.dumps(kept, sort_keys=True), kept)
    merged = {"head": {"vars": names}, "results": {"bindings": list(rows.values())}}
    return Result("select", json.dumps(merged, ensure_ascii=False, separators=(",", ":")).encode())


def _sorted_triples(triples: ox.QueryTriples) -> tuple[ox.Triple, ...]:
    found = set(triples)
    if any(isinstance(term, ox.BlankNode) for t in found for term in (t.subject, t.object)):
        dataset = ox.Dataset(ox.Quad(t.subject, t.predicate, t.object) for t in found)
        dataset.canonicalize(ox.CanonicalizationAlgorithm.UNSTABLE)
        found = {quad.triple for quad in dataset}
    return tuple(sorted(found, key=str))


def _turtle(triples: Sequence[ox.Triple]) -> str:
    """Turtle with the prefixes it uses; they are sorted here because the serialiser's order is random."""
    used = _used_prefixes(triples)
    lines = _text(ox.serialize(triples, format=ox.RdfFormat.TURTLE, prefixes=used)).splitlines(keepends=True)
    return "".join([*sorted(lines[: len(used)]), *lines[len(used) :]])


def _json_ld(triples: Sequence[ox.Triple]) -> str:
    """Expanded JSON-LD, keys sorted."""
    data = json.loads(_text(ox.serialize(triples, format=ox.RdfFormat.JSON_LD)))
    return json.dumps(data, ensure_ascii=False, indent=1, sort_keys=True)


def _used_prefixes(triples: Sequence[ox.Triple]) -> dict[str, str]:
    terms = {str(term) for t in triples for term in (t.subject, t.predicate, t.object)}
    return {prefix: iri for prefix, iri in PREFIXES.items() if any(f"<{iri}" in term for term in terms)}


def _triples_as_rows(triples: Sequence[ox.Triple]) -> bytes:
    store = ox.Store()
    store.extend(ox.Quad(t.subject, t.predicate, t.object) for t in triples)
    query = "SELECT ?subject ?predicate ?object { ?subject ?predicate ?object }"
    return run_query(store, query).data


def _bytes(data: bytes | None) -> bytes:
    return data or b""


def _text(data: bytes | None) -> str:
    return _bytes(data).decode("utf-8")
