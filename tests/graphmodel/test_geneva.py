"""The model of Geneva rests on words of the reports, and docs/graphmodel-geneva.md says of it what the commands say."""

import json
import re
from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner

from standoff.cli.model import model
from standoff.ingest.sources import read_bytes

ROOT = Path(__file__).parents[2]
FILE = ROOT / "examples" / "graphmodel" / "geneva-2016.yaml"
PAGE = (ROOT / "docs" / "graphmodel-geneva.md").read_text()


def asked(*words: str):
    done = CliRunner().invoke(model, [words[0], str(FILE), *words[1:], "--json"], catch_exceptions=False)
    return json.loads(done.stdout)


def test_every_statement_quotes_a_report_of_that_day():
    reports = {}
    for path in (ROOT / "examples" / "geneva-2016").iterdir():
        for report in read_bytes(path.read_bytes(), path.name):
            reports[path.stem] = " ".join(report.text.split())
    content = yaml.safe_load(FILE.read_text())
    statements = [one for party in content["decision_makers"] for one in party["statements"]]
    assert len(statements) == 18
    for one in statements:
        assert one["because"]
        for ground in one["because"]:
            assert ground["quote"] in reports[ground["report"]]
            assert ground["report"].startswith(ground["date"])


def test_where_it_rests():
    found = asked("solve")
    assert found["equilibria"]["nash"] == [9]
    for states in (*(found["equilibria"][one] for one in ("gmr", "smr", "seq")), found["further_equilibria"]["sseq"]):
        assert states == [6, 9, 14]
    assert found["states"][8]["pattern"] == "NNNYNNN"
    assert found["states"][13]["pattern"] == "YNYYNNN"
    assert found["states"][29]["pattern"] == "YNYYYNN"


def test_the_knot_and_whose_move_unties_it():
    way = next(one for one in asked("path")["to"] if one["state"] == 14)
    assert way["by_improvements"] is None
    assert way["needs"] == ["Government", "Opposition"]
    assert {"from": 9, "coalition": ["Government", "Opposition"], "to": 14} in asked("coalitions")["jumps"]
    limited = asked("limited")
    assert [one["states"] for one in limited["equilibria"]] == [[9], [6, 14], [14], [14]]
    assert limited["non_myopic"] == [14]
    expected = asked("why", "9", "--concept", "limited", "--moves", "2", "--party", "Government")["reasons"][0]
    assert expected["prospects"][0]["steps"][-1] == {"decision_maker": "Opposition", "to": 14}
    assert expected["prospects"][0]["better"]


def test_how_far_and_how_firm():
    assert [len(one["swaps"]) for one in asked("inverse", "30")["remedies"]] == [1]
    assert asked("inverse", "128", "--most", "2")["remedies"] == []
    robust = asked("robust")
    assert robust["share"]["9"] == 1
    told = f"14 holds in {robust['share']['14']:.0%} of them and 6 in {robust['share']['6']:.0%}"
    assert told.replace("%", " %") in " ".join(PAGE.split())
    unlifted = next(one for one in robust["sensitivity"] if one["decision_maker"] == "Government")
    assert unlifted["without"]["14"] == 1
    unknown = asked("unknown")["equilibria"]
    assert [unknown[one]["smr"] for one in "abcd"] == [[9], [9], [6, 9, 14], [6, 9, 14]]


def test_when_the_way_to_14_would_not_be_gone():
    found = asked("inverse", "9", "--concept", "non-myopic", "--most", "2")
    assert [len(one["swaps"]) for one in found["remedies"]] == [2, 2]
    assert [(one["decision_maker"], one["swaps"]) for one in found["levers"]] == [("Government", 2)]
    for remedy in found["remedies"]:
        assert "Government puts `NOT Lift the sieges` above `Hand over the names`" in remedy["words"]


COMMANDS = re.findall(
    r"^ {4}standoff model (\w+ examples/[^#\n]*)",
    PAGE + (ROOT / "docs" / "graphmodel.md").read_text(),
    re.MULTILINE,
)


@pytest.mark.parametrize("line", sorted({line.strip() for line in COMMANDS}))
def test_the_commands_of_the_pages_run(line, monkeypatch):
    monkeypatch.chdir(ROOT)
    done = CliRunner().invoke(model, line.split(), catch_exceptions=False)
    assert done.exit_code == 0
    assert done.stdout.strip()


def test_the_python_of_the_page_runs_and_prints_what_it_says(monkeypatch, capsys):
    page = (ROOT / "docs" / "graphmodel.md").read_text()
    (program,) = re.findall(r"```python\n(.*?)```", page, re.DOTALL)
    monkeypatch.chdir(ROOT)
    exec(compile(program, "docs/graphmodel.md", "exec"), {})
    printed = capsys.readouterr().out
    promised = [said.strip() for said in re.findall(r"^print.*  # (.*)$", program, re.MULTILINE)]
    assert [said for said in promised if said in printed] == ["[1, 5]", "(5,)", promised[-1]]
    assert promised[-1].startswith("state 5")
    assert "Buyer puts `NOT Name a price` above" in printed
