"""Lists of words that the rules for Chinese read, one word a line under a heading."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib.resources import files

from ...errors import OntologyError

PACKAGE = "triplehelix.extract"


@cache
def words_in(name: str) -> frozenset[str]:
    """The words of `data/NAME`; raises `OntologyError` with file and line."""
    return parse_words(read_data(name), f"data/{name}")


@cache
def table_in(name: str) -> Mapping[str, str]:
    """The rows of `data/NAME`, first cell -> second; raises `OntologyError` with file and line."""
    rows = parse_rows(read_data(name), f"data/{name}", 2)
    return {row[0]: row[1] for row in rows}


@cache
def rows_in(name: str, columns: int) -> tuple[tuple[str, ...], ...]:
    """The rows of `data/NAME`, each of so many cells; raises `OntologyError` with file and line."""
    return parse_rows(read_data(name), f"data/{name}", columns)


def read_data(name: str) -> str:
    """The text of `data/NAME`."""
    return files(PACKAGE).joinpath("data").joinpath(name).read_text(encoding="utf-8")


def parse_words(text: str, name: str) -> frozenset[str]:
    """Parse a list of words; raises `OntologyError` where one is empty, there twice or out of order."""
    return frozenset(row[0] for row in parse_rows(text, name, 1))


def parse_rows(text: str, name: str, columns: int) -> tuple[tuple[str, ...], ...]:
    """Parse a table whose rows are sorted, each once; only the first cell must not be empty."""
    rows: list[tuple[str, ...]] = []
    for number, line in enumerate(text.splitlines()[1:], 2):
        row = tuple(line.split("\t"))
        if len(row) != columns or not row[0] or any(cell != cell.strip() for cell in row):
            raise OntologyError(
                f"{name}, line {number}: expected {columns} cells parted by tabs, got {line!r}."
            )
        if rows and row <= rows[-1]:
            raise OntologyError(
                f"{name}, line {number}: {row[0]!r} is there twice or out of order; sort the rows."
            )
        rows.append(row)
    return tuple(rows)
