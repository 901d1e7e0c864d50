"""How the Chinese base reads characters: one by one, widths folded, spaces skipped, line breaks seen."""

from __future__ import annotations

import pytest
from tokenizers import Tokenizer

pytest.importorskip("torch")
pytest.importorskip("transformers")

from triplehelix.extract.encoder_bases import MARKS, character_tokenizer, is_character

PIECES = (*MARKS, "\n", "A", "I", "科", "技", "部", "，", ",", "2", "20")


@pytest.fixture(scope="module")
def tokenizer() -> Tokenizer:
    return character_tokenizer([(piece, -float(n)) for n, piece in enumerate(PIECES)])


def read(tokenizer: Tokenizer, text: str) -> list[str]:
    encoded = tokenizer.encode(text, add_special_tokens=False)
    return [text[begin:end] for begin, end in encoded.offsets]


def test_each_character_is_a_piece_of_its_own(tokenizer: Tokenizer) -> None:
    assert read(tokenizer, "科技部") == ["科", "技", "部"]


def test_full_width_is_read_as_half_width_and_keeps_its_place(tokenizer: Tokenizer) -> None:
    wide = tokenizer.encode("ＡＩ科", add_special_tokens=False)
    assert wide.ids == tokenizer.encode("AI科", add_special_tokens=False).ids
    assert wide.offsets == [(0, 1), (1, 2), (2, 3)]


def test_spaces_are_skipped_and_line_breaks_are_one_piece(tokenizer: Tokenizer) -> None:
    encoded = tokenizer.encode("科 技\u3000部\n  科", add_special_tokens=False)
    assert encoded.tokens == ["科", "技", "部", "\n", "科"]
    assert encoded.offsets[-1] == (8, 9)


def test_a_rare_character_is_unknown_and_not_lost(tokenizer: Tokenizer) -> None:
    encoded = tokenizer.encode("科龘", add_special_tokens=False)
    assert encoded.ids[1] == MARKS.index("[UNK]")
    assert encoded.offsets[1] == (1, 2)


@pytest.mark.parametrize(("piece", "expected"), [("科", True), ("科技", False), ("A", False), ("，", False)])
def test_what_counts_as_a_character(piece: str, expected: bool) -> None:
    assert is_character(piece) is expected
