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


def test_concepts_may_be_written_in_capitals():
    for words in (["path", "NYYN"], ["inverse", "NYYN"], ["why", "NYYN"]):
        asked = [words[0], str(EXAMPLES / "cuba-1962.yaml"), words[1], "--concept"]
        assert run(*asked, "sseq") == run(*asked, "SSEQ")


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


ELMIRA = str(EXAMPLES / "elmira-1991.yaml")


def test_why_as_json_names_improvements_and_sanctions():
    data = json.loads(run("why", "--json", str(EXAMPLES / "cuba-1962.yaml"), "NYYN", "--concept", "seq"))
    first = data["reasons"][0]
    assert (first["decision_maker"], first["concept"], first["stable"]) == ("United States", "seq", True)
    sanction = next(one["sanction"] for one in first["improvements"] if one["to"] == 5)
    assert sanction["steps"] == [{"decision_maker": "Soviet Union", "to": 1}]


def test_path_as_json_says_whose_moves_and_what_blocks():
    data = json.loads(run("path", "--json", ELMIRA, "NYNNY", "--all", "2"))
    ten = next(one for one in data["to"] if one["state"] == 10)
    assert ten["needs"] == ["Ministry", "Company"]
    assert ten["blocks"][0] == {"step": 0, "decision_maker": "Ministry", "by": ["Ministry"], "sanction": None}
    assert [[step["to"] for step in way] for way in ten["all"]] == [[8, 10], [9, 10]]


def test_inverse_as_json_has_remedies_and_levers():
    data = json.loads(run("inverse", "--json", ELMIRA, "1"))
    assert data["remedies"][0]["swaps"] == [{"decision_maker": "Company", "place": 4}]
    assert [one["decision_maker"] for one in data["levers"]] == ["Company", "Local government", "Ministry"]


def test_coalitions_name_the_jump():
    out = run("coalitions", ELMIRA)
    assert "Ministry and Company can go to state 10 (YNYNY): Modify, Accept, Insist" in out
    assert {"from": 7, "coalition": ["Ministry", "Company"], "to": 10} in json.loads(
        run("coalitions", "--json", ELMIRA)
    )["jumps"]


def test_robust_prints_shares_and_sensitivity(tmp_path):
    file = tmp_path / "two.yaml"
    file.write_text(
        "conflict: Two\ndecision_makers:\n  - name: A\n    options: [a]\n    statements:\n"
        "      - NOT a\n      - {statement: a, uncertain: true}\n"
    )
    out = run("robust", str(file), "--samples", "200")
    assert "state 1 (N): no option taken (as written)" in out
    assert "A without `a`: " in out
    assert json.loads(run("robust", str(file), "--samples", "10", "--json"))["samples"] == 10


def test_lists_of_moves_that_are_too_long_are_left_out_and_the_rest_is_there(monkeypatch):
    monkeypatch.setattr("standoff.graphmodel.report.MOST_LISTED_MOVES", 10)
    data = json.loads(run("solve", "--json", ELMIRA))
    assert data["dms"][0]["reachable"] is None
    assert "12 states have up to 144 moves (limit 10)" in data["left_out"]
    assert data["equilibria"]["nash"] == [5, 6, 7, 10, 11, 12]


def test_unknown_prints_the_four_extensions(tmp_path):
    file = tmp_path / "two.yaml"
    file.write_text(
        "conflict: Two\ndecision_makers:\n  - name: A\n    options: [a]\n    statements:\n"
        "      - NOT a\n      - {statement: a, uncertain: true}\n"
    )
    table = json.loads(run("unknown", str(file), "--json"))["equilibria"]
    assert [table[one]["nash"] for one in "abcd"] == [[], [1, 2], [], [1, 2]]


def test_limited_tells_foresight_by_foresight_what_holds():
    nine = str(EXAMPLES / "elmira-1991-nine-states.yaml")
    out = run("limited", nine, "--moves", "2")
    assert "  1 move: 5, 8, 9\n  2 moves: 8, 9\n  any number of moves (non-myopic): 8, 9\n" in out
    data = json.loads(run("limited", nine, "--moves", "2", "--json"))
    assert data["equilibria"] == [{"moves": 1, "states": [5, 8, 9]}, {"moves": 2, "states": [8, 9]}]
    assert data["non_myopic"] == [8, 9]


def test_strength_tells_strong_from_weak(tmp_path):
    file = tmp_path / "chicken.yaml"
    text = (EXAMPLES / "chicken.yaml").read_text()
    file.write_text(text.replace('["NY", "YY", "YN", "NN"]', '["NY", "YY", "YN", ">>", "NN"]'))
    out = run("strength", str(file))
    assert "strongly stable for every party: 2, 3" in out
    assert "stable for every party, for some only weakly: 4" in out
    data = json.loads(run("strength", str(file), "--json"))
    assert data["dms"][1]["weak"]["gmr"] == [0, 0, 0, 1]


def test_hypergame_tells_what_each_expects():
    out = run("hypergame", str(EXAMPLES / "hidden-strike.yaml"))
    assert "equilibria of the hypergame by seq: 3" in out
    assert "Employer sees 2 states and expects\n  state 1 (NN): no option taken" in out
    data = json.loads(run("hypergame", str(EXAMPLES / "hidden-strike.yaml"), "--json"))
    assert data["lost"] == [2]
    assert data["dms"][0]["seen"] == [1, 2, 1, 2]


def test_attitudes_name_who_minds_whom():
    out = run("attitudes", str(EXAMPLES / "elmira-1991-nine-states.yaml"))
    assert "Ministry: positive to Ministry, neutral to Company, neutral to Local government" in out
    assert "  relational Nash (RNash): 5, 8, 9\n" in out


def test_a_long_list_of_reasons_is_cut_and_json_has_all(tmp_path):
    file = tmp_path / "wide.yaml"
    options = ", ".join(f"o{k}" for k in range(5))
    file.write_text(
        f"conflict: Wide\ndecision_makers:\n  - name: A\n    options: [{options}]\n"
        f"    statements: [{', '.join(f'o{k}' for k in range(5))}]\n"
    )
    assert "And 21 further improvements (--json has them all)." in run("why", str(file), "1", "--concept", "gmr")
    data = json.loads(run("why", str(file), "1", "--concept", "gmr", "--json"))
    assert len(data["reasons"][0]["improvements"]) == 31
