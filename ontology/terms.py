"""Turtle files as an index of terms, each of which knows the file and the line that define it."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import TypeAlias

import pyoxigraph as ox

from ..errors import OntologyError
from .namespaces import RDF, TH

SHIPPED_FOLDER = "schema"

RdfTerm: TypeAlias = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple

_FIRST, _REST, _NIL, _TYPE = RDF + "first", RDF + "rest", RDF + "nil", RDF + "type"
_PREFIX = re.compile(r"^\s*(?:@prefix|PREFIX)\s+([\w.-]*):\s*<([^>]*)>", re.MULTILINE | re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class TurtleFile:
    """The text of one Turtle file under the name that messages call it by."""

    name: str
    text: str
    shipped: bool = False

    def line_of(self, iri: str) -> int | None:
        """The line on which `iri` opens a subject block, else the first that mentions it, counted from 1."""
        spellings = [f"<{iri}>"]
        spellings += [
            f"{prefix}:{iri.removeprefix(namespace)}"
            for prefix, namespace in _PREFIX.findall(self.text)
            if namespace and iri.startswith(namespace)
        ]
        name = "|".join(re.escape(spelling) for spelling in spellings)
        opening = re.compile(rf"^(?:{name})(?=\s)", re.MULTILINE)
        mention = re.compile(rf"(?<![\w:-])(?:{name})(?![\w-])")
        found = opening.search(self.text) or mention.search(self.text)
        return self.text.count("\n", 0, found.start()) + 1 if found else None

    def line_of_word(self, word: str) -> int | None:
        """The first line that holds `word`, counted from 1."""
        found = self.text.find(word)
        return self.text.count("\n", 0, found) + 1 if found >= 0 else None


def shipped_turtle(*names: str) -> tuple[TurtleFile, ...]:
    """The package's own Turtle files of these names; all of them, sorted, when no name is given."""
    folder = files(__package__) / SHIPPED_FOLDER
    wanted = names or tuple(sorted(f.name for f in folder.iterdir() if f.name.endswith(".ttl")))
    return tuple(
        TurtleFile(f"{SHIPPED_FOLDER}/{name}", (folder / name).read_text(encoding="utf-8"), shipped=True)
        for name in wanted
    )


def read_turtle(path: Path) -> TurtleFile:
    """One Turtle file of a user's own; `OntologyError` when it cannot be read as UTF-8 text."""
    try:
        return TurtleFile(str(path), path.read_text(encoding="utf-8"))
    except OSError as error:
        raise OntologyError(f"{path}: cannot be read ({error.strerror}); check the path.") from None
    except UnicodeDecodeError as error:
        line = error.object.count(b"\n", 0, error.start) + 1
        raise OntologyError(f"{path}, line {line}: the file is not UTF-8; save it as UTF-8.") from None


Triple: TypeAlias = tuple[RdfTerm, str, RdfTerm, TurtleFile]


class Terms:
    """The triples of several Turtle files by subject and predicate, with the file each subject comes from."""

    def __init__(self, sources: Iterable[TurtleFile]) -> None:
        self.sources = tuple(sources)
        self.triples: list[Triple] = []
        self._values: dict[str, dict[str, list[RdfTerm]]] = defaultdict(dict)
        self._instances: dict[str, list[str]] = defaultdict(list)
        self._home: dict[str, TurtleFile] = {}
        for source in self.sources:
            self._read(source)

    def _read(self, source: TurtleFile) -> None:
        try:
            quads = list(ox.parse(source.text.encode(), format=ox.RdfFormat.TURTLE, rename_blank_nodes=True))
        except SyntaxError as error:
            reason = re.sub(r"^Parser error at .*?: ", "", error.msg)
            raise OntologyError(f"{source.name}, line {error.lineno}: {reason}; mend the Turtle.") from None
        for quad in quads:
            subject, predicate = _node_id(quad.subject), quad.predicate.value
            self.triples.append((quad.subject, predicate, quad.object, source))
            values = self._values[subject].setdefault(predicate, [])
            if quad.object not in values:
                values.append(quad.object)
            if predicate == _TYPE:
                self._home.setdefault(subject, source)
                self._instances[_node_id(quad.object)].append(subject)

    def instances(self, cls: str) -> tuple[str, ...]:
        """The IRIs typed `cls`: the package's own first, then a user's, each sorted; no blank nodes."""
        named = {subject for subject in self._instances[cls] if not subject.startswith("_:")}
        return tuple(sorted(named, key=lambda iri: (not self.is_shipped(iri), iri)))

    def subjects(self) -> Iterator[str]:
        """Every IRI that is the subject of a triple."""
        return (subject for subject in self._values if not subject.startswith("_:"))

    def has(self, subject: str, predicate: str, value: str) -> bool:
        """Whether the triple with this IRI (or lexical form) as object is stated."""
        return any(_node_id(term) == value for term in self._terms(subject, predicate))

    def resources(self, subject: str, predicate: str) -> tuple[str, ...]:
        """The objects that are IRIs, and the blank nodes as `_:id`, in the order of the files."""
        terms = self._terms(subject, predicate)
        return tuple(_node_id(term) for term in terms if not isinstance(term, ox.Literal))

    def texts(self, subject: str, predicate: str, language: str | None = None) -> tuple[str, ...]:
        """The literal objects in one language, or without a language tag."""
        return tuple(
            term.value
            for term in self._terms(subject, predicate)
            if isinstance(term, ox.Literal) and term.language == language
        )

    def members(self, head: str) -> Iterator[str]:
        """The resources of an RDF list."""
        while head != _NIL:
            yield from self.resources(head, _FIRST)
            rest = self.resources(head, _REST)
            head = rest[0] if rest else _NIL

    def is_defined(self, iri: str) -> bool:
        """Whether some file says what `iri` is."""
        return iri in self._home

    def is_shipped(self, iri: str) -> bool:
        """Whether the package itself, not a user's layer, defines `iri`."""
        home = self._home.get(iri)
        return home is not None and home.shipped

    def where(self, iri: str, predicate: str | None = None) -> str:
        """File and line of the definition of `iri`, as the opening of a message.

        With a predicate, of the last file that says so of `iri`: a user may add to a term of ours.
        """
        home = self._home.get(iri)
        if predicate:
            home = next((t[3] for t in reversed(self.triples) if _is(t, iri, predicate)), home)
        for source in (home,) if home else reversed(self.sources):
            line = source.line_of(iri)
            if line:
                return f"{source.name}, line {line}"
        return home.name if home else "the ontology"

    def _terms(self, subject: str, predicate: str) -> list[RdfTerm]:
        return self._values.get(subject, {}).get(predicate, [])


def local_name(iri: str) -> str:
    """The part of an IRI after its last `#` or `/`.

    >>> local_name("https://w3id.org/triplehelix/ontology#leads")
    'leads'
    """
    return re.split(r"[#/]", iri)[-1]


def short(iri: str) -> str:
    """An IRI as messages show it: `th:leads`, or in angle brackets."""
    return f"th:{iri.removeprefix(TH)}" if iri.startswith(TH) else f"<{iri}>"


def _is(triple: Triple, subject: str, predicate: str) -> bool:
    return triple[1] == predicate and _node_id(triple[0]) == subject


def _node_id(term: RdfTerm) -> str:
    return str(term) if isinstance(term, ox.BlankNode) else str(getattr(term, "value", term))
