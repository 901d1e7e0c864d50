"""What does not hold in a graph that was verified, and the report of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Severity = Literal["error", "warning", "note"]


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that does not hold: how grave, of what kind, in which document (source), on which node."""

    severity: Severity
    kind: str
    document: str
    node: str
    message: str


@dataclass(frozen=True, slots=True)
class VerifyReport:
    """What was re-read, and what did not hold; findings are sorted by severity, document and node."""

    documents: int
    sources: int
    quotes: int
    statements: int
    findings: tuple[Finding, ...]

    @property
    def errors(self) -> tuple[Finding, ...]:
        """Findings that make the graph untrue to its texts."""
        return tuple(f for f in self.findings if f.severity == "error")

    @property
    def warnings(self) -> tuple[Finding, ...]:
        """Sources that could not be re-read."""
        return tuple(f for f in self.findings if f.severity == "warning")

    @property
    def notes(self) -> tuple[Finding, ...]:
        """Statements whose sentences do not name both ends."""
        return tuple(f for f in self.findings if f.severity == "note")

    def exit_status(self, *, strict: bool = False) -> int:
        """0 when everything holds, else 1; `strict` counts warnings as errors."""
        return 1 if self.errors or (strict and self.warnings) else 0
