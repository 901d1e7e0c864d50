"""What names mean that only say the level: "省教育厅" in a document about Anhui is 安徽省教育厅, "本市" its city."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from .places import level_of

if TYPE_CHECKING:
    from ..known import Known

SELF = re.compile(r"(?:我|本|全)(?P<level>省|市|区|县|州|自治区|特区)(?:各地|上下|域)?")
BODY = re.compile(r"(?:我|本|全)?(?P<level>自治区|特区|省|市|区|县|州)(?P<rest>[^、级属内外直辖]{1,}.*)")
SEVERAL = re.compile(r"[省市区县州][、和][省市区县州]")


class Whole(NamedTuple):
    """A relative name in full, and the place whose it is."""

    name: str
    place: str


def whole_name(known: Known, text: str, home: str | None, kind: str) -> Whole | None:
    """The name in full of what a relative name means in a document about `home`; None where that is not certain."""
    if home is None or SEVERAL.search(text):
        return None
    found = SELF.fullmatch(text) if kind == "Region" else BODY.fullmatch(text)
    if found is None:
        return None
    place = level_of(known, home, found["level"])
    if place is None:
        return None
    label = known.ontology.authority.label(place, "zh") or ""
    return Whole(label if kind == "Region" else label + found["rest"], place)


def is_relative(text: str) -> bool:
    """Whether a name begins with a level instead of a place: it means another body in another place."""
    return BODY.fullmatch(text) is not None and len(text) > 1
