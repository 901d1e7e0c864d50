"""Model files with weights of fewer digits say the same."""

from __future__ import annotations

import pycrfsuite
import pytest

from triplehelix.extract.crf_files import with_coarse_weights

ROWS = [["w=open", "w=fund"], ["w=close", "w=fund"], ["w=open", "w=road"], ["w=mend", "w=road"]]
LABELS = ["yes", "no", "yes", "no"]


@pytest.fixture(scope="module")
def content(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    path = tmp_path_factory.mktemp("crf") / "model"
    trainer = pycrfsuite.Trainer(verbose=False)
    trainer.set_params({"c2": 0.1, "max_iterations": 40})
    for row, label in zip(ROWS, LABELS, strict=True):
        trainer.append([row], [label])
    trainer.train(str(path))
    return path.read_bytes()


def probabilities(content: bytes) -> list[float]:
    tagger = pycrfsuite.Tagger()
    tagger.open_inmemory(content)
    found = []
    for row in ROWS:
        tagger.set([row])
        found.append(tagger.marginal("yes", 0))
    return found


def test_probabilities_stay(content: bytes) -> None:
    coarse = with_coarse_weights(content)
    assert coarse != content and len(coarse) == len(content)
    assert probabilities(coarse) == pytest.approx(probabilities(content), abs=2e-3)


def test_rounding_twice_changes_nothing(content: bytes) -> None:
    once = with_coarse_weights(content)
    assert with_coarse_weights(once) == once


def test_other_files_are_refused() -> None:
    with pytest.raises(ValueError, match="CRFsuite"):
        with_coarse_weights(b"no model at all" * 20)
