"""`standoff case codebook`: the concepts to which issues belong."""

from collections import Counter
from pathlib import Path

import click

from standoff.cli.case_options import as_json, case_file, confirm, decided, progress, progress_ends, say_json
from standoff.cli.lazy import lazy_group
from standoff.errors import InputError

HERE = "standoff.cli.case_codebook"
codebook = lazy_group(
    "codebook",
    "The concepts to which issues belong. `standoff case rename` and `merge` work on concepts too.",
    {
        "list": (HERE, "list_concepts", "List concepts, the most frequent first."),
        "code": (HERE, "code_issues", "Give a concept to issues that have none."),
        "move": (HERE, "move", "Move issues to another concept."),
        "describe": (HERE, "describe", "Say what belongs to a concept."),
        "contradict": (HERE, "contradict", "Two concepts cannot both come about."),
        "export": (HERE, "export", "Write the codebook as YAML."),
        "import": (HERE, "import_", "Take over a codebook."),
    },
)


@click.command("list")
@case_file
@click.option("--all", "whole", is_flag=True, help="Those with a single issue too.")
@as_json
def list_concepts(case_file: Path, whole: bool, as_json: bool) -> None:
    """List concepts with the number of their issues, the most frequent first."""
    from standoff.case.codebook import issues
    from standoff.case.state import snapshot
    from standoff.case.store import open as open_case
    from standoff.cli.table import table

    with open_case(case_file) as case:
        state = snapshot(case)
    counts = Counter(issue.concept for issue in issues(state))
    shown = [c for c in state.concepts if whole or counts[c.id] != 1 or c.description]
    shown.sort(key=lambda concept: (-counts[concept.id], int(concept.id[1:])))
    if as_json:
        say_json([{"id": c.id, "name": c.name, "description": c.description, "issues": counts[c.id],
                   "contradicts": c.contradicts} for c in shown])  # fmt: skip
        return
    rows = [(c.id, counts[c.id], c.name + (f" – {c.description}" if c.description else "")) for c in shown]
    click.echo(table(("id", "issues", "concept"), rows))
    if len(shown) < len(state.concepts):
        click.echo(f"and {len(state.concepts) - len(shown)} with a single issue (--all)")


@click.command("code")
@case_file
@as_json
def code_issues(case_file: Path, as_json: bool) -> None:
    """Give a concept to issues that have none: a known one that is near in meaning, or a new one."""
    from standoff.case.adding import connect
    from standoff.case.codebook import issues
    from standoff.case.state import snapshot
    from standoff.case.store import open as open_case

    with open_case(case_file) as case:
        loose = sum(issue.concept is None for issue in issues(snapshot(case)))
        connect(case, None, progress)
        progress_ends()
    say_json({"coded": loose}) if as_json else click.echo(f"{loose} issues coded")


@click.command()
@case_file
@click.argument("entries", nargs=-1, required=True, metavar="ENTRY…")
@click.option("--to", "concept", required=True, metavar="CONCEPT", help="Its id or name; a new name makes a concept.")
@decided
@as_json
def move(case_file: Path, entries: tuple[str, ...], concept: str, by: str, why: str, as_json: bool) -> None:
    """Move issues to another concept: positions (e12), or sides of preconditions (e12.requirement, e12.gate)."""
    from standoff.case.codebook import move as move_to
    from standoff.case.store import open as open_case

    with open_case(case_file) as case:
        target = move_to(case, entries, concept, by, why)
    say_json({"concept": target}) if as_json else click.echo(f"{', '.join(entries)} → {target}")


@click.command()
@case_file
@click.argument("concept")
@click.argument("text")
@decided
@as_json
def describe(case_file: Path, concept: str, text: str, by: str, why: str, as_json: bool) -> None:
    """Say in words what belongs to CONCEPT."""
    from standoff.case.codebook import describe as say
    from standoff.case.store import open as open_case

    with open_case(case_file) as case:
        say(case, concept, text, by, why)
    confirm(as_json, {"concept": concept, "description": text}, f"{concept}: {text}")


@click.command()
@case_file
@click.argument("one")
@click.argument("other")
@click.option("--not", "reconciled", is_flag=True, help="They can both come about after all.")
@decided
@as_json
def contradict(case_file: Path, one: str, other: str, reconciled: bool, by: str, why: str, as_json: bool) -> None:
    """The concepts ONE and OTHER cannot both come about."""
    from standoff.case.codebook import contradict as say
    from standoff.case.store import open as open_case

    with open_case(case_file) as case:
        say(case, one, other, not reconciled, by, why)
    words = f"{one} and {other}: {'can both come about' if reconciled else 'contradict each other'}"
    confirm(as_json, {"one": one, "other": other, "contradict": not reconciled}, words)


@click.command()
@case_file
@click.argument("target", required=False, type=click.Path(path_type=Path))
@as_json
def export(case_file: Path, target: Path | None, as_json: bool) -> None:
    """Write the codebook as YAML to TARGET, or to standard output (there with --json as JSON)."""
    from standoff.case.codebook_file import to_yaml
    from standoff.case.state import snapshot
    from standoff.case.store import open as open_case

    with open_case(case_file) as case:
        text = to_yaml(snapshot(case))
    if target is None:
        if as_json:
            import yaml

            say_json(yaml.safe_load(text))
        else:
            click.echo(text, nl=False)
        return
    partial = target.with_name(f".{target.name}.part")
    try:
        partial.write_text(text, encoding="utf-8")
        partial.replace(target)
    except OSError as error:
        raise InputError(f"{target}: cannot be written ({error.strerror or error})") from error
    confirm(as_json, {"written": str(target)}, f"{target}: written")


@click.command("import")
@case_file
@click.argument("source", type=click.Path(path_type=Path))
@decided
@as_json
def import_(case_file: Path, source: Path, by: str, why: str, as_json: bool) -> None:
    """Take over the codebook SOURCE of another case. Issues added later are coded by it."""
    from standoff.case.codebook_file import from_yaml
    from standoff.case.store import open as open_case

    try:
        text = source.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"{source}: cannot be read ({getattr(error, 'strerror', None) or error})") from error
    with open_case(case_file) as case:
        ids = from_yaml(case, text, str(source), by, why)
    say_json({"concepts": ids}) if as_json else click.echo(f"{len(ids)} concepts taken over")
