"""Entities and statements as CSV tables for spreadsheets.

UTF-8 with a byte order mark, so that Excel shows Chinese; a cell that a spreadsheet would run as a formula
begins with an apostrophe.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Sequence

from .collation import collation_key
from .views import DocumentView, EntityView, EvidenceView, GraphView, StatementView

ENTITY_COLUMNS = (
    "iri",
    "type",
    "class",
    "label",
    "labels_en",
    "labels_zh",
    "mechanism_type",
    "same_as",
    "mentions",
    "documents",
)
STATEMENT_COLUMNS = (
    "statement",
    "subject",
    "subject_label",
    "predicate",
    "finer_predicate",
    "object",
    "object_label",
    "status",
    "negated",
    "confidence",
    "rule",
    "quote",
    "source",
    "begin",
    "end",
    "title",
    "date",
)
LABEL_SEPARATOR = " | "

_FORMULA = re.compile(r"^\s*[=+\-@\t\r]")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")


def entities_csv(graph: GraphView) -> bytes:
    """One row per entity, the most mentioned first."""
    ordered = sorted(
        graph.entities.values(), key=lambda e: (-e.mentions, e.type, collation_key(e.label), e.iri)
    )
    return _csv(ENTITY_COLUMNS, (_entity_row(entity) for entity in ordered))


def statements_csv(graph: GraphView) -> bytes:
    """One row per statement and sentence that says it, in the order of the graph."""
    rows = (
        _statement_row(graph, statement, evidence)
        for statement in graph.statements
        for evidence in statement.evidence
    )
    return _csv(STATEMENT_COLUMNS, rows)


def _entity_row(entity: EntityView) -> Sequence[str]:
    return (
        entity.iri,
        entity.type,
        entity.cls,
        entity.label,
        LABEL_SEPARATOR.join(entity.labels.get("en", ())),
        LABEL_SEPARATOR.join(entity.labels.get("zh", ())),
        entity.mechanism_type or "",
        LABEL_SEPARATOR.join(entity.same_as),
        str(entity.mentions),
        str(entity.documents),
    )


def _statement_row(graph: GraphView, statement: StatementView, evidence: EvidenceView) -> Sequence[str]:
    document = graph.documents.get(evidence.document) or DocumentView(
        evidence.document, evidence.document, None, None, "", None, None
    )
    return (
        statement.iri,
        statement.subject,
        graph.label(statement.subject),
        statement.predicate,
        statement.finer or "",
        statement.object,
        graph.label(statement.object),
        statement.status,
        "true" if statement.negated else "false",
        f"{statement.confidence:g}",
        statement.rule,
        evidence.text,
        document.source,
        str(evidence.begin),
        str(evidence.end),
        document.title or "",
        document.date or "",
    )


def _csv(columns: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
    written = io.StringIO(newline="")
    writer = csv.writer(written)
    writer.writerow(columns)
    writer.writerows([guarded(cell) for cell in row] for row in rows)
    return written.getvalue().encode("utf-8-sig")


def guarded(cell: str) -> str:
    """The cell without control characters, and with an apostrophe before what would run as a formula.

    >>> guarded("=HYPERLINK(1)"), guarded("联合培养")
    ("'=HYPERLINK(1)", '联合培养')
    """
    cell = _CONTROL.sub("\ufffd", cell)
    return f"'{cell}" if _FORMULA.match(cell) else cell
