"""`standoff model why`: why a state is or is not stable, party by party. The work is in `standoff.graphmodel`."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from standoff.cli.model_options import (
    CONCEPTS,
    ConflictCommand,
    as_json_option,
    conflict_file,
    print_json,
    state_number,
)
from standoff.errors import InputError

if TYPE_CHECKING:
    from standoff.graphmodel.space import Space

# For one party: the reasons as sentences, and as plain data.
Told = tuple[list[str], list[dict[str, object]]]


@click.command(cls=ConflictCommand)
@conflict_file
@click.argument("state")
@click.option(
    "--concept",
    type=click.Choice([*CONCEPTS, "limited", "strength", "attitudes", "coalitions"], case_sensitive=False),
    help="Only this concept; the last four only if asked for.",
)
@click.option(
    "--moves", type=click.IntRange(1), default=4, show_default=True, help="How many moves are foreseen (limited)."
)
@click.option("--party", help="Only this decision maker.")
@as_json_option
def why(file: Path, state: str, concept: str | None, moves: int, party: str | None, as_data: bool) -> None:
    """Why a state is or is not stable, party by party.

    STATE is a number, or a pattern such as YNN.
    """
    from standoff.graphmodel.files import read_conflict
    from standoff.graphmodel.space import build
    from standoff.graphmodel.words import state_in_words

    space = build(read_conflict(file))
    number = state_number(space, state)
    names = [mover.name for mover in space.movers]
    if party is not None and party not in names:
        raise InputError(f"no decision maker `{party}`; there are {', '.join(names)}")
    tell = _teller(space, file, number, concept, moves)
    told = [(name, *tell(index)) for index, name in enumerate(names) if party in (None, name)]
    if as_data:
        print_json({"state": number, "reasons": [reason for _, _, reasons in told for reason in reasons]})
        return
    click.echo(state_in_words(space, number))
    for name, sentences, _ in told:
        click.echo(f"\n{name}")
        for sentence in sentences:
            click.echo(sentence)


def _teller(space: Space, file: Path, number: int, concept: str | None, moves: int) -> Callable[[int], Told]:
    from standoff.graphmodel.attitudes import RELATIONAL
    from standoff.graphmodel.files import read_attitudes
    from standoff.graphmodel.report import reason_json
    from standoff.graphmodel.stability import Concept
    from standoff.graphmodel.strength import GRADED, marked
    from standoff.graphmodel.why import reason
    from standoff.graphmodel.why_further import foresight_reason, graded_reason, relational_reason
    from standoff.graphmodel.why_joint import TOLD as JOINT
    from standoff.graphmodel.why_joint import joint_in_words, joint_json, joint_reason
    from standoff.graphmodel.words import reason_in_words
    from standoff.graphmodel.words_further import (
        foresight_in_words,
        foresight_json,
        graded_in_words,
        graded_json,
        relational_in_words,
        relational_json,
    )

    if concept == "limited":

        def ahead(party: int) -> Told:
            found = foresight_reason(space, number, party, moves)
            return [foresight_in_words(space, found)], [foresight_json(space, found)]

        return ahead
    if concept == "strength":
        marked(space)

        def graded(party: int) -> Told:
            found = [graded_reason(space, number, party, one) for one in GRADED]
            return [graded_in_words(space, one) for one in found], [graded_json(space, one) for one in found]

        return graded
    if concept == "attitudes":
        felt = read_attitudes(file)

        def relational(party: int) -> Told:
            found = [relational_reason(space, number, party, one, felt) for one in RELATIONAL]
            return [relational_in_words(space, one) for one in found], [relational_json(space, one) for one in found]

        return relational
    if concept == "coalitions":

        def joint(party: int) -> Told:
            found = [joint_reason(space, number, party, one) for one in JOINT]
            return [joint_in_words(space, one) for one in found], [joint_json(space, one) for one in found]

        return joint
    concepts = list(Concept) if concept is None else [Concept(concept)]

    def plain(party: int) -> Told:
        found = [reason(space, number, party, one) for one in concepts]
        return [reason_in_words(space, one) for one in found], [reason_json(space, one) for one in found]

    return plain
