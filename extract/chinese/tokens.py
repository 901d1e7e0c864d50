"""Chinese text as spaCy tokens: each character one token, Latin words and numbers whole.

Characters, because any of them may begin or end a name, whatever a segmenter makes of its neighbours. The words
that the segmenter sees, with their parts of speech, are kept beside the tokens: `doc._.policy_words`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import accumulate, chain, repeat
from typing import NamedTuple

import rjieba
import spacy
from spacy.language import Language
from spacy.tokens import Doc
from spacy.vocab import Vocab

from ...ontology.folding import simplified
from .sentences import sentence_starts

RUN = r"[0-9A-Za-z\uff10-\uff19\uff21-\uff3a\uff41-\uff5a]+"
TOKEN = re.compile(rf"{RUN}(?:[.\-·/]{RUN})*|[^\S\n]+|\n+|.", re.DOTALL)

if not Doc.has_extension("policy_words"):
    Doc.set_extension("policy_words", default=())


class Word(NamedTuple):
    """Tokens `start` to `end` (exclusive) that the segmenter takes for one word, and its part of speech (ICTCLAS)."""

    start: int
    end: int
    tag: str


class CharacterTokenizer:
    """Makes a `Doc` of a text, with sentence starts, words and, as tags of the tokens, their parts of speech."""

    def __init__(self, vocab: Vocab) -> None:
        self.vocab = vocab

    def __call__(self, text: str) -> Doc:
        tokens = TOKEN.findall(text)
        if not tokens:
            return Doc(self.vocab)
        ends = list(accumulate(map(len, tokens)))
        words = tuple(_words(text, ends))
        tags = list(chain.from_iterable(repeat(tag, end - start) for start, end, tag in words))
        starts = set(sentence_starts(text))
        begins = [0, *ends[:-1]]
        doc = Doc(
            self.vocab,
            words=tokens,
            spaces=[False] * len(tokens),
            tags=tags,
            sent_starts=[begin in starts for begin in begins],
        )
        doc._.policy_words = words
        return doc


def load_chinese() -> Language:
    """A spaCy pipeline that reads Chinese characters; it needs no trained model."""
    nlp = spacy.blank("zh")
    nlp.tokenizer = CharacterTokenizer(nlp.vocab)
    return nlp


def _words(text: str, ends: Sequence[int]) -> Iterator[Word]:
    """The segmenter's words on token boundaries: a word that ends inside a token is extended to its end."""
    position, token, start = 0, 0, 0
    make, size = Word._make, len(ends)
    # The segmenter knows simplified characters; one stands for one, so that lengths are the same.
    for surface, tag in rjieba.tag(text.translate(simplified())):
        position += len(surface)
        while token < size and ends[token] <= position:
            token += 1
        if token > start:
            yield make((start, token, tag))
            start = token
