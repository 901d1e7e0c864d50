"""Documents by their form: titles in 《》 that end as documents do, with the class that the ending gives."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache
from typing import TYPE_CHECKING

from ...ontology.folding import fold_characters
from ..names import NameForm
from .compact import compact
from .word_lists import rows_in

if TYPE_CHECKING:
    from spacy.tokens import Doc

TITLE = re.compile(r"《([^《》\n]{2,80}(?:〈[^〉]*〉[^《》\n]{0,20})?)》|〈([^〈〉\n]{2,80})〉")
BRACKETED_END = re.compile(r"\s*[（(][^（）()]*[）)]$")
SERIES = re.compile(r"[（(](?:试行|暂行|草案|修订|修订版|[0-9年版—\-－~～至]+|征求意见稿)[）)]$")


@cache
def endings() -> Mapping[str, str]:
    """Ending of a title -> class of the document."""
    return dict(rows_in("document_forms.zh.tsv", 2))  # type: ignore[arg-type]


@cache
def _pattern() -> re.Pattern[str]:
    return re.compile(f"(?:{'|'.join(map(re.escape, sorted(endings(), key=len, reverse=True)))})$")


def document_class(title: str) -> str | None:
    """The class of a document with this title, None where it does not end as the title of a document.

    >>> document_class("关于加强人才工作的意见（试行）"), document_class("论语")
    ('Opinion', None)
    """
    found = _pattern().search(BRACKETED_END.sub("", fold_characters(title)).rstrip("”’"))
    return endings()[found[0]] if found else None


def document_forms(doc: Doc) -> Iterator[NameForm]:
    """Titles of documents in 《》, without the marks, in order."""
    source = compact(doc)
    for found in TITLE.finditer(source.original):
        group = 1 if found[1] is not None else 2
        cls = document_class(found[group])
        span = source.token_span(*found.span(group)) if cls else None
        if span is not None and cls:
            yield NameForm(*span, cls)
