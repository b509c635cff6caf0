"""Who stands with whom: the picture, the tables beside it, and the words behind every dot and tie."""

import re

import pytest
from harbour import HOSTILE, KEYS, PORT, Browser, assert_harmless, words
from hypothesis import given, settings
from hypothesis import strategies as st

from standoff.case.adding import store
from standoff.case.codebook import move
from standoff.case.readings import record_reading
from standoff.case.store import create
from standoff.ledger import Actor, Ledger, Position
from standoff.report import Report
from standoff.web.app import application
from standoff.web.camps import Camps, Stretch, Tie, camps_of, grounds, usual_length
from standoff.web.camps_drawing import HEIGHT, WIDTH, curve, draw
from standoff.web.desk import Desk, open_desk

SAID = [  # day, party, act, concept: two towns for the bridge, a farmers' league and a ferry firm against it
    ("2024-01-02", "Upper Town", "demand", "the bridge"), ("2024-01-03", "Lower Town", "support", "the bridge"),
    ("2024-01-04", "Ferry Company", "refuse", "the bridge"), ("2024-01-05", "Farmers' League", "oppose", "the bridge"),
    ("2024-01-05", "Upper Town", "support", "the toll"), ("2024-01-06", "Lower Town", "commit", "the toll"),
    ("2024-03-01", "Lower Town", "oppose", "the bridge"), ("2024-03-02", "Ferry Company", "refuse", "the bridge"),
    ("2024-03-03", "Upper Town", "demand", "the bridge"), ("2024-03-04", "Lower Town", "refuse", "the toll"),
    ("2024-03-05", "Ferry Company", "oppose", "the toll"), ("2024-03-06", "Upper Town", "demand", "the toll"),
]  # fmt: skip


@pytest.fixture
def towns(desk: Desk, tmp_path_factory: pytest.TempPathFactory):  # type: ignore[no-untyped-def]
    """A desk on a quarrel about a bridge."""
    path = tmp_path_factory.mktemp("towns") / "towns.standoff"
    ledgers = []
    for number, (day, party, act, concept) in enumerate(SAID):
        text = f"On day {number} {party} spoke of {concept}."
        start = text.index(concept)
        position = Position("p1", "a1", None, act, (start, start + len(concept)), None, (0, len(text)), by="test")
        report = Report(f"r{number:02}", text, published=day)
        ledgers.append(Ledger(report, (Actor("a1", party, "other"),), (), (position,)))
    with create(path, "Bridge", by="ana") as case:
        action = store(case, [ledger.document for ledger in ledgers], "ana").action
        for ledger in ledgers:
            record_reading(case, ledger, "test", action)
    opened = open_desk(path, "ana")
    opened.patience = None
    state = opened.state()
    for concept in ("the bridge", "the toll"):
        ids = [p.id for p in state.positions if state.quote(p.report, p.issue) == concept]
        move(opened.case, ids, concept, "ana")
    yield opened
    opened.close()


@pytest.fixture
def visitor(towns: Desk):  # type: ignore[no-untyped-def]
    with Browser(application(towns, KEYS, PORT), f"http://127.0.0.1:{PORT}", follow_redirects=False) as client:
        client.get("/?token=the-token")
        yield client


def party(desk: Desk, name: str) -> str:
    return next(p.id for p in desk.state().parties if p.name == name)


def test_a_town_that_changes_sides_changes_camps(towns: Desk) -> None:
    camps = camps_of(towns.state(), "4w")
    upper, lower, ferry = (party(towns, name) for name in ("Upper Town", "Lower Town", "Ferry Company"))
    first, last = camps.stretches[0], camps.stretches[-1]
    assert first.camps[upper] == first.camps[lower] != ""
    assert first.camps[upper] != first.camps[ferry]
    assert last.camps[lower] == last.camps[ferry] != ""
    assert last.camps[upper] != last.camps[lower]
    assert first.phase == 1 and last.phase != first.phase


def test_the_page_has_the_picture_and_the_same_in_tables(visitor: Browser, towns: Desk) -> None:
    page = visitor.page("/networks?length=all")
    told = words(page)
    assert page.count('class="node ') == 4 and 'class="tie tie-against"' in page and 'class="tie tie-together"' in page
    assert "Upper Town" in told and "polarisation 0." in told
    camps = camps_of(towns.state(), "all")
    assert f"Ties {len(camps.stretches[0].ties)}" in told
    assert "Camps over time" not in told  # of one stretch there is nothing to compare


def test_the_slider_goes_back_in_time(visitor: Browser) -> None:
    first, last = visitor.page("/networks?length=4w&window=0"), visitor.page("/networks?length=4w")
    assert "2024-01-02 to 2024-01-29" in words(first) and "2024-01-02 to 2024-01-29:" not in words(last)
    assert "Camps over time" in words(first) and "<polyline" in first
    assert "was in camp" in words(last)


def test_every_tie_and_dot_opens_to_its_words(visitor: Browser, towns: Desk) -> None:
    page = visitor.page("/networks?length=all")
    addresses = {a.replace("&amp;", "&") for a in re.findall(r'href="(/networks/words\?[^"]*)"', page)}
    assert len(addresses) >= 4 + 5
    for address in addresses:
        assert 'href="/reports/r' in visitor.page(address), address
    upper, ferry = party(towns, "Upper Town"), party(towns, "Ferry Company")
    tie = words(visitor.page(f"/networks/words?one={upper}&other={ferry}&from=2024-01-01&to=2024-01-31"))
    assert "the bridge ≠ they are apart" in tie and "On day 0 Upper Town" in tie and "On day 2 Ferry Company" in tie
    assert "On day 7" not in tie and "the toll" not in tie


def test_the_words_of_a_tie_are_as_many_as_its_figures_say(towns: Desk) -> None:
    state = towns.state()
    for length in ("2w", "4w", "all"):
        for stretch in camps_of(state, length).stretches:
            for tie in stretch.ties:
                agree = fight = 0
                for ground in grounds(state, (tie.one, tie.other), stretch.first, stretch.last):
                    for a in ground.of(tie.one):
                        for b in ground.of(tie.other):
                            agree, fight = agree + (a.against == b.against), fight + (a.against != b.against)
                assert (agree, fight) == (tie.agreements, tie.conflicts)


def test_what_cannot_be_drawn_is_told(browser: Browser) -> None:
    assert "There is nothing to draw yet" in words(browser.page("/networks"))
    for address in ("/networks?length=x&window=99999999999999999999", "/networks?window=-1"):
        assert browser.get(address).status_code == 200
    for query in ("", "one=A99", "one=A1&from=x&to=y", "one=A1"):
        assert browser.get(f"/networks/words?{query}").status_code in (400, 404)


def test_hostile_names_are_words_in_pictures_too(browser: Browser, desk: Desk) -> None:
    move(desk.case, [p.id for p in desk.state().positions], HOSTILE, "ana")
    page = browser.page("/networks")
    assert "<svg" in page
    assert_harmless(page, "/networks")
    for address in re.findall(r'href="(/networks/words\?[^"]*)"', page):
        assert_harmless(browser.page(address.replace("&amp;", "&")), address)


def test_a_short_case_is_shown_by_weeks(towns: Desk) -> None:
    assert usual_length(towns.state()) == "4w"


@settings(max_examples=40, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 29), st.integers(0, 29), st.integers(0, 5), st.integers(0, 5)), max_size=90))
def test_whatever_the_ties_the_picture_stays_on_its_sheet_and_dots_apart(ties: list[tuple[int, int, int, int]]) -> None:
    import numpy as np

    names = {f"A{n}": f"Party {n}" for n in range(30)}
    pairs = {(min(a, b), max(a, b)): (w, c) for a, b, w, c in ties if a != b and w + c}
    agreement = np.zeros((30, 30))
    for (a, b), (w, c) in pairs.items():
        agreement[a, b] = agreement[b, a] = max(w - c, 0)
    made = tuple(Tie(f"A{a}", f"A{b}", w, c) for (a, b), (w, c) in pairs.items())
    stretch = Stretch("2024-01-01", "2024-01-14", 3, dict.fromkeys(names, "A"), made, 0.5, 1)
    camps = Camps(names, agreement, (stretch, stretch))
    drawing = draw(camps, stretch)
    assert drawing == draw(camps, stretch)
    assert all(0 < dot.x < WIDTH and 0 < dot.y < HEIGHT for dot in drawing.dots)
    for one in drawing.dots:
        assert all(abs(one.x - o.x) + abs(one.y - o.y) > 2 * drawing.radius for o in drawing.dots if o is not one)
    assert len(drawing.lines) + drawing.more_ties == len(made)
    assert all(0 <= y <= curve(camps, 1).height for _, y in curve(camps, 1).points)
