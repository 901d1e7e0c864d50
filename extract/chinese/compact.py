"""A text as names are looked up in it: folded character by character, without spaces and quotation marks.

Offsets of the compact text lead back to tokens, so that a name is found however it is spaced, quoted or wrapped.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np
from spacy.tokens import Doc

from ...ontology.folding import fold_characters

if TYPE_CHECKING:
    from numpy.typing import NDArray

QUOTES: Final = "“”‘’\"'「」『』〝〞＂"
OPENING: Final = dict(zip("”’」』〞", "“‘「『〝", strict=True))
CLOSING: Final = {opening: closing for closing, opening in OPENING.items()}
SPACES: Final = " \t\n\r\x0b\x0c\u00a0\u2002\u2003\u2009\u200b\u3000\ufeff"

_SKIPPED = np.zeros(0x110000, dtype=bool)
_SKIPPED[[ord(character) for character in QUOTES + SPACES]] = True
_DROPPED: Final = str.maketrans("", "", QUOTES + SPACES)

if not Doc.has_extension("policy_compact"):
    Doc.set_extension("policy_compact", default=None)


class CompactText:
    """The text of a document without spaces and quotation marks; `text` is folded.

    The text as it stands is kept beside it, as asking spaCy for tokens one by one takes most of the time.
    """

    __slots__ = (
        "_borders",
        "_starts_sentence",
        "_token_at",
        "begins",
        "original",
        "surfaces",
        "text",
        "tokens",
    )

    def __init__(self, doc: Doc) -> None:
        forms, places = np.unique(doc.to_array("ORTH"), return_inverse=True)
        known = [doc.vocab.strings[form] for form in forms.tolist()]
        self.surfaces: list[str] = [known[place] for place in places.tolist()]
        """The text of each token."""
        self.original = "".join(self.surfaces)
        """The text itself."""
        lengths = np.fromiter(map(len, self.surfaces), dtype=np.int64, count=len(self.surfaces))
        self.begins: list[int] = [0, *np.cumsum(lengths).tolist()]
        """Where each token begins, with the end of the text."""
        self._token_at = np.repeat(np.arange(len(doc)), lengths)
        folded = fold_characters(self.original)
        codes = np.frombuffer(folded.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
        kept = np.flatnonzero(~_SKIPPED[codes])
        self.text = codes[kept].tobytes().decode("utf-32-le", "surrogatepass")
        self.tokens: NDArray[np.int64] = self._token_at[kept]
        """The token of each character of `text`."""
        borders = np.zeros(len(doc) + 1, dtype=bool)
        borders[[word.start for word in doc._.policy_words]] = True
        borders[-1] = True
        self._borders = borders
        self._starts_sentence = doc.to_array("SENT_START") == 1

    def surface(self, start: int, end: int) -> str:
        """The text of tokens [start, end)."""
        return self.original[self.begins[start] : self.begins[end]]

    def token_span(self, begin: int, end: int) -> tuple[int, int] | None:
        """Tokens [start, end) of code points [begin, end) of the text itself; None where those end inside a token."""
        start, last = int(self._token_at[begin]), int(self._token_at[end - 1])
        return (start, last + 1) if self.begins[start] == begin and self.begins[last + 1] == end else None

    def token_at(self, position: int) -> int:
        """The token of a code point of the text itself."""
        return int(self._token_at[position]) if position < len(self._token_at) else len(self.surfaces)

    def span(self, begin: int, end: int) -> tuple[int, int] | None:
        """Tokens [start, end) of characters [begin, end); None where those end inside a token or a sentence."""
        start, last = int(self.tokens[begin]), int(self.tokens[end - 1])
        if begin and self.tokens[begin - 1] == start:
            return None
        if end < len(self.tokens) and self.tokens[end] == last:
            return None
        if last - start + 1 != end - begin and self._starts_sentence[start + 1 : last + 1].any():
            return None
        return self._with_quotes(start, last + 1)

    def is_joined(self, position: int) -> bool:
        """Whether nothing, no quotation mark or space, parts a character from the one in front."""
        return bool(self.tokens[position] - self.tokens[position - 1] == 1)

    def is_border(self, token: int) -> bool:
        """Whether the segmenter has a word begin at a token."""
        return bool(self._borders[token])

    def _with_quotes(self, start: int, end: int) -> tuple[int, int]:
        """Take in the quotation mark in front of or behind a name whose counterpart is inside."""
        if end - start < 3:
            return start, end
        surfaces = self.surfaces
        marks = [mark for mark in surfaces[start:end] if mark in OPENING or mark in CLOSING]
        if marks:
            if start and OPENING.get(marks[0]) == surfaces[start - 1]:
                start -= 1
            if end < len(surfaces) and CLOSING.get(marks[-1]) == surfaces[end]:
                end += 1
        return start, end


def compact(doc: Doc) -> CompactText:
    """The compact text of a document, made once."""
    if doc._.policy_compact is None:
        doc._.policy_compact = CompactText(doc)
    found: CompactText = doc._.policy_compact
    return found


def compact_form(name: str) -> str:
    """A name as it stands in a compact text.

    >>> compact_form("“雙一流”建設 ")
    '双一流建设'
    """
    return fold_characters(name).translate(_DROPPED)
