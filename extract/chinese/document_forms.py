"""Documents by their form: titles in 《》 that end as documents do, with the class that the ending gives."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import TYPE_CHECKING

from ...ontology.folding import fold_characters
from ..names import NameForm
from .compact import compact
from .word_lists import table_in

if TYPE_CHECKING:
    from spacy.tokens import Doc

FILE = "document_forms.zh.tsv"
TITLE = re.compile(r"《([^《》\n]{2,80}(?:〈[^〉]*〉[^《》\n]{0,20})?)》|〈([^〈〉\n]{2,80})〉")
BRACKETED_END = re.compile(r"\s*[（(][^（）()]*[）)]$")


@cache
def _pattern() -> re.Pattern[str]:
    return re.compile(f"(?:{'|'.join(map(re.escape, sorted(table_in(FILE), key=len, reverse=True)))})$")


def document_class(title: str) -> str | None:
    """The class of a document with this title, None where it does not end as the title of a document.

    >>> document_class("关于加强人才工作的意见（试行）"), document_class("论语")
    ('Opinion', None)
    """
    found = _pattern().search(BRACKETED_END.sub("", fold_characters(title)).rstrip("”’"))
    return table_in(FILE)[found[0]] if found else None


def document_forms(doc: Doc) -> Iterator[NameForm]:
    """Titles of documents in 《》, without the marks, in order."""
    source = compact(doc)
    for found in TITLE.finditer(source.original):
        group = 1 if found[1] is not None else 2
        cls = document_class(found[group])
        span = source.token_span(*found.span(group)) if cls else None
        if span is not None and cls:
            yield NameForm(*span, cls)
