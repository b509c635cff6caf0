"""What the commands of `standoff model` share: the file, the choice of concepts, JSON on the terminal."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import click

from standoff.errors import InputError

if TYPE_CHECKING:
    from standoff.graphmodel.space import Space

Command = TypeVar("Command", bound=Callable[..., object])
# A longer list of states is cut in the text output; --json has them all.
MOST_PRINTED = 30
CONCEPTS = ["nash", "gmr", "smr", "seq", "sseq", "sim"]


class ConflictCommand(click.Command):
    """A command that takes a conflict's file: whatever is wrong is told with the file's name."""

    def invoke(self, ctx: click.Context) -> object:
        try:
            return super().invoke(ctx)
        except InputError as error:
            file = ctx.params.get("file")
            if file is None or str(file) in str(error):
                raise
            raise InputError(f"{file}: {error}") from None


conflict_file = click.argument("file", type=click.Path(path_type=Path))
as_json_option = click.option("--json", "as_data", is_flag=True, help="Print JSON.")


def concept_option(meaning: str) -> Callable[[Command], Command]:
    """`--concept`: one of the concepts in capitals or not; SEQ if nothing is said."""
    kinds = click.Choice(CONCEPTS, case_sensitive=False)
    return click.option("--concept", type=kinds, default="seq", show_default=True, help=meaning)


def kind_option(meaning: str) -> Callable[[Command], Command]:
    """`--concept`: a concept, or any other kind of stability; SEQ if nothing is said."""

    def read(context: click.Context, parameter: click.Parameter, value: str) -> object:
        from standoff.graphmodel.criterion import criterion

        try:
            return criterion(value)
        except InputError as error:
            raise click.BadParameter(str(error), context, parameter) from None

    forms = (
        "nash, gmr, smr, seq, sseq, sim, limited:H, non-myopic; also strength:, attitudes:, unknown-a: (to d), "
        "coalitions: or hypergame: before a concept."
    )
    return click.option(
        "--concept", callback=read, default="seq", show_default=True, metavar="KIND", help=f"{meaning} {forms}"
    )


def print_json(content: object) -> None:
    """One line of JSON."""
    click.echo(json.dumps(content, ensure_ascii=False))


def listed(states: list[int]) -> str:
    """State numbers for people."""
    if not states:
        return "none"
    text = ", ".join(map(str, states[:MOST_PRINTED]))
    hidden = len(states) - MOST_PRINTED
    return f"{text} and {hidden:,} more" if hidden > 0 else text


def state_number(space: Space, text: str) -> int:
    """The number of the state that a person names by its number or its pattern. Raises InputError for neither."""
    count = len(space.conflict.options)
    if len(text) == count and set(text) <= {"Y", "N"}:
        return space.state(sum(1 << option for option, mark in enumerate(text) if mark == "Y"))
    if text.isdecimal() and 1 <= int(text) <= len(space.codes):
        return int(text)
    raise InputError(f"`{text}` is no state: give a number from 1 to {len(space.codes)} or {count} letters Y and N")
