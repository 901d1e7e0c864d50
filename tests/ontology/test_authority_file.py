"""The authority file: the data hold what they promise, the reader refuses what is wrong, names are found."""

from __future__ import annotations

from collections.abc import Callable
from importlib.resources import files
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from triplehelix.errors import OntologyError
from triplehelix.ontology.authority_file import AuthorityFile, fold, load_authority
from triplehelix.ontology.authority_table import COLUMNS, read_table
from triplehelix.ontology.vocabulary import Schema, load_schema

TABLES = sorted(
    table.name
    for table in files("triplehelix.ontology").joinpath("authority").iterdir()
    if table.name.endswith(".tsv")
)
SHARE_ALIKE = ("dr5hn", "ODbL", "CC BY-SA", "CC-BY-SA")
WAYS_OF_GETTING_ROWS_WRONG = {
    "an unknown class": ("lab-a\tCastle\tCastle A", "line 2: lab-a: no class is called 'Castle'"),
    "no label": ("lab-a\tLaboratory", "line 2: lab-a: it has no label"),
    "a parent in no table": (
        "lab-a\tLaboratory\tLaboratory A\t\t\t\t\t\t\tlab-none",
        "line 2: lab-a: it is part of lab-none",
    ),
    "a label twice": ("lab-a\tLaboratory\tLab A\tLab A", "line 2: the label 'Lab A' of lab-a is there twice"),
    "context that is no label": (
        "lab-a\tLaboratory\tLab A\t\t\t\t\t\tLab B",
        "line 2: 'Lab B' in `context` is no label of lab-a",
    ),
    "stray space": ("lab-a\tLaboratory\tLab A ", "line 2: stray white space"),
    "a double space": ("lab-a\tLaboratory\tLab  A", "line 2: stray white space"),
    "an empty value": ("lab-a\tLaboratory\tLab A\tLab|", "line 2: an empty value beside a |"),
    "a malformed key": ("Lab A\tLaboratory\tLab A", "line 2: the key 'Lab A' must be lower-case"),
    "an identifier without a scheme": (
        "lab-a\tLaboratory\tLab A\t\t\t\t\t\t\t\t05abc",
        "line 2: write each identifier of lab-a as scheme:value",
    ),
    "a mechanism type of no mechanism": (
        "lab-a\tLaboratory\tLab A\t\t\t\t\t\t\t\t\tfund",
        "line 2: lab-a: 'fund' is no mechanism type for it",
    ),
    "an unknown mechanism type": (
        "mech-a\tFund\tFund A\t\t\t\t\t\t\t\t\tluck",
        "line 2: mech-a: 'luck' is no mechanism type for it",
    ),
    "another core class for a known key": ("act-moe\tRegion\tMOE Land", "line 2: act-moe: it is a Ministry"),
}

WriteTable = Callable[..., Path]


@pytest.fixture(scope="module")
def schema() -> Schema:
    return load_schema()


@pytest.fixture(scope="module")
def authority(schema: Schema) -> AuthorityFile:
    return load_authority(schema)


@pytest.fixture
def write_table(tmp_path: Path) -> WriteTable:
    def write(*rows: str, name: str = "own.tsv") -> Path:
        lines = [row + "\t" * (len(COLUMNS) - 1 - row.count("\t")) for row in rows]
        path = tmp_path / name
        path.write_text("\n".join(["\t".join(COLUMNS), *lines, ""]), encoding="utf-8")
        return path

    return write


def keys(authority: AuthorityFile, surface: str, language: str = "en") -> list[str]:
    return [entry.key for entry in authority.candidates(surface, language)]


# The data


@pytest.mark.parametrize("table", TABLES)
def test_shipped_tables_are_sorted_unique_and_clean(table: str) -> None:
    text = files("triplehelix.ontology").joinpath("authority", table).read_text(encoding="utf-8")
    assert read_table(text, f"ontology/authority/{table}")


@pytest.mark.parametrize("table", TABLES)
def test_every_row_names_its_source_and_none_is_share_alike(table: str) -> None:
    text = files("triplehelix.ontology").joinpath("authority", table).read_text(encoding="utf-8")
    for entry in read_table(text, table):
        assert entry.source, f"{table}: {entry.key} needs a source"
    assert not [term for term in SHARE_ALIKE if term.casefold() in text.casefold()]


def test_what_is_expected_is_there(authority: AuthorityFile) -> None:
    classes = [entry.cls for entry in authority.entries.values()]
    assert classes.count("Ministry") >= 20
    assert classes.count("UndergraduateUniversity") >= 1200
    assert classes.count("VocationalCollege") >= 1500
    assert classes.count("KeyLaboratory") >= 300
    assert classes.count("City") >= 333
    assert classes.count("Field") >= 300
    assert (
        sum(entry.cls == "Province" and entry.key.startswith("cn-") for entry in authority.entries.values())
        == 32
    )


def test_regions_of_no_permissive_source_carry_no_wikidata_id(authority: AuthorityFile) -> None:
    regions = [entry for entry in authority.entries.values() if entry.key.startswith("cn-")]
    assert not [entry.key for entry in regions for same in entry.same_as if "wikidata" in same]


def test_a_generated_english_name_is_hidden_and_needs_context(authority: AuthorityFile) -> None:
    generated = [
        label
        for entry in authority.entries.values()
        if entry.cls == "VocationalCollege" and not authority.label(entry.key, "en")
        for label in entry.labels
        if label.language == "en"
    ]
    assert len(generated) > 1000
    assert all(label.kind == "hidden" and label.contextual for label in generated)


def test_one_character_chinese_names_need_context(authority: AuthorityFile) -> None:
    short = [s for s, _, contextual in authority.surfaces("zh") if len(s) == 1 and not contextual]
    assert not short


def test_nothing_is_part_of_itself(authority: AuthorityFile) -> None:
    for key in authority.entries:
        above, seen = list(authority.entries[key].part_of), set()
        while above:
            parent = above.pop()
            assert parent != key, f"{key} is part of itself by way of {sorted(seen)}"
            if parent not in seen:
                seen.add(parent)
                above += authority.entries[parent].part_of


def test_every_mechanism_has_a_mechanism_type(authority: AuthorityFile, schema: Schema) -> None:
    without = [
        entry.key
        for entry in authority.entries.values()
        if schema.core_of(entry.cls) == "Mechanism" and entry.mechanism_type not in schema.mechanism_groups
    ]
    assert not without


def test_names_on_sight_are_shared_by_namesakes_alone(authority: AuthorityFile, schema: Schema) -> None:
    shared = {
        surface: owners
        for language in ("en", "zh")
        for surface, owners, contextual in authority.surfaces(language)
        if len(owners) > 1 and not contextual
    }
    for surface, owners in shared.items():
        cores = {schema.core_of(authority.entries[key].cls) for key in owners}
        assert len(cores) == 1, f"{surface} names {owners}: mark it contextual in all but one"


def test_ordinary_words_need_context(authority: AuthorityFile) -> None:
    contextual = {fold(surface): needs for surface, _, needs in authority.surfaces("en")}
    for word in (
        "Education Bureau",
        "Party",
        "central government",
        "education",
        "Chief Executive",
        "Georgia",
        "universities",
    ):
        assert contextual[fold(word)], word
    for word in ("opinions", "guidelines", "subsidies", "open competition", "the State", "Government"):
        assert contextual.get(fold(word), True), word


# Folding


@given(st.text(max_size=40))
def test_folding_twice_changes_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(st.text(max_size=40))
def test_case_does_not_count(text: str) -> None:
    assert fold(text.casefold()) == fold(text)


@given(st.lists(st.from_regex(r"[A-Za-z]{2,8}", fullmatch=True), min_size=2, max_size=5))
def test_hyphens_dashes_and_spaces_do_not_count(words: list[str]) -> None:
    assert len({fold(joint.join(words)) for joint in (" ", "-", "–", "\u2011", "  ", "\u00a0")}) == 1


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Xi'an", "Xi’an"),
        ("Xi'an", "XIAN"),
        ("the People's Bank of China", "People’s Bank of China"),
        ("Science & Technology Commission", "Science and Technology Commission"),
        ("ＡＩ", "AI"),
        ("香港城市大学（东莞）", "香港城市大学(东莞)"),
        ("“双一流”建设", "双一流 建设"),
        ("长三角 G60 科创走廊", "长三角G60科创走廊"),
    ],
)
def test_ways_of_writing_one_name_fold_together(one: str, other: str) -> None:
    assert fold(one) == fold(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Shaanxi", "Shanxi"),
        ("Hebei", "Hubei"),
        ("Macao", "Macau"),
        ("centre", "center"),
        ("U.S.", "us"),
        ("an", ""),
    ],
)
def test_letters_always_count(one: str, other: str) -> None:
    assert fold(one) != fold(other)


# Looking up


def test_a_name_with_one_owner_is_found_whatever_its_case(authority: AuthorityFile) -> None:
    assert keys(authority, "the MINISTRY of Education") == ["act-moe"]
    assert keys(authority, "教育部", "zh") == ["act-moe"]
    assert keys(authority, "教育部", "en") == []
    assert keys(authority, "Ministry of Silly Walks") == []
    assert keys(authority, "…") == []


def test_the_label_of_an_entry_is_its_preferred_one(authority: AuthorityFile) -> None:
    assert authority.label("act-moe", "en") == "Ministry of Education"
    assert authority.label("act-moe", "zh") == "教育部"
    assert authority.label("act-moe", "fr") is None
    assert authority.label("no-such-key", "en") is None


def test_identifiers_are_kept_and_linked(authority: AuthorityFile) -> None:
    tsinghua = authority.entries["uni-tsinghua-university"]
    assert "https://ror.org/03cve4549" in tsinghua.same_as
    assert "ror:03cve4549" in tsinghua.identifiers


def test_an_owner_on_sight_comes_before_one_in_context(schema: Schema, write_table: WriteTable) -> None:
    layer = write_table("lab-cas\tLaboratory\tCatalysis and Surfaces\tCAS\t\t\t\t\tCAS")
    authority = load_authority(schema, [layer])
    assert keys(authority, "CAS") == ["act-cas", "lab-cas"]
    surfaces = {surface: (owners, contextual) for surface, owners, contextual in authority.surfaces("en")}
    assert surfaces["CAS"] == (("act-cas",), False)


# A user's layer, and what is refused


def test_a_table_adds_entries_and_names(schema: Schema, write_table: WriteTable) -> None:
    layer = write_table(
        "lab-mistral\tLaboratory\tMistral Laboratory\t\t\t西北风实验室\t\t\t\tcn-gd\tror:00aaaaa00",
        "act-moe\t\t\tEducation Ministry of China",
    )
    authority = load_authority(schema, [layer])
    assert keys(authority, "mistral laboratory") == ["lab-mistral"]
    assert authority.entries["lab-mistral"].same_as == ("https://ror.org/00aaaaa00",)
    assert keys(authority, "Education Ministry of China") == ["act-moe"]
    assert authority.label("act-moe", "en") == "Ministry of Education"


def test_turtle_adds_entries_and_names(schema: Schema, tmp_path: Path) -> None:
    layer = tmp_path / "own.ttl"
    layer.write_text(
        """
        @prefix id: <https://w3id.org/triplehelix/id/> .
        @prefix skos: <http://www.w3.org/2004/02/skos/core#> .
        @prefix th: <https://w3id.org/triplehelix/ontology#> .
        id:lab-mistral a th:Laboratory ;
            skos:prefLabel "Mistral Laboratory"@en , "西北风实验室"@zh ;
            skos:hiddenLabel "Mistral Labratory"@en ;
            skos:exactMatch <https://ror.org/00aaaaa00> ;
            th:partOf id:cn-gd .
        id:mech-seedcorn a th:Fund ; th:mechanismType th:mechanism-fund ; skos:prefLabel "Seedcorn"@en .
        id:act-moe skos:altLabel "Education Ministry of China"@en .
        """,
        encoding="utf-8",
    )
    authority = load_authority(schema, [layer])
    assert keys(authority, "Mistral Labratory") == keys(authority, "西北风实验室", "zh") == ["lab-mistral"]
    assert authority.entries["lab-mistral"].part_of == ("cn-gd",)
    assert authority.entries["lab-mistral"].identifiers == ("ror:00aaaaa00",)
    assert authority.entries["mech-seedcorn"].mechanism_type == "fund"
    assert keys(authority, "Education Ministry of China") == ["act-moe"]


@pytest.mark.parametrize(
    ("triples", "message"),
    [
        ('id:lab-a a th:Laboratory ; skos:prefLabel "Lab A" .', "line 5: a label has no language"),
        (
            'id:lab-a a th:Laboratory , th:Fund ; skos:prefLabel "Lab A"@en .',
            "line 5: Fund and Laboratory at once",
        ),
        (
            '<http://x.org/a> a th:Laboratory ; skos:prefLabel "Lab A"@en .',
            "line 5: <http://x.org/a> is a Laboratory",
        ),
        (
            'id:lab-a a th:Laboratory ; skos:prefLabel "Lab A"@en ; th:partOf id:lab-none .',
            "line 5: lab-a: it is part of lab-none",
        ),
        ('id:lab-a skos:prefLabel "Lab A"@en', "line "),
    ],
    ids=["no language", "two classes", "foreign name", "unknown parent", "broken Turtle"],
)
def test_wrong_turtle_is_refused_with_its_line(
    schema: Schema, tmp_path: Path, triples: str, message: str
) -> None:
    layer = tmp_path / "own.ttl"
    layer.write_text(
        "@prefix id: <https://w3id.org/triplehelix/id/> .\n"
        "@prefix skos: <http://www.w3.org/2004/02/skos/core#> .\n"
        "@prefix th: <https://w3id.org/triplehelix/ontology#> .\n\n" + triples + "\n",
        encoding="utf-8",
    )
    with pytest.raises(OntologyError) as caught:
        load_authority(schema, [layer])
    assert str(layer) in str(caught.value)
    assert message in str(caught.value)


@pytest.mark.parametrize("case", WAYS_OF_GETTING_ROWS_WRONG)
def test_a_wrong_row_is_refused_with_its_line(schema: Schema, write_table: WriteTable, case: str) -> None:
    row, message = WAYS_OF_GETTING_ROWS_WRONG[case]
    layer = write_table(row)
    with pytest.raises(OntologyError) as caught:
        load_authority(schema, [layer])
    assert f"{layer}, {message}" in str(caught.value)


def test_a_table_with_other_columns_is_refused(schema: Schema, tmp_path: Path) -> None:
    layer = tmp_path / "own.tsv"
    layer.write_text("key\tname\nlab-a\tLab A\n", encoding="utf-8")
    with pytest.raises(OntologyError, match=r"line 1: the first line must name the columns key class en"):
        load_authority(schema, [layer])


def test_unsorted_rows_are_refused_with_the_command_that_sorts_them(write_table: WriteTable) -> None:
    path = write_table("lab-b\tLaboratory\tLab B", "lab-a\tLaboratory\tLab A")
    with pytest.raises(
        OntologyError, match=r"line 3: lab-a must stand above lab-b; sort the rows: .*LC_ALL=C sort"
    ):
        read_table(path.read_text(encoding="utf-8"), str(path))


def test_a_key_twice_is_refused(write_table: WriteTable) -> None:
    path = write_table("lab-a\tLaboratory\tLab A", "lab-a\tLaboratory\tLab A")
    with pytest.raises(OntologyError, match="line 3: the key lab-a is there twice"):
        read_table(path.read_text(encoding="utf-8"), str(path))
