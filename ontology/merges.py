"""Merges: a user's decisions that two entities are one, replayed at every build.

A layer may hold a table `merges.tsv`, one decision a line:

    entity          same_as                     type        note
    揭榜挂帅@zh     unveiling and leading@en    Mechanism   the same call for tenders

`entity` keeps its IRI and gets the names and statements of `same_as`. Each is a name with its language, a key
of the authority file, or the IRI of an entity in an earlier graph. `type` is the core class of what is named.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from ..errors import OntologyError
from .namespaces import DEFAULT_BASE
from .vocabulary import LANGUAGES

if TYPE_CHECKING:
    from .authority_file import AuthorityFile
    from .vocabulary import Schema

MERGES = "merges.tsv"
COLUMNS = ("entity", "same_as", "type", "note")

_IRI = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*://[^\s<>\"{}|\\^`]+")
_NAME = re.compile(r"(?P<name>.+)@(?P<language>[A-Za-z-]{2,8})")


@dataclass(frozen=True, slots=True)
class Reference:
    """One side of a merge: exactly one of a key of the authority file, an IRI, and a name in a language."""

    written: str
    key: str = ""
    iri: str = ""
    name: str = ""
    language: str = ""

    @property
    def identity(self) -> tuple[str, str, str, str]:
        """What two ways of writing one reference share."""
        return self.key, self.iri, self.name, self.language


@dataclass(frozen=True, slots=True)
class Merge:
    """That `same_as` is `entity`; `where` is the file and the line that say so."""

    entity: Reference
    same_as: Reference
    type: str
    where: str


def load_merges(layer: Sequence[Path], schema: Schema, authority: AuthorityFile) -> tuple[Merge, ...]:
    """The decisions in the `merges.tsv` of a layer's files, in order; OntologyError names file and line."""
    found = [
        merge
        for path in layer
        if path.name == MERGES
        for merge in parse_merges(path.read_text(encoding="utf-8-sig"), str(path), schema, authority)
    ]
    _check_entries(found)
    return tuple(found)


def parse_merges(text: str, source: str, schema: Schema, authority: AuthorityFile) -> Iterator[Merge]:
    """The decisions of a table; `source` names it in messages."""
    lines = text.splitlines()
    if not lines or tuple(lines[0].split("\t"))[:3] != COLUMNS[:3]:
        raise OntologyError(f"{source}, line 1: the first line must name the columns {' '.join(COLUMNS)}.")
    for number, line in enumerate(lines[1:], 2):
        if not line.strip() or line.startswith("#"):
            continue
        where = f"{source}, line {number}"
        cells = [cell.strip() for cell in line.split("\t")]
        if not 2 <= len(cells) <= len(COLUMNS):
            raise OntologyError(f"{where}: {len(cells)} cells, not {len(COLUMNS)}; part them by single tabs.")
        yield _merge(dict(zip(COLUMNS, [*cells, "", ""], strict=False)), where, schema, authority)


def _merge(cells: Mapping[str, str], where: str, schema: Schema, authority: AuthorityFile) -> Merge:
    core = cells["type"]
    if core and core not in schema.core_classes:
        raise OntologyError(
            f"{where}: {core!r} is no core class; use one of {' '.join(schema.core_classes)}."
        )
    sides = [_reference(cells[column], core, where, schema, authority) for column in COLUMNS[:2]]
    if sides[0].identity == sides[1].identity:
        raise OntologyError(f"{where}: {sides[0].written} is {sides[1].written} already; remove the line.")
    for side in sides:
        if side.key and core and schema.core_of(authority.entries[side.key].cls) != core:
            cls = authority.entries[side.key].cls
            raise OntologyError(
                f"{where}: {side.written} is a {cls}, no {core}; correct the type or the name."
            )
    return Merge(sides[0], sides[1], core, where)


def _reference(written: str, core: str, where: str, schema: Schema, authority: AuthorityFile) -> Reference:
    if _IRI.fullmatch(written):
        key = written.removeprefix(DEFAULT_BASE)
        return Reference(written, key=key) if key in authority.entries else Reference(written, iri=written)
    if written in authority.entries:
        return Reference(written, key=written)
    match = _NAME.fullmatch(written)
    if match is None:
        raise OntologyError(
            f"{where}: {written!r} is no key of the authority file; write a key, a name with its language "
            "(揭榜挂帅@zh) or a full IRI."
        )
    name, language = match["name"].strip(), match["language"].lower()
    if language not in LANGUAGES:
        raise OntologyError(f"{where}: {language!r} is no language of names; write @en or @zh.")
    if not core:
        raise OntologyError(f"{where}: {written} needs a type; write a core class such as Mechanism.")
    entries = [e for e in authority.candidates(name, language) if schema.core_of(e.cls) == core]
    if len(entries) > 1:
        keys = ", ".join(entry.key for entry in entries)
        raise OntologyError(f"{where}: {written} names several entries ({keys}); write the key of one.")
    if entries:
        return Reference(written, key=entries[0].key)
    return Reference(written, name=name, language=language)


def _check_entries(merges: Sequence[Merge]) -> None:
    """That no two entries of the authority file become one, however many lines lead from one to the other."""
    groups: dict[tuple[str, str, str, str], set[tuple[str, str, str, str]]] = {}
    for merge in merges:
        first, second = merge.entity.identity, merge.same_as.identity
        whole = groups.setdefault(first, {first}) | groups.setdefault(second, {second})
        keys = sorted({key for key, *_ in whole if key})
        if len(keys) > 1:
            raise OntologyError(
                f"{merge.where}: this makes {keys[0]} and {keys[1]} one, which the authority file tells apart; "
                "remove the line or mend the keys."
            )
        groups.update((member, whole) for member in whole)
