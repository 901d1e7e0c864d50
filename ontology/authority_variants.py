"""Other ways to write labels that follow from the label itself, so that no table repeats them.

"Institute of Physics, Chinese Academy of Sciences" is also "the CAS Institute of Physics", "Zhejiang Lab"
"Zhejiang Laboratory", and spelling differs between countries. Variants find an entry and are never shown; the
label of another entry is never taken for one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Final

from .authority_entries import Authority, Label

SPELLINGS: Final = (
    ("Programme", "Program"),
    ("Centre", "Center"),
    ("Defence", "Defense"),
    ("Labour", "Labor"),
    ("Organisation", "Organization"),
    ("Laboratory", "Lab"),
    ("Macau", "Macao"),
    ("Uygur", "Uyghur"),
    ("Jiao Tong", "Jiaotong"),
    ("of the PRC", "of the People's Republic of China"),
    ("U.S.", "US"),
    ("US", "United States"),
    ("UK", "United Kingdom"),
)
"""Ways of writing one word or phrase."""

ACADEMIES: Final = (
    ("中国科学院", ("中科院",)),
    ("中国农业科学院", ("中国农科院",)),
    ("中国医学科学院", ("中国医科院",)),
    ("中国社会科学院", ("中国社科院",)),
    ("中国林业科学研究院", ("中国林科院",)),
)
"""Academies and their short names, by which their institutes go too."""

REPUBLIC: Final = "中华人民共和国"
LONG_NAME: Final = 8
"""Characters of an institute's name from which on 所 for 研究所 can mean no other."""

_SPELLINGS: Final = [
    (re.compile(rf"(?<!\w){re.escape(old)}(?!\w)"), new)
    for pair in SPELLINGS
    for old, new in (pair, pair[::-1])
]
_HEADS: Final = ("Institute ", "Center ", "Centre ", "Academy ")


def variants(entry: Authority, label: Label, entries: Mapping[str, Authority]) -> Iterator[str]:
    """Other ways to write an English label, each once, without those that are labels of the entry.

    `entries` holds the bodies that the entry is part of.
    """
    forms = dict.fromkeys(
        (label.text, *_with_parent(entry, label.text, entries), *_shorter(entry, label.text))
    )
    for form in list(forms):
        for pattern, new in _SPELLINGS:
            if pattern.search(form):
                forms[pattern.sub(new, form)] = None
    own = {other.text for other in entry.labels if other.language == "en"}
    yield from (form for form in forms if form not in own)


def chinese_variants(entry: Authority, label: Label, entries: Mapping[str, Authority]) -> Iterator[str]:
    """Other ways to write a Chinese label: an academy by its short name, an institute as 所, a law without 国."""
    text = label.text
    forms: dict[str, None] = {}
    for full, shorts in ACADEMIES:
        if text.startswith(full) and text != full:
            bare = text.removeprefix(full)
            forms.update(dict.fromkeys(short + bare for short in shorts))
            places = (entries[key] for key in entry.part_of if key in entries)
            names = [name.text for place in places for name in place.labels if name.language == "zh"]
            # An institute that says where it is needs nothing else.
            if any(len(name) > 1 and bare.startswith(name) and bare != name for name in names):
                forms[bare] = None
    for form in (text, *forms):
        if len(form) > LONG_NAME and form.endswith("研究所") and entry.cls == "ResearchInstitute":
            forms[form.removesuffix("研究所") + "所"] = None
    if entry.cls == "Law" and text.startswith(REPUBLIC):
        forms[text.removeprefix(REPUBLIC)] = None
    own = {other.text for other in entry.labels if other.language == "zh"}
    yield from (form for form in forms if form not in own)


def is_bare_law(entry: Authority, text: str) -> bool:
    """Whether a variant of a law's name does not say of which country it is."""
    return entry.cls == "Law" and "PRC" not in text and "China" not in text


def _shorter(entry: Authority, text: str) -> Iterator[str]:
    """A law without its country, a scheme without its other name in brackets, "Academy of Science"."""
    if entry.cls == "Law" and " of the PRC" in text:
        yield text.replace(" of the PRC", "")
    if entry.cls == "Academy" and text.endswith(" Sciences"):
        yield text.removesuffix("s")
    name, _, other = text.rstrip(")").partition(" (")
    if any(other == label.text for label in entry.labels):
        yield name


def _with_parent(entry: Authority, text: str, entries: Mapping[str, Authority]) -> Iterator[str]:
    """The name of an institute with that of its academy: in front, behind, with "of"."""
    for key in entry.part_of:
        parent = entries.get(key)
        if parent is None or parent.cls != "Academy":
            continue
        names = [name.text for name in parent.labels if name.language == "en" and not name.contextual]
        full = next((name.text for name in parent.labels if name.kind == "pref"), "")
        bare = text.removesuffix(f", {full}").removesuffix(f" of the {full}").removeprefix(f"{full} ")
        if not full or not f"{bare} ".startswith(_HEADS) or bare in names:
            continue
        for name in names:
            yield f"{bare}, {name}"
            yield f"{bare} of {name}"
            if not name.isupper():
                yield f"{bare} of the {name}"
            yield f"{name} {bare}"
            yield f"{name}'s {bare}"
