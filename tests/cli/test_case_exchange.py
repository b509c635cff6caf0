"""`standoff case export` and `import` as a person calls them."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from standoff.case.adding import store
from standoff.case.exchange.formats import FORMATS
from standoff.case.review import add_by_hand
from standoff.case.store import create
from standoff.cli.case import case as group
from standoff.errors import StandoffError
from standoff.report import Report

TEXT = "The fishers 🐟 refuse the new quota.\r\nThe minister wants to talk."


@pytest.fixture
def made(tmp_path: Path) -> Path:
    with create(tmp_path / "sea.standoff", "Sea", by="ana") as case:
        store(case, [Report("sea", TEXT, "Quota", "2024-05-01")], "ana")
        issue = {"evidence": "The fishers 🐟 refuse the new quota.", "issue": "the new quota"}
        add_by_hand(case, "sea", "position", issue | {"holder": "Fishers", "act": "refuse"}, by="ana")
    return tmp_path / "sea.standoff"


def run(*arguments: object) -> Result:
    return CliRunner().invoke(group, [str(argument) for argument in arguments], env={"STANDOFF_USER": "ben"})


@pytest.mark.parametrize("form", list(FORMATS))
def test_what_was_written_and_what_is_not_in_it_is_said(made: Path, tmp_path: Path, form: str) -> None:
    out = tmp_path / "out"
    data = json.loads(run("export", made, form, out, "--json").output)
    assert data["format"] == form and all(Path(file).exists() for file in data["files"]) and data["unit"]
    done = run("export", made, form, out, "--force")
    assert done.exit_code == 0 and f"{out}: written" in done.output
    assert all(loss.split(":")[0] in done.output for loss in data["losses"])
    assert ("Not in it:" in done.output) == bool(data["losses"])
    again = run("export", made, form, out)
    assert isinstance(again.exception, StandoffError) and "--force" in str(again.exception)


@pytest.mark.parametrize("form", [name for name, form in FORMATS.items() if form.read])
def test_a_file_is_taken_into_a_new_case_or_the_old_one(made: Path, tmp_path: Path, form: str) -> None:
    run("export", made, form, tmp_path / "out")
    if form != "json":
        back = json.loads(run("import", made, form, tmp_path / "out", "--json").output)
        assert back["action"] is None and back["same"] == 1
    if form != "web-annotation":
        done = run("import", tmp_path / "new.standoff", form, tmp_path / "out", "--why", "to try")
        assert done.exit_code == 0 and "reports added" in done.output, done.exception
        entries = json.loads(run("review", "list", tmp_path / "new.standoff", "--all", "--json").output)
        assert [entry["kind"] for entry in entries] == ["position"]


def test_what_was_not_taken_is_listed_with_the_cause(made: Path, tmp_path: Path) -> None:
    run("export", made, "web-annotation", tmp_path / "a.json")
    done = run("import", tmp_path / "new.standoff", "web-annotation", tmp_path / "a.json")
    assert (
        done.exit_code == 0
        and "Not taken" in done.output
        and "the case has no report sea" in " ".join(done.output.split())
    )
