"""How long the desk takes: a made-up case of 500 reports and 20,000 entries goes in, milliseconds per page come out.

python bench/desk.py [--case build/desk.standoff] [--reports 500] [--entries 20000]

The figures are the server's, the medians and the most: from the request's first byte to the answer's last, without a
network, and in brackets the processor time of the whole program meanwhile (what it works out behind the scenes
included), which a busy machine does not lengthen. Each page of the desk is asked for right after a decision
(`changed`); until it shows that decision (`fresh`: from the decision on, all askings and the waits between them); and
again (`same`). The limits of the project are 300 ms a page, 50 ms a step.
"""

from __future__ import annotations

import argparse
import os
import random
import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from starlette.testclient import TestClient

from standoff.case.adding import store
from standoff.case.codebook import move
from standoff.case.readings import record_reading
from standoff.case.store import create
from standoff.ledger import Actor, Ledger, Meeting, Position, Precondition, Statement
from standoff.report import Report
from standoff.web import asked
from standoff.web.app import application
from standoff.web.desk import Desk, open_desk
from standoff.web.guard import Keys

PAGE_LIMIT, STEP_LIMIT = 300, 50
TIMES, DECISIONS = 9, 3
PAGES = [
    "/", "/brief.html", "/reports", "/reports/r250", "/entries/e9000/form", "/search?q=prisoners", "/add", "/positions",
    "/meetings", "/meetings/timeline", "/meetings.ics", "/preconditions", "/contradictions", "/networks", "/model",
    "/codebook", "/codebook/C1", "/actors", "/actors/A1", "/who/A1", "/record", "/blind", "/blind/reports/r250",
]  # fmt: skip
"""Every page that the desk's navigation offers, and what these open. The brief as paper is `/`, printed."""
AGAIN = 0.1
"""Seconds after which a page is asked for again that is not up to date (browsers wait longer)."""
PORT = 8321
KEYS = Keys("token", "csrf")

PARTIES = [
    ("Northern Council", "government"), ("Delta Front", "armed_group"), ("Valdoria", "state"), ("Ostrava Bay", "state"),
    ("Assembly of Towns", "opposition"), ("River Commission", "international_org"), ("Harbour Union", "union"),
    ("Salt Works", "company"), ("Hill League", "armed_group"), ("Coast Guard Party", "opposition"),
]  # fmt: skip
PEOPLE = [
    f"{first} {last}" for first in ("Anna", "Boris", "Clara", "Dario", "Elke") for last in ("Moss", "Reed", "Thorn")
]
VERBS = {"demand": "demands", "commit": "promises", "refuse": "refuses", "support": "supports", "oppose": "opposes"}
MATTERS = [f"{a} {b}" for a in ("a halt to", "the return of", "talks about", "a vote on", "payment for", "access to")
           for b in ("the northern pits", "all prisoners", "the salt road", "the harbour dues", "the border posts",
                     "the dam at Kells", "fishing rights", "veterans", "grain convoys", "the old town")]  # fmt: skip
MENTION = (
    "{who}, who speaks for {party}, told reporters on {day} that {party} {verb} {matter}. "
    "{other} said it would come to the table only if {matter2} was settled first. "
    "Delegates of {party} and {other} are to meet in Kells on {meet}."
)


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--case", type=Path, default=Path("build/desk.standoff"))
    parser.add_argument("--reports", type=int, default=500)
    parser.add_argument("--entries", type=int, default=20_000)
    args = parser.parse_args()
    args.case.parent.mkdir(parents=True, exist_ok=True)
    if not args.case.exists():
        began = time.perf_counter()
        make(args.case, args.reports, args.entries)
        print(f"{args.case} made in {time.perf_counter() - began:.0f} s")
    desk = open_desk(args.case, "bench")
    try:
        state = desk.state()
        entries = len(state.statements) + len(state.positions) + len(state.preconditions)
        entries += sum(len(meeting.sightings) for meeting in state.meetings)
        print(f"{len(state.sources)} reports, {entries} entries, {len(state.parties)} parties")
        measure(desk)
    finally:
        desk.close()


def make(path: Path, reports: int, entries: int) -> None:
    """A case of reports of equal length, its entries spread evenly; the same each time."""
    dice = random.Random(7)
    with create(path, "Kells", by="bench") as case:
        ledgers = [made_up(number, entries // reports, dice) for number in range(reports)]
        action = store(case, [ledger.document for ledger in ledgers], "bench").action
        for ledger in ledgers:
            record_reading(case, ledger, "made up", action)
        desk = open_desk(path, "bench")
        coded: dict[str, list[str]] = {}
        for position in desk.state().positions:
            coded.setdefault(desk.state().quote(position.report, position.issue), []).append(position.id)
        desk.close()
        for matter, ids in coded.items():
            move(case, ids, matter, "bench")


def made_up(number: int, entries: int, dice: random.Random) -> Ledger:
    """One report with so many entries: of each mention a statement, two positions, a precondition and a meeting."""
    day = date(2024, 1, 1) + timedelta(number % 250)
    text, statements, positions, conditions, meetings = "", [], [], [], []
    names = dict.fromkeys([name for name, _ in PARTIES] + PEOPLE)
    actors = {name: Actor(f"a{k}", name, dict(PARTIES).get(name, "person")) for k, name in enumerate(names)}
    for k in range(entries // 4):
        (party, _), (other, _) = dice.sample(PARTIES, 2)
        act, verb = dice.choice(list(VERBS.items()))
        words = {
            "who": dice.choice(PEOPLE), "party": party, "other": other, "verb": verb, "matter": dice.choice(MATTERS),
            "matter2": dice.choice(MATTERS), "day": day.strftime("%A"),
            "meet": str(day + timedelta(dice.randrange(20))),
        }  # fmt: skip
        start = len(text)
        text += MENTION.format(**words) + ("\n\n" if k % 3 == 2 else " ")
        sentences = [start]
        for _ in range(2):
            sentences.append(text.index(". ", sentences[-1] + 1) + 2)

        def span(what: str, after: int, text: str = text) -> tuple[int, int]:
            place = text.index(what, after)
            return place, place + len(what)

        first = (start, sentences[1] - 1)
        content = (text.index(" that ", start) + 1, first[1] - 1)
        told = span("told", start)
        statements.append(Statement(f"s{k}", actors[words["who"]].id, (span(words["who"], start),), (told,), (content,),
                                    "indirect", by="made up", confidence=dice.random()))  # fmt: skip
        positions.append(Position(f"p{k}", actors[party].id, actors[words["who"]].id, act, span(words["matter"], start),
                                  actors[other].id if act == "demand" else None, first, f"s{k}", by="made up",
                                  confidence=dice.random()))  # fmt: skip
        conditions.append(Precondition(f"c{k}", actors[other].id, span(words["matter2"], sentences[1]),
                                       span("come to the table", sentences[1]), (sentences[1], sentences[2] - 1),
                                       by="made up", confidence=dice.random()))  # fmt: skip
        meetings.append(Meeting(f"m{k}", "talks", (actors[party].id, actors[other].id), "Kells", words["meet"], None,
                                dice.choice(["planned", "held", "postponed"]), (sentences[2], len(text.rstrip())),
                                by="made up"))  # fmt: skip
    report = Report(f"r{number:03}", text, f"Day {number} of the Kells talks", day.isoformat(), "Kells Herald")
    return Ledger(
        report, tuple(actors.values()), tuple(statements), tuple(positions), tuple(conditions), tuple(meetings)
    )


def measure(desk: Desk) -> None:
    """Print a line for each page and step."""
    with TestClient(application(desk, KEYS, PORT), f"http://127.0.0.1:{PORT}", follow_redirects=False) as client:
        client.get("/?token=token")
        desk.think_ahead(asked.ahead)
        desk.newest("ready", asked.ahead)  # the desk has been open for a while
        ids = iter([position.id for position in desk.state().positions])

        def decide(address: str, **fields: str) -> None:
            answer = client.post(address, json=fields, headers={"x-desk-csrf": "csrf"})
            assert answer.status_code == 200, answer.text

        behind = False

        def ask(address: str) -> None:
            nonlocal behind
            answer = client.get(address)
            assert answer.status_code == 200, f"{address}: {answer.text}"
            behind = "data-behind" in answer.text

        print(f"load {os.getloadavg()[0]:.1f} on {os.cpu_count()} processors")
        print(f"{'step':<24}{'median':>14}{'most':>14}  ms (limit {STEP_LIMIT})")
        steps: dict[str, Callable[[], None]] = {
            "accept": lambda: decide(f"/entries/{next(ids)}/accept"),
            "reject": lambda: decide(f"/entries/{next(ids)}/reject"),
            "correct the holder": lambda: decide(f"/entries/{next(ids)}/correct", report="r000", holder="Valdoria"),
            "move an edge": lambda: decide(f"/entries/{next(ids)}/shift", edge="end", words="1"),
            "undo": lambda: decide("/undo", report="r000"),
        }
        for name, step in steps.items():
            times = [timed(step) for _ in range(TIMES)]
            print(f"{name:<24}{told(times):>14}{told(times, max):>14}{over(times, STEP_LIMIT)}", flush=True)
        print(f"{'page':<24}{'changed':>14}{'fresh':>14}{'same':>14}{'most':>14}  ms (limit {PAGE_LIMIT})")
        for address in PAGES:
            changed, fresh = [], []
            for _ in range(DECISIONS):
                decide(f"/entries/{next(ids)}/accept")
                once = [timed(lambda address=address: ask(address))]  # type: ignore[misc]
                while behind:
                    time.sleep(AGAIN)
                    once.append(timed(lambda address=address: ask(address)))  # type: ignore[misc]
                changed.append(once[0])
                waited = sum(one.clock for one in once) + AGAIN * 1000 * (len(once) - 1)
                fresh.append(Time(waited, sum(one.processor for one in once)))
            same = [timed(lambda address=address: ask(address)) for _ in range(TIMES)]  # type: ignore[misc]
            every = changed + same
            print(f"{address:<24}{told(changed):>14}{told(fresh):>14}{told(same):>14}{told(every, max):>14}"
                  f"{over(every, PAGE_LIMIT)}", flush=True)  # fmt: skip
        print(f"load {os.getloadavg()[0]:.1f}")


@dataclass(frozen=True, slots=True)
class Time:
    """Milliseconds by the clock and of the processor."""

    clock: float
    processor: float


def timed(do: Callable[[], None]) -> Time:
    """How long something takes."""
    began, worked = time.perf_counter(), time.process_time()
    do()
    return Time((time.perf_counter() - began) * 1000, (time.process_time() - worked) * 1000)


def told(times: list[Time], which: Callable[[list[float]], float] = statistics.median) -> str:
    """The medians, or another measure: `clock (processor)`."""
    return f"{which([one.clock for one in times]):.0f} ({which([one.processor for one in times]):.0f})"


def over(times: list[Time], limit: int) -> str:
    """` over` if any took longer by the clock than it may."""
    return " over" if max(one.clock for one in times) > limit else ""


if __name__ == "__main__":
    main()
