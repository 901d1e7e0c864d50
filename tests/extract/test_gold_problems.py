"""What makes annotated documents useless as a measure is an error; what is merely odd is noted."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from triplehelix.errors import DocumentError
from triplehelix.extract.gold import read_gold
from triplehelix.extract.gold_problems import check_gold
from triplehelix.ontology import Ontology

TEXT = "Harbour City runs a Lantern Scheme.\n"
REGION = {"id": "R", "type": "Region", "name": "", "mentions": ["Harbour City"]}
SCHEME = {"id": "M", "type": "Mechanism", "name": "", "mentions": ["Lantern Scheme"]}
APPLIES = {
    "subject": "M",
    "predicate": "appliesIn",
    "object": "R",
    "status": "established",
    "evidence": "Harbour",
}


def check(folder: Path, ontology: Ontology, *entities: dict[str, Any], **changes: str) -> list[str]:
    content = {"doc": "a.txt", "entities": entities, "relations": [{**APPLIES, **changes}]}
    (folder / "a.txt").write_text(TEXT, encoding="utf-8")
    (folder / "a.json").write_text(json.dumps(content), encoding="utf-8")
    return check_gold(folder, read_gold(folder), ontology.schema)


def test_a_sound_document_has_no_problem(tmp_path: Path, ontology: Ontology) -> None:
    assert check(tmp_path, ontology, REGION, SCHEME) == []


@pytest.mark.parametrize(
    ("entities", "changes", "message"),
    [
        pytest.param((REGION, SCHEME), {"object": "Z"}, "'Z', which does not exist", id="unknown entity"),
        pytest.param((REGION, SCHEME), {"predicate": "loves"}, "'loves'", id="unknown predicate"),
        pytest.param((REGION, SCHEME), {"status": "maybe"}, "'maybe'; use proposed", id="unknown status"),
        pytest.param((REGION, {**SCHEME, "type": "Planet"}), {}, "'Planet'", id="unknown type"),
        pytest.param((REGION, SCHEME, SCHEME), {}, "'M' is used twice", id="one id twice"),
    ],
)
def test_an_error_names_the_file_and_what_is_wrong(
    entities: tuple[dict[str, Any], ...],
    changes: dict[str, str],
    message: str,
    tmp_path: Path,
    ontology: Ontology,
) -> None:
    with pytest.raises(DocumentError, match=r"a\.json") as caught:
        check(tmp_path, ontology, *entities, **changes)
    assert message in str(caught.value)


def test_a_mention_that_is_not_in_the_text_is_noted(tmp_path: Path, ontology: Ontology) -> None:
    [first, second] = check(tmp_path, ontology, REGION, {**SCHEME, "mentions": ["Candle Scheme"]})
    assert "'Candle Scheme' of 'M' is not in the text" in first
    assert "'M' has no mention left" in second
