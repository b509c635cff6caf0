"""`standoff model`: conflicts on the command line. Reads files, prints answers; the work is in
`standoff.graphmodel`."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import click

from standoff.errors import InputError

if TYPE_CHECKING:
    from standoff.graphmodel.space import Space
    from standoff.graphmodel.stability import Solution

_FILE = click.argument("file", type=click.Path(path_type=Path))
_CONCEPTS = ["nash", "gmr", "smr", "seq", "sim"]
# A longer list of equilibria is cut in the text output; --json has them all.
_MOST_PRINTED = 30


@click.group()
def model() -> None:
    """The graph model of a conflict: which outcomes are stable, and why."""


@model.command()
@_FILE
@click.option("--json", "as_data", is_flag=True, help="Print everything as JSON.")
def solve(file: Path, as_data: bool) -> None:
    """Stable states and equilibria of the conflict in FILE (YAML or .gmcr)."""
    from standoff.graphmodel.files import read_conflict
    from standoff.graphmodel.report import as_json
    from standoff.graphmodel.space import build
    from standoff.graphmodel.stability import solve as solution_of

    solution = solution_of(build(read_conflict(file)))
    click.echo(json.dumps(as_json(solution), ensure_ascii=False, indent=1) if as_data else _text(solution))


@model.command()
@_FILE
@click.argument("state")
@click.option("--concept", type=click.Choice(_CONCEPTS), help="Only this stability concept.")
@click.option("--party", help="Only this decision maker.")
def why(file: Path, state: str, concept: str | None, party: str | None) -> None:
    """Why STATE (its number, or a pattern such as YNN) of the conflict in FILE is or is not stable."""
    from standoff.graphmodel.files import read_conflict
    from standoff.graphmodel.space import build
    from standoff.graphmodel.stability import Concept
    from standoff.graphmodel.why import reason
    from standoff.graphmodel.words import reason_in_words, state_in_words

    space = build(read_conflict(file))
    number = _state(space, state)
    names = [mover.name for mover in space.movers]
    if party is not None and party not in names:
        raise InputError(f"no decision maker `{party}`; there are {', '.join(names)}")
    click.echo(state_in_words(space, number))
    for index, name in enumerate(names):
        if party in (None, name):
            click.echo(f"\n{name}")
            for one in Concept if concept is None else [Concept(concept)]:
                click.echo(reason_in_words(space, reason(space, number, index, one)))


@model.command()
@_FILE
@click.argument("state")
@click.option("--concept", type=click.Choice(_CONCEPTS), default="seq", show_default=True, help="Of which equilibria.")
def path(file: Path, state: str, concept: str) -> None:
    """The shortest ways from STATE (today's) to each equilibrium: by any moves, and by improvements only."""
    from standoff.graphmodel.files import read_conflict
    from standoff.graphmodel.paths import shortest_ways
    from standoff.graphmodel.space import build, improvements, moves
    from standoff.graphmodel.stability import Concept
    from standoff.graphmodel.stability import solve as solution_of
    from standoff.graphmodel.words import state_in_words, way_in_words

    space = build(read_conflict(file))
    start = _state(space, state)
    found = solution_of(space).equilibria(Concept(concept))
    by_moves, by_improvements = (shortest_ways(space, start, single) for single in (moves, improvements))
    click.echo(f"from {state_in_words(space, start)}")
    if not found:
        click.echo(f"no equilibrium by {concept}")
    for target in found:
        click.echo(f"\nto {state_in_words(space, target)}")
        for kind, ways in (("moves", by_moves), ("improvements", by_improvements)):
            way = ways.get(target)
            click.echo(f"  by {kind}: {'no way' if way is None else way_in_words(space, start, way)}")


@model.command()
@_FILE
@click.argument("state")
@click.option(
    "--concept", type=click.Choice(_CONCEPTS), default="seq", show_default=True, help="The kind of stability."
)
@click.option("--most", type=click.IntRange(0), default=3, show_default=True, help="The most swaps to try.")
def inverse(file: Path, state: str, concept: str, most: int) -> None:
    """The smallest changes of preference (swaps of neighbours) that make STATE an equilibrium."""
    from standoff.graphmodel.files import read_conflict
    from standoff.graphmodel.inverse import nearest_remedies
    from standoff.graphmodel.space import build
    from standoff.graphmodel.stability import Concept
    from standoff.graphmodel.words import remedy_in_words, state_in_words

    space = build(read_conflict(file))
    number = _state(space, state)
    code = int(space.codes[number - 1])
    found = nearest_remedies(space.conflict, code, Concept(concept), most)
    click.echo(state_in_words(space, number))
    if not found:
        click.echo(f"no change of up to {most} swaps makes it an equilibrium by {concept}")
    for remedy in found:
        lines = remedy_in_words(space.conflict, remedy)
        click.echo("; ".join(lines) if lines else f"is an equilibrium by {concept} already")


@model.command()
@_FILE
@click.argument("target", type=click.Path(path_type=Path))
def convert(file: Path, target: Path) -> None:
    """Write the conflict in FILE to TARGET; the suffixes tell the formats (.yaml, .gmcr)."""
    from standoff.graphmodel.files import read_conflict, write_conflict

    write_conflict(read_conflict(file), target)


def _state(space: Space, text: str) -> int:
    count = len(space.conflict.options)
    if len(text) == count and set(text) <= {"Y", "N"}:
        return space.state(sum(1 << option for option, mark in enumerate(text) if mark == "Y"))
    if text.isdecimal() and 1 <= int(text) <= len(space.codes):
        return int(text)
    raise InputError(f"`{text}` is no state: give a number from 1 to {len(space.codes)} or {count} letters Y and N")


def _text(solution: Solution) -> str:
    from standoff.graphmodel.stability import Concept
    from standoff.graphmodel.words import CONCEPT_NAMES, state_in_words

    space = solution.space
    options = space.conflict.option_names
    lines = [
        f"{space.conflict.name}: {len(space.movers)} decision makers, {len(options)} options, "
        f"{len(space.codes):,} feasible states",
        "options, in the order of the patterns: " + ", ".join(options),
        "",
        "equilibria",
    ]
    shown: set[int] = set()
    for concept in Concept:
        states = solution.equilibria(concept)
        lines.append(f"  {CONCEPT_NAMES[concept]}: {_listed(states)}")
        shown.update(states[:_MOST_PRINTED])
    lines.append(f"  SEQ or SIM, party by party: {_listed(solution.seq_or_sim())}")
    if shown:
        lines.append("")
        lines += [state_in_words(space, state) for state in sorted(shown)[:_MOST_PRINTED]]
    return "\n".join(lines)


def _listed(states: list[int]) -> str:
    if not states:
        return "none"
    text = ", ".join(map(str, states[:_MOST_PRINTED]))
    hidden = len(states) - _MOST_PRINTED
    return f"{text} and {hidden:,} more" if hidden > 0 else text
