"""Bodies whose names need an owner or come with a legal form: ministries of any country, companies."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from .known import HOME, Known
from .links import Link, sure
from .nations import OwnerReader
from .shared_names import is_shared

if TYPE_CHECKING:
    from spacy.tokens import Doc

    from .mention_spans import MentionSpan

COMPANY_TAIL = re.compile(r"\.?,? ?(?:Ltd\b\.?|Limited\b|Inc\b\.?)")
COMPANY = re.compile(
    r",? ?(?:Group )?(?:Co\.?,? ?(?:Ltd\b\.?|Limited\b)|Company Limited|Corporation Limited|Holdings?\b"
    r"(?: Limited)?|Group\b|Limited\b|Ltd\b\.?|Inc\b\.?)"
)
WITH_ARTICLE = ("United", "Netherlands", "Philippines", "Maldives")
"""How the names of countries begin that have an article behind "of"."""


class BodyLinker:
    """Links bodies by their owner or legal form."""

    def __init__(self, known: Known) -> None:
        self._known = known
        self._owners = OwnerReader(known)

    def owned(self, doc: Doc, span: MentionSpan) -> Link | None:
        """A body whose name many countries use, where the text says whose it is."""
        owned = self._owners.read(doc, span.start, span.end)
        if owned is None:
            return None
        core, owner = doc[owned.start : owned.end].text, owned.owner
        span = sure(span._replace(end=max(span.end, owned.stop)))
        if "ministry" in core.lower() or "department" in core.lower():
            span = span._replace(type="Government")
        if owner.key is None:
            return Link(span._replace(keys=()), None, f"{self._core(core)} of {owner.name}")
        country = self._known.country(owner.key) or owner.key
        for key in self._known.bodies(core):
            if self._known.country(key) == country and owner.key in (country, *self._known.above(key)):
                return Link(span._replace(keys=(key,)), key)
        if owner.key != country or (span.keys and country == HOME):
            return None
        return self.foreign(span, core, country)

    def foreign(self, span: MentionSpan, core: str, country: str) -> Link:
        """The body of a country that is called `core`, known by both where the authority file lacks it."""
        names = [label.text for label in self._known.entries[country].labels if label.language == "en"]
        for form in (core, *(f"{name} {core}" for name in names), *(f"{core} of {name}" for name in names)):
            for key in self._known.bodies(form):
                if self._known.country(key) == country:
                    return Link(span._replace(keys=(key,)), key)
        label = self._known.ontology.authority.label(country, "en") or country
        article = "the " if label.startswith(WITH_ARTICLE) else ""
        return Link(span._replace(keys=()), None, f"{self._core(core)} of {article}{label}")

    def _core(self, name: str) -> str:
        """One name for "Education Ministry" and "Ministry of Education"."""
        for key in self._known.bodies(name):
            pref = self._known.ontology.authority.label(key, "en") or ""
            if is_shared(pref) and not name.isupper():
                return pref
        found = re.fullmatch(r"(?:the )?(.+) Ministry", name, re.IGNORECASE)
        return f"Ministry of {found[1]}" if found else re.sub("^the ", "", name, flags=re.IGNORECASE)

    def company(self, doc: Doc, span: MentionSpan) -> Link | None:
        """An enterprise of the authority file with another legal form behind its name."""
        if span.type not in ("Enterprise", "Organization"):
            return None
        if len(span.keys) == 1 and span.type == "Enterprise":
            return Link(with_company_form(doc, span), span.keys[0])
        span = with_company_form(doc, span)
        text = doc[span.start : span.end].text
        found = [m for m in COMPANY.finditer(text) if m.end() == len(text)]
        bare = text[: found[0].start()] if found and not span.keys else ""
        keys = (
            [key for key in self._known.bodies(bare) if self._known.types_of([key]) == {"Enterprise"}]
            if bare
            else []
        )
        if len(keys) != 1:
            return None if span.keys else Link(span, None)
        return Link(sure(span._replace(keys=(keys[0],), type="Enterprise")), keys[0])


def with_company_form(doc: Doc, span: MentionSpan) -> MentionSpan:
    """The mention with the legal form behind the name: "Tencent | Holdings"."""
    if span.type != "Enterprise":
        return span
    end = doc[span.start : span.end].end_char
    form = COMPANY_TAIL if doc[span.end - 1].text in ("Co", "Co.") else COMPANY
    found = form.match(doc.text, end)
    behind = doc.char_span(end, found.end(), alignment_mode="contract") if found else None
    return span._replace(end=behind.end) if behind is not None and behind.start == span.end else span
