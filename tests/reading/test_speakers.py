"""Who speaks: pronouns, sources without a name, quoted people and quotations that go on."""

import pytest

from standoff import Ledger, Report, read


def speakers(text: str) -> list[tuple[str, str | None]]:
    """The source's words and the speaker's name of each statement."""
    ledger = read(Report("t", text))
    return [
        (" ".join(map(ledger.quote, s.source)), getattr(ledger.actor(s.speaker), "name", None))
        for s in ledger.statements
    ]


def named(text: str, source: str) -> list[str | None]:
    return [name for words, name in speakers(text) if words == source]


def test_he_is_who_spoke_before_and_not_whom_he_spoke_of() -> None:
    text = (
        "The negotiator Tomas Berg said that the minister, Paul Hansen, had lied to the crews.\n\n"
        "“Nobody will trust a word of it,” he told reporters in Bergen."
    )
    assert named(text, "he") == ["Tomas Berg"]


def test_she_is_not_a_man_who_spoke_before() -> None:
    text = (
        "The mediator Maria Holm met the crews on Monday. The owner John Dahl said that the offer stood.\n\n"
        "“We need ten days,” she said."
    )
    assert named(text, "she") != ["John Dahl"]


def test_whom_the_reporter_names_since_is_the_topic() -> None:
    text = (
        "The negotiator Tomas Berg said that the talks were over. The minister Paul Hansen came to the quay at noon. "
        "He said that the door was open."
    )
    assert named(text, "He") == ["Paul Hansen"]


def test_it_is_the_group_that_spoke_before() -> None:
    text = (
        "The port union said that the owners should pay the crews. "
        "The harbour authority should open the locks, it added."
    )
    assert named(text, "it") == named(text, "The port union") != [None]


def test_he_goes_on_with_a_source_without_a_name() -> None:
    text = (
        "A Western diplomat told reporters that Paul Hansen would not sign.\n\n“It will take a month,” he said.\n\n"
        "The minister Paul Hansen left the talks."
    )
    assert named(text, "A Western diplomat") == named(text, "he") == ["Western diplomat"]


@pytest.mark.parametrize("noun", ["One diplomat", "A union negotiator", "Two witnesses"])
def test_a_source_without_a_name_is_an_actor_of_its_own_or_its_party(noun: str) -> None:
    (speaker,) = named(f"{noun} said that the talks would go on in Oman until Friday.", noun)
    assert speaker


def test_a_report_is_no_person() -> None:
    assert named("The long report said that exports had fallen by a fifth.", "The long report") in ([None], [])


def test_who_is_quoted_speaks_and_not_who_quotes() -> None:
    text = (
        "President Ivan Orlov met the envoy. State television quoted Orlov as saying: “We are ready to stop, but not "
        "tonight.”"
    )
    ledger: Ledger = read(Report("t", text))
    quoted = next(s for s in ledger.statements if "ready to stop" in " ".join(map(ledger.quote, s.content)))
    actor = ledger.actor(quoted.speaker)
    assert actor is not None and "Orlov" in actor.name


def test_a_quotation_without_a_source_goes_on_with_the_speaker() -> None:
    text = "“We will not sign,” union leader Mary Holt said on Tuesday. “Nobody has asked us.”"
    assert {name for _, name in speakers(text)} == {"Mary Holt"}


def test_he_is_the_speaker_of_the_main_clause() -> None:
    text = (
        "Tomas Berg promised to publish the accounts after the Morning Post reported that the crews were unpaid.\n\n"
        "“Of course we will publish them,” he said."
    )
    assert named(text, "he") == ["Tomas Berg"]
