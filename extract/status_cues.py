"""The words by which English says that something is proposed, planned, under way or denied (`data/status.en.yaml`)."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib.resources import files

import yaml

from ..errors import OntologyError

FILE = "data/status.en.yaml"
STATUSES = ("proposed", "planned", "ongoing", "established")


@cache
def status_cues() -> Mapping[str, Mapping[str, str]]:
    """Cue lists by kind ("auxiliary", "verb", "adjective", "negation" …): cue -> status."""
    return parse_cues((files(__package__) / FILE).read_text(encoding="utf-8"), FILE)


def parse_cues(text: str, name: str) -> Mapping[str, Mapping[str, str]]:
    """Read the cue file; raises `OntologyError` where a status is unknown or a cue is given two."""
    raw = yaml.safe_load(text)
    cues: dict[str, dict[str, str]] = {}
    for kind, groups in raw.items():
        table = cues.setdefault(kind, {})
        for status, words in groups.items():
            if status not in (*STATUSES, "negation", "pseudo"):
                raise OntologyError(f"{name}: {kind} names the unknown status {status!r}; use {STATUSES}.")
            for word in words:
                if table.setdefault(word, status) != status:
                    raise OntologyError(f"{name}: the {kind} cue {word!r} has two statuses; keep one.")
    return cues
