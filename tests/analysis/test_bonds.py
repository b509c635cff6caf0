"""What a condition holds back and what it asks for, by the words that bind it."""

from dataclasses import replace
from importlib.resources import files

import pytest
import yaml

from standoff.analysis.bonds import bond_of, told
from standoff.analysis.conditions import conditions
from standoff.analysis.positions import positions
from standoff.analysis.wording import lexicon
from standoff.case.snapshot import Party, PositionEntry, PreconditionEntry, Snapshot, Source
from standoff.ledger import Span
from standoff.report import Report


def at(text: str, words: str) -> Span:
    return (text.index(words), text.index(words) + len(words))


def case(text: str, gate: str, need: str, by: str, parties: tuple[Party, ...] = ()) -> Snapshot:
    whole = (0, len(text))
    condition = PreconditionEntry(
        "c1", "r", "2024-05-01", whole, by=by, holder="U", gate=at(text, gate), requirement=at(text, need)
    )
    demand = PositionEntry(
        "p1", "r", "2024-05-01", whole, by=f"precondition:{by}", holder="U", act="demand", issue=at(text, need)
    )
    return Snapshot(
        sources=(Source(Report("r", text, published="2024-05-01"), "r", 1.0, True, ""),),
        parties=(Party("U", "Union", "union"), *parties),
        positions=(demand,),
        preconditions=(condition,),
    )


@pytest.mark.parametrize(
    ("text", "gate", "need", "by", "gate_ends", "need_ends", "words"),
    [
        ("The union will not come until the lockout ends.", "come", "the lockout ends", "until", False, False,
         "not “come” until “the lockout ends”"),
        ("The union will not come as long as there is a lockout.", "come", "there is a lockout", "as long as", False,
         True, "not “come” as long as “there is a lockout”"),
        ("The strike will go on until wages rise.", "The strike will go on", "wages rise", "until", True, False,
         "“The strike will go on” until “wages rise”"),
        ("The union will come only if wages rise.", "come", "wages rise", "only if", False, False,
         "“come” only if “wages rise”"),
        ("No talks, the union says, unless wages rise.", "No talks", "wages rise", "unless", False, False,
         "“No talks” unless “wages rise”"),
        ("Work on Sundays depends on a bonus.", "Work on Sundays", "a bonus", "depend", False, False,
         "“Work on Sundays” depends on “a bonus”"),
        ("The opposition agreed to a truce provided sieges end.", "a truce", "sieges end", "provided", False, False,
         "“a truce” provided “sieges end”"),
        ("The union will not talk while there is a lockout.", "talk", "there is a lockout", "while", False, True,
         "not “talk” while “there is a lockout”"),
        ("A vote hinges on a new offer.", "A vote", "a new offer", "hinge", False, False,
         "“A vote” hinges on “a new offer”"),
        ("There will be no names before prisoners go.", "no names", "prisoners go", "before", False, False,
         "“no names” before “prisoners go”"),
        ("The talks would only succeed if wages rise.", "The talks would only succeed", "wages rise", "only if", False,
         False, "“The talks would only succeed” if “wages rise”"),
        ("Wages must rise, or else the union will strike.", "strike", "Wages must rise", "otherwise", True, False,
         "“strike” unless “Wages must rise”"),
        ("Any truce is subject to a withdrawal.", "Any truce", "a withdrawal", "subject", False, False,
         "“Any truce” subject to “a withdrawal”"),
        ("The union can't meet before the vote is over.", "meet", "the vote is over", "before", False, False,
         "not “meet” before “the vote is over”"),
    ],
)  # fmt: skip
def test_cue_and_negation_tell_what_is_held_back_and_asked(
    text: str, gate: str, need: str, by: str, gate_ends: bool, need_ends: bool, words: str
) -> None:
    state = case(text, gate, need, by)
    bond = bond_of(state, state.preconditions[0])
    assert (bond.gate_ends, bond.need_ends) == (gate_ends, need_ends)
    assert told(bond, gate, need) == words
    assert conditions(state)[0].told == words


def test_every_cue_of_the_reader_is_known() -> None:
    """What is not known would be told with another cue than the report's."""
    read = yaml.safe_load(files("standoff.reading").joinpath("data/conditions.yaml").read_text("utf-8"))
    cues = {cue for some in read["cues"].values() for cue in some}
    lists = ("always", "needs_refusal", "conditional", "before", "exchange")
    cues |= {cue for name in lists for cue in read[name]}
    cues |= {cue for name in ("conditional", "after") for word in read[name] for cue in (word, f"only {word}")}
    cues |= {*read["dependence"], "only follow", "only as part of", "without", "pending"}
    cues |= {"otherwise", "first then", "no no"}
    assert cues <= set(lexicon().cues)


def test_a_condition_that_a_person_added_is_bound_by_its_own_words() -> None:
    state = case("The union will not come unless wages rise.", "come", "wages rise", "ana")
    assert bond_of(state, state.preconditions[0]).cue == "unless"


def test_whoever_stays_away_as_long_as_there_is_a_lockout_does_not_demand_a_lockout() -> None:
    text = "The union will not come as long as there is a lockout."
    (line,) = positions(case(text, "come", "there is a lockout", "as long as")).lines
    assert [(h.act, h.words) for h in line.holdings] == [("oppose", "there is a lockout")]


@pytest.mark.parametrize(
    ("need", "controller"),
    [("Delmar raises pay", "D"), ("the delmarians leave", None), ("pay at delmar rises", None), ("Work starts", None),
     ("Union members at Delmar vote", "D")],
)  # fmt: skip
def test_who_can_fulfil_a_condition_is_named_by_a_whole_name(need: str, controller: str | None) -> None:
    known = (Party("D", "Delmar", "company"), Party("W", "Work", "other"))
    (condition,) = conditions(case(f"The union will not come until {need}.", "come", need, "until", known))
    assert condition.controller == controller


def test_a_no_in_the_gate_is_the_refusal() -> None:
    """Who holds back names is he whom the other waits for that wants names."""
    text = "There will be no names before prisoners are freed."
    (condition,) = conditions(case(text, "no names", "prisoners are freed", "before"))
    assert not condition.gate_turned
    (other,) = conditions(case("The union will not stop the strike until wages rise.", "stop the strike", "wages rise",
                               "until"))  # fmt: skip
    assert other.gate_turned


def test_nobody_waits_for_himself() -> None:
    text = "The union will not come until members vote. The members vote only if wages rise."
    entries = tuple(
        PreconditionEntry(key, "r", "2024-05-01", (0, len(text)), by=by, holder="U", gate=at(text, gate),
                          requirement=at(text, need))
        for key, by, gate, need in (("c1", "until", "come", "members vote"), ("c2", "only if", "The members vote",
                                                                             "wages rise"))
    )  # fmt: skip
    state = Snapshot(
        sources=(Source(Report("r", text, published="2024-05-01"), "r", 1.0, True, ""),),
        parties=(Party("U", "Union", "union"),),
        preconditions=entries,
    )
    assert [c.controller for c in conditions(state)] == [None, None]


def test_who_is_freed_is_not_he_who_frees() -> None:
    text = "The union will not come until detainees are freed."
    asked = case(text, "come", "detainees are freed", "until", (Party("D", "Detainees", "other"),))
    state = replace(asked, positions=tuple(replace(p, target="D") for p in asked.positions))
    assert [c.controller for c in conditions(state)] == [None]
    known = replace(state, parties=(state.parties[0], Party("D", "Detainees", "armed_group")))
    assert [c.controller for c in conditions(known)] == ["D"]
