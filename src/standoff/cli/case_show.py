"""`standoff case list`, `show`, `search`: what the case holds."""

import textwrap
from pathlib import Path

import click

from standoff.case.snapshot import Snapshot
from standoff.cli.case_options import as_json, case_file, say_json
from standoff.errors import InputError


@click.command("list")
@case_file
@click.option("--all", "whole", is_flag=True, help="Those too that do not count: off the topic, or copies.")
@as_json
def list_reports(case_file: Path, whole: bool, as_json: bool) -> None:
    """List the reports by date."""
    from standoff.case.state import snapshot
    from standoff.case.store import open as open_case
    from standoff.cli.table import table

    with open_case(case_file) as case:
        state = snapshot(case)
    shown = [source for source in state.sources if whole or source.counts]
    if as_json:
        say_json(
            [
                {
                    "id": s.id, "title": s.report.title, "published": s.report.published,
                    "publisher": s.report.publisher, "relevance": s.relevance, "relevant": s.relevant,
                    "cluster": s.cluster, "added": s.added,
                }
                for s in shown
            ]
        )  # fmt: skip
        return
    rows = []
    for source in shown:
        note = "" if source.relevant else " [not about the negotiation]"
        note += "" if source.cluster == source.id else f" [repeats {source.cluster}]"
        rows.append((source.report.published, source.relevance, (source.report.title or source.id) + note))
    click.echo(table(("date", "score", "report"), rows) if rows else "no report")
    if len(shown) < len(state.sources):
        click.echo(f"{len(shown)} reports; {len(state.sources) - len(shown)} more do not count (--all)")


@click.command()
@case_file
@click.argument("id_", metavar="[ID]", required=False)
@as_json
def show(case_file: Path, id_: str | None, as_json: bool) -> None:
    """Show the case in figures, or ID: a report, an entry (e1), a party (A1), a concept (C1), a meeting (M1)."""
    from standoff.case.state import snapshot
    from standoff.case.store import open as open_case

    with open_case(case_file) as case:
        state = snapshot(case)
        if id_ is None:
            _overview(state, as_json)
        elif id_[:1] in "eACM" and id_[1:].isdecimal():
            _thing(state, id_, as_json)
        else:
            from standoff.case.screening import known_report

            with case.looking() as connection:
                report = known_report(connection, id_)
            _report(state, report, as_json)


def _overview(state: Snapshot, as_json: bool) -> None:
    figures = {
        "reports": len(state.sources),
        "counted": sum(source.counts for source in state.sources),
        "statements": len(state.statements),
        "positions": len(state.positions),
        "preconditions": len(state.preconditions),
        "meetings": len(state.meetings),
        "parties": len(state.parties),
        "concepts": len(state.concepts),
    }
    if as_json:
        say_json({"name": state.name, "settings": state.settings} | figures)
        return
    click.echo(state.name)
    if state.settings.get("about"):
        click.echo(textwrap.fill(state.settings["about"], 80))
    click.echo("\n".join(f"{number:>7} {what}" for what, number in figures.items()))


def _thing(state: Snapshot, id_: str, as_json: bool) -> None:
    from standoff.case.queue import entries_of, item_of

    pairs = entries_of(state)
    found: list[object]
    if id_[0] == "e":
        found = [entry for _, entry in pairs if entry.id == id_]
        items = [item_of(state, kind, entry) for kind, entry in pairs if entry.id == id_]
    elif id_[0] == "M":
        found = [gathering for gathering in state.meetings if gathering.id == id_]
        inside = {
            sighting.id for gathering in state.meetings if gathering.id == id_ for sighting in gathering.sightings
        }
        items = [item_of(state, kind, entry) for kind, entry in pairs if entry.id in inside]
    else:
        things = state.parties if id_[0] == "A" else state.concepts
        found = [thing for thing in things if thing.id == id_]
        items = [item_of(state, kind, entry) for kind, entry in pairs if _names(entry, id_)]
    if not found:
        raise InputError(f"{id_}: not in the state of the case")
    if as_json:
        say_json({"thing": found[0], "entries": items})
        return
    name = getattr(found[0], "name", "")
    if name:
        click.echo(f"{id_} {name}")
    for item in items:
        click.echo(textwrap.fill(f"{item.id} {item.date or 'no date'} {item.summary}", 80, subsequent_indent="    "))
        click.echo(f"    {item.review}; {item.report} at {item.start}–{item.end}")


def _names(entry: object, id_: str) -> bool:
    """Whether an entry refers to a party or concept."""
    fields = ("speaker", "holder", "stated_by", "target", "concept", "requirement_concept", "gate_concept")
    return any(getattr(entry, field, None) == id_ for field in fields) or id_ in getattr(entry, "participants", ())


def _report(state: Snapshot, report: str, as_json: bool) -> None:
    from standoff.case.queue import entries_of, item_of

    source = state.source_by_id[report]
    items = [item_of(state, kind, entry) for kind, entry in entries_of(state) if entry.report == report]
    items.sort(key=lambda item: (item.start, item.end, int(item.id[1:])))
    if as_json:
        say_json({"source": source, "entries": items})
        return
    head = source.report.title or report
    click.echo(textwrap.fill(head, 80))
    facts = [source.report.publisher, source.report.published, source.report.url]
    click.echo(", ".join(fact for fact in facts if fact) or "no date")
    state_of = "counts" if source.counts else "repeats " + source.cluster if source.relevant else "kept apart"
    click.echo(f"relevance {source.relevance:.2f}, {state_of}\n")
    for item in items:
        line = f"{item.id} {item.kind}: {item.summary}"
        click.echo(textwrap.fill(line, 80, subsequent_indent="    "))
        click.echo(f"    {item.review}; at {item.start}–{item.end}")
    if not items:
        click.echo("nothing was read in it")


@click.command()
@case_file
@click.argument("query", nargs=-1, required=True)
@click.option("--most", type=click.IntRange(min=1), default=20, show_default=True, help="Hits of each kind.")
@as_json
def search(case_file: Path, query: tuple[str, ...], most: int, as_json: bool) -> None:
    """Search texts, entries, names of parties and concepts. All words must be there; "a phrase", prefix*."""
    from standoff.case.search import search as find
    from standoff.case.store import open as open_case
    from standoff.cli.table import table

    with open_case(case_file) as case:
        hits = find(case, " ".join(query), most)
    if as_json:
        say_json(hits)
        return
    rows = [(hit.kind, hit.date, hit.id if hit.kind != "report" else "", _place(hit.report, hit.words)) for hit in hits]
    click.echo(table(("in", "date", "id", "words"), rows) if rows else "found nowhere")


def _place(report: str, words: str) -> str:
    return f"{words} [{report}]" if report else words
