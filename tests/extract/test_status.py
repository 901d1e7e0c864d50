"""Status and negation: what a sentence says of one of its verbs, read alone and in its document."""

from __future__ import annotations

import pytest
from spacy.language import Language
from spacy.tokens import Token

from triplehelix.errors import OntologyError
from triplehelix.extract.negation import excludes_noun
from triplehelix.extract.register import read_register
from triplehelix.extract.status import cues_above, read_status
from triplehelix.extract.status_cues import parse_cues
from triplehelix.extract.status_rules import presented

# The verb asked about stands in *asterisks*; "not" marks a denied clause.
SENTENCES = """
planned      The ministry will *set* up a talent fund.
planned      The academy plans to *open* a branch.
planned      The ministry intends to *expand* the fellowship.
planned      The bureau is planning to *pilot* the model.
planned      The city aims to *recruit* young scientists.
planned      The government is going to *subsidise* rents.
planned      The agency is set to *launch* a new channel.
planned      The new centre is due to *open* in May.
planned      The laboratory is ready to *admit* doctoral students.
planned      The association pledged to *train* teachers.
planned      The academy decided to *found* a new institute.
planned      The bank promised to *finance* the platform.
planned      The two bodies agreed to *set* up a joint fund.
planned      A new fund will be *launched* in Harbour City.
planned      By 2030 the region will have *built* ten platforms.
planned      Under the plan, the city is to *build* a new laboratory.
planned      The ministry approved a plan to *build* a laboratory.
planned      The mayor announced the decision to *open* a school.
planned      The bureau is considering *launching* a pilot.
planned      The association is willing to *join* the alliance.
planned      New laboratories are to be *opened* in Harbour City.
planned      A decision was made to *merge* the two schemes.
planned      The bank has signed a memorandum with the port to *set* up a fund.
planned      The bureau said that it would *launch* a fund.
planned      The bureau will encourage firms to *open* their laboratories.
planned      The plan will continue to fund schools, while *increasing* its support for nurses.
planned not  The bureau will not *extend* the subsidy.
proposed     The bureau should *publish* the list.
proposed     Universities must *share* their equipment.
proposed     We need to *widen* the exchange programme.
proposed     The office may *allocate* a grant.
proposed     The alliance can *offer* training.
proposed     We shall *establish* a science council.
proposed     A new fund should be *launched* in Harbour City.
proposed     Efforts should be made to *build* a talent hub.
proposed     The council encourages firms to *build* laboratories.
proposed     Firms are encouraged to *open* their laboratories.
proposed     The bureau called on firms to *hire* graduates.
proposed     The government urges universities to *reform* admissions.
proposed     The ministry is urging universities to *reform* admissions.
proposed     The agency wants universities to *share* data.
proposed     The bureau hopes to *attract* young researchers.
proposed     Universities were asked to *join* the alliance.
proposed     The measures require firms to *train* apprentices.
proposed     The council supports universities in *setting* up joint laboratories.
proposed     The outline proposes to *create* a science corridor.
proposed     It is suggested that the office *create* a hotline.
proposed     The report recommends that ministries *merge* the two schemes.
proposed     The council asked that firms *train* apprentices.
proposed     It is necessary to *reform* the evaluation system.
proposed     It is essential that the bureau *simplify* the procedure.
proposed     The scheme was expected to *attract* graduates.
proposed     The plan calls for *creating* a network of laboratories.
proposed     The council rejected a proposal to *merge* the schemes.
proposed     If the city *establishes* a fund, firms will follow.
proposed     The council asked whether the city *runs* a fund.
proposed     *Improve* the recruitment scheme for overseas scholars.
proposed     1. *Set* up a joint seed fund.
proposed     (2) *Build* a testing platform.
proposed     (iii) *Expand* the fellowship to more provinces.
proposed     • *Create* a talent database.
proposed     First, *establish* a joint committee.
proposed     Vigorously *promote* the joint training scheme.
proposed     *Commence* the review of the transit scheme.
proposed     Continue to *run* the fellowship scheme for nurses.
proposed     Make every effort to *build* a laboratory.
proposed     Efforts should be made to *build* a laboratory.
proposed     The city has to *build* a school.
proposed     The mayor stressed the importance of *training* young engineers.
proposed     It is of great significance for the province to *reform* admissions.
proposed     There is a need for universities to *open* transfer offices.
proposed     The office is exploring the feasibility of *setting* up a fund.
proposed     The outline mentions *strengthening* the network.
proposed     The agency has been authorised to *issue* bonds.
proposed     Does the city *run* a fund?
proposed not Colleges should not *lower* their standards.
ongoing      The commission is *promoting* the tenure reform.
ongoing      The commission is *working* on a licensing reform.
ongoing      The city has been *building* a science park since 2021.
ongoing      The scheme is being *rolled* out across the province.
ongoing      The district continued to *run* the voucher scheme.
ongoing      The government will continue to *support* basic research.
ongoing      The province keeps *expanding* the network.
ongoing      The council is guiding firms to *open* their laboratories.
ongoing      The city made efforts to *build* a laboratory.
ongoing      Progress was made in *building* the network.
ongoing      The bureau will continue to *run* the fund.
established  The task of the office is to *help* firms.
established  Research on the Delta and its *linked* ports
established  The city has *set* up a seed fund.
established  The two universities have jointly *founded* a laboratory.
established  The bureau *launched* a pilot last year.
established  The institute *hosts* an annual forum.
established  The council had already *approved* the plan.
established  The alliance was *set* up by nine colleges.
established  The scheme has been *rolled* out across the province.
established  The programme, *launched* in 2020 by the ministry, trains young engineers.
established  The ministry, which *runs* the fellowship, moved to a new seat.
established  The city has begun to *build* an incubator.
established  The firm managed to *build* a plant.
established  The fund has helped firms to *hire* graduates.
established  The reform enabled universities to *hire* freely.
established  A fund was set up to *train* engineers.
established  The office not only *funds* the scheme but also advertises it.
established  The office not only advertises the scheme but also *funds* it.
established  No fewer than ten cities *run* a seed fund.
established not  The province has not yet *established* a science fund.
established not  The bureau did not *extend* the subsidy.
established not  The two sides have yet to *launch* the platform.
established not  The ministry has never *run* such a programme.
established not  The ministry no longer *runs* the programme.
established not  The bureau hardly *funds* such projects.
established not  Nobody has *launched* such a pilot.
established not  No province has *set* up such a fund.
established not  Neither city has *opened* an office.
established not  The city *established* no fund.
established not  The office has neither *opened* a branch nor hired staff.
established not  The firm entered the market without *establishing* a laboratory.
established not  Instead of *creating* a new fund, the city widened the old one.
established not  The university failed to *open* the institute.
established not  The city refused to *fund* the scheme.
established not  The province stopped *funding* the project.
"""


def marked(nlp: Language, sentence: str) -> Token:
    """The token between asterisks."""
    before, verb, after = sentence.split("*")
    doc = nlp(before + verb + after)
    [token] = [token for token in doc if token.idx == len(before)]
    return token


def cases() -> list[object]:
    rows = []
    for line in SENTENCES.strip().splitlines():
        status, rest = line.split(maxsplit=1)
        negated = rest.startswith("not ")
        sentence = rest.removeprefix("not ").strip()
        rows.append(pytest.param(sentence, status, negated, id=sentence.replace("*", "")))
    return rows


@pytest.mark.parametrize(("sentence", "status", "negated"), cases())
def test_a_sentence_presents_its_verb(sentence: str, status: str, negated: bool, nlp: Language) -> None:
    verb = marked(nlp, sentence)
    reading = presented(verb, verb.sent.root, read_register(verb.doc))
    assert (reading.status, reading.negated) == (status, negated), (reading.cue, verb.tag_, verb.dep_)


def test_enough_is_tried() -> None:
    assert len(cases()) >= 60


@pytest.mark.parametrize(
    ("around", "status"),
    [
        pytest.param(
            "We will fund schools. We will train staff. We will hire aides.", "planned", id="programme"
        ),
        pytest.param("Firms should pay. Schools should teach. Banks should lend.", "proposed", id="opinion"),
        pytest.param("", "proposed", id="alone"),
    ],
)
def test_a_bare_imperative_follows_its_document(around: str, status: str, nlp: Language) -> None:
    verb = marked(nlp, f"*Establish* a joint committee. {around}".strip())
    assert presented(verb, verb.sent.root, read_register(verb.doc)).status == status


@pytest.mark.parametrize(
    ("sentence", "denied"),
    [
        ("The town works without a *fund*.", True),
        ("The scheme ended for lack of a *fund*.", True),
        ("The council chose a loan instead of a *fund*.", True),
        ("The council chose a loan and a *fund*.", False),
        ("The town works with a *fund*.", False),
    ],
)
def test_what_is_missing_is_denied(sentence: str, denied: bool, nlp: Language) -> None:
    assert excludes_noun(marked(nlp, sentence)) == denied


def test_the_cues_above_a_verb_are_listed_from_the_nearest_outwards(nlp: Language) -> None:
    verb = marked(nlp, "The council should say that it plans to *hire* graduates.")
    assert list(cues_above(verb))[:2] == [("planned", "plan"), ("proposed", "should")]


def test_a_denial_of_the_main_clause_is_not_one_of_what_it_governs(nlp: Language) -> None:
    assert not read_status(marked(nlp, "The city has not said that it *funds* the scheme.")).negated


def test_every_reading_names_its_cue(nlp: Language) -> None:
    assert read_status(marked(nlp, "The bureau should *publish* the list.")).cue == "should"
    assert read_status(marked(nlp, "The academy plans to *open* a branch.")).cue == "plan"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        pytest.param("verb:\n  likely: [hope]\n", "cues.yaml: verb .*'likely'", id="unknown status"),
        pytest.param(
            "verb:\n  planned: [hope]\n  proposed: [hope]\n",
            "cues.yaml: .*'hope' has two statuses",
            id="two statuses",
        ),
    ],
)
def test_a_wrong_cue_file_is_named(text: str, said: str) -> None:
    with pytest.raises(OntologyError, match=said):
        parse_cues(text, "cues.yaml")
