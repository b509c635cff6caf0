"""`standoff model`: conflicts on the command line. Reads files, prints answers; the work is in
`standoff.graphmodel`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from standoff.cli.model_further import coalitions, derive, robust, unknown
from standoff.cli.model_options import (
    MOST_PRINTED,
    ConflictCommand,
    as_json_option,
    conflict_file,
    kind_option,
    listed,
    print_json,
    state_number,
)
from standoff.cli.model_richer import attitudes, hypergame, limited, strength
from standoff.cli.model_why import why

if TYPE_CHECKING:
    from standoff.graphmodel.criterion import Criterion
    from standoff.graphmodel.stability import Solution


@click.group()
def model() -> None:
    """The graph model of a conflict: which outcomes are stable, and why."""


for further in (attitudes, coalitions, derive, hypergame, limited, robust, strength, unknown, why):
    model.add_command(further)


@model.command(cls=ConflictCommand)
@conflict_file
@as_json_option
def solve(file: Path, as_data: bool) -> None:
    """The stable states of a conflict in FILE (YAML or .gmcr)."""
    from standoff.graphmodel.files import read_conflict
    from standoff.graphmodel.report import as_json
    from standoff.graphmodel.space import build
    from standoff.graphmodel.stability import solve as solution_of

    solution = solution_of(build(read_conflict(file)))
    if as_data:
        print_json(as_json(solution))
    else:
        click.echo(_text(solution))


@model.command(cls=ConflictCommand)
@conflict_file
@click.argument("state", required=False)
@kind_option("Of which equilibria:")
@click.option("--all", "steps", type=click.IntRange(1), help="Also every way of at most so many moves.")
@as_json_option
def path(file: Path, state: str | None, concept: Criterion, steps: int | None, as_data: bool) -> None:
    """The ways from a state to each equilibrium.

    From STATE, without it from the file's `today`; told is also what blocks each step.
    """
    from standoff.graphmodel.files import read_beside, read_conflict, read_today
    from standoff.graphmodel.report import routes_json
    from standoff.graphmodel.routes import routes
    from standoff.graphmodel.space import build
    from standoff.graphmodel.words import routes_in_words

    space = build(read_conflict(file))
    start = space.state(read_today(file)) if state is None else state_number(space, state)
    found = routes(space, start, concept, steps, read_beside(file))
    if as_data:
        print_json(routes_json(space, found))
    else:
        click.echo(routes_in_words(space, found))


@model.command(cls=ConflictCommand)
@conflict_file
@click.argument("state")
@kind_option("The kind of stability:")
@click.option("--most", type=click.IntRange(0), default=3, show_default=True, help="The most swaps to try.")
@as_json_option
def inverse(file: Path, state: str, concept: Criterion, most: int, as_data: bool) -> None:
    """What would have to change for a state to be stable.

    The smallest changes of preference (swaps of neighbours in an order, one weight) that make STATE an equilibrium.
    """
    from standoff.graphmodel.criterion import Kind
    from standoff.graphmodel.files import read_beside, read_conflict
    from standoff.graphmodel.inverse import certain_first, levers, nearest_remedies
    from standoff.graphmodel.inverse_weights import weight_changes
    from standoff.graphmodel.space import build
    from standoff.graphmodel.words import remedy_in_words, state_in_words, weight_change_in_words

    space = build(read_conflict(file))
    number = state_number(space, state)
    code = int(space.codes[number - 1])
    beside = read_beside(file)
    found = nearest_remedies(space.conflict, code, concept, most, beside=beside)
    # By unknown preference the uncertain statements are taken last; the swaps are told of that order.
    conflict = space.conflict
    if concept.kind is Kind.UNKNOWN and any(beside.uncertain):
        conflict, _, _ = certain_first(conflict, beside)
    lines = [remedy_in_words(conflict, remedy) for remedy in found]
    alone = levers(space.conflict, code, concept, most, beside) if found and found[0].swaps else {}
    weights = weight_changes(space.conflict, code, concept, beside)
    names = [party.name for party in space.conflict.decision_makers]
    if as_data:
        by_weight = [
            {
                "decision_maker": names[one.party],
                "place": one.place + 1,
                "from": one.before,
                "to": one.limit,
                "beyond": not one.reaches,
                "example": one.example,
                "words": weight_change_in_words(space.conflict, one),
            }
            for one in weights
        ]
        remedies = [
            {
                "swaps": [{"decision_maker": names[swap.party], "place": swap.place + 1} for swap in one.swaps],
                "words": text,
            }
            for one, text in zip(found, lines, strict=True)
        ]
        by_one = [
            {
                "decision_maker": names[party],
                "swaps": len(one[0].swaps),
                "words": remedy_in_words(conflict, one[0]),
            }
            for party, one in alone.items()
        ]
        print_json(
            {
                "state": number,
                "concept": concept.name,
                "most": most,
                "remedies": remedies,
                "levers": by_one,
                "weights": by_weight,
            }
        )
        return
    click.echo(state_in_words(space, number))
    if not found:
        click.echo(f"no change of up to {most} swaps makes it an equilibrium by {concept.name}")
    for text in lines:
        click.echo("; ".join(text) if text else f"is an equilibrium by {concept.name} already")
    for party, ways in alone.items():
        click.echo(f"by {names[party]} alone: {'; '.join(remedy_in_words(conflict, ways[0]))}")
    if lines and lines[0] and not alone:
        click.echo(f"no decision maker can do it alone with up to {most} swaps")
    for change in weights:
        click.echo(f"by one weight: {weight_change_in_words(space.conflict, change)}")


@model.command(cls=ConflictCommand)
@conflict_file
@click.argument("target", type=click.Path(path_type=Path))
@as_json_option
def convert(file: Path, target: Path, as_data: bool) -> None:
    """Write a conflict in another format (.yaml, .gmcr).

    The suffixes of FILE and TARGET tell the formats; what TARGET cannot hold is told on stderr.
    """
    from standoff.graphmodel.conversion import convert as converted

    conflict, lost = converted(file, target)
    for one in lost:
        click.echo(f"{target}: a {target.suffix} file cannot hold {one}", err=True)
    if as_data:
        print_json({"from": str(file), "to": str(target), "name": conflict.name, "lost": lost})
    else:
        click.echo(f"{target}: {conflict.name}")


def _text(solution: Solution) -> str:
    from standoff.graphmodel.overview import limits_in_words
    from standoff.graphmodel.stability import Concept
    from standoff.graphmodel.words import CONCEPT_NAMES, state_in_words

    space = solution.space
    options = space.conflict.option_names
    owners = {option: party.name for party in space.conflict.decision_makers for option in party.options}
    limits = limits_in_words(space)
    lines = [
        f"{space.conflict.name}: {len(space.movers)} decision makers, {len(options)} options, "
        f"{len(space.codes):,} feasible states",
        "options, in the order of the letters of a pattern",
        *(f"  {place:2} {name} ({owners[place - 1]})" for place, name in enumerate(options, start=1)),
        *([""] * bool(limits)),
        *limits,
        "",
        "equilibria",
    ]
    shown: set[int] = set()
    for concept in Concept:
        states = solution.equilibria(concept)
        lines.append(f"  {CONCEPT_NAMES[concept]}: {listed(states)}")
        shown.update(states[:MOST_PRINTED])
    lines.append(f"  SEQ or SIM, party by party: {listed(solution.seq_or_sim())}")
    if shown:
        lines.append("")
        lines += [state_in_words(space, state) for state in sorted(shown)[:MOST_PRINTED]]
    return "\n".join(lines)
