"""Where sentences begin in the layouts of policy texts."""

from __future__ import annotations

import pytest
import spacy
from spacy.language import Language

from triplehelix.extract.language import load_english
from triplehelix.extract.sentences import (
    NumberedSentences,
    line_starts,
)
from triplehelix.extract.words import part_words


@pytest.fixture(scope="module")
def laid_out() -> Language:
    """The English model with layout before the parser, as the pipeline has it, and numbers given back after it."""
    model = load_english()
    part_words(model)
    model.add_pipe("policy_sentences", first=True)
    return model


def sentences(model: Language, text: str) -> list[str]:
    return [" ".join(s.text.split()) for s in NumberedSentences()(model(text)).sents]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        pytest.param(
            "12. We will set up a seed fund.\n\n13. The Bureau will open two schools.\n",
            ["12. We will set up a seed fund.", "13. The Bureau will open two schools."],
            id="numbered paragraphs",
        ),
        pytest.param(
            "(3) Improve the licensing scheme.\n(4) Support young engineers.\n",
            ["(3) Improve the licensing scheme.", "(4) Support young engineers."],
            id="imperatives with bracketed numbers",
        ),
        pytest.param(
            "Measures include:\n\n(i) The Council will fund clinics.\n\n(ii) The Bureau will train nurses.\n",
            ["Measures include:", "(i) The Council will fund clinics.", "(ii) The Bureau will train nurses."],
            id="roman numbers",
        ),
        pytest.param(
            "• Open a data platform.\n• Recruit young scholars.\n",
            ["• Open a data platform.", "• Recruit young scholars."],
            id="bullets",
        ),
        pytest.param(
            "A New Fund for Chips\n\nThe city has set up a fund.",
            ["A New Fund for Chips", "The city has set up a fund."],
            id="a heading stands alone",
        ),
        pytest.param(
            "The reform began in Delta.The ministry praised it.",
            ["The reform began in Delta.", "The ministry praised it."],
            id="a space lost after the full stop",
        ),
        pytest.param(
            "It grew by 12%.In addition, the bank opened a branch.",
            ["It grew by 12%.", "In addition, the bank opened a branch."],
            id="a space lost after a figure",
        ),
        pytest.param(
            "Students visit a robotics laboratory in Hefei. (Photo/Li Ming)\n"
            "HEFEI, March 3 -- The city opened a robotics laboratory.\n",
            [
                "Students visit a robotics laboratory in Hefei.",
                "(Photo/Li Ming)",
                "HEFEI, March 3 -- The city opened a robotics laboratory.",
            ],
            id="caption, credit and dateline",
        ),
    ],
)
def test_sentences_follow_the_layout(text: str, wanted: list[str], laid_out: Language) -> None:
    assert sentences(laid_out, text) == wanted


def test_a_number_is_no_subject(laid_out: Language) -> None:
    doc = NumberedSentences()(laid_out("141. We will open a school.\n\n142. The bank lends.\n"))
    [first, second] = doc.sents
    assert (first.root.text, second.root.text) == ("open", "lends")
    assert {t.text for t in doc if t.dep_ == "nsubj"} == {"We", "bank"}


def test_an_address_is_no_end_of_a_sentence(laid_out: Language) -> None:
    assert len(sentences(laid_out, "Read more at www.example.Com and apply.")) == 1


def test_wrapped_lines_go_on() -> None:
    text = (
        "The commission supports the universities of the region and their\n"
        "National Laboratory, which trains engineers for the chip industry,\n"
        "and the Delta Fund, which pays for equipment and for visits abroad\n"
        "of young scholars.\n"
    )
    assert list(line_starts(text)) == [0]


def test_a_line_in_lower_case_goes_on() -> None:
    assert list(line_starts("The commission supports\nthe schools.\n")) == [0]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("theMinistry of Education", ["the", "Ministry", "of", "Education"]),
        ("the Universityof Harbour City", ["the", "University", "of", "Harbour", "City"]),
        ("schools ofDelta", ["schools", "of", "Delta"]),
        ("a proof thereof", ["a", "proof", "thereof"]),
        ("the OpenWater scheme", ["the", "OpenWater", "scheme"]),
    ],
)
def test_words_that_lost_their_space(text: str, words: list[str]) -> None:
    nlp = spacy.blank("en")
    part_words(nlp)
    doc = nlp(text)
    assert [token.text for token in doc] == words
    assert doc.text == text, "offsets refer to the text as it is"
