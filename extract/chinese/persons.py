"""Persons by their form: a surname and given name beside a title, and the same name wherever it stands again."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from functools import cache
from typing import TYPE_CHECKING

from ..names import NameForm
from .compact import CompactText, compact
from .word_lists import words_in

if TYPE_CHECKING:
    from spacy.tokens import Doc

    from .tokens import Word

LONGEST = 4
CLINGING = frozenset("作在说指称")
"""Verbs that the segmenter takes for the end of a name."""

GIVEN = r"[\u4e00-\u9fff]{1,2}"


@cache
def _patterns() -> tuple[re.Pattern[str], ...]:
    surnames = "|".join(sorted(words_in("surnames.zh.tsv"), key=len, reverse=True))
    titles = "|".join(sorted(words_in("person_titles.zh.tsv"), key=len, reverse=True))
    sounds = "".join(words_in("transliteration.zh.tsv"))
    name = f"(?:{surnames}){GIVEN}"
    words = "|".join(sorted(words_in("person_followers.zh.tsv"), key=len, reverse=True))
    behind = rf"(?=[，。、；：（）()“”\s]|{words}|$)"
    return (
        re.compile(f"(?:{titles})(?P<name>{name}){behind}"),
        re.compile(
            f"(?:^|(?<=[，。、；：（）()“”\\s]))(?P<name>{name})(?=(?:同志|先生|女士|教授|院士|研究员|博士|总书记|主席|总理|副总理)(?![们学后工]))"
        ),
        re.compile(f"[{sounds}]{{2,7}}(?:[·•・][{sounds}]{{2,7}})+"),
    )


@cache
def _phrases() -> re.Pattern[str]:
    return re.compile("|".join(sorted(words_in("fixed_phrases.zh.tsv"), key=len, reverse=True)))


def person_forms(doc: Doc) -> Iterator[NameForm]:
    """Persons in `doc`, in order, at every place where a name stands that was recognised somewhere."""
    source = compact(doc)
    text = source.original
    titled, behind, foreign = _patterns()
    names = {found[0] for found in foreign.finditer(text)}
    names |= set(_as_words(doc, source, [m.span("name") for p in (titled, behind) for m in p.finditer(text)]))
    names |= {name for name in words_in("known_persons.zh.tsv") if name in text}  # surer than any form
    names = {name for name in names if name not in words_in("no_persons.zh.tsv")}
    names |= set(_listed(doc, names))
    if not names:
        return
    anywhere = re.compile("|".join(map(re.escape, sorted(names, key=len, reverse=True))))
    phrases = _phrases()
    for found in anywhere.finditer(text):
        span = source.token_span(*found.span())
        phrase = phrases.match(text, found.start())
        if span is not None and (phrase is None or phrase.end() <= found.end()):
            yield NameForm(*span, "Person")


def _as_words(doc: Doc, source: CompactText, places: Sequence[tuple[int, int]]) -> Iterator[str]:
    """What stands at these places, where the segmenter sees a person there or single characters."""
    if not places:
        return
    words: Sequence[Word] = doc._.policy_words
    starts = [word.start for word in words]
    for begin, end in places:
        start, stop = source.token_at(begin), source.token_at(end)
        n = bisect_left(starts, start)
        if n == len(words) or words[n].start != start:
            continue
        if words[n].tag[:2] == "nr" and 1 < words[n].end - start <= LONGEST:
            name = source.surface(start, words[n].end)
            yield name[:-1] if len(name) > 2 and name[-1] in CLINGING else name
        elif all(word.end - word.start == 1 for word in words[n : bisect_left(starts, stop)]):
            yield source.surface(start, stop)


def _listed(doc: Doc, names: set[str]) -> Iterator[str]:
    """Names that the segmenter sees in a list with one that is sure: "王某、李某和张某出席"."""
    words = doc._.policy_words
    source = compact(doc)
    surnames = words_in("surnames.zh.tsv")
    sure = [i for i, word in enumerate(words) if word.tag[:2] == "nr" and source.surface(*word[:2]) in names]
    for i in sure:
        for step in (1, -1):
            k = i + 2 * step
            while 0 <= k < len(words) and source.surface(*words[k - step][:2]) in "、和":
                text = source.surface(*words[k][:2])
                if words[k].tag[:2] != "nr" or text[:1] not in surnames or not 2 <= len(text) <= 3:
                    break
                yield text
                k += 2 * step
