"""Reading annotated documents: where mentions lie, and what is said of a file that is none."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from triplehelix.errors import DocumentError
from triplehelix.extract.gold import GoldDocument, read_gold

TEXT = "Harbour City funds schools. The Harbour City Bank funds schools too. Schools thank it.\n"


def entity(name: str, kind: str, *mentions: str | dict[str, Any]) -> dict[str, Any]:
    return {"id": name, "type": kind, "name": name, "mentions": list(mentions)}


def annotation(*entities: dict[str, Any], relations: tuple[dict[str, Any], ...] = ()) -> dict[str, Any]:
    return {"doc": "a.txt", "language": "en", "schema": 1, "entities": entities, "relations": relations}


def read(folder: Path, content: object) -> GoldDocument:
    (folder / "a.txt").write_text(TEXT, encoding="utf-8")
    (folder / "a.json").write_text(json.dumps(content), encoding="utf-8")
    [document] = read_gold(folder)
    return document


def spans(document: GoldDocument) -> list[tuple[str, str]]:
    return [(m.entity, document.text[m.begin : m.end]) for m in document.mentions]


def test_mentions_are_found_wherever_they_stand(tmp_path: Path) -> None:
    document = read(tmp_path, annotation(entity("S", "ActorGroup", "schools", "Schools")))
    assert spans(document) == [("S", "schools"), ("S", "schools"), ("S", "Schools")]


def test_a_mention_is_a_whole_word(tmp_path: Path) -> None:
    assert spans(read(tmp_path, annotation(entity("S", "ActorGroup", "school")))) == []


def test_the_longer_name_wins(tmp_path: Path) -> None:
    document = read(
        tmp_path,
        annotation(entity("C", "Region", "Harbour City"), entity("B", "Enterprise", "Harbour City Bank")),
    )
    assert spans(document) == [("C", "Harbour City"), ("B", "Harbour City Bank")]


def test_single_occurrences_may_be_chosen(tmp_path: Path) -> None:
    document = read(tmp_path, annotation(entity("S", "ActorGroup", {"text": "schools", "only": [2]})))
    assert [m.begin for m in document.mentions] == [TEXT.index("schools too")]


def test_a_relation_knows_where_its_sentence_begins(tmp_path: Path) -> None:
    relation = {
        "subject": "B",
        "predicate": "supports",
        "object": "S",
        "status": "established",
        "negated": True,
        "evidence": "The Harbour City Bank",
    }
    document = read(
        tmp_path,
        annotation(
            entity("B", "Enterprise", "Harbour City Bank"),
            entity("S", "ActorGroup", "schools"),
            relations=(relation,),
        ),
    )
    [found] = document.relations
    assert found.begin == TEXT.index("The Harbour")
    assert found.negated


@pytest.mark.parametrize(
    "content",
    [
        pytest.param([], id="a list"),
        pytest.param({}, id="empty"),
        pytest.param({**annotation(), "doc": "missing.txt"}, id="no text"),
        pytest.param({"doc": "a.txt", "entities": [{"id": "X"}], "relations": []}, id="no mentions"),
        pytest.param(annotation(relations=({"subject": "X"},)), id="half a relation"),
        pytest.param({"doc": "a.txt", "entities": None, "relations": []}, id="no entities"),
    ],
)
def test_a_wrong_file_is_named(content: object, tmp_path: Path) -> None:
    with pytest.raises(DocumentError, match=r"a\.json is not an annotated document"):
        read(tmp_path, content)


def test_no_json_is_named(tmp_path: Path) -> None:
    (tmp_path / "b.json").write_text("{", encoding="utf-8")
    with pytest.raises(DocumentError, match=r"b\.json is not an annotated document"):
        read_gold(tmp_path)


def test_an_empty_folder_is_named(tmp_path: Path) -> None:
    with pytest.raises(DocumentError, match="holds no annotated document"):
        read_gold(tmp_path)
