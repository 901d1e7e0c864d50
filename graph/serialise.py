"""A graph as bytes: Turtle, N-Quads, JSON-LD; the same bytes for the same quads, whatever their order."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import TypeAlias

import pyoxigraph as ox

from ..ontology.namespaces import DEFAULT_BASE, PREFIXES, RDF
from .turtle import sorted_ntriples, turtle

Json: TypeAlias = "str | bool | list[Json] | dict[str, Json]"


def to_turtle(quads: Iterable[ox.Quad], base: str = DEFAULT_BASE) -> bytes:
    """Sorted, readable Turtle of all triples; named graphs are folded into one."""
    return turtle((quad.triple for quad in quads), base)


def to_nquads(quads: Iterable[ox.Quad]) -> bytes:
    """Sorted N-Quads, with the named graphs."""
    written = ox.serialize(quads, format=ox.RdfFormat.N_QUADS)
    assert written is not None
    return b"".join(sorted(set(written.splitlines(keepends=True))))


def to_jsonld(quads: Iterable[ox.Quad], base: str = DEFAULT_BASE) -> bytes:
    """JSON-LD of all triples with a context of the prefixes in use; one subject a line."""
    ordered = b"".join(sorted_ntriples(quad.triple for quad in quads))
    parsed = (quad.triple for quad in ox.parse(ordered, format=ox.RdfFormat.N_TRIPLES))
    written = ox.serialize(parsed, format=ox.RdfFormat.JSON_LD)
    assert written is not None
    compactor = _Compactor({base: "id", **{iri: prefix for prefix, iri in PREFIXES.items()}})
    lines = ",\n".join(_dump(compactor.value(node)) for node in json.loads(written))
    return f'{{"@context":{_dump(compactor.context())},\n"@graph":[\n{lines}\n]}}\n'.encode()


class _Compactor:
    """Shortens expanded JSON-LD by prefixes, and remembers which of them it used."""

    def __init__(self, prefixes: Mapping[str, str]) -> None:
        self._prefixes = sorted(prefixes.items(), key=lambda item: (-len(item[0]), item))
        self._used: dict[str, Json] = {}
        self._short: dict[str, str] = {}

    def context(self) -> dict[str, Json]:
        """The prefixes in use, sorted."""
        return dict(sorted(self._used.items()))

    def value(self, value: Json) -> Json:
        """The value with IRIs shortened and the wrappers of plain values taken off."""
        if isinstance(value, list):
            found = [self.value(item) for item in value]
            return found[0] if len(found) == 1 else found
        if not isinstance(value, dict):
            return value
        if value.keys() == {"@value"}:
            return value["@value"]
        return dict(self._entry(key, item) for key, item in value.items())

    def _entry(self, key: str, item: Json) -> tuple[str, Json]:
        if key == f"{RDF}type" and isinstance(item, list):
            return "@type", [self.iri(str(cls["@id"])) for cls in item if isinstance(cls, dict)]
        return self.iri(key), self._item(key, item)

    def _item(self, key: str, item: Json) -> Json:
        if key in ("@id", "@type"):
            return [self.iri(str(i)) for i in item] if isinstance(item, list) else self.iri(str(item))
        return item if key.startswith("@") else self.value(item)

    def iri(self, iri: str) -> str:
        """The IRI by prefix, unless what follows could be taken for the authority of another IRI."""
        if iri not in self._short:
            self._short[iri] = iri
            for namespace, prefix in self._prefixes:
                if iri.startswith(namespace) and not iri.startswith("//", len(namespace)):
                    self._used[prefix] = namespace
                    self._short[iri] = f"{prefix}:{iri[len(namespace) :]}"
                    break
        return self._short[iri]


def _dump(value: Json) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
