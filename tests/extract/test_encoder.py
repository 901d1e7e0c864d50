"""The encoder: windows over the text, label probabilities of tokens, predicates of pairs."""

from __future__ import annotations

from importlib.resources import as_file, files

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tokenizers import Tokenizer

from triplehelix.extract.encoder import (
    WINDOW,
    Encoder,
    SpanPair,
    between,
    format_plan,
    parse_plan,
    piece_shape,
    windows,
)
from triplehelix.extract.models import load_models
from triplehelix.extract.tagger import LABELS

TEXT = "The Harbour City Council will fund a bursary scheme for young welders in Kelso."


@pytest.fixture(scope="module")
def encoder() -> Encoder:
    return load_models("en").encoder


@pytest.fixture(scope="module")
def tokenizer() -> Tokenizer:
    with as_file(files("triplehelix.extract") / "data" / "en-encoder-tokenizer.json") as path:
        return Tokenizer.from_file(str(path))


@settings(max_examples=30, deadline=None)
@given(
    st.lists(st.sampled_from(["science", "Wei", "\n", ". ", "3", "—", "科", "laboratories"]), max_size=700)
)
def test_windows_hold_every_piece_once_and_in_order(tokenizer: Tokenizer, words: list[str]) -> None:
    text = " ".join(words)
    found = windows(tokenizer, text)
    assert [piece for window in found for piece in window.offsets] == tokenizer.encode(
        text, add_special_tokens=False
    ).offsets
    assert all(0 < len(window.ids) <= WINDOW for window in found)
    assert all(len(w.ids) == len(w.shapes) == len(w.offsets) for w in found)


def test_a_window_ends_with_a_sentence(tokenizer: Tokenizer) -> None:
    text = "The fund pays teachers well. " * 60
    assert all(text[w.offsets[-1][0]] == "." for w in windows(tokenizer, text))


@pytest.mark.parametrize(
    ("piece", "shape"), [("fund", 0), ("Fund", 1), ("A", 1), ("NDRC", 2), ("2030", 3), ("“", 4), ("iPad", 4)]
)
def test_case_reaches_the_network_beside_the_word(piece: str, shape: int) -> None:
    assert piece_shape(piece) == shape


@pytest.mark.parametrize("layer", LABELS)
def test_probabilities_of_labels_sum_to_one(encoder: Encoder, layer: str) -> None:
    rows = encoder.read(TEXT).label_probabilities(layer, [0, 4, 12], [3, 11, 16])
    assert rows.shape == (3, len(LABELS[layer]))
    assert rows.sum(axis=1) == pytest.approx(1, abs=1e-5)


def test_white_space_is_outside_of_everything(encoder: Encoder) -> None:
    rows = encoder.read(f"{TEXT}\n \n").label_probabilities("names", [len(TEXT)], [len(TEXT) + 3])
    assert rows[0, LABELS["names"].index("O")] == 1


def test_nothing_to_read(encoder: Encoder) -> None:
    reading = encoder.read("")
    assert reading.label_probabilities("names", [], []).shape == (0, len(LABELS["names"]))
    pair = SpanPair((0, 1), "Government", "mention", (2, 3), "Mechanism")
    assert reading.pair_probabilities([pair]).shape == (1, len(encoder.plan.predicates))


def test_a_name_is_seen_where_it_stands(encoder: Encoder) -> None:
    begin = TEXT.index("Harbour")
    rows = encoder.read(TEXT).label_probabilities("names", [begin], [begin + 7])
    assert LABELS["names"][int(rows[0].argmax())].startswith("B-")


def test_what_is_read_does_not_depend_on_what_was_read_before(encoder: Encoder) -> None:
    first = encoder.read(TEXT).label_probabilities("names", [4], [11])
    encoder.read("Something else entirely, and longer. " * 40)
    again = encoder.read(TEXT).label_probabilities("names", [4], [11])
    assert np.array_equal(first, again)


def test_pairs_have_a_probability_for_each_predicate(encoder: Encoder) -> None:
    reading = encoder.read(TEXT)
    council = (TEXT.index("Harbour"), TEXT.index(" will"))
    scheme = (TEXT.index("bursary"), TEXT.index(" for"))
    pairs = [
        SpanPair(council, "Government", "mention", scheme, "Mechanism"),
        SpanPair(council, "Government", "unspoken", scheme, "Mechanism"),
    ]
    rows = reading.pair_probabilities(pairs)
    assert rows.shape == (2, len(encoder.plan.predicates))
    assert rows.sum(axis=1) == pytest.approx(1, abs=1e-5)
    assert reading.pair_probabilities([]).shape == (0, len(encoder.plan.predicates))


@pytest.mark.parametrize(
    ("one", "other", "gap"), [((0, 2), (5, 7), (2, 5)), ((5, 7), (0, 2), (2, 5)), ((0, 4), (2, 6), (4, 2))]
)
def test_the_stretch_between_two_spans(
    one: tuple[int, int], other: tuple[int, int], gap: tuple[int, int]
) -> None:
    assert between(one, other) == gap


def test_the_plan_survives_writing(encoder: Encoder) -> None:
    assert parse_plan(format_plan(encoder.plan)) == encoder.plan
