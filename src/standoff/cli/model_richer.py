"""`standoff model strength`, `limited`, `attitudes`, `hypergame`: richer preferences and richer people.

The work is in `standoff.graphmodel`.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from standoff.cli.model_options import (
    MOST_PRINTED,
    ConflictCommand,
    as_json_option,
    concept_option,
    conflict_file,
    listed,
    print_json,
)

if TYPE_CHECKING:
    from standoff.graphmodel.space import Space


@click.command(cls=ConflictCommand)
@conflict_file
@as_json_option
def strength(file: Path, as_data: bool) -> None:
    """What is strongly stable, what only weakly.

    FILE marks what the parties prefer strongly: `strong: true`, `>>` in a ranking, `strong_from` with weights.
    """
    from standoff.graphmodel.files import read_conflict
    from standoff.graphmodel.space import build
    from standoff.graphmodel.strength import GRADED, solve_strength
    from standoff.graphmodel.words import CONCEPT_NAMES

    space = build(read_conflict(file))
    found = solve_strength(space)
    general = {concept.value: found.general_equilibria(concept) for concept in GRADED}
    strong = {concept.value: found.strong_equilibria(concept) for concept in GRADED}
    if as_data:
        parties = [
            {
                "name": mover.name,
                "general": {one.value: found.general[one][index].astype(int).tolist() for one in GRADED},
                "strong": {one.value: found.strong[one][index].astype(int).tolist() for one in GRADED},
                "weak": {one.value: found.weak(one, index).astype(int).tolist() for one in GRADED},
            }
            for index, mover in enumerate(space.movers)
        ]
        print_json({"dms": parties, "equilibria": {"general": general, "strong": strong}})
        return
    for concept in GRADED:
        name = concept.value
        weak = [state for state in general[name] if state not in strong[name]]
        click.echo(CONCEPT_NAMES[concept])
        click.echo(f"  strongly stable for every party: {listed(strong[name])}")
        click.echo(f"  stable for every party, for some only weakly: {listed(weak)}")
    _echo_states(space, sorted({state for states in general.values() for state in states}))


@click.command(cls=ConflictCommand)
@conflict_file
@click.option("--moves", type=click.IntRange(1), default=4, show_default=True, help="Foresight of 1 to so many moves.")
@as_json_option
def limited(file: Path, moves: int, as_data: bool) -> None:
    """Stability for parties that look several moves ahead.

    L_h for 1 to --moves moves, and non-myopic stability: from some number of moves on for good.
    """
    from standoff.graphmodel.files import read_conflict
    from standoff.graphmodel.limited import MOST_MOVES, solve_limited
    from standoff.graphmodel.space import build

    space = build(read_conflict(file))
    found = solve_limited(space, moves)
    far = found.non_myopic_equilibria()
    if as_data:
        parties = [
            {
                "name": mover.name,
                "stable": [one[index].astype(int).tolist() for one in found.stable],
                "non_myopic": None if found.lasting is None else found.lasting[index].astype(int).tolist(),
            }
            for index, mover in enumerate(space.movers)
        ]
        equilibria = [{"moves": h, "states": found.equilibria(h)} for h in range(1, moves + 1)]
        repeats = {"from": found.begins, "every": found.period}
        print_json({"dms": parties, "equilibria": equilibria, "non_myopic": far, "repeats": repeats})
        return
    click.echo("stable for every party that foresees")
    for h in range(1, moves + 1):
        click.echo(f"  {h} move{'s' if h > 1 else ''}: {listed(found.equilibria(h))}")
    if far is None:
        click.echo(f"  any number of moves: not known; nothing repeats up to {MOST_MOVES} moves")
    else:
        click.echo(f"  any number of moves (non-myopic): {listed(far)}")
        click.echo(f"from {found.begins} moves on all repeats every {found.period}")
    shown = {state for h in range(1, moves + 1) for state in found.equilibria(h)} | set(far or [])
    _echo_states(space, sorted(shown))


@click.command(cls=ConflictCommand)
@conflict_file
@as_json_option
def attitudes(file: Path, as_data: bool) -> None:
    """Stability for parties that mind how the others fare.

    FILE says under `attitudes` what a party feels towards the others and itself.
    """
    from standoff.graphmodel.attitudes import RELATIONAL, solve_attitudes
    from standoff.graphmodel.files import read_attitudes, read_conflict
    from standoff.graphmodel.space import build
    from standoff.graphmodel.words_further import RELATIONAL_NAMES

    space = build(read_conflict(file))
    felt = read_attitudes(file)
    found = solve_attitudes(space, felt)
    names = [mover.name for mover in space.movers]
    equilibria = {concept.value: found.equilibria(concept) for concept in RELATIONAL}
    if as_data:
        parties = [
            {
                "name": name,
                "attitudes": {other: one.value for other, one in zip(names, felt[index], strict=True)},
                "stable": {one.value: found.stable[one][index].astype(int).tolist() for one in RELATIONAL},
            }
            for index, name in enumerate(names)
        ]
        print_json({"dms": parties, "equilibria": equilibria})
        return
    for name, row in zip(names, felt, strict=True):
        click.echo(f"{name}: {', '.join(f'{one.value} to {other}' for other, one in zip(names, row, strict=True))}")
    click.echo("\nrelational equilibria")
    for concept in RELATIONAL:
        click.echo(f"  {RELATIONAL_NAMES[concept]}: {listed(equilibria[concept.value])}")
    _echo_states(space, sorted({state for states in equilibria.values() for state in states}))


@click.command(cls=ConflictCommand)
@conflict_file
@concept_option("The kind of stability.")
@as_json_option
def hypergame(file: Path, concept: str, as_data: bool) -> None:
    """Stability if parties see different conflicts.

    FILE says under `hypergame` how a party sees it; told are the states that hold and what each party expects.
    """
    from standoff.graphmodel.files import read_conflict, read_views
    from standoff.graphmodel.hypergame import solve_hypergame
    from standoff.graphmodel.stability import Concept
    from standoff.graphmodel.words import state_in_words

    conflict = read_conflict(file)
    found = solve_hypergame(conflict, read_views(file))
    kind = Concept(concept)
    names = [maker.name for maker in conflict.decision_makers]
    groups = {
        "equilibria": found.equilibria(kind),
        "by_misperception": found.by_misperception(kind),
        "lost": found.lost(kind),
    }
    if as_data:
        parties = [
            {
                "name": name,
                "seen": [number or None for number in found.seen[index]],
                "stable": found.stable(kind, index).astype(int).tolist(),
                "expected": [
                    {"state": state, "decimal": int(found.games[index].space.codes[state - 1])}
                    for state in found.expected(kind, index)
                ],
            }
            for index, name in enumerate(names)
        ]
        print_json({"concept": concept, "dms": parties, **groups})
        return
    click.echo(f"equilibria of the hypergame by {concept}: {listed(groups['equilibria'])}")
    click.echo(f"  only because somebody sees another game: {listed(groups['by_misperception'])}")
    click.echo(f"  and no more, though the true conflict has them: {listed(groups['lost'])}")
    _echo_states(found.true.space, sorted({*groups["equilibria"], *groups["lost"]}))
    for index, name in enumerate(names):
        game = found.games[index].space
        click.echo(f"\n{name} sees {len(game.codes):,} states and expects")
        for state in found.expected(kind, index)[:MOST_PRINTED]:
            click.echo(f"  {state_in_words(game, state)}")


def _echo_states(space: Space, states: list[int]) -> None:
    from standoff.graphmodel.words import state_in_words

    if states:
        click.echo()
    for state in states[:MOST_PRINTED]:
        click.echo(state_in_words(space, state))
