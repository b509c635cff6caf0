"""`standoff case` as a person calls it."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path

import click
import pytest
from click.testing import CliRunner, Result

from standoff.cli.case import case as group
from standoff.errors import StandoffError

TALKS = (
    "Peace talks on a truce deal are due to open in Geneva on February 12.\n\n"
    "France urged Turkey to reopen the border. “We will not attend the talks until Russia stops the air strikes,” "
    "Turkish Foreign Minister Mevlut Cavusoglu said on Tuesday.\n"
)
RAIN = "It rained in the north on Sunday. Farmers were glad of it, for the spring had been the driest in twenty years."

Call = Callable[..., Result]


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("case")
    (folder / "2016-02-10-talks.txt").write_text(TALKS, encoding="utf-8")
    (folder / "2016-02-11-rain.txt").write_text(RAIN, encoding="utf-8")
    file = folder / "g.standoff"
    runner = CliRunner()
    done = runner.invoke(group, ["new", str(file), "--about", "Peace talks on a truce in Geneva", "--by", "ana"])
    assert done.exit_code == 0, done.output
    done = runner.invoke(group, ["add", str(file), str(folder / "*.txt"), "--by", "ana"])
    assert done.exit_code == 0 and "2 new" in done.output and "1 read" in done.output, done.output
    return file


@pytest.fixture
def call(made: Path, tmp_path: Path) -> Call:
    from standoff.case.store import backup
    from standoff.case.store import open as open_case

    with open_case(made) as case:
        copy = backup(case, tmp_path / "g.standoff")

    def run(command: str, *arguments: str, code: int = 0) -> Result:
        done = CliRunner().invoke(group, [*command.split(), str(copy), *arguments], env={"STANDOFF_USER": "ana"})
        if code == 0:
            assert done.exit_code == 0, (done.output, done.exception)
        else:
            assert done.exit_code != 0
        return done

    return run


READERS = (
    "list", "list --all", "show", "log", "party", "codebook list --all", "review list", "relevance", "check", "diff 1",
    "search border", "merge --suggest", "show A1", "show M1", "show C1", "show 2016-02-10",
)  # fmt: skip


@pytest.mark.parametrize("line", READERS)
def test_what_is_shown_fits_eighty_columns_and_has_json(call: Call, line: str) -> None:
    words = line.split()
    depth = 2 if words[0] in ("codebook", "review") else 1
    command, rest = " ".join(words[:depth]), words[depth:]
    text = call(command, *rest).output
    rows = [row for row in text.splitlines() if not row.endswith("g.standoff: sound")]  # a path may be of any length
    assert text.strip() and all(len(row) <= 80 for row in rows)
    assert json.loads(call(command, *rest, "--json").output) is not None


def test_a_review_from_the_first_list_to_the_undo(call: Call) -> None:
    (entry,) = [e for e in json.loads(call("review list", "--kind", "precondition", "--json").output)]
    call("review accept", entry["id"])
    call("review correct", entry["id"], "--set", "holder=Turkey", "--why", "the minister speaks for it")
    assert json.loads(call("show", entry["id"], "--json").output)["thing"]["review"] == "corrected"
    added = json.loads(
        call("review add", "2016-02-10", "position", "--set", "evidence=France urged Turkey to reopen the border",
             "--set", "holder=France", "--set", "act=demand", "--set", "issue=the border", "--json").output
    )  # fmt: skip
    assert "added" in call("show", added["entry"]).output
    call("review reject", added["entry"])
    call("undo")
    call("redo")
    assert "reject" in call("log").output
    call("review finish", "2016-02-10")
    assert "kappa" in call("agreement").output


def test_deciding_on_reports_parties_and_concepts(call: Call) -> None:
    call("relevance", "2016-02-11", "--yes", "--why", "floods stop the talks")
    assert "1 read" in call("read").output
    assert call("relevance", "--again").output.strip().endswith("changed")
    call("rename", "A1", "Somebody")
    call("party", "A1", "--kind", "other")
    call("merge", "A1", "A2")
    call("unmerge", "A2")
    call("copy", "2016-02-11", "--of", "2016-02-10")
    assert "repeats" in call("list", "--all").output
    call(
        "codebook move",
        json.loads(call("review list", "--kind", "position", "--json").output)[0]["id"],
        "--to",
        "border",
    )
    assert "name: border" in call("codebook export").output
    assert "reports read again" in call("reread").output


def test_a_mistake_is_told_and_changes_nothing(call: Call) -> None:
    steps = len(json.loads(call("log", "--all", "--json").output))
    for line in (
        "review accept e999",
        "merge A1 A1",
        "undo 77",
        "relevance 2016-02-11",
        "copy 2016-02-11",
        "show A999",
    ):
        words = line.split()
        command, rest = (" ".join(words[:2]), words[2:]) if words[0] == "review" else (words[0], words[1:])
        assert isinstance(call(command, *rest, code=1).exception, StandoffError), line
    assert len(json.loads(call("log", "--all", "--json").output)) == steps


CONFIRMING = (
    "rename A1 Somebody", "merge A1 A2", "unmerge A2", "relevance 2016-02-11 --yes", "copy 2016-02-11 --of 2016-02-10",
    "copy 2016-02-11 --alone", "codebook describe C1 words", "codebook contradict C1 C2", "codebook export",
    "review finish 2016-02-10", "actors", "undo", "redo",
)  # fmt: skip


def test_what_only_confirms_has_json_too(call: Call) -> None:
    (entry,) = [e["id"] for e in json.loads(call("review list", "--kind", "precondition", "--json").output)]
    reviewing = (f"review accept {entry}", f"review correct {entry} --set holder=Turkey", f"review reopen {entry}",
                 f"review reject {entry}")  # fmt: skip
    for line in (*CONFIRMING, *reviewing):
        words = line.split()
        depth = 2 if words[0] in ("codebook", "review") else 1
        assert json.loads(call(" ".join(words[:depth]), *words[depth:], "--json").output), line


def test_every_command_has_json() -> None:
    def commands(inside: click.Group) -> Iterator[click.Command]:
        for name in inside.list_commands(click.Context(inside)):
            command = inside.get_command(click.Context(inside), name)
            assert command is not None
            if isinstance(command, click.Group):
                yield from commands(command)
            else:
                yield command

    for command in commands(group):
        assert any("--json" in option.opts for option in command.params), command.name


def test_every_command_says_what_it_does() -> None:
    runner = CliRunner()
    for name in group.places:
        done = runner.invoke(group, [name, "--help"])
        assert done.exit_code == 0 and len(done.output.splitlines()) > 4, name
