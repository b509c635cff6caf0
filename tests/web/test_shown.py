"""After a step a page is sent only what differs, and what it makes of that is the report as it is."""

import re

from harbour import Browser

from standoff.web.desk import Desk
from standoff.web.judging import OPEN, in_order
from standoff.web.shown import REMEMBERED, Parts, Shown, parts_of

STEPS = (
    ("/entries/{entry}/shift", {"edge": "end", "words": "-1"}),
    ("/entries/{entry}/correct", {"holder": "Jane Croft", "report": "asking"}),
    ("/undo", {"report": "asking"}),
    ("/redo", {"report": "asking"}),
    ("/entries/{entry}/reopen", {"report": "asking"}),
)


def parts(desk: Desk, report: str) -> Parts:
    state = desk.state()
    return parts_of(state, state.source_by_id[report], in_order(state.entries_in(report)), OPEN.root)


def seen_by(page: str) -> str:
    found = re.search(r'data-seen="(\w+)"', page)
    assert found is not None
    return found[1]


def test_what_differs_makes_the_old_report_the_new_one_step_by_step(browser: Browser, desk: Desk) -> None:
    entry = next(p.id for p in desk.state().positions if p.report == "asking")
    old, seen = parts(desk, "asking"), seen_by(browser.page("/reports/asking"))
    for address, fields in STEPS:
        answer = browser.decide(address.format(entry=entry), seen=seen, painted="", **fields)
        changed, new = answer["changed"], parts(desk, "asking")
        assert isinstance(changed, dict) and answer["before"] == seen and "body" not in answer
        text = [changed["paragraphs"].get(str(number), was) for number, was in enumerate(old.paragraphs)]
        assert text == list(new.paragraphs) and changed["head"] == new.head
        assert {id_: changed["cards"].get(id_, old.cards.get(id_)) for id_ in changed["order"]} == new.cards
        assert changed["order"] == list(new.cards)
        assert len(changed["cards"]) < len(new.cards)
        old, seen = new, str(answer["seen"])
    assert seen == seen_by(browser.page("/reports/asking"))


def test_cards_that_the_page_has_changed_by_itself_are_sent_in_any_case(browser: Browser, desk: Desk) -> None:
    entry = next(p.id for p in desk.state().positions if p.report == "asking")
    seen = seen_by(browser.page("/reports/asking"))
    browser.decide(f"/entries/{entry}/accept")
    answer = browser.decide("/undo", report="asking", seen=seen, painted=entry)
    assert isinstance(answer["changed"], dict)
    assert list(answer["changed"]["cards"]) == [entry] and "review-machine" in answer["changed"]["cards"][entry]


def test_a_page_that_is_not_remembered_is_sent_all(browser: Browser, desk: Desk) -> None:
    entry = next(p.id for p in desk.state().positions if p.report == "asking")
    other = seen_by(browser.page("/reports/refusing"))
    for seen in ("", "never", other):
        answer = browser.decide(f"/entries/{entry}/reopen", report="asking", seen=seen)
        assert "changed" not in answer and "<article" in str(answer["body"])


def test_only_so_much_is_remembered(desk: Desk) -> None:
    shown, first = Shown(), parts(desk, "asking")
    begun = shown.keep(first)
    for number in range(REMEMBERED):
        shown.keep(Parts(f"r{number}", (), first.head, {}))
    later = Parts("asking", first.paragraphs, first.head, {})
    assert "body" in shown.answer(later, begun, ())
    assert "changed" in shown.answer(first, later.seen, ())
