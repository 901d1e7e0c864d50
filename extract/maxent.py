"""A multinomial logistic regression over string features.

A linear-chain CRF over sequences of length one is exactly that model, so CRFsuite serves for it too and the
package needs one learner only.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

import pycrfsuite

from .crf_files import with_coarse_weights
from .packed import read_packed, write_packed


class Classifier:
    """A trained model that gives a probability to each of its labels."""

    def __init__(self, path: Path) -> None:
        self._crf = pycrfsuite.Tagger()
        # The tagger does not keep what it reads from.
        self._content = read_packed(path)
        self._crf.open_inmemory(self._content)
        self.labels: tuple[str, ...] = tuple(self._crf.labels())

    def probabilities(self, features: Sequence[str]) -> Mapping[str, float]:
        """Label -> probability; they sum to one."""
        self._crf.set([features])
        return {label: self._crf.marginal(label, 0) for label in self.labels}


def train_sequences(
    path: Path,
    sequences: Iterable[tuple[Sequence[Sequence[str]], Sequence[str]]],
    *,
    l2: float,
    iterations: int,
    l1: float = 0.0,
    minimum: int = 1,
) -> None:
    """Fit a CRF to (rows of features, labels) by L-BFGS and write it packed to `path`; deterministic.

    With `l1` above zero (OWL-QN, Andrew & Gao 2007) most weights become zero and the file is small.
    """
    trainer = pycrfsuite.Trainer(verbose=False)
    trainer.set_params(
        {
            "c1": l1,
            "c2": l2,
            "max_iterations": iterations,
            "feature.possible_transitions": True,
            "feature.minfreq": minimum,
        }
    )
    for rows, labels in sequences:
        if rows:
            trainer.append(rows, labels)
    with TemporaryDirectory() as folder:
        plain = Path(folder) / "model.crfsuite"
        trainer.train(str(plain))
        write_packed(path, with_coarse_weights(plain.read_bytes()))
