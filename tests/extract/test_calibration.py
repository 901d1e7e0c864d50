"""Scores become probabilities without changing their order."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from triplehelix.extract.calibration import Calibration, best_threshold, fit
from triplehelix.extract.models import load_models

SCORES = st.floats(0, 1, allow_nan=False)
JUDGED = st.lists(st.tuples(SCORES, st.booleans()), max_size=60)


@given(JUDGED, st.lists(SCORES, min_size=2))
def test_a_calibration_is_monotone_and_a_probability(
    judged: list[tuple[float, bool]], at: list[float]
) -> None:
    calibration = fit(judged)
    found = [calibration(score) for score in sorted(at)]
    assert all(0 <= p <= 1 for p in found)
    assert all(a <= b + 1e-9 for a, b in pairwise(found))


def test_nothing_to_learn_from_changes_nothing() -> None:
    assert fit([])(0.3) == 0.3
    assert Calibration(())(0.7) == 0.7


def test_between_points_it_is_linear_and_outside_flat() -> None:
    calibration = Calibration(((0.2, 0.1), (0.6, 0.5)))
    assert [round(calibration(score), 6) for score in (0.0, 0.2, 0.4, 0.6, 1.0)] == [0.1, 0.1, 0.3, 0.5, 0.5]


def test_scores_that_mean_nothing_get_the_base_rate() -> None:
    calibration = fit([(score / 100, score % 4 == 0) for score in range(100)])
    assert all(abs(calibration(score) - 0.25) < 0.15 for score in (0.1, 0.5, 0.9))


def test_the_best_threshold_parts_right_from_wrong() -> None:
    judged = [(0.9, True), (0.8, True), (0.7, True), (0.3, False), (0.2, False)]
    assert best_threshold(judged, 3) == 0.7


def test_the_best_threshold_keeps_what_is_worth_a_mistake() -> None:
    assert best_threshold([(0.9, False), (0.8, True), (0.7, True), (0.6, True)], 3) == 0.6


@given(JUDGED.filter(lambda judged: any(right for _, right in judged)))
def test_no_other_threshold_is_better(judged: list[tuple[float, bool]]) -> None:
    wanted = sum(right for _, right in judged)

    def f1(threshold: float) -> float:
        kept = [right for score, right in judged if score >= threshold]
        return 2 * sum(kept) / (len(kept) + wanted)

    # Ties may split at the threshold itself, so the scores just above it are not compared.
    distinct = {score for score, _ in judged}
    if len(distinct) == len(judged):
        best = f1(best_threshold(judged, wanted))
        assert all(f1(score) <= best + 1e-9 for score in distinct)


def test_what_ships_is_calibrated() -> None:
    settings = load_models("en").settings
    for calibration in (settings.mention_calibration, settings.relation_calibration):
        found = [calibration(score / 50) for score in range(51)]
        assert found == sorted(found)
        assert found[0] < 0.5 < found[-1] <= 1
    assert 0 < settings.relation_threshold < 1
    assert 0 < settings.mention_threshold < 1
