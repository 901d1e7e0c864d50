"""When two written names are one name: case, width, hyphens, apostrophes and articles do not count.

Nor does it count whether Chinese is written in traditional or in simplified characters. The pairs of them are in
`traditional.tsv`, taken from OpenCC (Apache-2.0): those that a character alone decides.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Final

from ..errors import OntologyError

TRADITIONAL: Final = "traditional.tsv"

_HAN: Final = (
    "\u2e80-\u2fdf\u3005-\u3007\u3021-\u3029\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
)
_APOSTROPHES: Final = "'\u2018\u2019\u201b\u02bc\u02b9\u02bb\u2032\u00b4`\uff07"
_POSSESSIVE: Final = re.compile(rf"[{_APOSTROPHES}](?=s(?![^\W_]))")
_INNER_APOSTROPHE: Final = re.compile(rf"(?<=[^\W\d_])[{_APOSTROPHES}](?=[^\W\d_])")
_WORD: Final = re.compile(r"[^\W_]+")
_SPACE_AT_HAN: Final = re.compile(rf" (?=[{_HAN}])|(?<=[{_HAN}]) ")
_ARTICLES: Final = frozenset({"the", "a", "an"})


def fold(surface: str) -> str:
    """Return the form by which `surface` is looked up: lower-case words, one space apart.

    Case, width (NFKC), punctuation, hyphens, dashes and spaces, the kind of apostrophe, a leading article,
    "&" for "and" and traditional characters are folded away; between Chinese characters no space is left.
    Nothing else is: two names one letter apart stay two names. Folding a folded form changes nothing; a text
    without a letter folds to "".

    >>> fold("The  People’s Bank of China"), fold("Xi'an"), fold("Guangdong–Hong Kong")
    ('people s bank of china', 'xian', 'guangdong hong kong')
    >>> fold("香港城市大学（东莞）"), fold("“双一流” 建设"), fold("R&D")
    ('香港城市大学东莞', '双一流建设', 'r and d')
    >>> fold("國務院") == fold("国务院"), fold("５Ｇ")
    (True, '5g')
    """
    text = surface.casefold()
    if not text.isascii():
        text = _stable_case_and_width(surface)
    if "&" in text:
        text = text.replace("&", " and ")
    if not text.isalpha():
        text = _POSSESSIVE.sub(" ", text)
        text = _INNER_APOSTROPHE.sub("", text)
    words = _WORD.findall(text)
    start = 0
    while start < len(words) - 1 and words[start] in _ARTICLES:
        start += 1
    folded = " ".join(words[start:])
    return folded if folded.isascii() else _SPACE_AT_HAN.sub("", folded)


def _stable_case_and_width(text: str) -> str:
    # One round of casefolding and NFKC can bring up what the next would change (ligatures, iota subscripts).
    while True:
        folded = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", text).casefold())
        folded = folded.translate(simplified())
        if folded == text:
            return folded
        text = folded


def fold_characters(text: str) -> str:
    """Return `text` with case, width and traditional characters folded one by one: as long as the text.

    >>> fold_characters("（ＡＩ）國務院 ")
    '(ai)国务院 '
    """
    return text.translate(_single_characters())


@cache
def simplified() -> Mapping[int, int]:
    """Traditional character -> simplified one, as code points."""
    return parse_traditional(
        files(__package__).joinpath(TRADITIONAL).read_text(encoding="utf-8"), TRADITIONAL
    )


def parse_traditional(text: str, name: str) -> Mapping[int, int]:
    """Parse the table; raises `OntologyError` with file and line."""
    table: dict[int, int] = {}
    for number, line in enumerate(text.splitlines()[1:], 2):
        cells = line.split("\t")
        if len(cells) != 2 or any(len(cell) != 1 for cell in cells) or ord(cells[0]) in table:
            raise OntologyError(
                f"{name}, line {number}: expected a traditional character, a tab and a simplified one, each"
                f" traditional one once, got {line!r}."
            )
        table[ord(cells[0])] = ord(cells[1])
    for number, value in enumerate(table.values(), 2):
        if value in table:
            raise OntologyError(f"{name}, line {number}: {chr(value)!r} is to be replaced itself.")
    return table


@cache
def _single_characters() -> Mapping[int, int]:
    table = dict(simplified())
    for code in (
        *range(0x20, 0x3000),
        *range(0x3000, 0x3100),
        *range(0xF900, 0xFB00),
        *range(0xFE00, 0x10000),
    ):
        folded = unicodedata.normalize("NFKC", chr(code)).casefold()
        if len(folded) == 1 and folded != chr(code):
            table[code] = simplified().get(ord(folded), ord(folded))
    return table
