"""The command line: what a person sees."""

import json
import re
from pathlib import Path

import pytest
from click.testing import CliRunner

from standoff.cli.model import model
from standoff.errors import InputError

EXAMPLES = Path(__file__).parents[2] / "examples" / "graphmodel"


def run(*words: str) -> str:
    result = CliRunner().invoke(model, words)
    assert result.exit_code == 0, result.output
    return result.output


def test_solve_prints_equilibria():
    out = run("solve", str(EXAMPLES / "prisoners-dilemma.yaml"))
    assert "Nash: 1\n" in out
    assert "state 4 (YY): First stays silent, Second stays silent" in out


def test_solve_as_json_has_the_published_field_names():
    data = json.loads(run("solve", "--json", str(EXAMPLES / "prisoners-dilemma.yaml")))
    assert data["states"][1] == {"state": 2, "decimal": 1, "pattern": "YN"}
    first = data["dms"][0]
    assert first["ranking"] == [[3], [4], [1], [2]]
    assert first["reachable"] == [[2], [1], [4], [3]]
    assert first["uis"] == [[], [1], [], [3]]
    assert first["stable"]["seq"] == [1, 0, 1, 1]
    assert data["equilibria"]["seq_or_sim"] == [1, 4]


def test_why_names_the_improvement_and_the_sanction():
    out = run("why", str(EXAMPLES / "cuba-1962.yaml"), "NYYN", "--party", "United States", "--concept", "seq")
    assert "sequential stability (SEQ): state 7 is stable for United States." in out
    assert "It would rather be at 5 (give up Blockade), but Soviet Union may move on to 1 (give up Withdraw)" in out


def test_convert_writes_the_other_format(tmp_path):
    target = tmp_path / "chicken.gmcr"
    run("convert", str(EXAMPLES / "chicken.yaml"), str(target))
    assert json.loads(target.read_text())["useManualPreferenceRanking"] is True


def test_a_bad_state_and_a_bad_file_are_told_in_one_line(tmp_path):
    bad = tmp_path / "bad.yaml"
    bad.write_text("conflict: x\n")
    for words, cause in [
        (("why", str(EXAMPLES / "chicken.yaml"), "9"), "`9` is no state: give a number from 1 to 4"),
        (("why", str(EXAMPLES / "elmira-1991.yaml"), "YYYYY"), "YYYYY is not feasible"),
        (("solve", str(bad)), "bad.yaml:1: field `decision_makers` is missing"),
    ]:
        with pytest.raises(InputError, match=re.escape(cause)):
            CliRunner().invoke(model, words, catch_exceptions=False)
