"""The report of a build as a page for a browser and as Markdown for a terminal or a repository, in two languages."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup, escape

from .views import CORE_CLASSES, STATUSES

if TYPE_CHECKING:
    from .merging import Applied
    from .report import Report

WORDS: Mapping[str, Mapping[str, str]] = json.loads(
    (files(__package__) / "templates" / "report_words.json").read_text(encoding="utf-8")
)
"""What the report says besides figures and names, by language."""


def report_html(report: Report) -> str:
    """The report as one self-contained page without scripts."""
    return _environment(html=True).get_template("report.html").render(**_said(report))


def report_markdown(report: Report) -> str:
    """The report as Markdown."""
    return _environment(html=False).get_template("report.md").render(**_said(report))


def _said(report: Report) -> dict[str, object]:
    return {"report": report, "statuses": STATUSES, "words": WORDS[report.language]}


@cache
def _environment(*, html: bool) -> Environment:
    environment = Environment(
        loader=PackageLoader(__package__, "templates"),
        autoescape=html,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=StrictUndefined,
        keep_trailing_newline=True,
    )
    environment.filters["cell"] = markdown_cell
    environment.filters["breakable"] = breakable
    environment.filters["use"] = _use
    environment.globals["core_classes"] = CORE_CLASSES
    return environment


def _use(merge: Applied, words: Mapping[str, str]) -> str:
    """Whether a decision had something to join."""
    if merge.entity_named and merge.same_as_named:
        return words["merge_both"]
    if merge.entity_named or merge.same_as_named:
        return words["merge_one"].format(merge.entity if merge.entity_named else merge.same_as)
    return words["merge_none"]


def markdown_cell(value: object) -> str:
    """A text as it can stand in a cell of a Markdown table, shown as it is written.

    >>> markdown_cell("a|b\\n<i>*c*")
    'a\\\\|b &lt;i&gt;\\\\*c\\\\*'
    """
    line = " ".join(str(value).split()).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return "".join(f"\\{c}" if c in "\\`*_[]|#~!" else c for c in line)


def breakable(path: str) -> Markup:
    """A path that a browser may break after a slash or an underscore."""
    escaped = str(escape(path))
    return Markup(escaped.replace("/", "/<wbr>").replace("_", "_<wbr>"))
