"""The authority file: who and what is known by name, in English and Chinese.

Identity is decided here and nowhere else: a name that is a label of exactly one entry is that entry, a name
that several share stays ambiguous, and names are compared by their folded form, never by edit distance.
The tables are in `authority/`; `docs/decisions/002-authority-file.md` says how they came about.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Final

from ..errors import OntologyError
from .authority_entries import Authority, Label, merge
from .authority_table import line_of, read_table
from .authority_turtle import read_turtle_entries
from .authority_variants import chinese_variants, is_bare_law, variants
from .folding import fold
from .namespaces import DEFAULT_BASE
from .terms import TurtleFile, read_turtle

if TYPE_CHECKING:
    from .vocabulary import Schema

__all__ = ["Authority", "AuthorityFile", "Label", "fold", "load_authority"]

TABLE_FOLDER: Final = "authority"


class AuthorityFile:
    """All entries by key and by name; the index of a language is made when it is first asked for."""

    def __init__(self, entries: Mapping[str, Authority]) -> None:
        self.entries = entries
        self._indexes: dict[str, _Index] = {}

    def candidates(self, surface: str, language: str) -> tuple[Authority, ...]:
        """The entries that have `surface` as a label, contextual or not, those matched on sight first."""
        owners = self._index(language).owners.get(fold(surface), {})
        return tuple(self.entries[key] for key in sorted(owners, key=lambda key: (owners[key], key)))

    def surfaces(self, language: str) -> Iterator[tuple[str, tuple[str, ...], bool]]:
        """Every label as written, the sorted keys that own its folded form, and whether it needs context.

        Where some own a name on sight and others only in context, the former are its owners here.
        """
        index = self._index(language)
        for folded, written in index.written.items():
            owners = index.owners[folded]
            contextual = all(owners.values())
            keys = tuple(sorted(key for key, needs_context in owners.items() if needs_context == contextual))
            for surface in written:
                yield surface, keys, contextual

    def label(self, key: str, language: str) -> str | None:
        """The preferred label of an entry in a language, else its first alternative one."""
        entry = self.entries.get(key)
        if entry is None:
            return None
        shown = [label for label in entry.labels if label.language == language and label.kind != "hidden"]
        return next((label.text for label in shown if label.kind == "pref"), shown[0].text if shown else None)

    def _index(self, language: str) -> _Index:
        index = self._indexes.get(language)
        if index is None:
            index = self._indexes[language] = _Index(self.entries, language)
        return index


class _Index:
    """Folded form to owners (key to "needs context"), and to the ways in which it is written."""

    __slots__ = ("owners", "written")

    def __init__(self, entries: Mapping[str, Authority], language: str) -> None:
        self.owners: dict[str, dict[str, bool]] = {}
        self.written: dict[str, dict[str, None]] = {}
        for entry in entries.values():
            for label in entry.labels:
                if label.language == language:
                    self._add(entry.key, label)
        if language == "en":
            self._add_variants(entries)
        elif language == "zh":
            self._add_chinese_variants(entries)

    def _add_variants(self, entries: Mapping[str, Authority]) -> None:
        """Add what follows from labels, after all of them, so that no label is taken for a variant."""
        labels = set(self.owners)
        for entry in entries.values():
            for label in entry.labels:
                if label.language == "en":
                    for text in variants(entry, label, entries):
                        # A name that says whose institute it is needs no context.
                        contextual = label.contextual and len(text) <= len(label.text) + 3
                        contextual = contextual or is_bare_law(entry, text)
                        if fold(text) not in labels:
                            self._add(entry.key, Label(text, "en", "hidden", contextual))

    def _add_chinese_variants(self, entries: Mapping[str, Authority]) -> None:
        labels = set(self.owners)
        for entry in entries.values():
            for label in entry.labels:
                if label.language == "zh" and not label.contextual:
                    for text in chinese_variants(entry, label, entries):
                        if fold(text) not in labels:
                            self._add(entry.key, Label(text, "zh", "hidden", False))

    def _add(self, key: str, label: Label) -> None:
        folded = fold(label.text)
        if not folded:
            return
        owners = self.owners.setdefault(folded, {})
        owners[key] = label.contextual and owners.get(key, True)
        self.written.setdefault(folded, {})[label.text] = None


def load_authority(schema: Schema, extra: Sequence[Path] = ()) -> AuthorityFile:
    """Return the shipped authority file with the tables and Turtle files of a user's layer added in order.

    A layer may bring entries of its own and add names, parents and identifiers to those there are. Raises
    OntologyError that names file and line when something is malformed, of no known class, or part of nothing.
    """
    loader = _Loader(schema)
    for table in sorted(files(__package__).joinpath(TABLE_FOLDER).iterdir(), key=lambda table: table.name):
        if table.name.endswith(".tsv"):
            loader.add_shipped(f"{TABLE_FOLDER}/{table.name}", table.read_text(encoding="utf-8"))
    for path in extra:
        loader.add_layer(path)
    loader.check_references()
    return AuthorityFile({key: loader.entries[key] for key in sorted(loader.entries)})


class _Loader:
    """Entries gathered from several files, with the file that each was last found in."""

    def __init__(self, schema: Schema) -> None:
        self.entries: dict[str, Authority] = {}
        self._schema = schema
        self._home: dict[str, TurtleFile] = {}

    def add_shipped(self, name: str, text: str) -> None:
        source = TurtleFile(name, text)
        for entry in read_table(text, name):
            if entry.key in self.entries:
                other = self._home[entry.key].name
                raise self._error(entry.key, source, f"the key is in {other} too; merge or remove one row.")
            self._add(entry, source)

    def add_layer(self, path: Path) -> None:
        source = read_turtle(path)
        if path.suffix == ".ttl":
            added = read_turtle_entries(source, self._schema)
        else:
            added = read_table(source.text, source.name, is_sorted=False)
        for entry in added:
            self._add(entry, source)

    def check_references(self) -> None:
        for entry in self.entries.values():
            for above in entry.part_of:
                if above not in self.entries:
                    problem = f"it is part of {above}, which is in no table; add it or correct the key."
                    raise self._error(entry.key, self._home[entry.key], problem)

    def _add(self, entry: Authority, source: TurtleFile) -> None:
        known = self.entries.get(entry.key)
        if not known and not entry.labels:
            raise self._error(entry.key, source, "it has no label; give it an English or a Chinese one.")
        if entry.cls or not known:
            self._check_class(entry, known, source)
        self.entries[entry.key] = merge(known, entry) if known else entry
        self._home[entry.key] = source

    def _check_class(self, entry: Authority, known: Authority | None, source: TurtleFile) -> None:
        info = self._schema.classes.get(entry.cls)
        if info is None:
            raise self._error(
                entry.key, source, f"no class is called {entry.cls!r}; use one of the ontology's."
            )
        if known and self._schema.core_of(known.cls) != info.core:
            raise self._error(entry.key, source, f"it is a {known.cls}, no {entry.cls}; use another key.")
        group = entry.mechanism_type
        if group and (info.core != "Mechanism" or group not in self._schema.mechanism_groups):
            groups = " ".join(self._schema.mechanism_groups)
            raise self._error(
                entry.key, source, f"{group!r} is no mechanism type for it; mechanisms have one of {groups}."
            )

    def _error(self, key: str, source: TurtleFile, problem: str) -> OntologyError:
        line = source.line_of(DEFAULT_BASE + key) or line_of(key, source.text)
        return OntologyError(f"{source.name}, line {line}: {key}: {problem}")
