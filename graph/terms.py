"""RDF terms made safely from whatever texts hold: IRIs escaped, literals typed by their form."""

from __future__ import annotations

import re
from datetime import date, datetime
from functools import lru_cache
from urllib.parse import quote

import pyoxigraph as ox

from ..errors import GraphError
from ..ontology.namespaces import XSD

_IN_IRIS = ":/?@!$&'()*+,;=-._~%"
_STRAY_PERCENT = re.compile(r"%(?![0-9A-Fa-f]{2})")
_SURROGATES = re.compile("[\ud800-\udfff]")
_DATE_FORMS = (
    (re.compile(r"\d{4}"), "gYear", lambda text: date(int(text), 1, 1)),
    (re.compile(r"\d{4}-\d\d"), "gYearMonth", lambda text: date.fromisoformat(f"{text}-01")),
    (re.compile(r"\d{4}-\d\d-\d\d"), "date", date.fromisoformat),
    (
        re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,6})?(Z|[+-]\d\d:\d\d)?"),
        "dateTime",
        lambda text: datetime.fromisoformat(text.split(".")[0][:19]),
    ),
)


@lru_cache(maxsize=4096)
def node(value: str) -> ox.NamedNode:
    """The IRI; one with characters that no IRI may hold is percent-encoded.

    >>> node("https://example.org/a b").value
    'https://example.org/a%20b'
    """
    try:
        return ox.NamedNode(value)
    except ValueError:
        pass
    try:
        return ox.NamedNode(_escaped(value))
    except ValueError as error:
        raise GraphError(f"{value!r} cannot be made an IRI ({error}); write a full one.") from None


def clean(value: str) -> str:
    """The text with lone surrogates, which cannot be written, as U+FFFD; its length stays the same."""
    return _SURROGATES.sub("\ufffd", value)


def text(value: str, language: str | None = None) -> ox.Literal:
    """A plain or language-tagged literal."""
    return ox.Literal(clean(value), language=language)


def integer(value: int) -> ox.Literal:
    """A count or an offset."""
    return ox.Literal(str(value), datatype=node(f"{XSD}nonNegativeInteger"))


def decimal(value: float) -> ox.Literal:
    """A number with at most four decimals and at least one.

    >>> decimal(0.85).value, decimal(1).value
    ('0.85', '1.0')
    """
    whole, _, fraction = f"{value:.4f}".partition(".")
    return ox.Literal(f"{whole}.{fraction.rstrip('0') or '0'}", datatype=node(f"{XSD}decimal"))


def when(value: str) -> ox.Literal:
    """A date typed by its form: a year, a month, a day, a time; plain text where it is none of them.

    >>> when("2024-03").datatype.value.rsplit("#")[-1], when("spring").datatype.value.rsplit("#")[-1]
    ('gYearMonth', 'string')
    """
    for form, datatype, parse in _DATE_FORMS:
        if form.fullmatch(value):
            try:
                parse(value)
            except ValueError:
                break
            return ox.Literal(value, datatype=node(f"{XSD}{datatype}"))
    return text(value)


def _escaped(iri: str) -> str:
    path, mark, fragment = _STRAY_PERCENT.sub("%25", clean(iri)).partition("#")
    return quote(path, safe=_IN_IRIS) + mark + quote(fragment, safe=_IN_IRIS)
