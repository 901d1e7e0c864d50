"""Scores that mean something: a monotone map from a model's score to the share of such findings that are right.

Fitted by isotonic regression (pool adjacent violators; Zadrozny & Elkan 2002) on findings in documents that the
model has not seen.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

KNOTS = 12


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
    """The calibration of (score, was right) pairs: means of `knots` equal bins, pooled to be monotone."""
    ordered = sorted(scored)
    if not ordered:
        return Calibration(())
    size = max(1, len(ordered) // knots)
    bins = [ordered[i : i + size] for i in range(0, len(ordered), size)]
    blocks: list[list[float]] = []  # [sum of scores, number right, number]
    for part in bins:
        blocks.append([sum(s for s, _ in part), float(sum(r for _, r in part)), float(len(part))])
        while len(blocks) > 1 and _rate(blocks[-2]) >= _rate(blocks[-1]):
            last = blocks.pop()
            blocks[-1] = [a + b for a, b in zip(blocks[-1], last, strict=True)]
    points = {round(total / n, 4): round(right / n, 4) for total, right, n in blocks}
    return Calibration(tuple(sorted(points.items())))


def best_threshold(scored: Sequence[tuple[float, bool]], wanted: int) -> float:
    """The score from which on findings are to be kept for the highest F1, `wanted` being all there is to find."""
    right, best, threshold = 0, 0.0, 0.0
    for kept, (score, correct) in enumerate(sorted(scored, reverse=True), 1):
        right += correct
        f1 = 2 * right / (kept + wanted)
        if f1 > best:
            best, threshold = f1, score
    return threshold


def _rate(block: Sequence[float]) -> float:
    return block[1] / block[2]
