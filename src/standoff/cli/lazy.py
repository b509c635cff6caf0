"""A group of commands that are imported only when one of them is asked for: names and places in, a click group out."""

import importlib

import click

Place = tuple[str, str, str]
"""Module, name in it, one line of help."""


class LazyGroup(click.Group):
    """Knows of each command where it is and what it is for, without importing it."""

    def __init__(self, name: str, help_text: str, places: dict[str, Place]) -> None:
        super().__init__(name=name, help=help_text)
        self.places = places

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(self.places)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in self.places:
            return None
        module, name, _ = self.places[cmd_name]
        command: click.Command = getattr(importlib.import_module(module), name)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl([(name, place[2]) for name, place in self.places.items()])


def lazy_group(name: str, help_text: str, places: dict[str, Place]) -> LazyGroup:
    """The group, in the order of `places`."""
    return LazyGroup(name, help_text, places)
