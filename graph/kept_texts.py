"""The texts that a graph quotes: whether they are kept unaltered, and whether their sources still give them."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable
from pathlib import Path

import pyoxigraph as ox

from ..errors import DocumentError
from ..extract.annotations import Document
from .findings import Finding, Severity
from .terms import clean

Reader = Callable[[Path], Document]

_URL = re.compile(r"[A-Za-z][A-Za-z0-9+.\-]+://")


def kept_text(folder: Path, iri: str, row: ox.QuerySolution, findings: list[Finding]) -> str | None:
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


def check_source(
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
