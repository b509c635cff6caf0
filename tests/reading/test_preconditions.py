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
            ("Turkey", "all people who enter Greece", "the EU lifting the visas"),
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
