"""`merges.tsv`: what a user decides to be one, and what is wrong with a line of it."""

from __future__ import annotations

from pathlib import Path

import pytest

from triplehelix.errors import OntologyError
from triplehelix.ontology import Ontology, load_ontology
from triplehelix.ontology.merges import load_merges, parse_merges
from triplehelix.ontology.namespaces import DEFAULT_BASE

HEADER = "entity\tsame_as\ttype\tnote\n"


@pytest.fixture(scope="module")
def shipped() -> Ontology:
    return load_ontology()


def test_a_layer_holds_merges_beside_its_tables(tmp_path: Path) -> None:
    (tmp_path / "merges.tsv").write_text(
        f"{HEADER}# the pilots\n江湖试点@zh\tRiver pilot@en\tMechanism\tthe same pilot\n"
        f"\nministry-of-education-cn\t{DEFAULT_BASE}en/government/ministry-0123abcd\n".replace(
            "ministry-of-education-cn", _key()
        ),
        encoding="utf-8",
    )
    ontology = load_ontology(tmp_path)
    first, second = ontology.merges
    assert (first.entity.name, first.entity.language, first.same_as.name) == ("江湖试点", "zh", "River pilot")
    assert first.where == f"{tmp_path / 'merges.tsv'}, line 3"
    assert (second.entity.key, second.same_as.iri[-8:]) == (_key(), "0123abcd")
    assert ontology.fingerprint != load_ontology().fingerprint


def _key() -> str:
    return next(e.key for e in load_ontology().authority.candidates("教育部", "zh") if e.cls == "Ministry")


def test_a_name_of_the_authority_file_stands_for_its_entry(shipped: Ontology) -> None:
    (merge,) = parse_merges(
        f"{HEADER}教育部@zh\tEducation board@en\tGovernment\t\n", "m", shipped.schema, shipped.authority
    )
    assert merge.entity.key == _key()


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("江湖试点@zh\tRiver pilot@en\tMechanismus\t", "'Mechanismus' is no core class; use one of ActorGroup"),
        ("江湖试点@zh\tRiver pilot@en\t\t", "江湖试点@zh needs a type; write a core class such as Mechanism"),
        ("江湖试点\tRiver pilot@en\tMechanism\t", "'江湖试点' is no key of the authority file; write a key, a name"),
        ("江湖试点@ja\tRiver pilot@en\tMechanism\t", "'ja' is no language of names; write @en or @zh"),
        ("江湖试点@zh\t江湖试点@zh\tMechanism\t", "江湖试点@zh is 江湖试点@zh already; remove the line"),
        ("江湖试点@zh", "1 cells, not 4; part them by single tabs"),
        ("教育部@zh\tTsinghua University@en\tGovernment\t", ""),
    ],
)  # fmt: skip
def test_a_wrong_line_is_told_with_its_number(shipped: Ontology, line: str, message: str) -> None:
    text = f"{HEADER}溪流试点@zh\tBrook pilot@en\tMechanism\t\n{line}\n"
    if not message:
        assert len(list(parse_merges(text, "m.tsv", shipped.schema, shipped.authority))) == 2
        return
    with pytest.raises(OntologyError) as error:
        list(parse_merges(text, "m.tsv", shipped.schema, shipped.authority))
    assert str(error.value).startswith("m.tsv, line 3: ") and message in str(error.value)


def test_the_header_names_the_columns(shipped: Ontology) -> None:
    with pytest.raises(
        OntologyError, match=r"^m\.tsv, line 1: the first line must name the columns entity same_as"
    ):
        list(parse_merges("a\tb\n", "m.tsv", shipped.schema, shipped.authority))


def test_entries_that_the_authority_file_tells_apart_stay_apart(tmp_path: Path, shipped: Ontology) -> None:
    path = tmp_path / "merges.tsv"
    path.write_text(
        f"{HEADER}山西@zh\tthe province@en\tRegion\t\nthe province@en\t陕西@zh\tRegion\t\n", encoding="utf-8"
    )
    with pytest.raises(
        OntologyError, match=r"merges\.tsv, line 3: this makes .* and .* one, which the authority"
    ):
        load_merges([path], shipped.schema, shipped.authority)
