"""X only if Y: one construction a line."""

import pytest

from standoff import Report, read


def conditions(text: str) -> set[tuple[str, str, str]]:
    found = read(Report("t", f"The two sides are in peace talks on a truce deal. {text}", published="2016-02-10"))
    name = {actor.id: actor.name for actor in found.actors}
    return {(name[c.holder], found.quote(c.gate), found.quote(c.requirement)) for c in found.preconditions}


@pytest.mark.parametrize(
    ("text", "entry"),
    [
        (
            "Turkey said it will not attend the talks until Russia stops the air strikes.",
            ("Turkey", "attend the talks", "Russia stops the air strikes"),
        ),
        (
            "Turkey said it would sign the deal only if Greece pays the debt.",
            ("Turkey", "sign the deal", "Greece pays the debt"),
        ),
        (
            "Turkey said talks can only follow a withdrawal of troops.",
            ("Turkey", "talks", "a withdrawal of troops"),
        ),
        (
            "Turkey refused to sign unless Greece drops its veto.",
            ("Turkey", "sign", "Greece drops its veto"),
        ),
        (
            "Turkey said it would sign the deal so long as Greece pays the debt.",
            ("Turkey", "sign the deal", "Greece pays the debt"),
        ),
        (
            "Turkey agreed to a pause on condition that Russia stops the air strikes.",
            ("Turkey", "a pause", "Russia stops the air strikes"),
        ),
        (
            "Turkey could go higher, it said, but only if Greece pays the debt.",
            ("Turkey", "go higher", "Greece pays the debt"),
        ),
        (
            "Turkey agreed to a pause, provided the strikes ended, sieges were lifted and aid was let in.",
            ("Turkey", "a pause", "sieges were lifted"),
        ),
        (
            "Turkey said it could not negotiate while its towns were being bombed.",
            ("Turkey", "negotiate", "its towns were being bombed"),
        ),
        (
            "Turkey said there would be no returns if the visas were not granted.",
            ("Turkey", "no returns", "the visas were not granted"),
        ),
        (
            "Turkey said a return to the table was conditional on a written pledge from Greece.",
            ("Turkey", "a return to the table", "a written pledge from Greece"),
        ),
        (
            "Turkey said the truce would be conditional on Greece no longer blocking the port.",
            ("Turkey", "the truce", "Greece no longer blocking the port"),
        ),
        (
            "Turkey said Greece needed to show by its actions that it was serious before any talks could start.",
            ("Turkey", "any talks could start", "show by its actions that it was serious"),
        ),
        (
            "Turkey dropped its condition that Greece end its blockade before any talks take place.",
            ("Turkey", "any talks take place", "end its blockade"),
        ),
        (
            "An official of Turkey said the delegation could attend if its demands were met.",
            ("Turkey", "attend", "its demands were met"),
        ),
        (
            "Should the talks fail, Turkey said it was prepared to close the strait.",
            ("Turkey", "close the strait", "the talks fail"),
        ),
        (
            "Before agreeing to talks, Turkey had been seeking guarantees of steps including a halt to raids, a "
            "release of crews and a lifting of the blockade.",
            ("Turkey", "agreeing to talks", "a release of crews"),
        ),
        (
            "Turkey's U.N. ambassador said his country would only take part if the United Nations agreed.",
            ("Turkey", "take part", "the United Nations agreed"),
        ),
        (
            "From our side, when Greece is ready to talk, we will naturally agree to a truce, Turkey said.",
            ("Turkey", "a truce", "Greece is ready to talk"),
        ),
        (
            'Turkey said it would not sign the deal until it had read the "new lists" from Greece.',
            ("Turkey", "sign the deal", 'it had read the "new lists" from Greece'),
        ),
        (
            "Before talks, Turkey said, Greece must halt the bombing, lift the siege and release the sailors.",
            ("Turkey", "talks", "release the sailors"),
        ),
        (
            "Turkey will take back all people who enter Greece in return for the EU lifting the visas.",
            ("Turkey", "take back all people who enter Greece", "the EU lifting the visas"),
        ),
    ],
)
def test_a_construction_gives_gate_and_requirement(text: str, entry: tuple[str, str, str]) -> None:
    assert entry in conditions(text)


def test_waiting_until_a_time_is_no_precondition() -> None:
    assert not conditions("Turkey said it will not attend the talks until Monday.")


def test_a_prediction_of_the_reporter_is_no_precondition() -> None:
    assert not conditions("If the deal fails, prices will rise.")


def test_what_is_required_is_demanded_too() -> None:
    text = "Talks on a truce deal go on. Turkey said it will not attend the talks until Russia stops the air strikes."
    found = read(Report("t", text))
    name = {actor.id: actor.name for actor in found.actors}
    assert ("Turkey", "demand", "Russia") in {
        (name[p.holder], p.act, name.get(p.target or "")) for p in found.positions
    }


def test_anonymity_is_no_precondition() -> None:
    assert not conditions("Turkey will sign the deal, a diplomat said on condition of anonymity.")


def test_a_sequence_is_no_precondition() -> None:
    assert not conditions("Before the minister returns home, Turkey will hold talks with Greece.")


@pytest.mark.parametrize(
    "text",
    [
        "Turkey said it will not stop the air strikes, even if there is a truce.",
        "Even if Greece pays the debt, Turkey will not attend the talks.",
    ],
)
def test_what_does_not_matter_is_no_condition(text: str) -> None:
    assert conditions(text) == set()


@pytest.mark.parametrize(
    ("text", "requirements"),
    [
        (
            "Turkey will not attend until Greece halts the raids, lifts the blockade and frees the crews.",
            {"Greece halts the raids", "lifts the blockade", "frees the crews"},
        ),
        (
            "Turkey will not attend until Greece halts the raids, lifts the blockade, and frees its crews - steps "
            "named in a letter.",
            {"Greece halts the raids", "lifts the blockade", "frees its crews"},
        ),
        (
            "Turkey said talks cannot begin until raids are halted, sieges are lifted and crews freed, steps named "
            "in a letter.",
            {"raids are halted", "sieges are lifted", "crews freed"},
        ),
        (
            "Turkey would sign so long as Greece does not cut the subsidy, sell the port and close the strait.",
            {"Greece does not cut the subsidy, sell the port and close the strait"},
        ),
        (
            "Turkey will not attend until Greece lifts the siege and blockade of the port.",
            {"Greece lifts the siege and blockade of the port"},
        ),
    ],
)
def test_what_is_listed_is_required_one_by_one(text: str, requirements: set[str]) -> None:
    assert {requirement for _, _, requirement in conditions(text)} == requirements


def test_a_while_behind_a_comma_only_contrasts() -> None:
    assert not conditions("Turkey could not accept the deal, while Greece suggested a review of it.")


def test_who_demands_a_thing_before_an_act_sets_the_condition() -> None:
    found = conditions("Turkey said it had signed, but Greece demanded better terms before it would sign.")
    assert ("Greece", "it would sign", "better terms") in found


def test_a_before_is_of_the_clause_that_it_stands_in() -> None:
    text = "Turkey said it would not sign a deal that led to layoffs, and unions want written guarantees before a vote."
    assert not {row for row in conditions(text) if row[0] == "Turkey"}
