"""When a party goes against itself: yes and no to one thing, firmly read; and what only looks like it."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from standoff.analysis.clash import CUED, goes_against, on_one_thing
from standoff.analysis.contradictions import contradictions
from standoff.analysis.issues import find_issues
from standoff.analysis.positions import positions
from standoff.analysis.stances import stances
from standoff.case.snapshot import Concept, Party, PositionEntry, PreconditionEntry, Snapshot, Source
from standoff.report import Report

Said = tuple[str, str, str]
"""Act, words of the issue, rule that read it."""
SAYS = "The union said this: "


def case(
    *said: Said, concept: str | None = None, confidence: float | None = None, last: str = SAYS
) -> Snapshot:
    """One report for each thing said, a week apart (of more than four, three days), all by one union.

    last: the words before the last issue.
    """
    sources, entries = [], []
    for number, (act, words, by) in enumerate(said, 1):
        before = last if number == len(said) else SAYS
        text, day = f"{before}{words}.", f"2024-05-{(7 if len(said) < 5 else 3) * number:02}"
        start = len(before)
        sources.append(Source(Report(f"r{number}", text, published=day), f"r{number}", 1.0, True, ""))
        entries.append(
            PositionEntry(
                f"p{number}", f"r{number}", day, (0, len(text)), by=by, confidence=confidence, holder="U", act=act,
                issue=(start, start + len(words)), concept=concept,
            )
        )  # fmt: skip
    concepts = (Concept(concept, "concept"),) if concept else ()
    return Snapshot("", tuple(sources), (Party("U", "Union", "union"),), concepts, (), tuple(entries))


def pairs(state: Snapshot) -> list[tuple[str, str]]:
    return [c.key for c in contradictions(state)]


REFUSES, ACCEPTS = ("refuse", "night shifts", "verb:refuse"), ("commit", "night shifts", "verb:accept")


def test_no_and_later_yes_clash_once_however_often_the_yes_is_told() -> None:
    assert pairs(case(REFUSES, ACCEPTS, ACCEPTS)) == [("p1", "p2")]


def test_one_concept_is_enough_where_one_says_less_than_the_other() -> None:
    long = ("commit", "the possibility of a temporary truce", "verb:agree")
    assert pairs(case(("refuse", "a truce", "verb:refuse"), long, concept="C1")) == [("p1", "p2")]
    assert positions(case(("refuse", "a truce", "verb:refuse"), long, concept="C1")).shifts[0].days == 7


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (("refuse", "the last round of shifts", "verb:refuse"), ("commit", "a date for new shifts", "verb:vow")),
        (("refuse", "say whether night shifts are over", "verb:refuse"), ACCEPTS),
        (("demand", "a halt to night shifts", "verb:demand"), ("demand", "night shifts in the canteen", "verb:demand")),
        (("refuse", "the offer", "verb:refuse"), ("commit", "the offer", "verb:accept")),
        (("refuse", "the deal", "verb:refuse"), ("demand", "the deal", "verb:demand")),
        (("refuse", "the deal", "verb:refuse"), ("commit", "the deal", "stance-model")),
        (("oppose", "an end to the night shifts", "verb:oppose"), ACCEPTS),
        (REFUSES, ("commit", "night shifts", "precondition:only if")),
    ],
)
def test_what_shares_words_or_a_concept_need_not_clash(one: Said, other: Said) -> None:
    assert pairs(case(one, other, concept="C1")) == []


LEARNED_NO, LEARNED_YES = (("refuse", "night shifts", "stance-model"), ("commit", "night shifts", "stance-model"))


def test_a_concept_is_enough_for_who_backs_what_he_refused_but_not_for_a_demand() -> None:
    no, plan = ("refuse", "a truce", "verb:refuse"), "the truce of a dozen cities"
    assert pairs(case(no, ("support", plan, "verb:back"), concept="C1")) == [("p1", "p2")]
    assert pairs(case(no, ("demand", plan, "verb:demand"), concept="C1")) == []
    assert pairs(case(("oppose", "a truce", "verb:oppose"), ("support", plan, "verb:back"), concept="C1")) == []


def test_a_learned_entry_clashes_only_if_it_is_certain_or_a_person_has_looked() -> None:
    doubtful = case(LEARNED_NO, LEARNED_YES, confidence=0.25)
    assert pairs(doubtful) == []
    looked = replace(doubtful, positions=tuple(replace(p, review="accepted") for p in doubtful.positions))
    assert pairs(looked) == [("p1", "p2")]


def test_where_a_word_tells_the_act_less_certainty_is_enough() -> None:
    """The doubt is then about where the issue ends."""
    assert pairs(case(REFUSES, ACCEPTS, confidence=0.17)) == [("p1", "p2")]
    assert pairs(case(REFUSES, ACCEPTS, confidence=0.12)) == []


def test_to_attend_to_negotiate_and_to_sit_down_are_one_thing_unless_other_talks_are_named() -> None:
    no = ("refuse", "attend the talks due to begin in May", "modal:will not")
    for words in ("negotiate", "return to the table on May 21", "sit down for a second round of talks"):
        assert pairs(case(no, ("commit", words, "modal:will"))) == [("p1", "p2")], words
    assert pairs(case(no, ("commit", "strengthen its negotiating position", "modal:will"), concept="C1")) == []
    assert pairs(case(no, ("commit", "attend the funeral", "modal:will"), concept="C1")) == []
    quits = ("refuse", "talks", "verb:quit")
    assert pairs(case(("commit", "attend peace talks", "modal:will"), quits)) == [("p1", "p2")]
    assert pairs(case(("refuse", "attend the pension talks", "modal:will not"),
                      ("commit", "attend the wage talks", "modal:will"), concept="C1")) == []  # fmt: skip


def test_the_deal_is_one_thing_in_a_case() -> None:
    assert pairs(case(("refuse", "the deal", "verb:sign"), ("commit", "the deal", "verb:approve"))) == [("p1", "p2")]


def test_the_end_of_a_month_ends_nothing_and_a_negotiated_thing_is_no_talks() -> None:
    no, yes = ("refuse", "start night shifts by the end of the month", "verb:refuse"), ACCEPTS
    assert pairs(case(no, yes)) == [("p1", "p2")]
    sale = ("refuse", "a negotiated sale of the mill", "verb:refuse")
    assert pairs(case(sale, ("commit", "take part", "adjective:ready"))) == []


def test_who_attends_in_order_to_stop_something_attends() -> None:
    no = ("refuse", "attend the talks", "modal:will not")
    yes = ("commit", "attend the talks as part of its effort to stop the war", "modal:will")
    assert pairs(case(yes, ("commit", "attend the talks", "modal:will"))) == []
    assert pairs(case(no, yes)) == [("p1", "p2")]


def test_who_will_end_a_thing_and_go_on_with_it_goes_against_himself() -> None:
    ends = ("commit", "end the walkout", "modal:will")
    assert pairs(case(ends, ("commit", "continue the walkout", "modal:will"))) == [("p1", "p2")]
    assert pairs(case(ends, ("commit", "continue the walkout and the picket", "modal:will"))) == []
    assert pairs(case(ends, ("refuse", "continue the walkout", "modal:will not"))) == []
    exempt = ("commit", "an exemption from the night shifts", "verb:accept")
    assert pairs(case(exempt, ("commit", "exclude Delmar from the night shifts", "verb:accept"), concept="C1")) == []
    wants, backs = ("demand", "an end to the walkout", "verb:demand"), ("support", "the walkout", "verb:back")
    assert pairs(case(wants, backs)) == []


@pytest.mark.parametrize(
    "left_open",
    [
        "The union has yet to say whether it will attend ",
        "The union has yet to publicly confirm it will attend ",
        "The union did not say if it would attend ",
    ],
)
def test_what_is_left_open_is_no_stance(left_open: str) -> None:
    no, yes = ("refuse", "wage talks", "verb:refuse"), ("commit", "wage talks", "modal:will")
    assert pairs(case(no, yes)) == [("p1", "p2")]
    assert [s.entry.id for s in stances(case(no, yes, last=left_open))] == ["p1"]


def test_a_wish_is_no_promise() -> None:
    wish = ("commit", "like to see night shifts", "modal:would")
    assert pairs(case(REFUSES, wish, concept="C1")) == []


def test_a_learned_entry_that_is_rather_wrong_is_no_stance() -> None:
    assert stances(case(REFUSES, confidence=0.14)) == ()


def test_who_refuses_to_accept_a_clause_does_not_accept_it() -> None:
    text = "The union refused to accept the clause on night shifts."
    source = Source(Report("r", text, published="2024-05-07"), "r", 1.0, True, "")
    outer, inner = "accept the clause on night shifts", "the clause on night shifts"
    entries = tuple(
        PositionEntry(
            key, "r", "2024-05-07", (0, len(text)), holder="U", act=act, issue=(text.index(w), text.index(w) + len(w))
        )
        for key, act, w in (("p1", "refuse", outer), ("p2", "commit", inner))
    )
    state = Snapshot("", (source,), (Party("U", "Union", "union"),), positions=entries)
    assert [s.entry.id for s in stances(state)] == ["p1"]


@pytest.mark.parametrize(("promise", "clashes"), [("come back whatever happens", True), ("come back in May", False)])
def test_a_promise_for_sure_clashes_with_a_condition_a_plain_one_does_not(promise: str, clashes: bool) -> None:
    text = f"The union will {promise}. It will come back only if wages rise."
    gate, need = "come back only", "wages rise"
    state = Snapshot(
        "",
        (Source(Report("r", text, published="2024-05-07"), "r", 1.0, True, ""),),
        (Party("U", "Union", "union"),),
        (Concept("C1", "come back"), Concept("C2", "wages")),
        (),
        (
            PositionEntry(
                "p1", "r", "2024-05-07", (0, text.index(".") + 1), holder="U", act="commit",
                issue=(text.index("come back"), text.index("come back") + len("come back")), concept="C1",
            ),
        ),
        (
            PreconditionEntry(
                "c1", "r", "2024-05-07", (text.index("It"), len(text)), by="only if", holder="U",
                gate=(text.index(gate), text.index(gate) + len("come back")),
                requirement=(text.index(need), text.index(need) + len(need)), requirement_concept="C2",
                gate_concept="C1",
            ),
        ),
    )  # fmt: skip
    assert bool(pairs(state)) is clashes


@pytest.mark.parametrize(
    ("act", "issue", "clashes"),
    [
        ("oppose", "any preconditions", True),
        ("refuse", "setting preconditions for the talks", True),
        ("oppose", "preconditions set by the mill", False),
        ("support", "any preconditions", False),
    ],
)
def test_who_is_against_all_conditions_and_sets_one_goes_against_himself(act: str, issue: str, clashes: bool) -> None:
    text = f"The union is against {issue}. It will not negotiate unless wages rise."
    gate, need = (text.index("negotiate"), text.index("negotiate") + 9), (text.index("wages"), text.index("wages") + 10)
    start = text.index(issue)
    state = Snapshot(
        "",
        (Source(Report("r", text, published="2024-05-07"), "r", 1.0, True, ""),),
        (Party("U", "Union", "union"),),
        positions=(
            PositionEntry("p1", "r", "2024-05-07", (0, start + len(issue)), holder="U", act=act,
                          issue=(start, start + len(issue))),
        ),
        preconditions=(
            PreconditionEntry("c1", "r", "2024-05-07", (text.index("It"), len(text)), by="unless", holder="U",
                              gate=gate, requirement=need),
        ),
    )  # fmt: skip
    assert bool(pairs(state)) is clashes


words_on = st.sampled_from(
    ["night shifts", "the night shifts", "shifts at night", "a halt to night shifts", "wages", "why wages",
     "attend the talks", "negotiate", "sit down at the table", "the deal"]
)  # fmt: skip
said = st.tuples(st.sampled_from(["refuse", "commit", "oppose", "support"]), words_on, st.just("verb:say"))


@given(st.lists(said, min_size=2, max_size=9), st.sampled_from([None, "C1"]))
def test_each_stance_is_held_against_the_last_one_on_the_same_thing(told: list[Said], concept: str | None) -> None:
    state = case(*told, concept=concept)
    issues = find_issues(state)
    held = stances(state, issues, CUED)
    expected = set()
    for k, second in enumerate(held):
        for first in reversed(held[:k]):
            if on_one_thing(issues, first, second):
                if goes_against(issues, first, second):
                    expected.add((first.entry.id, second.entry.id))
                break
    assert {c.key for c in contradictions(state, issues) if c.kind == "acts"} == expected
