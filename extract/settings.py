"""Numbers that belong to trained models: calibrations and thresholds, kept beside them as JSON."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

from ..errors import OntologyError
from .calibration import Calibration


@dataclass(frozen=True, slots=True)
class ModelSettings:
    """How the scores of one set of models are to be read.

    Mentions at or above `mention_threshold` are kept for themselves, those below only when a relation needs
    them; relations below `relation_threshold` are dropped. Thresholds are on raw scores;
    `mention_calibration` and `relation_calibration` turn raw scores into confidences.
    """

    mention_threshold: float
    relation_threshold: float
    mention_calibration: Calibration
    relation_calibration: Calibration


def write_settings(settings: ModelSettings, path: Path) -> None:
    """Write settings as readable JSON."""
    content = {
        "mention_threshold": settings.mention_threshold,
        "relation_threshold": settings.relation_threshold,
        "mention_calibration": settings.mention_calibration.points,
        "relation_calibration": settings.relation_calibration.points,
    }
    path.write_text(json.dumps(content, indent=1) + "\n", encoding="utf-8", newline="\n")


def parse_settings(text: str, name: str) -> ModelSettings:
    """Read settings; raises `OntologyError` that names the file."""
    try:
        raw = json.loads(text)
        return ModelSettings(
            float(raw["mention_threshold"]),
            float(raw["relation_threshold"]),
            Calibration(tuple((float(x), float(y)) for x, y in raw["mention_calibration"])),
            Calibration(tuple((float(x), float(y)) for x, y in raw["relation_calibration"])),
        )
    except (ValueError, KeyError, TypeError) as error:
        raise OntologyError(
            f"{name} does not hold the settings of trained models: {error}; train again."
        ) from None
