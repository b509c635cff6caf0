"""The command line: `standoff COMMAND`. Commands are imported when called, so that help answers at once."""

import importlib
import sys
from collections.abc import Sequence

import click

from standoff.errors import StandoffError

COMMANDS = {
    "case": ("standoff.cli.case", "case", "Follow one negotiation over many reports, in one file."),
    "desk": ("standoff.cli.desk", "desk", "Open a case as pages in the browser."),
    "read": ("standoff.cli.read", "read", "Read reports into ledgers."),
    "model": ("standoff.cli.model", "model", "Solve a conflict by the graph model."),
    "network": ("standoff.cli.network", "network", "Who agrees with whom, over time."),
    "polarisation": ("standoff.cli.polarisation", "polarisation", "How far actors fall into two hostile camps."),
}


class LazyGroup(click.Group):
    """A group that imports a command's module only when that command is asked for."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return sorted(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        module, name, _ = COMMANDS[cmd_name]
        command: click.Command = getattr(importlib.import_module(module), name)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl([(name, COMMANDS[name][2]) for name in sorted(COMMANDS)])


@click.group(cls=LazyGroup, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="standoff")
def standoff() -> None:
    """Read the reports of a negotiation; keep its ledger: who holds what, on which condition, who meets when."""


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command line. Errors that a person can mend end in one line on standard error and exit code 1."""
    try:
        standoff.main(args=arguments, standalone_mode=True)
    except StandoffError as error:
        click.echo(f"standoff: {error}", err=True)
        sys.exit(error.exit_code)
