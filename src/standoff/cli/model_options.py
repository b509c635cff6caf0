"""What the commands of `standoff model` share: the file, the choice of concepts, JSON on the terminal."""

from __future__ import annotations

import json
from pathlib import Path

import click

CONCEPTS = ["nash", "gmr", "smr", "seq", "sim"]

conflict_file = click.argument("file", type=click.Path(path_type=Path))
as_json_option = click.option("--json", "as_data", is_flag=True, help="Print JSON.")


def print_json(content: object) -> None:
    """One line of JSON."""
    click.echo(json.dumps(content, ensure_ascii=False))
