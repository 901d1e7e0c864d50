"""CRFsuite's model files with weights of fewer digits: half the packed size, and the same decisions.

The layout is that of CRFsuite 0.12 (`crf1d_model.c`): a header of twelve words, then chunks; in the one called FEAT
each feature has three numbers of four bytes and its weight as a double.
"""

from __future__ import annotations

import struct

import numpy as np

HEADER = struct.Struct("<4s4x4s8I")
CHUNK = struct.Struct("<4sII")
FEATURE = np.dtype([("kind", "<u4"), ("source", "<u4"), ("target", "<u4"), ("weight", "<u8")])
KEPT_BITS = 10
"""Binary digits of a weight that are kept, of 52: a thousandth of it is lost at most."""


def with_coarse_weights(content: bytes) -> bytes:
    """A model file with each weight rounded to `KEPT_BITS` binary digits.

    Raises `ValueError` for what is no model of CRFsuite.
    """
    if not content.startswith(b"lCRF"):
        raise ValueError("not a model file of CRFsuite")
    offset = HEADER.unpack_from(content)[6]
    _, _, count = CHUNK.unpack_from(content, offset)
    changed = bytearray(content)
    features = np.frombuffer(changed, FEATURE, count, offset + CHUNK.size)
    half = np.uint64(1 << (51 - KEPT_BITS))
    mask = ~np.uint64((1 << (52 - KEPT_BITS)) - 1)
    features["weight"] = (features["weight"] + half) & mask
    return bytes(changed)
