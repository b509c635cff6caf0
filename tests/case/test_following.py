"""Following a case step by step gives the same state as reading it anew, whatever the steps."""

import contextlib
import random
from collections.abc import Callable

import pytest

from standoff.case import codebook, merging, review, screening
from standoff.case.following import follow
from standoff.case.history import compare, redo, undo
from standoff.case.snapshot import Snapshot
from standoff.case.state import built, snapshot
from standoff.case.store import Case
from standoff.case.store import open as open_case
from standoff.errors import StandoffError
from standoff.ledger import Ledger

Make = Callable[..., Ledger]


def anew(case: Case) -> Snapshot:
    with case.looking() as connection:
        return built(connection)


def steps(dice: random.Random, case: Case) -> None:
    """One step that a person may take, any of them."""
    state = snapshot(case)
    entries = [e.id for e in (*state.statements, *state.positions, *state.preconditions)] or ["e1"]
    entries += [sighting.id for meeting in state.meetings for sighting in meeting.sightings]
    entry, other = dice.choice(entries), dice.choice(entries)
    parties = [party.id for party in state.parties] or ["A1"]
    positions = [position.id for position in state.positions] or ["e1"]
    report = dice.choice(["asking", "refusing", "meeting"])
    choices = [
        lambda: review.accept(case, [entry, other], "ana"),
        lambda: review.reject(case, [entry], "ana"),
        lambda: review.reopen(case, [f"e{dice.randrange(1, 9)}"], "ben"),
        lambda: review.correct(case, entry, {"holder": dice.choice(["Holt", "Clerks", "Port owners"])}, "ana"),
        lambda: review.correct(case, entry, {"speaker": dice.choice(["Holt", "Nobody known"])}, "ana"),
        lambda: review.correct(case, entry, {"evidence": "0-9"}, "ana", blind=dice.random() < 0.3),
        lambda: review.correct(case, entry, {"participants": "Holt; Mayor"}, "ana"),
        lambda: review.add_by_hand(
            case, report, "position",
            {"evidence": "0-8", "issue": "2-6", "holder": dice.choice(["Holt", "Pilots"]), "act": "support"}, "ana",
        ),
        lambda: undo(case, None, "ana"),
        lambda: redo(case, "ana"),
        lambda: codebook.move(case, [dice.choice(positions)], dice.choice(["pay", "strike"]), "ana"),
        lambda: merging.merge(case, *dice.sample(parties, 1), dice.sample(parties, 1), "ana"),
        lambda: merging.rename(case, dice.choice(parties), "Somebody", "ana"),
        lambda: merging.describe_party(case, dice.choice(parties), {"of": dice.choice(["Clerks", ""])}, "ana"),
        lambda: screening.decide_relevance(case, [report], dice.random() < 0.5, "ana"),
        lambda: review.finish(case, [report], "ana"),
    ]  # fmt: skip
    dice.choice(choices)()


@pytest.mark.parametrize("seed", range(20))
def test_following_is_the_same_as_reading_anew(port: Case, seed: int) -> None:
    dice = random.Random(seed)
    followed = follow(port)
    for _ in range(25):
        with contextlib.suppress(StandoffError):  # a step that does not fit is refused, and changes nothing
            steps(dice, port)
        if dice.random() < 0.7:
            followed = follow(port, followed)
            assert compare(followed.state, anew(port)) == []
            assert followed.state == anew(port)


def test_while_nothing_happens_it_is_the_same_state(port: Case) -> None:
    first = follow(port)
    assert follow(port, first) is first


def test_what_another_program_wrote_is_followed_too(port: Case) -> None:
    first = follow(port)
    with open_case(port.path) as other:
        review.reject(other, [first.state.positions[0].id], "ben")
    assert len(follow(port, first).state.positions) == len(first.state.positions) - 1


def test_a_new_report_is_followed(port: Case, ledger: Make, putting: Callable[..., None]) -> None:
    first = follow(port)
    putting(port, ledger("late", "Pilots refuse to work.", "2024-05-03", [("Pilots", "union")], (),
                         [("Pilots", "refuse", "to work")]))  # fmt: skip
    assert follow(port, first).state == anew(port)
