"""What the sequence model sees of each character: characters, words, head words, lexicon, clause.

Features are strings "kind=value". Characters and their neighbours, the segmenter's words and parts of speech as in
feature-based Chinese word segmentation and name recognition (Zhao & Kit 2008, "Unsupervised segmentation helps
supervised learning of character tagging"), with the ontology's lexicon, head words and the clause added.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from ..heads import head_classes
from .sentences import clauses

if TYPE_CHECKING:
    from spacy.tokens import Doc

    from .tokens import Word

Features = list[list[str]]
OPENING, CLOSING = "“《（(「", "”》）)」"
LONGEST_HEAD = 8
REACH = 14
"""How many characters ahead a head word is looked for."""


class _Head(NamedTuple):
    """Where the next head word of the clause begins and ends, and its class."""

    start: int
    end: int
    cls: str


def token_features(doc: Doc, lexicon: Mapping[int, str], forms: Mapping[int, str]) -> Features:
    """Features of every token of a document.

    `lexicon` gives "B-Region" and the like by token index, `forms` the type of the name that stands there by its form.
    """
    texts = [token.text for token in doc]
    words: Sequence[Word] = doc._.policy_words
    word_of = [n for n, word in enumerate(words) for _ in range(word.start, word.end)]
    surfaces = ["".join(texts[w.start : w.end]) for w in words]
    heads = _heads(texts)
    quoted = _enclosed(texts)
    rows: Features = []
    places = _clause_places(doc)
    for i, text in enumerate(texts):
        n = word_of[i]
        word = words[n]
        row = [
            "bias",
            f"c={text}",
            f"w={surfaces[n]}",
            f"tag={word.tag}|{_position(i, word)}",
            f"lex={lexicon.get(i, 'O')}",
            f"c2={_at(texts, i - 1)}{text}",
            f"2c={text}{_at(texts, i + 1)}",
            f"c3={_at(texts, i - 1)}{text}{_at(texts, i + 1)}",
            f"-1={_at(texts, i - 1)}",
            f"+1={_at(texts, i + 1)}",
            f"-2={_at(texts, i - 2)}",
            f"+2={_at(texts, i + 2)}",
            f"-2c={_at(texts, i - 2)}{_at(texts, i - 1)}",
            f"+2c={_at(texts, i + 1)}{_at(texts, i + 2)}",
        ]
        row += _word_features(i, n, words, surfaces)
        for step in (-1, 1, 2):
            row.append(f"{step}:lex={lexicon.get(i + step, 'O')}")
        row += _head_features(i, heads)
        row += [f"in={quoted[i]}", f"form={forms.get(i, '')}"]
        row += places[i]
        rows.append(row)
    return rows


def _position(i: int, word: Word) -> str:
    if word.end - word.start == 1:
        return "S"
    return "B" if i == word.start else "E" if i == word.end - 1 else "M"


def _at(texts: Sequence[str], i: int) -> str:
    return texts[i] if 0 <= i < len(texts) else "^"


def _word_features(i: int, n: int, words: Sequence[Word], surfaces: Sequence[str]) -> Iterator[str]:
    place = _position(i, words[n])
    yield f"w={surfaces[n]}|{place}"
    yield f"suffix={surfaces[n][-1:]}|{words[n].tag}"
    for step in (-2, -1, 1, 2):
        if not 0 <= n + step < len(words):
            yield f"{step}w=^"
            continue
        yield f"{step}w={surfaces[n + step]}|{place}"
        yield f"{step}tag={words[n + step].tag}|{place}"
    before = words[n - 1].tag if n else "^"
    after = words[n + 1].tag if n + 1 < len(words) else "^"
    yield f"tags={before}|{words[n].tag}|{after}|{place}"
    if n:
        yield f"ww={surfaces[n - 1]}_{surfaces[n]}|{place}"
    if n + 1 < len(words):
        yield f"www={surfaces[n]}_{surfaces[n + 1]}|{place}"


def _heads(texts: Sequence[str]) -> list[_Head | None]:
    """For each token the longest head word that ends at it."""
    table = _table()
    found: list[_Head | None] = [None] * len(texts)
    for i in range(len(texts)):
        for length in range(min(LONGEST_HEAD, i + 1), 0, -1):
            classes = table.get("".join(texts[i + 1 - length : i + 1]))
            if classes:
                found[i] = _Head(i + 1 - length, i + 1, classes)
                break
    return found


@cache
def _table() -> Mapping[str, str]:
    return {word: "|".join(classes) for word, classes in head_classes("zh").items() if len(word) > 1}


BREAKS = frozenset("，。；：！？\n、（）《》“”,;:")


def _head_features(i: int, heads: Sequence[_Head | None]) -> Iterator[str]:
    here = heads[i]
    if here:
        yield f"head={here.cls}"
        after = heads[i + 1] if i + 1 < len(heads) else None
        if after is None or after.start > here.start:
            yield f"headends={here.cls}"
    inside = next((h for h in heads[i : i + LONGEST_HEAD] if h and h.start <= i), None)
    if inside:
        yield f"inhead={inside.cls}|{'B' if inside.start == i else 'I'}"
    ahead = next((h for h in heads[i + 1 : i + REACH] if h and h.start > i), None)
    if ahead:
        yield f"ahead={ahead.cls}|{min(ahead.start - i, 6)}"


def _enclosed(texts: Sequence[str]) -> list[str]:
    """For each token the mark it stands inside, "" for none; a line end closes all."""
    stack: list[str] = []
    found = []
    for text in texts:
        if text in OPENING:
            stack.append(text)
        found.append(stack[-1] if stack else "")
        if text in CLOSING and stack:
            stack.pop()
        elif text.startswith("\n"):
            stack.clear()
    return found


def _clause_places(doc: Doc) -> list[list[str]]:
    """Where each token stands in its clause: distance from its start, the first verb, the last verb before it."""
    rows: list[list[str]] = [["clause=none"] for _ in range(len(doc))]
    texts = [token.text for token in doc]
    words: Sequence[Word] = doc._.policy_words
    index = {word.start: n for n, word in enumerate(words)}
    for sentence in doc.sents:
        for start, end in clauses(sentence):
            first, last = "", ""
            inside = (words[index[i]] for i in range(start, end) if i in index)
            verb_at: dict[int, str] = {}
            for word in inside:
                if word.tag[:1] == "v" or word.tag == "p":
                    last = "".join(texts[word.start : word.end])
                    first = first or last
                verb_at[word.start] = last
            current = ""
            for i in range(start, end):
                rows[i] = [f"clause={min(i - start, 5)}", f"verb={current or '-'}", f"first={first}"]
                if end - i <= 2:
                    rows[i].append(f"toend={end - i}")
                current = verb_at.get(i, current)
    return rows
