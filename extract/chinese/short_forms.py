"""Short forms of names: those that a text explains, and bare heads that stand for a name given before.

    《江淮市人才条例》（以下简称《条例》） … 《条例》
    中国科学技术大学（中国科大） … 中国科大
    雄安新区 … 新区

A short form is read by what the text says of it or by its head, never by how alike two strings are.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from typing import TYPE_CHECKING, NamedTuple, Protocol

from .compact import compact
from .word_lists import rows_in

if TYPE_CHECKING:
    from spacy.tokens import Doc

    from ..mention_spans import MentionSpan

_TERM = r"[^“”\"「」《》（）()，。；、：\n]{1,16}"
DEFINED = re.compile(
    r"[（(，,]\s*(?:以下|下文|后文|以下统)?(?:简称|下称|统称)(?:为)?\s*[:：]?\s*"
    rf"[“\"「《‘]?(?P<term>{_TERM})[”\"」》’]?\s*(?=[）)，,。；])"
)
BRACKETED = re.compile(r"[（(]\s*[“\"「]?(?P<term>[\u4e00-\u9fff]{2,8}|[A-Z][A-Z&-]{1,9})[”\"」]?\s*[）)]")
BRACKETED_END = re.compile(r"\s*[（(][^（）()]*[）)]$")
SCHOOLS = ("大学", "学院", "学校", "中学", "小学")
LEVELS = frozenset("省市县区州镇")
SESSION = "中全会"
"""A session is known by its number: "四中全会" is the one that was named in full."""

CLOSING = frozenset('》”」’"')
POINTING = frozenset({"该", "本", "此", "述", "这一", "一", "这"})


class ShortForm(NamedTuple):
    """Tokens `start` to `end` (exclusive) mean what the mention that ends before token `introduced` names."""

    introduced: int
    start: int
    end: int
    rule: str


class Referred(Protocol):
    """A referent, as far as short forms need it."""

    type: str
    name: str
    mentions: list[MentionSpan]


def explained(doc: Doc, spans: Sequence[MentionSpan]) -> Iterator[ShortForm]:
    """Every place where a short form stands that the text explains, from its explanation on."""
    source = compact(doc)
    text = source.original
    if "（" not in text and "(" not in text and "简称" not in text:
        return
    longest = {span.end: span for span in sorted(spans, key=lambda s: s.start, reverse=True)}
    seen: set[str] = set()
    for pattern, rule in ((DEFINED, "defined-term"), (BRACKETED, "abbreviation")):
        for found in pattern.finditer(text):
            introduced = _before(source.surfaces, source.token_at(found.start()))
            long = longest.get(introduced)
            term = found["term"].strip()
            if long is None or term in seen:
                continue
            if rule == "abbreviation" and not _shortens(term, source.surface(long.start, long.end)):
                continue
            seen.add(term)
            position = found.start("term")
            while position >= 0:
                span = source.token_span(position, position + len(term))
                if span is not None:
                    yield ShortForm(introduced, *span, rule)
                position = text.find(term, position + len(term))


def _before(surfaces: Sequence[str], opening: int) -> int:
    """The token behind the long form, which quotation marks or brackets may close."""
    while opening > 0 and surfaces[opening - 1] in CLOSING:
        opening -= 1
    return opening


def _shortens(term: str, name: str) -> bool:
    """Whether all characters of a Chinese short form stand in the name in order; an acronym always may."""
    if term.isascii():
        return not name.isascii()
    if len(term) >= len(name):
        return False
    position = 0
    for character in term:
        position = name.find(character, position) + 1
        if not position:
            return False
    return name[0] == term[0] or name.endswith(term) or name[-1] == term[-1]


@cache
def bare_heads() -> Mapping[str, frozenset[str]]:
    """Core type -> words that name nothing by themselves: "新区", "条例", "平台"."""
    table: dict[str, set[str]] = {}
    for word, kind in rows_in("bare_heads.zh.tsv", 2):
        table.setdefault(kind, set()).add(word)
    return {kind: frozenset(words) for kind, words in table.items()}


def is_bare(text: str, kind: str) -> bool:
    """Whether a mention of a core type says only what kind of thing it means."""
    return text in bare_heads().get(kind, frozenset())


def expand(doc: Doc, span: MentionSpan, before: Mapping[str, Referred]) -> str | None:
    """The key, among referents of the type of `span` named before, of what a bare head stands for.

    One that ends with it is meant, if it is the only one, or the last one behind "该", "本", "这一".
    """
    surfaces = compact(doc).surfaces
    text = "".join(surfaces[span.start : span.end])
    pointed = bool(span.start) and surfaces[span.start - 1] in POINTING
    if text[:1] in ("该", "本") and len(text) > 1:
        text, pointed = text[1:], True
    if span.type == "Mechanism" and not (pointed or text.endswith(SESSION)):
        return None
    fitting: dict[int, str] = {}
    for key, known in before.items():
        if _heads(text, known.name):
            fitting[id(known)] = key
    if len(fitting) == 1 or (fitting and pointed):
        return max(fitting.values(), key=lambda key: before[key].mentions[-1].start)
    return None


def _heads(text: str, name: str) -> bool:
    """Whether a longer name ends with a bare head, whatever stands behind it in brackets."""
    bare = BRACKETED_END.sub("", name).rstrip("》”」")
    if text == "校":
        return bare.endswith(SCHOOLS)
    return len(bare) > len(text) and bare.endswith(text)


def with_level(text: str, names: Iterable[str]) -> str | None:
    """The name that a place has elsewhere in a document with its level behind: "长兴县" for "长兴"."""
    fitting = {name for name in names if name[:-1] == text and name[-1:] in LEVELS}
    return fitting.pop() if len(fitting) == 1 and len(text) > 1 else None
