"""The model page: a draft from the case, what is stable, and what if."""

import re
from pathlib import Path

from harbour import Browser, assert_harmless, words

from standoff.graphmodel.conflict import Conflict, DecisionMaker, Option, Prioritised
from standoff.graphmodel.formula import Not, Taken
from standoff.graphmodel.inverse import Swap
from standoff.graphmodel.what_if import with_swaps
from standoff.graphmodel.yaml_format import write_yaml
from standoff.web.desk import Desk


def strike() -> Conflict:
    """The union may strike, the owners may pay; each would rather the other gave way."""
    union = DecisionMaker("Union", (0,), Prioritised((Taken(1), Not(Taken(0)))))
    owners = DecisionMaker("Owners", (1,), Prioritised((Not(Taken(1)), Not(Taken(0)))))
    return Conflict("Strike", (Option("Strike"), Option("Pay")), (union, owners))


def test_the_draft_of_the_case_is_shown_with_its_grounds(browser: Browser) -> None:
    page = browser.page("/model")
    assert_harmless(page, "/model")
    assert "drafted from the case" in page and 'href="/entries/e' in page


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
