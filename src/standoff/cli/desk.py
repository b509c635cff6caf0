"""`standoff desk`: a case as pages in the browser, for reading, checking and seeing."""

from pathlib import Path

import click

from standoff.cli.case_options import case_file


@click.command()
@case_file
@click.option("--port", type=click.IntRange(1, 65535), help="Where to listen; by default 8321, or a free one.")
@click.option("--no-browser", is_flag=True, help="Only print the address.")
@click.option("--by", default="", metavar="NAME", help="In whose name to decide (STANDOFF_USER, else the login name).")
@click.option("--model", type=click.Path(path_type=Path), help="A conflict (YAML, .gmcr) to show, not the draft.")
@click.option("--blind", is_flag=True, help="For coding blind: nothing of the machine or of other coders is shown.")
def desk(case_file: Path, port: int | None, no_browser: bool, by: str, model: Path | None, blind: bool) -> None:
    """Open CASE as a desk in the browser. Ctrl+C ends it.

    It listens on this machine only and opens with the address that it prints, token included. Each decision is in the
    case as soon as it is taken.
    """
    from standoff.web.serve import serve

    if model is not None:
        from standoff.graphmodel.files import read_conflict

        read_conflict(model)  # what is wrong with it is told before anything is opened
    def tell(address: str) -> None:
        click.echo(f"{address}\nCtrl+C ends the desk.")

    serve(case_file, by, port, tell, not no_browser, model, blind)
