"""The model page: a draft from the case, what is stable, and what if."""

import re
from pathlib import Path

from harbour import Browser, assert_harmless, words

from standoff.graphmodel.conflict import Conflict, DecisionMaker, Option, Prioritised
from standoff.graphmodel.formula import Not, Taken
from standoff.graphmodel.inverse import Swap
from standoff.graphmodel.overview import further_equilibria
from standoff.graphmodel.space import build
from standoff.graphmodel.stability import Concept, solve
from standoff.graphmodel.unknown import solve_unknown
from standoff.graphmodel.what_if import with_swaps
from standoff.graphmodel.yaml_format import write_yaml
from standoff.web.desk import Desk
from standoff.web.modelling import answer, from_file


def strike() -> Conflict:
    """The union may strike, the owners may pay; each would rather the other gave way."""
    union = DecisionMaker("Union", (0,), Prioritised((Taken(1), Not(Taken(0)))))
    owners = DecisionMaker("Owners", (1,), Prioritised((Not(Taken(1)), Not(Taken(0)))))
    return Conflict("Strike", (Option("Strike"), Option("Pay")), (union, owners))


def test_the_draft_of_the_case_is_shown_with_its_grounds(browser: Browser) -> None:
    page = browser.page("/model")
    assert_harmless(page, "/model")
    assert "Drafted from the case" in page and 'href="/entries/e' in page


def test_a_conflict_from_a_file_is_shown_in_its_place(browser: Browser, desk: Desk, tmp_path: Path) -> None:
    desk.model = tmp_path / "strike.yaml"
    desk.model.write_text(write_yaml(strike()))
    page = browser.page("/model")
    assert "strike.yaml" in page and "4 feasible states" in words(page)
    state = browser.page("/model/state?state=1")
    assert "Union" in state and "stable" in state


def test_what_if_one_party_wanted_something_more(browser: Browser, desk: Desk, tmp_path: Path) -> None:
    desk.model = tmp_path / "strike.yaml"
    desk.model.write_text(write_yaml(strike()))
    address = re.search(r'class="up" href="(/model\?swaps=0\.0)"', browser.page("/model"))
    assert address is not None
    changed = words(browser.page(address[1]))
    assert "What if: 1 change of preference" in changed


def test_swaps_are_made_one_after_the_other() -> None:
    once = with_swaps(strike(), [Swap(0, 0)])
    assert once.decision_makers[0].preference == Prioritised((Not(Taken(0)), Taken(1)))
    assert with_swaps(once, [Swap(0, 0)]) == strike()


def test_what_cannot_be_asked_is_told_in_plain_words(browser: Browser, desk: Desk, tmp_path: Path) -> None:
    for address in ("/model?swaps=9.0", "/model?swaps=x", "/model?swaps=0.99", "/model?swaps=0.-1"):
        page = browser.page(address)
        assert "What would be stable" not in page and "The draft from the case" in page, address
    assert browser.get("/model/state?state=99999").status_code == 404
    assert browser.get("/model?options=9999999999").status_code == 200
    desk.model = tmp_path / "broken.yaml"
    desk.model.write_text("conflict: [")
    assert "broken.yaml" in browser.page("/model")


RICH = """\
conflict: Strike with an end
decision_makers:
  - name: Union
    options: [Strike, {name: Leave the table, direction: forward}]
    statements: [{statement: Pay, strong: true}, NOT Strike, {statement: NOT Leave the table, uncertain: true}]
    attitudes: {Owners: negative}
  - name: Owners
    options: [Pay]
    statements: [NOT Leave the table, NOT Pay, NOT Strike]
irreversible: [{from: Pay, to: NOT Pay, by: Owners}]
collapse: [{condition: Leave the table, as: NYN}]
hypergame: [{party: Owners, unaware_of: [Leave the table]}]
today: []
"""


def test_what_cannot_be_undone_and_what_is_one_state_is_told(browser: Browser, desk: Desk, tmp_path: Path) -> None:
    desk.model = tmp_path / "rich.yaml"
    desk.model.write_text(RICH)
    page = words(browser.page("/model"))
    assert "Leave the table: once taken it cannot be given up" in page
    assert "no move of Owners leads from `Pay` to `NOT Pay`" in page
    assert "4 combinations that meet `Leave the table` are one state" in page


def test_every_concept_that_applies_has_a_row_and_a_what_if_goes_through_all_of_them(tmp_path: Path) -> None:
    file = tmp_path / "rich.yaml"
    file.write_text(RICH)
    model = from_file(file)
    plain, changed = (answer(model, swaps, Concept.SSEQ) for swaps in ((), (Swap(1, 0),)))
    assert plain.space.conflict.collapsed and changed.space.conflict.irreversible
    kinds = ("foresight", "against every coalition", "strongly", "relational", "uncertain", "hypergame")
    assert all(any(kind in name for name in plain.further) for kind in kinds)
    conflict, beside = with_swaps(model.conflict, [Swap(1, 0)]), model.beside
    alone = {one.name: one.equilibria for one in further_equilibria(build(conflict), beside)}
    for row in changed.states:
        for name in changed.further:
            assert (name in row.concepts) == (row.number in (alone[name] or ()))
        assert ("sseq" in row.concepts) == (row.number in solve(build(conflict)).equilibria(Concept.SSEQ))


def test_an_uncertain_statement_stays_uncertain_where_the_what_if_puts_it(tmp_path: Path) -> None:
    file = tmp_path / "rich.yaml"
    file.write_text(RICH)
    model = from_file(file)
    found = answer(model, (Swap(0, 1),), Concept.SEQ)
    conflict = with_swaps(model.conflict, [Swap(0, 1)])
    wanted = solve_unknown(build(conflict), [[1], []]).equilibria("d", Concept.SEQ)
    name = next(one for one in found.further if ", d:" in one)
    assert [row.number for row in sorted(found.states, key=lambda row: row.number) if name in row.concepts] == wanted


def test_a_large_model_says_which_command_tells_what_the_page_leaves_out(tmp_path: Path) -> None:
    file = tmp_path / "wide.yaml"
    options = [f"o{n}" for n in range(9)]
    file.write_text(
        f"conflict: Wide\ndecision_makers:\n  - {{name: A, options: {options[:5]}, statements: [o1]}}\n"
        f"  - {{name: B, options: {options[5:]}, statements: [o2]}}\n"
    )
    assert answer(from_file(file), (), Concept.SEQ).not_shown == (("against every coalition", "coalitions"),)
