"""When two written names are one name: case, width, hyphens, apostrophes and articles do not count."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

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

    Case, width (NFKC), punctuation, hyphens, dashes and spaces, the kind of apostrophe, a leading article and
    "&" for "and" are folded away; between Chinese characters no space is left. Nothing else is: two names one
    letter apart stay two names. Folding a folded form changes nothing; a text without a letter folds to "".

    >>> fold("The  People’s Bank of China"), fold("Xi'an"), fold("Guangdong–Hong Kong")
    ('people s bank of china', 'xian', 'guangdong hong kong')
    >>> fold("香港城市大学（东莞）"), fold("“双一流” 建设"), fold("R&D")
    ('香港城市大学东莞', '双一流建设', 'r and d')
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
        if folded == text:
            return folded
        text = folded
