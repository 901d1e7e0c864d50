"""Scores that mean something: a monotone map from a model's score to the share of such findings that are right.

Fitted by isotonic regression (pool adjacent violators; Zadrozny & Elkan 2002) on findings in documents that the
model has not seen.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

KNOTS = 25


@dataclass(frozen=True, slots=True)
class Calibration:
    """Piecewise linear through `points`, pairs of (score, probability) in rising order; flat outside them."""

    points: tuple[tuple[float, float], ...]

    def __call__(self, score: float) -> float:
        """The probability for a score."""
        if not self.points:
            return score
        at = bisect_right([x for x, _ in self.points], score)
        if at == 0:
            return self.points[0][1]
        if at == len(self.points):
            return self.points[-1][1]
        (x0, y0), (x1, y1) = self.points[at - 1], self.points[at]
        return y0 + (y1 - y0) * (score - x0) / (x1 - x0)


def fit(scored: Iterable[tuple[float, bool]], knots: int = KNOTS) -> Calibration:
    """The calibration of (score, was right) pairs: bins from the top, pooled to be monotone.

    Each bin holds the same number of right findings, so that the map is fine where there is something to tell
    apart and coarse where nearly all is wrong.
    """
    ordered = sorted(scored, reverse=True)
    share = sum(right for _, right in ordered) / knots
    blocks: list[list[float]] = []  # [sum of scores, number right, number], falling scores
    current = [0.0, 0.0, 0.0]
    for number, (score, right) in enumerate(ordered, 1):
        current = [current[0] + score, current[1] + right, current[2] + 1]
        if current[1] >= share or number == len(ordered):
            blocks.append(current)
            current = [0.0, 0.0, 0.0]
            while len(blocks) > 1 and _rate(blocks[-1]) >= _rate(blocks[-2]):
                last = blocks.pop()
                blocks[-1] = [a + b for a, b in zip(blocks[-1], last, strict=True)]
    points = {round(total / n, 4): round(right / n, 4) for total, right, n in blocks}
    return Calibration(tuple(sorted(points.items())))


def best_threshold(scored: Sequence[tuple[float, bool]], wanted: int, *, tolerance: float = 0.0) -> float:
    """The score from which on findings are to be kept, `wanted` being all there is to find.

    Of the thresholds whose F1 is within `tolerance` of the best, the highest and so the most precise.
    """
    curve: list[tuple[float, float]] = []
    right = 0
    for kept, (score, correct) in enumerate(sorted(scored, reverse=True), 1):
        right += correct
        curve.append((2 * right / (kept + wanted), score))
    best = max((f1 for f1, _ in curve), default=0.0)
    return next((score for f1, score in curve if f1 >= best - tolerance), 0.0)


def _rate(block: Sequence[float]) -> float:
    return block[1] / block[2]
