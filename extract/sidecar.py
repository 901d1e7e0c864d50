"""`metadata.csv`: what a user knows of the documents in a folder, in a table beside them.

The first line names the columns: `file` and any of title, date, publisher, url, language. Each further line
is about one file of the same folder. A line with a mistake is left out and reported with its number; the
other lines count.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from ..errors import DocumentError, UnreadableDocument
from .dates import parse_date
from .encodings import decode_text
from .metadata import Metadata, clean_language, clean_line, clean_url

SIDECAR = "metadata.csv"
COLUMNS = ("file", "title", "date", "publisher", "url", "language")
MOST_BYTES = 20_000_000


@dataclass(frozen=True, slots=True)
class Sidecar:
    """The rows of one `metadata.csv`, by file name, and what is wrong with it, in order of lines."""

    rows: Mapping[str, Metadata] = field(default_factory=dict)
    problems: tuple[DocumentError, ...] = ()


def load_sidecar(folder: Path, name: str) -> Sidecar:
    """The sidecar of `folder`, empty when it has none. `name` is what messages call the file."""
    path = folder / SIDECAR
    try:
        if not path.is_file():
            return Sidecar()
        if path.stat().st_size > MOST_BYTES:
            raise UnreadableDocument(f"{name} is larger than {MOST_BYTES:,} bytes; split the folder.")
        return parse_sidecar(decode_text(path.read_bytes(), name), folder, name)
    except OSError as error:
        problem = UnreadableDocument(f"{name} cannot be read ({error.strerror}); mend or remove it.")
        return Sidecar(problems=(problem,))
    except DocumentError as problem:
        return Sidecar(problems=(problem,))


def parse_sidecar(text: str, folder: Path, name: str) -> Sidecar:
    """The sidecar that `text` holds, checked against the files of `folder`."""
    reader = csv.reader(io.StringIO(text), strict=True)
    rows: dict[str, Metadata] = {}
    problems: list[DocumentError] = []
    header: list[str] | None = None
    try:
        for cells in reader:
            if not any(cell.strip() for cell in cells):
                continue
            if header is None:
                header = [cell.strip().lower() for cell in cells]
                wrong = list(_header_mistakes(header))
                if wrong:
                    return Sidecar(problems=(_problem(name, reader.line_num, wrong[0]),))
                continue
            values = {column: cell.strip() for column, cell in zip(header, cells, strict=False)}
            mistakes = list(_row_mistakes(header, cells, values, rows, folder))
            if mistakes:
                problems.append(_problem(name, reader.line_num, "; ".join(mistakes)))
            else:
                rows[values["file"]] = _metadata(values)
    except csv.Error as error:
        problems.append(_problem(name, reader.line_num, f'is no valid CSV ({error}); quote cells with "…"'))
    return Sidecar(rows, tuple(problems))


def _header_mistakes(header: list[str]) -> Iterator[str]:
    if "file" not in header:
        yield f"the first line must name the columns, separated by commas: {','.join(COLUMNS)}"
    for column in header:
        if column not in COLUMNS:
            yield f"unknown column {column!r}; the columns are {', '.join(COLUMNS)}"
        elif header.count(column) > 1:
            yield f"column {column!r} stands twice; keep one"


def _row_mistakes(
    header: list[str], cells: list[str], values: Mapping[str, str], rows: Mapping[str, Metadata], folder: Path
) -> Iterator[str]:
    if len(cells) > len(header):
        yield f"{len(cells)} cells under {len(header)} columns; put cells that hold a comma in quotes"
    file = values.get("file", "")
    if not file:
        yield "no file is named; fill the column file"
    elif "/" in file or "\\" in file:
        yield f"{file!r} is not in this folder; put a {SIDECAR} beside the file"
    elif file in rows:
        yield f"{file!r} has a line already; keep one"
    elif not (folder / file).exists():
        yield f"this folder holds no {file!r}; correct the name or remove the line"
    if values.get("date") and parse_date(values["date"]) is None:
        yield f"{values['date']!r} is no date; write it as 2026-03-09"
    if values.get("url") and clean_url(values["url"]) is None:
        yield f"{values['url']!r} is no web address; begin it with https://"
    if values.get("language") and clean_language(values["language"]) is None:
        yield f"{values['language']!r} is no language tag; write en or zh"


def _metadata(values: Mapping[str, str]) -> Metadata:
    return Metadata(
        title=clean_line(values.get("title")),
        date=parse_date(values.get("date", "")),
        publisher=clean_line(values.get("publisher")),
        url=clean_url(values.get("url")),
        language=clean_language(values.get("language")),
    )


def _problem(name: str, line: int, what: str) -> DocumentError:
    return UnreadableDocument(f"{name}, line {line}: {what}.")
