"""`standoff model derive`, `coalitions`, `robust`: a draft from a case, what parties can do together, how firm it is.

The work is in `standoff.graphmodel`.
"""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import click

from standoff.cli.model_options import (
    MOST_PRINTED,
    ConflictCommand,
    as_json_option,
    conflict_file,
    kind_option,
    listed,
    print_json,
)
from standoff.errors import InputError

if TYPE_CHECKING:
    from standoff.graphmodel.criterion import Criterion


@click.command()
@click.argument("case_file", metavar="CASE", type=click.Path(path_type=Path))
@click.option("--out", type=click.Path(path_type=Path), required=True, help="The draft (YAML); edits in it are kept.")
@click.option("--options", type=int, default=10, show_default=True, help="At most so many options, by weight.")
@as_json_option
def derive(case_file: Path, out: Path, options: int, as_data: bool) -> None:
    """Draft a conflict from what the parties said in a case.

    A person corrects the draft; edits in it are kept when it is made anew from the grown CASE.
    """
    from standoff.case.state import snapshot
    from standoff.case.store import open as open_case
    from standoff.graphmodel.derive import derive as draft_of
    from standoff.graphmodel.files import read_text, replace_text
    from standoff.graphmodel.redraft import draft_file

    with open_case(case_file) as case:
        draft = draft_of(snapshot(case), options)
    replace_text(out, draft_file(draft, read_text(out) if out.exists() else None, str(out)))
    if as_data:
        print_json(asdict(draft))
        return
    click.echo(
        f"{out}: {len(draft.parties)} decision makers, {len(draft.options)} options, "
        f"{len(draft.statements)} statements; {len(draft.left_out)} things left out"
    )


@click.command(cls=ConflictCommand)
@conflict_file
@as_json_option
def coalitions(file: Path, as_data: bool) -> None:
    """What holds against every coalition, and who can jump."""
    from standoff.graphmodel.coalitions import COALITIONAL, MOST_LISTED, every_jump, solve_coalitions
    from standoff.graphmodel.files import read_conflict
    from standoff.graphmodel.space import build
    from standoff.graphmodel.stability import Concept
    from standoff.graphmodel.stability import equilibria as equilibria_of
    from standoff.graphmodel.words import CONCEPT_NAMES, state_in_words

    space = build(read_conflict(file))
    names = [mover.name for mover in space.movers]
    found = solve_coalitions(space)
    firm = set(found.equilibria(Concept.NASH))
    lost = [state for state in equilibria_of(space, Concept.NASH) if state not in firm]
    if as_data:
        listed_all = len(space.codes) <= MOST_LISTED
        every = every_jump(space) if listed_all else [(one, *jump) for one in lost for jump in found.jumps(one)]
        jumps = [{"from": state, "coalition": [names[p] for p in group], "to": to} for state, group, to in every]
        equilibria = {concept.value: found.equilibria(concept) for concept in COALITIONAL}
        left_out = f"jumps but from states that are Nash for each party alone (limit {MOST_LISTED:,} states)"
        content = {"decision_makers": names, "equilibria": equilibria, "jumps": jumps}
        print_json(content if listed_all else content | {"left_out": left_out})
        return
    click.echo("stable against every coalition")
    for concept in COALITIONAL:
        click.echo(f"  {CONCEPT_NAMES[concept]}: {listed(found.equilibria(concept))}")
    for state in lost[:MOST_PRINTED]:
        click.echo(f"\nNash for each party alone, but not for all together: {state_in_words(space, state)}")
        for group, to in found.jumps(state):
            click.echo(f"  {' and '.join(names[party] for party in group)} can go to {state_in_words(space, to)}")


@click.command(cls=ConflictCommand)
@conflict_file
@kind_option("The kind of stability:")
@click.option("--samples", type=click.IntRange(1), default=1000, show_default=True, help="How many orders to draw.")
@click.option("--seed", type=int, default=1, show_default=True, help="The same seed gives the same answer.")
@as_json_option
def robust(file: Path, concept: Criterion, samples: int, seed: int, as_data: bool) -> None:
    """How firm the equilibria are under uncertain statements.

    Draws orders in which the statements that FILE marks `uncertain` (or `assumed`) stand anywhere.
    """
    from standoff.graphmodel.files import read_beside, read_conflict, read_uncertain
    from standoff.graphmodel.robust import robustness
    from standoff.graphmodel.space import build
    from standoff.graphmodel.words import sensitivity_in_words, state_in_words

    conflict = read_conflict(file)
    space = build(conflict)
    found = robustness(conflict, read_uncertain(file), concept, samples, seed, read_beside(file))
    if as_data:
        print_json(
            {
                "concept": concept.name,
                "samples": samples,
                "seed": seed,
                "given": found.given,
                "share": found.share,
                "sensitivity": [
                    {
                        "decision_maker": conflict.decision_makers[one.party].name,
                        "statement": one.place + 1,
                        "without": one.without,
                    }
                    for one in found.sensitivity
                ],
            }
        )
        return
    click.echo(f"equilibria by {concept.name} in {samples} sampled orders (seed {seed})")
    for state, share in sorted(found.share.items(), key=lambda pair: (-pair[1], pair[0])):
        given = " (as written)" if state in found.given else ""
        click.echo(f"  {share:5.1%} {state_in_words(space, state)}{given}")
    click.echo("\nif one uncertain statement is left out")
    for one in found.sensitivity:
        click.echo(f"  {sensitivity_in_words(conflict, found, one)}")


@click.command(cls=ConflictCommand)
@conflict_file
@as_json_option
def unknown(file: Path, as_data: bool) -> None:
    """Equilibria if preferences are partly unknown.

    Where the statements stand that FILE marks `uncertain` (or `assumed`) is unknown: extensions a to d.
    """
    from standoff.graphmodel.files import read_conflict, read_uncertain
    from standoff.graphmodel.space import build
    from standoff.graphmodel.unknown import CONCEPTS as KINDS
    from standoff.graphmodel.unknown import EXTENSION_NAMES, EXTENSIONS, solve_unknown
    from standoff.graphmodel.words import state_in_words

    space = build(read_conflict(file))
    marked = read_uncertain(file)
    if not any(marked):
        raise InputError(f"{file}: no statement is marked `uncertain: true`, so nothing is unknown")
    found = solve_unknown(space, marked)
    table = {one: {kind.value: found.equilibria(one, kind) for kind in KINDS} for one in EXTENSIONS}
    if as_data:
        print_json({"equilibria": table})
        return
    for one, row in table.items():
        click.echo(f"{one}: {EXTENSION_NAMES[one]}")
        for kind, states in row.items():
            click.echo(f"  {kind.upper() if kind != 'nash' else 'Nash':5} {listed(states)}")
    shown = sorted({state for row in table.values() for states in row.values() for state in states})
    click.echo()
    for state in shown[:MOST_PRINTED]:
        click.echo(state_in_words(space, state))
