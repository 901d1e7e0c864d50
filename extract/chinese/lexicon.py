"""Chinese names of the authority file in a text: longest first, and no piece of a longer word.

Characters are compared, not words, as a segmenter cuts names where it likes; but where it sees a word reach over
the edge of a short name ("发展中国家"), or the next characters make another word of the last one ("北京市场"), the
name is not there. What may not stand beside a name is in `data/name_borders.zh.tsv`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, NamedTuple

from spacy.tokens import Doc

from ...errors import OntologyError
from ..lexicon import LexiconMatch
from .compact import CompactText, compact, compact_form
from .word_lists import words_in

if TYPE_CHECKING:
    from ...ontology import Ontology

if not Doc.has_extension("policy_matches"):
    Doc.set_extension("policy_matches", default=None)

PACKAGE = "triplehelix.extract"
FILE = "data/name_borders.zh.tsv"
JOINED = "joined_words.zh.tsv"
ACRONYM = re.compile(r"[A-Z][A-Z&-]{2,}")
"""English short forms that Chinese texts use as they are; two letters mean too many things."""

SPECIFIC = 5
"""A name of so many characters is one even where the segmenter sees other words."""


class _Entry(NamedTuple):
    keys: tuple[str, ...]
    contextual: bool
    cased: bool


NO_NAME = _Entry((), True, False)
"""What a phrase stands for that holds names and means none of them: "中国特色社会主义"."""


class ChineseLexicon:
    """Longest-match lookup of labels on characters, left to right, blind to width, spaces and quotation marks."""

    def __init__(self, surfaces: Iterable[tuple[str, tuple[str, ...], bool]]) -> None:
        self._entries: dict[str, _Entry] = {}
        for surface, keys, contextual in surfaces:
            form = compact_form(surface)
            if form:
                self._entries[form] = _merged(self._entries.get(form), surface, keys, contextual)
        for phrase in words_in("fixed_phrases.zh.tsv"):
            self._entries.setdefault(compact_form(phrase), NO_NAME)
        lengths: dict[str, set[int]] = {}
        for form in self._entries:
            lengths.setdefault(form[:2], set()).add(len(form))
        self._lengths = {
            first: sorted(found, reverse=True) for first, found in lengths.items() if len(first) > 1
        }
        singles = "".join(form for form in self._entries if len(form) == 1)
        self._singles = re.compile(f"[{re.escape(singles)}]" if singles else "(?!)")

    @classmethod
    def from_ontology(cls, ontology: Ontology) -> ChineseLexicon:
        """The lexicon of all Chinese labels of the authority file, and of English acronyms in capitals.

        What is pursued for a region ("京津冀协同发展") is left out, as the region itself is meant there too.
        """
        chinese = [item for item in ontology.authority.surfaces("zh") if not _is_pursued(item[0], ontology)]
        known = {compact_form(surface) for surface, _, _ in chinese}
        acronyms = [
            item
            for item in ontology.authority.surfaces("en")
            if ACRONYM.fullmatch(item[0]) and not item[2] and compact_form(item[0]) not in known
        ]
        return cls([*chinese, *acronyms])

    def matches(self, doc: Doc) -> Sequence[LexiconMatch]:
        """Longest labels in `doc`, in order, without overlap; kept with the document."""
        kept = doc._.policy_matches
        if kept is None or kept[0] is not self:
            kept = doc._.policy_matches = (self, tuple(self._scan(doc)))
        found: tuple[LexiconMatch, ...] = kept[1]
        return found

    def _scan(self, doc: Doc) -> Iterator[LexiconMatch]:
        source = compact(doc)
        text, lengths, entries = source.text, self._lengths, self._entries
        last = 0
        for position in self._starts(text):
            if position < last:
                continue
            for length in (*lengths.get(text[position : position + 2], ()), 1):
                end = position + length
                entry = entries.get(text[position:end])
                if entry is None or end > len(text):
                    continue
                span = self._fitting(source, position, end, entry, follows=position == last)
                if span is not None:
                    if entry.keys:
                        yield LexiconMatch(*span, entry.keys, entry.contextual)
                    last = end
                    break

    def _starts(self, text: str) -> list[int]:
        """Where the first two characters of a label stand, or the only one."""
        lengths = self._lengths
        starts = [i for i, pair in enumerate(map(str.__add__, text, text[1:])) if pair in lengths]
        return sorted({*starts, *(found.start() for found in self._singles.finditer(text))})

    def _fitting(
        self, source: CompactText, begin: int, end: int, entry: _Entry, *, follows: bool
    ) -> tuple[int, int] | None:
        """The tokens of a label, unless it is a piece of something else; `follows` right behind another one."""
        span = source.span(begin, end)
        if span is None or is_other_word(source, begin, end):
            return None
        if entry.cased and not source.surface(*span).isupper():
            return None
        if end - begin >= SPECIFIC or text_is_latin(source.text, begin, end):
            return span
        first, last = int(source.tokens[begin]), int(source.tokens[end - 1]) + 1
        if not (follows or source.is_border(first)):
            return None
        is_whole = source.is_border(last) or joined().match(source.text, end) or self._leads_on(source, end)
        return span if is_whole else None

    def _leads_on(self, source: CompactText, begin: int) -> bool:
        """Whether another name that ends with a word begins there: "中国" in "中国教育部"."""
        for length in self._lengths.get(source.text[begin : begin + 2], ()):
            entry = self._entries.get(source.text[begin : begin + length])
            if entry is not None and length > 1 and not entry.contextual:
                return source.is_border(int(source.tokens[begin + length - 1]) + 1)
        return False


def _is_pursued(surface: str, ontology: Ontology) -> bool:
    """Whether a label is the name of a region and what is done for it."""
    for pursuit in words_in("pursuits.zh.tsv"):
        if surface.endswith(pursuit) and len(surface) > len(pursuit):
            entries = ontology.authority.candidates(surface.removesuffix(pursuit), "zh")
            return any(ontology.schema.core_of(entry.cls) == "Region" for entry in entries)
    return False


def text_is_latin(text: str, begin: int, end: int) -> bool:
    """Whether a stretch has no Chinese character, so that tokens are its words."""
    return text[begin:end].isascii()


def _merged(known: _Entry | None, surface: str, keys: tuple[str, ...], contextual: bool) -> _Entry:
    cased = surface.isascii() and surface.isupper() and len(surface) > 2
    if known is None or (known.contextual and not contextual):
        return _Entry(keys, contextual, cased)
    if contextual and not known.contextual:
        return known
    return _Entry(tuple(sorted({*known.keys, *keys})), contextual, cased and known.cased)


def is_other_word(source: CompactText, begin: int, end: int) -> bool:
    """Whether what stands right beside a name makes another word of its edge."""
    text = source.text
    before, behind = borders()
    following = behind.get(text[end - 1])
    if following is not None and following.match(text, end) and source.is_joined(end):
        return True
    leading = before.get(text[begin])
    if leading is None or not begin:
        return False
    return leading.search(text, max(0, begin - 3), begin) is not None and source.is_joined(begin)


@cache
def borders() -> tuple[dict[str, re.Pattern[str]], dict[str, re.Pattern[str]]]:
    """What may not stand in front of a name that begins, and behind one that ends, with a character."""
    return parse_borders(files(PACKAGE).joinpath(FILE).read_text(encoding="utf-8"), FILE)


@cache
def joined() -> re.Pattern[str]:
    """What a segmenter takes for one word with the name in front, though the name stands for itself."""
    return re.compile("|".join(map(re.escape, sorted(words_in(JOINED), key=len, reverse=True))))


def parse_borders(text: str, name: str) -> tuple[dict[str, re.Pattern[str]], dict[str, re.Pattern[str]]]:
    """Parse the table of borders; raises `OntologyError` with file and line."""
    tables: dict[str, dict[str, list[str]]] = {"before": {}, "behind": {}}
    for number, line in enumerate(text.splitlines()[1:], 2):
        cells = line.split("\t")
        if len(cells) != 5 or len(cells[0]) != 1 or cells[1] not in tables or not all(cells[:3]):
            raise OntologyError(
                f"{name}, line {number}: expected a character, before or behind, what may not stand there (parted"
                f" by |), exceptions and an example, got {line!r}."
            )
        character, side, others, exceptions = cells[:4]
        pattern = "|".join(map(re.escape, others.split("|")))
        apart = "|".join(map(re.escape, exceptions.split("|"))) if exceptions else ""
        if side == "behind":
            pattern = f"(?!{apart})(?:{pattern})" if apart else f"(?:{pattern})"
        else:
            pattern = f"(?:{pattern})$"
        tables[side].setdefault(character, []).append(pattern)
    before, behind = (
        {character: re.compile("|".join(patterns)) for character, patterns in tables[side].items()}
        for side in ("before", "behind")
    )
    return before, behind


def lexicon_for(ontology: Ontology) -> ChineseLexicon:
    """The Chinese lexicon of an ontology, made once."""
    lexicon = _LEXICONS.get(ontology.fingerprint)
    if lexicon is None:
        lexicon = _LEXICONS[ontology.fingerprint] = ChineseLexicon.from_ontology(ontology)
    return lexicon


_LEXICONS: dict[str, ChineseLexicon] = {}
