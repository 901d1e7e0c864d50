"""Which place a document is about: whose "省政府", "我市" and "全省" it speaks of.

Its title says so, or it speaks of itself ("我省", "本市") and names one place of that level most of all. Where neither
holds, the place that most of its names of places and local bodies belong to is it.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Final, NamedTuple

from spacy.tokens import Doc

from ..known import HOME, Known
from .compact import compact

if TYPE_CHECKING:
    from ...ontology import Ontology
    from ..lexicon import LexiconMatch

TITLE_LENGTH: Final = 60
"""Characters in the first lines of a document that can be its title."""

MOST: Final = 0.5
"""Share of a document's places that its home has, where it does not say so itself."""

SPOKEN_OF: Final = 3
"""How often a place must then be named."""

SELVES: Final = re.compile(
    r"(?:我|本|全)(?P<level>省|市|区|县|州|自治区|特区)(?![场级外])"
    r"|(?:(?<=[，。、；：\s和与由经])|^)(?P<body>省|市|区|县|自治区)(?:委|政府|人民政府|直|级财政)"
)
LEVEL_CLASSES: Final[Mapping[str, frozenset[str]]] = {
    "省": frozenset({"Province"}),
    "自治区": frozenset({"Province"}),
    "市": frozenset({"City", "Province"}),
    "州": frozenset({"City"}),
    "区": frozenset({"District", "NewArea", "Province"}),
    "县": frozenset({"County"}),
    "特区": frozenset({"SpecialAdministrativeRegion", "SpecialZone"}),
}
ENDINGS: Final[Mapping[str, str]] = {"自治区": "自治区", "特区": "特别行政区"}
CAPITAL: Final = "首都"
SEATED: Final = frozenset().union(*LEVEL_CLASSES.values())

if not Doc.has_extension("policy_home"):
    Doc.set_extension("policy_home", default=None)


class Named(NamedTuple):
    """A place that stands at a token, or to which the body there belongs."""

    token: int
    key: str


def home_place(doc: Doc, matches: Iterable[LexiconMatch], ontology: Ontology) -> str | None:
    """The key of the place that a document is about; None where it is about none or several."""
    return home_of(doc, matches, known_for(ontology))


def home_of(doc: Doc, matches: Iterable[LexiconMatch], known: Known) -> str | None:
    """As `home_place`, kept with the document once it is known."""
    if doc._.policy_home is None:
        doc._.policy_home = (_home(doc, matches, known),)
    found: str | None = doc._.policy_home[0]
    return found


def level_of(known: Known, place: str, level: str) -> str | None:
    """The key of the place of a level ("省", "市", "自治区") that is `place` or contains it."""
    for key in (place, *sorted(known.above(place))):
        name = known.ontology.authority.label(key, "zh") or ""
        if known.entries[key].cls in LEVEL_CLASSES.get(level, ()) and name.endswith(
            ENDINGS.get(level, level)
        ):
            return key
    return None


def known_for(ontology: Ontology) -> Known:
    """What an authority file says by its Chinese names, made once."""
    known = _KNOWN.get(ontology.fingerprint)
    if known is None:
        known = _KNOWN[ontology.fingerprint] = Known(ontology, "zh")
    return known


_KNOWN: dict[str, Known] = {}


def _home(doc: Doc, matches: Iterable[LexiconMatch], known: Known) -> str | None:
    named = list(_named(doc, matches, known))
    in_title = _in_title(doc, named, known)
    levels = Counter(found["level"] or found["body"] for found in SELVES.finditer(compact(doc).original))
    level = max(levels, key=lambda level: (levels[level], level)) if levels else None
    if in_title is not None:
        return in_title or None
    counts: Counter[str] = Counter()
    for place in named:
        counts.update({place.key, *known.above(place.key)})
    if level is not None:
        fitting = {key: n for key, n in counts.items() if level_of(known, key, level) == key}
        return _most(fitting, sum(fitting.values()) if len(fitting) > 1 else 0)
    seats = {key: n for key, n in counts.items() if known.is_seat(key) and key != HOME}
    best = _most(seats, sum(place.key != HOME for place in named))
    return best if best is not None and seats[best] >= SPOKEN_OF else None


def _named(doc: Doc, matches: Iterable[LexiconMatch], known: Known) -> Iterable[Named]:
    """The places that stand in a document, and those of its local bodies and zones, by names that need no context."""
    for match in matches:
        if len(match.keys) != 1 or (match.contextual and not _is_capital(doc, match)):
            continue
        entry = known.entries[match.keys[0]]
        if entry.cls in SEATED:
            yield Named(match.start, entry.key)
        elif known.types_of([entry.key]) <= {"Government", "Mechanism"}:
            for key in entry.part_of:
                if known.entries[key].cls in SEATED:
                    yield Named(match.start, key)


def _is_capital(doc: Doc, match: LexiconMatch) -> bool:
    return compact(doc).surface(match.start, match.end) == CAPITAL


def _in_title(doc: Doc, named: Sequence[Named], known: Known) -> str | None:
    """The place in the first of the lines at the beginning that names one; "" where it names several."""
    size = 0
    source = compact(doc)
    for sentence in doc.sents:
        text = source.surface(sentence.start, sentence.end).strip()
        size += len(text)
        if size > TITLE_LENGTH or text[-1:] == "。":
            return None
        keys = {place.key for place in named if sentence.start <= place.token < sentence.end} - {HOME}
        if keys:
            return next((key for key in sorted(keys) if keys - {key} <= known.above(key)), "")
    return None


def _most(counts: Mapping[str, int], total: int) -> str | None:
    """The place named most, if no other is as often and it has its share."""
    if not counts:
        return None
    ranked = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    if len(ranked) > 1 and ranked[0][1] == ranked[1][1]:
        return None
    return ranked[0][0] if ranked[0][1] >= MOST * total else None
