"""Authority tables: plain tab-separated values, one row an entry, read strictly and fast.

Cells are not quoted. Several values of a cell are parted by "|". `context` repeats those labels of the row
that need context to be matched.
"""

from __future__ import annotations

import re
from collections import Counter
from itertools import islice, pairwise
from operator import lt
from typing import Final

from ..errors import OntologyError
from .authority_entries import Authority, Label, LabelKind, iri_of

COLUMNS: Final = (
    "key",
    "class",
    "en",
    "en_alt",
    "en_hidden",
    "zh",
    "zh_alt",
    "zh_hidden",
    "context",
    "part_of",
    "ids",
    "mechanism_type",
    "date",
    "source",
    "note",
)
"""The columns of a table, in order."""

_LABEL_COLUMNS: Final[tuple[tuple[int, str, LabelKind], ...]] = (
    (2, "en", "pref"),
    (3, "en", "alt"),
    (4, "en", "hidden"),
    (5, "zh", "pref"),
    (6, "zh", "alt"),
    (7, "zh", "hidden"),
)
_KEY: Final = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*\Z")
_STRAY: Final = ("\t ", " \t", "\n ", " \n", "| ", " |", "  ", "\r", "\u00a0", "\u3000", "\u200b", "\ufeff")
_EMPTY_VALUE: Final = ("\t|", "|\t", "||")


def read_table(text: str, source: str, *, is_sorted: bool = True) -> list[Authority]:
    """Return the entries of a table in the order of its rows.

    `source` names the table in messages. Raises OntologyError with the line when a row is malformed, holds
    stray white space or a label twice, or, unless `is_sorted` is false, when a key is out of order or there
    twice.
    """
    _check_spaces(text, source)
    lines = text.split("\n")
    if tuple(lines[0].split("\t")) != COLUMNS:
        raise OntologyError(f"{source}, line 1: the first line must name the columns {' '.join(COLUMNS)}.")
    if lines[-1]:
        raise OntologyError(f"{source}, line {len(lines)}: the last line does not end; add a line break.")
    entries = [_entry(line, source, number) for number, line in enumerate(lines[1:-1], 2)]
    if is_sorted:
        _check_order([entry.key for entry in entries], source)
    return entries


def line_of(key: str, text: str) -> int:
    """Return the number of the line on which `key` has its row (1 when it has none)."""
    position = text.find(f"\n{key}\t")
    return text.count("\n", 0, position + 1) + 1 if position >= 0 else 1


def _entry(line: str, source: str, number: int) -> Authority:
    cells = line.split("\t")
    if len(cells) != len(COLUMNS):
        raise OntologyError(
            f"{source}, line {number}: {len(cells)} cells, not {len(COLUMNS)}; part them by single tabs."
        )
    key = cells[0]
    if not _KEY.match(key):
        raise OntologyError(
            f"{source}, line {number}: the key {key!r} must be lower-case letters, digits and single hyphens."
        )
    identifiers = tuple(cells[10].split("|")) if cells[10] else ()
    if not all(":" in identifier for identifier in identifiers):
        raise OntologyError(f"{source}, line {number}: write each identifier of {key} as scheme:value.")
    return Authority(
        key,
        cells[1],
        _labels(cells, source, number),
        tuple(cells[9].split("|")) if cells[9] else (),
        tuple(filter(None, map(iri_of, identifiers))),
        identifiers,
        cells[11] or None,
        cells[12] or None,
        cells[13],
    )


def _labels(cells: list[str], source: str, number: int) -> tuple[Label, ...]:
    contextual = frozenset(cells[8].split("|")) if cells[8] else frozenset()
    labels: list[Label] = []
    for column, language, kind in _LABEL_COLUMNS:
        cell = cells[column]
        if cell:
            labels += [Label(text, language, kind, text in contextual) for text in cell.split("|")]
    if len({label[:2] for label in labels}) != len(labels):
        twice = Counter(label.text for label in labels).most_common(1)[0][0]
        raise OntologyError(f"{source}, line {number}: the label {twice!r} of {cells[0]} is there twice.")
    if unknown := contextual.difference(label[0] for label in labels):
        raise OntologyError(
            f"{source}, line {number}: {min(unknown)!r} in `context` is no label of {cells[0]}; correct it."
        )
    return tuple(labels)


def _check_spaces(text: str, source: str) -> None:
    for bad in _STRAY:
        if bad in text:
            number = text.count("\n", 0, text.index(bad) + (bad[0] == "\n")) + 1
            raise OntologyError(f"{source}, line {number}: stray white space; remove it.")
    for bad in _EMPTY_VALUE:
        if bad in text:
            number = text.count("\n", 0, text.index(bad)) + 1
            raise OntologyError(f"{source}, line {number}: an empty value beside a |; remove the |.")


def _check_order(keys: list[str], source: str) -> None:
    if all(map(lt, keys, islice(keys, 1, None))):
        return
    for number, (above, key) in enumerate(pairwise(keys), 3):
        if above == key:
            raise OntologyError(f"{source}, line {number}: the key {key} is there twice; merge the rows.")
        if above > key:
            raise OntologyError(
                f"{source}, line {number}: {key} must stand above {above}; sort the rows: {_sorting(source)}"
            )


def _sorting(source: str) -> str:
    return f"(head -n 1 {source}; tail -n +2 {source} | LC_ALL=C sort) > sorted.tsv; mv sorted.tsv {source}"
