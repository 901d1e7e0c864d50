"""Networks in four-bit blocks: what was packed comes back, and other files are refused."""

from __future__ import annotations

import struct
from pathlib import Path

import numpy as np
import pytest

from triplehelix.errors import TripleHelixError
from triplehelix.extract.encoder_blocks import BLOCK, BlockFile

PIECES = {"<s>": 0.0, "<pad>": 0.0, "</s>": 0.0, "<unk>": 0.0, "▁the": -3.5, "省": -7.25}
STEPS = np.arange(32) % 16 - 8
SCALES = np.array([0.5, 0.25])


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    blocks = np.zeros(2, dtype=BLOCK)
    blocks["scale"] = SCALES
    blocks["halves"] = (STEPS[:16] + 8) | (STEPS[16:] + 8) << 4
    plain = np.array([1.5, -2.0], dtype="<f4").tobytes()
    texts = [piece.encode() for piece in PIECES]
    offsets = np.cumsum([0, *map(len, texts)]).astype("<u4")
    head = b"E5S1" + struct.pack("<I7ifi", 1, 32, 2, 4, 64, len(PIECES), 16, 1, 1e-5, 32)
    head += struct.pack("<5iQ", len(PIECES), 0, 2, 1, 3, offsets[-1]) + offsets.tobytes()
    head += np.array(list(PIECES.values()), dtype="<f4").tobytes() + b"".join(texts)
    head += struct.pack("<iI", 1, 9) + struct.pack("<IBI", 0xFF21, 1, 0x41)
    names = ("word", "bias")
    begin = len(head) + 4 + sum(2 + len(name) + 1 + 4 + 16 for name in names)
    directory = struct.pack("<i", len(names))
    for name, packed, count, content in zip(names, (1, 0), (64, 2), (blocks.tobytes(), plain), strict=True):
        directory += struct.pack("<H", len(name)) + name.encode()
        directory += struct.pack("<BIQQ", packed, count, begin, len(content))
        begin += len(content)
    file = tmp_path_factory.mktemp("blocks") / "small.bin"
    file.write_bytes(head + directory + blocks.tobytes() + plain)
    return file


def test_the_vocabulary_is_read_with_its_scores_and_marks(path: Path) -> None:
    source = BlockFile(path)
    assert dict(zip(source.pieces, source.scores.tolist(), strict=True)) == PIECES
    marks = source.first, source.padding, source.last, source.unknown
    assert [source.pieces[number] for number in marks] == ["<s>", "<pad>", "</s>", "<unk>"]


def test_sizes_are_read(path: Path) -> None:
    shape = BlockFile(path).shape
    assert (shape.width, shape.layers, shape.heads, shape.positions) == (32, 2, 4, 16)


def test_packed_rows_are_steps_times_the_scale_of_their_block(path: Path) -> None:
    assert np.array_equal(BlockFile(path).matrix("word", 32), STEPS * SCALES[:, None])


def test_plain_tensors_are_read_as_they_are(path: Path) -> None:
    assert BlockFile(path).tensor("bias").tolist() == [1.5, -2.0]


def test_another_kind_of_file_is_refused_by_name(tmp_path: Path) -> None:
    other = tmp_path / "other.bin"
    other.write_bytes(b"something else entirely")
    with pytest.raises(TripleHelixError, match=r"other\.bin"):
        BlockFile(other)
