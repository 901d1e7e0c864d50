"""Words to be guessed: hidden whole, a fifth of them, and now and then shown or replaced."""

from __future__ import annotations

import numpy as np
import pytest

pytest.importorskip("torch")
pytest.importorskip("transformers")

from triplehelix.extract.encoder_adaptation import HIDDEN, WIDTH, hide, stretches
from triplehelix.extract.encoder_bases import MARKS, character_tokenizer

IDS = np.arange(10, 10 + 4000).reshape(4, 1000)
WORDS = np.arange(4000).reshape(4, 1000) // 2
COMMON = np.arange(5, 9)


def test_a_word_is_hidden_whole_or_not_at_all() -> None:
    _, hidden = hide(IDS, WORDS, COMMON, np.random.default_rng(0))
    pairs = hidden.reshape(-1, 2)
    assert (pairs[:, 0] == pairs[:, 1]).all()


def test_about_the_share_that_is_asked_for_is_hidden_and_the_rest_is_as_it_was() -> None:
    seen, hidden = hide(IDS, WORDS, COMMON, np.random.default_rng(0))
    assert hidden.mean() == pytest.approx(HIDDEN, abs=0.04)
    assert (seen[~hidden] == IDS[~hidden]).all()


def test_most_of_what_is_hidden_is_unknown_some_is_shown_or_replaced() -> None:
    seen, hidden = hide(IDS, WORDS, COMMON, np.random.default_rng(0))
    unknown = seen[hidden] == MARKS.index("[UNK]")
    shown = seen[hidden] == IDS[hidden]
    assert 0.7 < unknown.mean() < 0.9
    assert shown.any()
    assert np.isin(seen[hidden][~unknown & ~shown], COMMON).all()


def test_texts_are_cut_to_one_length_with_the_words_of_their_pieces() -> None:
    pieces = [*MARKS, "\n", *"教育部办学校，。"]
    tokenizer = character_tokenizer([(piece, -float(n)) for n, piece in enumerate(pieces)])
    kinds: dict[tuple[str, str], int] = {}
    found = list(stretches(tokenizer, ["教育部办学校。" * 30, "学校办学。" * 30], kinds))
    assert [len(part.ids) for part in found] == [WIDTH] * ((7 * 30 + 5 * 30) // WIDTH)
    first = found[0]
    assert first.words[0] == first.words[2] != first.words[3]
    assert {place for place, _ in kinds} <= set("BIES")
