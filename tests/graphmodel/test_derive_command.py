"""`standoff model derive`: from reports to a draft that a person edits, on the command line."""

import json
from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner, Result

from standoff.case.state import snapshot
from standoff.case.store import open as open_case
from standoff.cli.case import case as case_group
from standoff.cli.model import model
from standoff.errors import CaseError, InputError

REPORTS = [
    Path(__file__).parents[2] / "examples" / "geneva-2016" / name
    for name in ("2015-12-24-damascus-ready.md", "2016-02-12-munich.md", "2016-02-20-terms-for-a-truce.txt")
]


@pytest.fixture(scope="module")
def case_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("derive")
    file = folder / "case.standoff"
    for words in (["new", str(file), "--by", "ana"], ["add", str(file), *map(str, REPORTS), "--by", "ana"]):
        done = CliRunner().invoke(case_group, words, catch_exceptions=False)
        assert done.exit_code == 0, done.output
    return file


def derive(case_file: Path, *words: str) -> Result:
    return CliRunner().invoke(model, ["derive", str(case_file), *words], catch_exceptions=False)


def test_a_draft_is_written_that_can_be_solved_and_says_what_it_rests_on(case_file, tmp_path):
    out = tmp_path / "draft.yaml"
    told = derive(case_file, "--out", str(out)).output
    draft = yaml.safe_load(out.read_text())
    options = [option for party in draft["decision_makers"] for option in party.get("options", [])]
    statements = [one for party in draft["decision_makers"] for one in party.get("statements", [])]
    assert options
    assert f"{len(draft['decision_makers'])} decision makers, {len(options)} options" in told
    text = " ".join(" ".join(report.read_text() for report in REPORTS).split())
    for item in options + statements:
        assert item["because"]
        for ground in item["because"]:
            assert " ".join(ground["quote"].split()) in text
    solved = CliRunner().invoke(model, ["solve", str(out), "--json"], catch_exceptions=False)
    assert len(json.loads(solved.output)["options"]) == len(options)


def test_as_json_the_draft_is_told_and_written_all_the_same(case_file, tmp_path):
    out = tmp_path / "draft.yaml"
    data = json.loads(derive(case_file, "--out", str(out), "--json").output)
    written = yaml.safe_load(out.read_text())
    assert {one["name"] for one in data["options"]} == {
        option["name"] for party in written["decision_makers"] for option in party.get("options", [])
    }
    assert set(data) >= {"name", "parties", "options", "statements", "infeasible", "today", "left_out"}


def test_what_a_person_edits_survives_and_a_draft_made_twice_is_the_same(case_file, tmp_path):
    out = tmp_path / "draft.yaml"
    derive(case_file, "--out", str(out))
    first = out.read_text()
    derive(case_file, "--out", str(out))
    assert out.read_text() == first
    draft = yaml.safe_load(first)
    name = draft["decision_makers"][0]["options"][0]["name"]
    draft["decision_makers"][0]["options"][0]["note"] = "checked with the desk"
    draft["irreversible"] = [f'"{name}"']
    out.write_text(yaml.safe_dump(draft, sort_keys=False))
    derive(case_file, "--out", str(out))
    again = yaml.safe_load(out.read_text())
    assert again["decision_makers"][0]["options"][0]["note"] == "checked with the desk"
    assert again["irreversible"] == [f'"{name}"']


def test_what_a_person_edits_survives_when_the_case_has_grown(tmp_path):
    case_file, out = tmp_path / "growing.standoff", tmp_path / "draft.yaml"
    later = map(str, REPORTS[1:])
    for words in (["new", str(case_file), "--by", "ana"], ["add", str(case_file), *later, "--by", "ana"]):
        assert CliRunner().invoke(case_group, words, catch_exceptions=False).exit_code == 0
    derive(case_file, "--out", str(out))
    draft = yaml.safe_load(out.read_text())
    maker = next(one for one in draft["decision_makers"] if one.get("statements") and one.get("options"))
    option, statement = maker["options"][0], maker["statements"][0]
    old_name, option["name"] = option["name"], "What ana calls it"
    edited = {**statement, "statement": '"What ana calls it" OR NOT "What ana calls it"', "note": "edited by ana"}
    maker["statements"] = ["NOT \"What ana calls it\"", edited, *maker["statements"][1:]]
    for party in draft["decision_makers"]:
        party["statements"] = [
            {**one, "statement": one["statement"].replace(old_name, '"What ana calls it"')}
            if isinstance(one, dict) and one is not edited and old_name in one["statement"]
            else one
            for one in party.get("statements", [])
        ]
    draft["infeasible"] = [*draft.get("infeasible", []), {"condition": '"What ana calls it"', "note": "by ana"}]
    out.write_text(yaml.safe_dump(draft, sort_keys=False, allow_unicode=True))
    words = ["add", str(case_file), str(REPORTS[0]), "--by", "ana"]
    assert CliRunner().invoke(case_group, words, catch_exceptions=False).exit_code == 0
    derive(case_file, "--out", str(out), "--options", "20")
    again = yaml.safe_load(out.read_text())
    same = next(one for one in again["decision_makers"] if one["name"] == maker["name"])
    assert "What ana calls it" in [one["name"] for one in same["options"]]
    texts = [one if isinstance(one, str) else one["statement"] for one in same["statements"]]
    assert texts.index('NOT "What ana calls it"') < texts.index(edited["statement"])
    assert next(one for one in same["statements"] if isinstance(one, dict) and one.get("note") == "edited by ana")
    assert {"condition": '"What ana calls it"', "note": "by ana"} in again["infeasible"]
    reports = {ground["report"] for one in _drafted(again) for ground in one.get("because", [])}
    assert REPORTS[0].stem in reports, "and what the new report says has come in"


def test_every_entry_that_the_draft_rests_on_is_one_of_the_case(case_file, tmp_path):
    out = tmp_path / "draft.yaml"
    derive(case_file, "--out", str(out))
    with open_case(case_file) as case:
        state = snapshot(case)
    dates = {entry.id: entry.date for entry in (*state.positions, *state.preconditions)}
    grounds = [ground for item in _drafted(yaml.safe_load(out.read_text())) for ground in item["because"]]
    assert grounds
    assert all(ground["date"] == dates[ground["entry"]] for ground in grounds)


def _drafted(draft: dict) -> list[dict]:
    parties = draft["decision_makers"]
    items = [item for party in parties for field in ("options", "statements") for item in party.get(field, [])]
    return [item for item in items if isinstance(item, dict)]


def test_fewer_options_can_be_asked_for_and_what_is_left_out_is_said(case_file, tmp_path):
    out = tmp_path / "draft.yaml"
    derive(case_file, "--out", str(out), "--options", "1")
    draft = yaml.safe_load(out.read_text())
    assert sum(len(party.get("options", [])) for party in draft["decision_makers"]) == 1
    assert any("beyond the 1 of most weight" in line for line in draft["left_out"])


def test_a_file_that_is_no_draft_and_a_case_that_is_not_there_are_refused(case_file, tmp_path):
    mine = tmp_path / "mine.yaml"
    mine.write_text("conflict: Mine\ndecision_makers:\n  - name: A\n    options: [a]\n    statements: [a]\n")
    before = mine.read_text()
    with pytest.raises(InputError, match="mine.yaml: no draft that was derived"):
        derive(case_file, "--out", str(mine))
    assert mine.read_text() == before
    with pytest.raises(CaseError, match="none.standoff"):
        derive(tmp_path / "none.standoff", "--out", str(tmp_path / "x.yaml"))
    assert not (tmp_path / "x.yaml").exists()
    with pytest.raises(InputError, match="21 options: give a number from 1 to 20"):
        derive(case_file, "--out", str(tmp_path / "x.yaml"), "--options", "21")
