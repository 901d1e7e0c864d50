"""Lists: who and what is in them, and that what is said of one member is said of all."""

from __future__ import annotations

import pytest
from spacy.language import Language
from spacy.tokens import Doc

from triplehelix.extract.coordination import list_numbers
from triplehelix.extract.coreference import Referent
from triplehelix.extract.mention_spans import MentionSpan
from triplehelix.extract.occurrences import Occurrence, OccurrenceFinder
from triplehelix.extract.pairs import Pair, PairFinder
from triplehelix.ontology import Ontology
from triplehelix.ontology.frames import load_frames

FRAMES = load_frames("en")


def referents(doc: Doc, **types: str) -> list[Referent]:
    """One referent for each phrase (underscores for spaces), by type, with all places where it occurs."""
    found = []
    for name, kind in types.items():
        words = name.split("_")
        starts = [i for i in range(len(doc)) if [t.text for t in doc[i : i + len(words)]] == words]
        assert starts, f"{name} is not in the text"
        spans = [MentionSpan(i, i + len(words), kind, (), "test", 0.9) for i in starts]
        found.append(Referent(kind, kind, " ".join(words), None, spans))
    return found


def framed(doc: Doc, things: list[Referent], ontology: Ontology, speaker: int | None = None) -> set[str]:
    """The statements that frames propose, as "subject predicate object"."""
    return {
        f"{_name(things, pair, 'subject')} {match.frame.predicate} {_name(things, pair, 'object')}"
        for pair in PairFinder(doc, things, ontology.schema, FRAMES, speaker).pairs()
        for match in pair.frames
    }


def _name(things: list[Referent], pair: Pair, end: str) -> str:
    return things[getattr(pair, end).referent].name


A, M = "Enterprise", "Mechanism"


@pytest.mark.parametrize(
    ("text", "types", "wanted"),
    [
        pytest.param(
            "The bureau encourages banks, colleges and clinics to establish funds, platforms and alliances.",
            {"bureau": "Government", "banks": A, "colleges": A, "clinics": A}
            | {"funds": M, "platforms": M, "alliances": M},
            {
                f"{a} leads {m}"
                for a in ("banks", "colleges", "clinics")
                for m in ("funds", "platforms", "alliances")
            }
            | {f"bureau supports {a}" for a in ("banks", "colleges", "clinics")},
            id="three actors, three instruments",
        ),
        pytest.param(
            "The bureau and the bank launched a fund and a platform.",
            {"bureau": "Government", "bank": A, "fund": M, "platform": M},
            {"bureau leads fund", "bureau leads platform", "bank leads fund", "bank leads platform"},
            id="two by two",
        ),
        pytest.param(
            "The bureau launched a fund, opened a platform and joined an alliance.",
            {"bureau": "Government", "fund": M, "platform": M, "alliance": M},
            {"bureau leads fund", "bureau leads platform", "bureau participatesIn alliance"},
            id="one subject, three verbs",
        ),
        pytest.param(
            "The bureau designed, funded and managed the programme.",
            {"bureau": "Government", "programme": M},
            {"bureau leads programme"},
            id="three verbs, one object",
        ),
        pytest.param(
            "The bureau runs a scheme that was launched by the bank.",
            {"bureau": "Government", "bank": A, "scheme": M},
            {"bureau leads scheme", "bank leads scheme"},
            id="passive relative clause",
        ),
        pytest.param(
            "The alliance, which is led by the bank, opened in May.",
            {"bank": A, "alliance": M},
            {"bank leads alliance"},
            id="relative clause with commas",
        ),
        pytest.param(
            "The scheme launched by the bank attracts engineers.",
            {"bank": A, "scheme": M, "engineers": "TalentGroup"},
            {"bank leads scheme", "scheme targets engineers"},
            id="reduced relative clause",
        ),
        pytest.param(
            "Launched by the bank, the scheme trains engineers.",
            {"bank": A, "scheme": M, "engineers": "TalentGroup"},
            {"bank leads scheme", "scheme targets engineers"},
            id="participle before the subject",
        ),
        pytest.param(
            "The bureau promotes research by establishing a fund.",
            {"bureau": "Government", "fund": M},
            {"bureau leads fund"},
            id="by doing",
        ),
        pytest.param(
            "The bureau announced a plan to launch a scheme.",
            {"bureau": "Government", "scheme": M},
            {"bureau leads scheme"},
            id="a plan to do",
        ),
        pytest.param(
            "The bureau is responsible for managing the scheme.",
            {"bureau": "Government", "scheme": M},
            {"bureau leads scheme"},
            id="responsible for doing",
        ),
        pytest.param(
            "The bureau works with the bank to launch a scheme.",
            {"bureau": "Government", "bank": A, "scheme": M},
            {"bureau leads scheme", "bank leads scheme", "bureau cooperatesWith bank"},
            id="two who work together",
        ),
        pytest.param(
            "The bureau and the bank jointly launched a scheme.",
            {"bureau": "Government", "bank": A, "scheme": M},
            {"bureau leads scheme", "bank leads scheme", "bureau cooperatesWith bank"},
            id="jointly",
        ),
        pytest.param(
            "The initiative offers services such as vouchers and visas.",
            {"services": M, "vouchers": M, "visas": M},
            {"vouchers partOf services", "visas partOf services"},
            id="such as",
        ),
        pytest.param(
            "The bureau runs several schemes, including a fund and a platform.",
            {"bureau": "Government", "schemes": M, "fund": M, "platform": M},
            {"fund partOf schemes", "platform partOf schemes", "bureau leads schemes"},
            id="including",
        ),
        pytest.param(
            "The bureau joined a state-led alliance.",
            {"bureau": "Government", "state": "Government", "alliance": M},
            {"bureau participatesIn alliance", "state leads alliance"},
            id="led by whom, as an adjective",
        ),
        pytest.param(
            "The outline calls for a joint degree scheme and establishes a fund.",
            {"outline": "PolicyDocument", "scheme": M, "fund": M},
            {"scheme setOutIn outline", "fund setOutIn outline"},
            id="what a document does",
        ),
    ],
)
def test_statements_are_distributed(
    text: str, types: dict[str, str], wanted: set[str], nlp: Language, ontology: Ontology
) -> None:
    doc = nlp(text)
    assert framed(doc, referents(doc, **types), ontology) >= wanted


def test_a_list_that_the_parser_loses_is_held_together_by_its_commas(
    nlp: Language, ontology: Ontology
) -> None:
    doc = nlp(
        "This year we will organise the Delta Forum; the Harbour Finance Week (HFW); the first Chip Congress; "
        "the Ocean Summit; and the Bay Science Fair."
    )
    names = ("Delta_Forum", "Harbour_Finance_Week", "Chip_Congress", "Ocean_Summit", "Bay_Science_Fair")
    things = referents(doc, **dict.fromkeys(names, M))
    found = OccurrenceFinder(doc, things, None).by_sentence()
    assert sum(map(len, found.values())) == len(names)
    [sentence] = [occurrences for occurrences in found.values() if len(occurrences) > 1]
    assert len(set(list_numbers(doc, sentence).values())) == 1
    assert len(list_numbers(doc, sentence)) == len(sentence)


@pytest.mark.parametrize(
    ("text", "together"),
    [
        pytest.param("banks, colleges and clinics met", True, id="and"),
        pytest.param("banks, colleges (and not only they) and clinics met", True, id="an aside"),
        pytest.param("banks fund colleges and clinics", False, id="a verb between"),
        pytest.param("banks, colleges met", False, id="a comma alone"),
        pytest.param("banks, as well as local clinics, met", True, id="as well as"),
    ],
)
def test_what_makes_a_list(text: str, together: bool, nlp: Language) -> None:
    doc = nlp(text)
    spots = [t.i for t in doc if t.text in ("banks", "colleges", "clinics")]
    found = [Occurrence(n, "ActorGroup", i, i + 1, i, "mention") for n, i in enumerate(spots)]
    numbers = list_numbers(doc, found)
    last = len(found) - 1
    assert (0 in numbers and numbers.get(0) == numbers.get(last)) is together


def test_things_of_two_kinds_are_no_list(nlp: Language) -> None:
    doc = nlp("banks and funds")
    found = [Occurrence(0, "Enterprise", 0, 1, 0, "mention"), Occurrence(1, "Mechanism", 2, 3, 2, "mention")]
    assert list_numbers(doc, found) == {}
