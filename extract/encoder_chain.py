"""Label probabilities along a text when a label says what may come behind it: the marginals of a linear chain.

The scores of labels are the network's, those of two labels in a row are learned beside it (Collobert et al. 2011,
"Natural language processing (almost) from scratch"). Long spans of single characters hold together so.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]


def chain_marginals(scores: Floats, transitions: Floats, lengths: Sequence[int]) -> Floats:
    """Probabilities of labels, shape (pieces, labels), for chains of `lengths` pieces one behind the other.

    `transitions` has the score of a label (column) behind another (row). All chains are computed side by side.
    """
    longest, labels = max(lengths, default=0), scores.shape[1]
    inside = np.arange(longest)[:, None] < np.asarray(lengths, dtype=np.int64)
    padded = np.zeros((longest, len(lengths), labels))
    # Chains are columns, so that one step along all of them is one row.
    padded.transpose(1, 0, 2)[inside.T] = np.exp(scores - scores.max(axis=1, keepdims=True))
    steps = np.exp(transitions.astype(np.float64))
    ahead, behind = np.ones_like(padded), np.ones_like(padded)
    for i in range(longest):
        ahead[i] = _shares(padded[i] * (ahead[i - 1] @ steps if i else 1.0))
    for i in range(longest - 2, -1, -1):
        seen = _shares((padded[i + 1] * behind[i + 1]) @ steps.T)
        behind[i] = np.where(inside[i + 1][:, None], seen, 1.0)
    found: Floats = _shares(ahead * behind).transpose(1, 0, 2)[inside.T].astype(np.float32)
    return found


def _shares(values: NDArray[np.float64]) -> NDArray[np.float64]:
    totals = values.sum(axis=-1, keepdims=True)
    return values / np.where(totals > 0, totals, 1.0)
