"""`standoff case brief`, `positions`, `contradictions`, `deadlocks`, `calendar`, `who`: what a desk asks of a case."""

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from standoff.cli.case_options import as_json, case_file, say_json
from standoff.errors import InputError

if TYPE_CHECKING:
    from standoff.analysis.calendar import Appointment
    from standoff.analysis.conditions import Condition
    from standoff.analysis.deadlocks import Ring
    from standoff.analysis.page import Page
    from standoff.analysis.positions import Line
    from standoff.case.snapshot import Party, Snapshot
    from standoff.case.store import Case

day = click.DateTime(["%Y-%m-%d"])
HEAD = 12
"""Lines of a section of a brief or a card unless all are asked for: what a person reads at a glance."""


def _state(case_file: Path) -> "Snapshot":
    from standoff.case.state import snapshot
    from standoff.case.store import open as open_case

    with open_case(case_file) as case:
        return snapshot(case)


def _party(state: "Snapshot", name: str | None) -> "Party | None":
    from standoff.analysis.who import find_party

    return None if name is None else state.party_by_id[state.camp(find_party(state, name).id)]


@click.command()
@case_file
@click.option("--since", type=day, metavar="DATE", help="What was published from this day on (YYYY-MM-DD).")
@click.option("--until", type=day, metavar="DATE", help="The case as of this day; by default all of it.")
@click.option("--by", default="", metavar="NAME", help="Whose last look counts (STANDOFF_USER, else the login name).")
@click.option("--peek", is_flag=True, help="Do not note that you have looked.")
@click.option("--all", "whole", is_flag=True, help=f"Every line, not only the first {HEAD} of a section.")
@click.option("--md", "form", flag_value="md", help="Print Markdown.")
@click.option("--html", "form", flag_value="html", help="Print HTML.")
@as_json
def brief(
    case_file: Path,
    since: datetime | None,
    until: datetime | None,
    by: str,
    peek: bool,
    whole: bool,
    form: str | None,
    as_json: bool,
) -> None:
    """What is new: positions, demands, conditions, meetings, contradictions, what comes in the next 14 days.

    New since DATE, or else since you last looked; a look is noted, so that the next brief begins where this one ended.
    Whoever looks for the first time sees all that is in the case.
    """
    from standoff.analysis.brief import brief as make
    from standoff.analysis.brief import published_before, published_until
    from standoff.analysis.brief_page import page
    from standoff.case.history import last_look, look
    from standoff.case.snapshot import Snapshot
    from standoff.case.state import snapshot
    from standoff.case.store import open as open_case

    if form and as_json:
        raise InputError("one form at a time: --md, --html or --json")
    if since and until and until < since:
        raise InputError(f"--until {until.date()} lies before --since {since.date()}")
    with open_case(case_file) as case:
        now = snapshot(case)
        begin = since.date().isoformat() if since else None
        if since:
            before = published_before(now, since.date())
        else:
            seen = last_look(case, by)
            before = snapshot(case, seen) if seen is not None else Snapshot(now.name)
            begin = None if seen is None else _time_of(case, seen)
        if until:
            now, before = published_until(now, until.date()), published_until(before, until.date())
        found = make(before, now, until.date() if until else None, begin)
        if as_json:
            say_json(found.to_json())
        else:
            _print(page(found, None if whole else HEAD), form)
        if not since and not until and not peek:
            if case.writable:
                look(case, by)
            else:
                click.echo(f"standoff: {case_file} is read-only: your look was not noted", err=True)


def _print(page: "Page", form: str | None) -> None:
    from standoff.analysis.page import to_html, to_markdown, to_text

    write = {"md": to_markdown, "html": to_html}.get(form or "", to_text)
    click.echo(write(page), nl=False)


def _time_of(case: "Case", action: int) -> str | None:
    from standoff.case.history import log

    return next((step.at[:16].replace("T", " ") for step in log(case) if step.id == action), None)


@click.command()
@case_file
@click.option("--party", metavar="NAME", help="Only of this party (name, part of it, or id).")
@click.option("--on", metavar="TEXT", help="Only on issues or concepts with these words (or this id).")
@click.option("--shifts", is_flag=True, help="Only who turned round, the latest first.")
@click.option("--all", "whole", is_flag=True, help="Issues too on which a party spoke only once.")
@as_json
def positions(case_file: Path, party: str | None, on: str | None, shifts: bool, whole: bool, as_json: bool) -> None:
    """What each party holds on each issue over time, and who shifted when."""
    from standoff.analysis.lines import told
    from standoff.analysis.positions import positions as find
    from standoff.cli.table import table

    state = _state(case_file)
    wanted = _party(state, party)
    found = find(state)
    lines = [
        line
        for line in found.lines
        if (wanted is None or line.party == wanted.id)
        and (on is None or on == line.issue or on.casefold() in line.issue_name.casefold())
    ]
    if shifts:
        kept = {(line.party, line.issue) for line in lines}
        turned = [s for s in found.shifts if (s.party, s.issue) in kept]
        if as_json:
            say_json([s.to_json() for s in turned])
            return
        rows: list[tuple[object, ...]] = []
        for s in turned:
            rows.append((s.party_name, s.before.date, f"{told(s.before)} [{s.before.citation.place}]"))
            rows.append(("", s.after.date, f"{told(s.after)} [{s.after.citation.place}]"))
        click.echo(table(("party", "date", "holds"), rows) if rows else "nobody turned round")
        return
    if as_json:
        say_json([line.to_json() for line in lines])
        return
    shown = [line for line in lines if whole or wanted or on or len(line.holdings) > 1]
    click.echo(_positions(shown) if shown else "no position")
    if len(shown) < len(lines):
        click.echo(f"and {len(lines) - len(shown)} issues on which a party spoke once (--all, --party NAME)")


def _positions(lines: "list[Line]") -> str:
    """One table for each party, in the order of the lines."""
    from standoff.analysis.lines import told
    from standoff.cli.table import table

    rows: dict[tuple[str, str], list[tuple[object, ...]]] = {}
    for line in lines:
        last = line.holdings[-1]
        turns = " (turned round)" if line.shifts else ""
        row = (line.issue_name, len(line.holdings), last.date, f"{told(last)}{turns} [{last.citation.place}]")
        rows.setdefault((line.party, line.party_name), []).append(row)
    head = ("issue", "n", "last", "holds")
    return "\n\n".join(f"{name} ({party})\n{table(head, some)}" for (party, name), some in rows.items())


@click.command()
@case_file
@click.option("--party", metavar="NAME", help="Only of this party (name, part of it, or id).")
@as_json
def contradictions(case_file: Path, party: str | None, as_json: bool) -> None:
    """Where a party goes against itself, over time or between its spokespersons; the plainest first."""
    from standoff.analysis.contradictions import contradictions as find
    from standoff.analysis.page import LONGEST_QUOTE
    from standoff.analysis.positions import shortened
    from standoff.cli.table import table

    state = _state(case_file)
    wanted = _party(state, party)
    found = [c for c in find(state) if wanted is None or c.party == wanted.id]
    if as_json:
        say_json([c.to_json() for c in found])
        return
    rows: list[tuple[object, ...]] = []
    for c in found:
        rows.append((c.party_name, c.between, c.why))
        for held in (c.first, c.second):
            said = f"“{shortened(held.citation.quote, LONGEST_QUOTE)}” [{held.citation.place}]"
            rows.append((held.speaker or "", held.date, said))
    click.echo(table(("party, speaker", "when", "why they clash, and the words"), rows) if rows else "no contradiction")


@click.command()
@case_file
@as_json
def deadlocks(case_file: Path, as_json: bool) -> None:
    """Which conditions block each other, and the fewest concessions that would break every cycle."""
    from standoff.analysis.deadlocks import deadlocks as find

    found = find(_state(case_file))
    if as_json:
        say_json(found.to_json())
        return
    click.echo(_conditions(found.conditions) if found.conditions else "no condition stands")
    for title, ring in (("Locked: each withholds what the other's condition asks", found.locked),
                        ("Mutual waiting: each waits for a party that waits for it", found.mutual)):  # fmt: skip
        click.echo(f"\n{title}\n{'-' * len(title)}")
        click.echo("\n".join(_ring(ring)))
    if found.dropped:
        title = "Dropped or met: the party now does without a word of it what was held back"
        click.echo(f"\n{title}\n{'-' * len(title)}")
        click.echo(_conditions(found.dropped))


def _conditions(conditions: "tuple[Condition, ...]") -> str:
    from standoff.analysis.page import LONGEST_QUOTE
    from standoff.analysis.positions import shortened
    from standoff.cli.table import table

    rows = []
    for c in conditions:
        then = c.dropped
        later = f"; {then.published}: “{shortened(then.quote, LONGEST_QUOTE)}” [{then.place}]" if then else ""
        rows.append((c.id, c.party_name, c.controller_name, f"{c.told} [{c.citations[0].place}]{later}"))
    return table(("id", "party", "waits for", "condition"), rows)


def _ring(ring: "Ring") -> list[str]:
    from textwrap import wrap

    if not ring.cycles:
        return ["no cycle"]
    lines = []
    for number, cycle in enumerate(ring.cycles, 1):
        for k, c in enumerate(cycle.conditions):
            of = f", waiting for {c.controller_name}" if c.controller_name else ""
            start = f"{number}. " if k == 0 else "   "
            step = f"{c.party_name} ({c.id}): {c.told}{of}"
            lines += wrap(step, 80, initial_indent=start, subsequent_indent="      ")
    made = ", ".join(f"{c.party_name} ({c.id})" for c in ring.concessions)
    few = "" if len(ring.concessions) == ring.at_least else f" (at least {ring.at_least} are needed)"
    return lines + wrap(f"Fewest concessions that break all: {made}{few}", 80, subsequent_indent="   ")


@click.command()
@case_file
@click.option("--since", type=day, metavar="DATE", help="Meetings from this day on (YYYY-MM-DD).")
@click.option("--ics", type=click.Path(path_type=Path), metavar="FILE", help="Write an iCalendar file.")
@as_json
def calendar(case_file: Path, since: datetime | None, ics: Path | None, as_json: bool) -> None:
    """The meetings as last known, by day; those whose day is not known come last."""
    from standoff.analysis.calendar import calendar as find
    from standoff.analysis.calendar import day_span
    from standoff.cli.table import table

    state = _state(case_file)
    found = find(state)
    if since:
        found = tuple(a for a in found if a.start and day_span(a.end or a.start)[1] > since.date())
    if ics is not None:
        _write_ics(ics, state, found)
        dated = sum(a.start is not None for a in found)
        click.echo(f"{ics}: {dated} meetings; {len(found) - dated} without a day left out", err=as_json)
    if as_json:
        say_json([a.to_json() for a in found])
    elif ics is None:
        click.echo(table(("id", "day", "state", "meeting"), [_row(a) for a in found]) if found else "no meeting")


def _row(a: "Appointment") -> tuple[object, ...]:
    from standoff.analysis.lines import names

    until = f" to {a.end[5:]}" if a.end and a.end != a.start else ""
    moves = [c.before for c in a.changes if c.field == "start" and c.before]
    was = f"; was {', '.join(moves)}" if moves else ""
    place = f" in {a.place}" if a.place else ""
    who = f": {names(a.participants)}" if a.participants else ""
    state = "put off" if a.put_off else a.status
    return (a.id, f"{a.start}{until}" if a.start else None, state,
            f"{a.kind}{place}{who}{was} [{a.citations[-1].place}]")  # fmt: skip


def _write_ics(target: Path, state: "Snapshot", found: "tuple[Appointment, ...]") -> None:
    from standoff.analysis.icalendar_file import to_ics

    partial = target.with_name(f".{target.name}.part")
    try:
        partial.write_bytes(to_ics(state.identity, state.name, found))
        partial.replace(target)
    except OSError as error:
        partial.unlink(missing_ok=True)
        raise InputError(f"{target}: cannot be written ({error.strerror or error})") from error


@click.command()
@case_file
@click.argument("actor", metavar="ACTOR")
@click.option("--all", "whole", is_flag=True, help=f"Every line, not only the first {HEAD} of a section.")
@click.option("--md", "form", flag_value="md", help="Print Markdown.")
@click.option("--html", "form", flag_value="html", help="Print HTML.")
@as_json
def who(case_file: Path, actor: str, whole: bool, form: str | None, as_json: bool) -> None:
    """The card of ACTOR (its name, a part of it, or id): who speaks for it, what it holds, where it meets whom."""
    from standoff.analysis.card_page import page
    from standoff.analysis.who import find_party
    from standoff.analysis.who import who as card_of

    state = _state(case_file)
    card = card_of(state, find_party(state, actor))
    if as_json:
        say_json(card.to_json())
    else:
        _print(page(card, None if whole else HEAD), form)
