"""Which mentions are one thing, and which only look alike."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from spacy.language import Language

from triplehelix.extract.annotations import AnnotatedDocument, Entity
from triplehelix.extract.coreference import resolve
from triplehelix.extract.mention_spans import MentionSpan
from triplehelix.ontology import Ontology

Annotate = Callable[[str], AnnotatedDocument]


def entity_of(annotated: AnnotatedDocument, surface: str, occurrence: int = 1) -> Entity:
    """The entity that the nth mention spelt `surface` refers to."""
    mentions = [m for m in annotated.mentions if m.text == surface]
    assert len(mentions) >= occurrence, [m.text for m in annotated.mentions]
    return next(e for e in annotated.entities if e.id == mentions[occurrence - 1].entity)


def test_an_abbreviation_in_brackets_is_the_body_before_it(annotate: Annotate) -> None:
    text = "The Low-altitude Flight Office (LAFO) runs a testbed programme. LAFO will widen it."
    annotated = annotate(text)
    office = entity_of(annotated, "Low-altitude Flight Office")
    assert entity_of(annotated, "LAFO", 1) == entity_of(annotated, "LAFO", 2) == office
    assert {m.text for m in annotated.mentions if m.entity == office.id} == {
        "Low-altitude Flight Office",
        "LAFO",
    }


def test_letters_that_do_not_spell_the_name_are_no_abbreviation(annotate: Annotate) -> None:
    annotated = annotate("Northlake University (QXZ) opened a school. QXZ hired staff.")
    assert "QXZ" not in {
        m.text for m in annotated.mentions if m.entity == entity_of(annotated, "Northlake University").id
    }


def test_the_ministry_is_the_one_last_named(annotate: Annotate) -> None:
    annotated = annotate(
        "The Ministry of Education launched a talent programme. The Ministry will widen the programme."
    )
    assert entity_of(annotated, "Ministry").key == "act-moe"


def test_the_ministry_changes_with_the_text(annotate: Annotate) -> None:
    annotated = annotate(
        "The Ministry of Education launched a talent programme. The Ministry will widen the programme. "
        "The Ministry of Finance launched a seed fund. The Ministry will widen the fund."
    )
    assert entity_of(annotated, "Ministry", 1).key == "act-moe"
    assert entity_of(annotated, "Ministry", 2).key == "act-mof"


def test_case_does_not_part_a_name(annotate: Annotate) -> None:
    annotated = annotate(
        "The Ministry of Education launched a talent programme. The ministry of education will widen it."
    )
    assert entity_of(annotated, "Ministry of Education") == entity_of(annotated, "ministry of education")


def test_an_acronym_is_its_authority_entry(annotate: Annotate) -> None:
    annotated = annotate(
        "The Ministry of Science and Technology launched a talent programme. Most firms wrote to MOST."
    )
    assert entity_of(annotated, "MOST") == entity_of(annotated, "Ministry of Science and Technology")
    assert "Most" not in {m.text for m in annotated.mentions}


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Shaanxi", "Shanxi"),
        ("Hebei", "Hubei"),
        ("Henan", "Hunan"),
        ("Guangdong", "Guangxi"),
        ("Jiangsu", "Jiangxi"),
        ("Wuhan", "Wuhu"),
    ],
)
def test_places_one_letter_apart_stay_two(one: str, other: str, annotate: Annotate) -> None:
    annotated = annotate(f"{one} launched a talent programme. {other} launched a seed fund.")
    first, second = entity_of(annotated, one), entity_of(annotated, other)
    assert first.key
    assert second.key
    assert first.key != second.key


@pytest.mark.parametrize("name", ["Suzhou", "Fuzhou", "Taizhou", "Yichun"])
def test_a_name_of_two_places_stays_unlinked_and_is_reported(name: str, annotate: Annotate) -> None:
    annotated = annotate(f"{name} launched a talent programme for young engineers.")
    assert entity_of(annotated, name).key is None
    [report] = [u for u in annotated.unlinked if u.text == name]
    assert len(report.candidates) == 2
    assert annotated.document.text[report.begin : report.end] == name


@pytest.mark.parametrize(
    ("province", "key"), [("Jiangsu", "cn-js-suzhou"), ("Anhui", "cn-ah-suzhou")], ids=["Jiangsu", "Anhui"]
)
def test_a_province_named_beside_it_decides(province: str, key: str, annotate: Annotate) -> None:
    annotated = annotate(f"Suzhou launched a talent programme. {province} supports the programme.")
    assert entity_of(annotated, "Suzhou").key == key
    assert not [u for u in annotated.unlinked if u.text == "Suzhou"]


def test_both_provinces_decide_nothing(annotate: Annotate) -> None:
    annotated = annotate("Suzhou launched a talent programme. Jiangsu and Anhui support the programme.")
    assert entity_of(annotated, "Suzhou").key is None


def test_similar_new_names_are_never_merged(annotate: Annotate) -> None:
    annotated = annotate("Northlake University hired engineers. Northlade University hired teachers.")
    one, other = entity_of(annotated, "Northlake University"), entity_of(annotated, "Northlade University")
    assert one.id != other.id


def test_a_plural_is_the_same_thing(annotate: Annotate) -> None:
    annotated = annotate(
        "The city set up a talent fund. It will set up more talent funds for young engineers."
    )
    assert entity_of(annotated, "talent fund") == entity_of(annotated, "talent funds")


SPANS = """
The [Ministry of Education|Government] opened a fund. The [Ministry|Government] hired staff. | 2=1
The [Ministry of Education|Government] opened a fund. The [ministry|Government] hired staff. | 2=1
The [Harbour City Development Plan|PolicyDocument] was issued. The [plan|PolicyDocument] names ten ports. | 2=1
The [Action Plan on Flight Safety|PolicyDocument] was issued. The [Action Plan|PolicyDocument] is long. | 2=1
The [Greater Lagoon Bay Area|Region] is large. The [Bay Area|Region] grows. | 2=1
The [Green River Delta|Region] is large. The [Delta|Region] grows. | 2=1
The [Harbour City Science Academy|ResearchOrg] met. The [Academy|ResearchOrg] elected ten members. | 2=1
The [dual tutor training model|Mechanism] works. This [model|Mechanism] will be widened. | 2=1
The city opened two [free trade zones|Mechanism]. These [zones|Mechanism] attract firms. | 2=1
The city opened a [free trade zone|Mechanism]. These [zones|Mechanism] attract firms. | 2=2
The city opened a [lease subsidy scheme|Mechanism]. The above-mentioned [scheme|Mechanism] ended. | 2=1
The city opened a [lease subsidy scheme|Mechanism]. A [scheme|Mechanism] like it ended. | 2=2
[Northlake Motors|Enterprise] makes buses. The [company|Enterprise] hired staff. | 2=1
[Lin Feng|Person] spoke first. Later [Lin|Person] left. | 2=1
[Lin Feng|Person] spoke first. Later [Wang|Person] left. | 2=2
The [Ministry of Finance|Government] met the [Ministry of Culture|Government]. The [Ministry|Government] left. | 3=1
We met the [Ministry of Finance|Government] and [Ministry of Culture|Government]. The [Ministry|Government] left. | 3=3
[Northlake Institute|ResearchOrg] met. [Southlake Institute|ResearchOrg] met. The [Institute|ResearchOrg] left. | 3=2
"""


@pytest.mark.parametrize("line", SPANS.strip().splitlines())
def test_a_short_form_is_the_last_thing_it_fits(line: str, nlp: Language, ontology: Ontology) -> None:
    """`n=m`: the nth span in brackets is the same thing as the mth, `n=n`: a thing of its own."""
    marked, expected = line.rsplit("|", 1)
    spans, text = [], ""
    for part in re.split(r"(\[[^]]*\])", marked.strip()):
        if part.startswith("["):
            surface, kind = part[1:-1].split("|")
            spans.append((len(text), len(text) + len(surface), kind))
            text += surface
        else:
            text += part
    doc = nlp(text)
    mentions = []
    for begin, end, kind in spans:
        span = doc.char_span(begin, end, alignment_mode="expand")
        mentions.append(MentionSpan(span.start, span.end, kind, (), "test", 1.0))
    referents, _ = resolve(doc, mentions, ontology)
    owner = [next(n for n, r in enumerate(referents) if m in r.mentions) for m in mentions]
    short, meant = (int(number) for number in expected.split("="))
    same = [n + 1 for n, other in enumerate(owner) if other == owner[short - 1]]
    assert same == sorted({meant, short}), [[doc[m.start : m.end] for m in r.mentions] for r in referents]
