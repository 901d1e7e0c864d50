"""The spaCy components in a pipeline that someone else has put together."""

from __future__ import annotations

import pytest
from spacy.language import Language

from triplehelix.extract.language import load_english
from triplehelix.ontology import Ontology

TEXT = "The Ministry of Education will set up a talent fund for young engineers in Hefei."


@pytest.fixture(scope="module")
def theirs() -> Language:
    """A model as spaCy loads it, with our components added by name, without importing them."""
    nlp = load_english()
    nlp.add_pipe("policy_names", first=True)
    for name in ("policy_entities", "policy_coreference", "policy_relations"):
        nlp.add_pipe(name)
    return nlp


def test_spacy_knows_the_components() -> None:
    for name in ("policy_names", "policy_entities", "policy_coreference", "policy_relations"):
        assert Language.has_factory(name)


def test_entities_stand_alone() -> None:
    nlp = load_english()
    nlp.add_pipe("policy_entities")
    doc = nlp(TEXT)
    spans = {(span.text, span.label_, span.kb_id_) for span in doc.spans["policy_entities"]}
    assert ("Ministry of Education", "Government", "act-moe") in spans
    assert ("Hefei", "Region", "cn-ah-hefei") in spans
    assert all(
        0 <= span._.policy_confidence <= 1 and span._.policy_rule for span in doc.spans["policy_entities"]
    )


def test_all_components_together(theirs: Language, ontology: Ontology) -> None:
    doc = theirs(TEXT)
    referents = doc._.policy_referents
    assert any(r.key == "act-moe" for r in referents)
    assert doc._.policy_relations
    for relation in doc._.policy_relations:
        subject, target = referents[int(relation.subject)], referents[int(relation.object)]
        assert ontology.schema.allows(relation.predicate, subject.type, target.type)
    assert {span.text for span in doc.spans["policy_entities"]} == {
        doc[m.start : m.end].text for r in referents for m in r.mentions
    }


def test_names_become_one_token(theirs: Language) -> None:
    doc = theirs(
        "The Ministry of Human Resources and Social Security runs the “use first, pay later” scheme."
    )
    words = {token.text for token in doc}
    assert "Ministry of Human Resources and Social Security" in words
    assert "use first, pay later" in words


def test_merging_changes_no_character(theirs: Language) -> None:
    text = "  The Ministry of\nEducation, “use first,\u00a0pay later” and  Hefei 🚄 City.\n\n"
    assert theirs(text).text == text


def test_documents_share_nothing(theirs: Language) -> None:
    docs = list(theirs.pipe([TEXT, "", "Trams run every day.", TEXT]))
    assert docs[0]._.policy_relations == docs[3]._.policy_relations
    assert docs[1]._.policy_relations == docs[1]._.policy_unlinked == ()
    assert not docs[2].spans["policy_entities"]


def test_a_pipeline_tells_its_ontology(theirs: Language) -> None:
    assert theirs.get_pipe_meta("policy_entities").default_config == {"ontology": None, "models": None}
    assert theirs.config["components"]["policy_entities"]["ontology"] is None
