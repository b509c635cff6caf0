"""`standoff case merge`, `unmerge`, `split`, `rename`, `party`: what is the same across reports, and what is not."""

from pathlib import Path

import click

from standoff.cli.case_options import as_json, case_file, confirm, decided, say_json
from standoff.errors import InputError


@click.command()
@case_file
@click.argument("into", required=False)
@click.argument("others", nargs=-1)
@click.option("--suggest", is_flag=True, help="List parties whose names are alike.")
@decided
@as_json
def merge(
    case_file: Path, into: str | None, others: tuple[str, ...], suggest: bool, by: str, why: str, as_json: bool
) -> None:
    """OTHERS are the same as INTO: parties (A3), concepts (C5) or meetings (M7). `unmerge` or `undo` takes it back."""
    from standoff.case import merging
    from standoff.case.state import snapshot
    from standoff.case.store import open as open_case
    from standoff.cli.table import table

    with open_case(case_file) as case:
        if suggest:
            state = snapshot(case)
            pairs = merging.perhaps_the_same(state)
            if as_json:
                say_json([{"one": a, "other": b, "likeness": x} for a, b, x in pairs])
            else:
                named = state.party_by_id
                rows = [(a, b, x, f"{named[a].name} | {named[b].name}") for a, b, x in pairs]
                click.echo(table(("one", "other", "alike", "names"), rows))
            return
        if into is None or not others:
            raise InputError("name two ids or more, or --suggest")
        merging.merge(case, into, others, by, why)
    say_json({"merged": others, "into": into}) if as_json else click.echo(f"{', '.join(others)} → {into}")


@click.command()
@case_file
@click.argument("id_", metavar="ID")
@decided
@as_json
def unmerge(case_file: Path, id_: str, by: str, why: str, as_json: bool) -> None:
    """ID, which was merged into another, stands for itself again."""
    from standoff.case import merging
    from standoff.case.store import open as open_case

    with open_case(case_file) as case:
        merging.unmerge(case, id_, by, why)
    confirm(as_json, {"unmerged": id_}, f"{id_}: stands for itself")


@click.command()
@case_file
@click.argument("id_", metavar="ID")
@click.argument("members", nargs=-1, required=True, metavar="REPORT|ENTRY…")
@click.option("--name", default="", help="Of a party: what it is in these reports (a name, or the id of a party).")
@decided
@as_json
def split(case_file: Path, id_: str, members: tuple[str, ...], name: str, by: str, why: str, as_json: bool) -> None:
    """Split a party or a meeting.

    The party ID is another one in these REPORTs; the ENTRYs are on another meeting than the others of ID.
    Issues are moved between concepts with `codebook move`.
    """
    from standoff.case import merging
    from standoff.case.store import open as open_case

    with open_case(case_file) as case:
        if merging.kind_of(id_) == "party":
            if not name:
                raise InputError("a party is split with --name, what it is in these reports")
            new = merging.split_party(case, id_, members, name, by, why)
        elif merging.kind_of(id_) == "gathering":
            new = merging.split_meeting(case, members, by, why)
        else:
            raise InputError(f"{id_}: issues are moved with `standoff case codebook move`")
    say_json({"new": new}) if as_json else click.echo(f"{', '.join(members)} → {new}")


@click.command()
@case_file
@click.argument("id_", metavar="ID")
@click.argument("name")
@decided
@as_json
def rename(case_file: Path, id_: str, name: str, by: str, why: str, as_json: bool) -> None:
    """Give the party or concept ID another NAME."""
    from standoff.case import merging
    from standoff.case.store import open as open_case

    with open_case(case_file) as case:
        merging.rename(case, id_, name, by, why)
    confirm(as_json, {"id": id_, "name": name}, f"{id_}: {name}")


@click.command()
@case_file
@click.argument("id_", metavar="[ID]", required=False)
@click.option("--of", metavar="PARTY", help="Whom it speaks for (id or name; '' for nobody).")
@click.option("--kind", help="state, government, opposition, armed_group, international_org, company, union, person …")
@click.option("--wikidata", metavar="QID", help="Its item in Wikidata.")
@click.option("--iso3", metavar="CODE", help="Country code, three letters.")
@decided
@as_json
def party(
    case_file: Path,
    id_: str | None,
    of: str | None,
    kind: str | None,
    wikidata: str | None,
    iso3: str | None,
    by: str,
    why: str,
    as_json: bool,
) -> None:
    """List the parties, or say of the party ID whom it speaks for and what it is."""
    from standoff.case import merging
    from standoff.case.state import snapshot
    from standoff.case.store import open as open_case
    from standoff.cli.table import table

    values = {"of": of, "kind": kind, "wikidata": wikidata, "iso3": iso3}
    given = {field: value for field, value in values.items() if value is not None}
    with open_case(case_file) as case:
        if given:
            if id_ is None:
                raise InputError("name the party")
            merging.describe_party(case, id_, given, by, why)
        state = snapshot(case)
    parties = [item for item in state.parties if id_ is None or item.id == id_]
    if as_json:
        say_json(parties)
        return
    parties.sort(key=lambda item: -len(item.members))
    named = state.party_by_id
    rows = [(p.id, len(p.members), p.kind, p.name + (f" (of {named[p.of].name})" if p.of else "")) for p in parties]
    click.echo(table(("id", "reports", "kind", "party"), rows))


@click.command()
@case_file
@click.argument("source", required=False, type=click.Path(path_type=Path))
@decided
@as_json
def actors(case_file: Path, source: Path | None, by: str, why: str, as_json: bool) -> None:
    """Name in the YAML file SOURCE the actors that every later reading is to know; without SOURCE: print them.

    The file is that of `standoff read --actors`: names, kinds, aliases, whom they speak for.
    """
    from standoff.case.adding import name_actors
    from standoff.case.store import open as open_case

    with open_case(case_file) as case:
        if source is None:
            text = (case.setting("actors") or "").rstrip()
            confirm(as_json, {"actors": text}, text)
            return
        try:
            text = source.read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError) as error:
            raise InputError(f"{source}: cannot be read ({getattr(error, 'strerror', None) or error})") from error
        count = name_actors(case, text, str(source), by, why)
    words = f"{count} actors named; `standoff case reread CASE REPORT…` reads again what was read without them"
    confirm(as_json, {"named": count}, words)
