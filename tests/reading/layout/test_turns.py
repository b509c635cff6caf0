"""Transcripts and interviews: what is a speaker's label, and how far the floor reaches."""

import pytest

from standoff.reading.layout import lines_of, turns_of

CONFERENCE = """Below is a record of the press conference on Tuesday.

MODERATOR: Good morning, everyone.

MINISTER HALVORSEN: Thank you. We came to finish what we began.

We will sign on Friday.

QUESTION: Will the pay rise be paid in full?

MINISTER HALVORSEN: Yes, it will.

QUESTION: (Inaudible.)

(LAUGHTER)

MODERATOR: Thank you all.
"""


def turns(text: str) -> list[tuple[str, str]]:
    return [
        (text[slice(*turn.label)], " / ".join(text[slice(*span)] for span in turn.content))
        for turn in turns_of(text, lines_of(text))
    ]


def test_a_label_has_the_floor_until_the_next() -> None:
    assert turns(CONFERENCE) == [
        ("MODERATOR", "Good morning, everyone."),
        ("MINISTER HALVORSEN", "Thank you. We came to finish what we began. / We will sign on Friday."),
        ("QUESTION", "Will the pay rise be paid in full?"),
        ("MINISTER HALVORSEN", "Yes, it will."),
        ("MODERATOR", "Thank you all."),
    ]


@pytest.mark.parametrize("mark", [":", "."])
def test_questions_and_answers(mark: str) -> None:
    text = f"Q{mark} Will they sign?\n\nA{mark} No.\n\nNobody asked them.\n\nQ{mark} And you?\n\nA{mark} I will."
    assert turns(text) == [
        ("Q", "Will they sign?"),
        ("A", "No. / Nobody asked them."),
        ("Q", "And you?"),
        ("A", "I will."),
    ]


def test_two_names_in_capitals_that_talk() -> None:
    text = "HOLT: We will not go back to work.\n\nFRY: I asked you to wait ten days.\n\n"
    assert [label for label, _ in turns(text)] == ["HOLT", "FRY"]


def test_an_interviewer_without_a_name_in_the_text_comes_again() -> None:
    text = (
        "Yesterday we met Mr. Okafor, the mediator.\n\nDaily Ledger: Mr. Okafor, why has nothing moved?\n\n"
        "Okafor: I cannot tell you.\n\nDaily Ledger: Thank you.\n\nOkafor: Thank you."
    )
    assert [label for label, _ in turns(text)] == ["Daily Ledger", "Okafor"] * 2


def test_an_interview_that_labels_only_the_first_pair() -> None:
    text = (
        "LEDGER MAGAZINE: Do you fear the strike?\n\nANNA HOLT: I do.\n\nWho will win it?\n\nNobody will.\n\n"
        "We all lose our wages."
    )
    assert [label for label, _ in turns(text)] == ["LEDGER MAGAZINE", "ANNA HOLT"] * 2
    assert turns(text)[-1][1] == "Nobody will. / We all lose our wages."


def test_the_reporter_takes_the_floor_back() -> None:
    text = "HOLT: We will not sign.\n\nFRY: Will you talk to us?\n\nFry later said that the door was open."
    assert turns(text)[-1] == ("FRY", "Will you talk to us?")


@pytest.mark.parametrize(
    "text",
    [
        "PHOTO: Anna Holt speaks in Leeds.\n\nThe strike goes on, the union said.",
        "LEEDS: The strike goes on, the union said.\n\nYork was calm.",
        "Price: 12 pounds\n\nGrade: good\n\nPrice: 9 pounds\n\nGrade: fair",
        "• Wages: up by three percent\n\n• Hours: as before",
        "Anna Holt: No Deal Before Easter\n\nAnna Holt: The Owners Must Move\n\nShe leads the union.",
        "Anna Holt: I Will Not Sign\n\nAnna Holt: You Owe Us\n\nOwners On Holt: We Wait\n\nMs. Holt leads them.",
        "The union said this: no talks before Easter.\n\nThe owners had one answer: no.",
        "READ MORE: You will not believe our story\n\nRELATED: What we know",
        "http://example.org is our page\n\n14:30 is when we meet",
    ],
)
def test_a_colon_alone_makes_no_speaker(text: str) -> None:
    assert turns(text) == []


def test_labels_inside_quotation_marks() -> None:
    text = '"HOLT: Will you sign, Mr. Fry?\n\n"FRY: I will not.\n\n"HOLT: Why will you not?"'
    assert turns(text) == [("HOLT", "Will you sign, Mr. Fry?"), ("FRY", "I will not."), ("HOLT", 'Why will you not?"')]
