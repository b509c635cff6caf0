"""From one file format to the other, and what is lost on the way."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from standoff.cli.model import model
from standoff.errors import InputError
from standoff.graphmodel.conversion import convert
from standoff.graphmodel.files import read_conflict
from standoff.graphmodel.space import build, ranking

EXAMPLES = Path(__file__).parents[2] / "examples" / "graphmodel"
FULL = """\
# a comment that matters
conflict: Full
source: ours
definitions: {both: a AND c}
decision_makers:
  - name: A
    options: [a, {name: b, note: doubtful}]
    statements:
      - {statement: both, strong: true}
      - {statement: NOT b, uncertain: true}
  - name: B
    options: [c]
    weights: [{statement: c, weight: 2}]
    attitudes: {A: negative}
today: [b]
hypergame:
  - {party: B, unaware_of: [b]}
"""
LOST = [
    "where things stand today",
    "how parties see the conflict (hypergame)",
    "the names of definitions (what they stand for is written out)",
    "the source",
    "attitudes",
    "which statements are uncertain",
    "what options, statements and conditions rest on (keys, entries, notes)",
    "which preferences are strong",
    "weights (the order they give is kept)",
    "that statements count and not the rankings made of them (one switch for all parties)",
]


@pytest.fixture
def full(tmp_path):
    file = tmp_path / "full.yaml"
    file.write_text(FULL)
    return file


def test_from_yaml_to_yaml_nothing_is_lost_not_even_a_comment(full, tmp_path):
    assert convert(full, tmp_path / "again.yaml")[1] == []
    assert (tmp_path / "again.yaml").read_text() == FULL


def test_a_gmcr_file_keeps_the_order_of_the_states_and_the_rest_is_named(full, tmp_path):
    target = tmp_path / "full.gmcr"
    conflict, lost = convert(full, target)
    assert lost == LOST
    ours, theirs = build(conflict), build(read_conflict(target))
    for mover, other in zip(ours.movers, theirs.movers, strict=True):
        assert ranking(ours, mover) == ranking(theirs, other)


def test_what_is_lost_is_warned_of_beside_the_answer(full, tmp_path):
    done = CliRunner().invoke(model, ["convert", str(full), str(tmp_path / "full.gmcr"), "--json"])
    assert json.loads(done.stdout)["lost"] == LOST
    assert [line.split("cannot hold ")[1] for line in done.stderr.splitlines()] == LOST
    plain = CliRunner().invoke(model, ["convert", str(EXAMPLES / "gate.yaml"), str(tmp_path / "gate.yaml")])
    assert plain.stderr == ""
    assert plain.stdout == f"{tmp_path / 'gate.yaml'}: {read_conflict(EXAMPLES / 'gate.yaml').name}\n"


def test_what_is_wrong_beside_the_conflict_stops_it(full, tmp_path):
    full.write_text(FULL.replace("A: negative", "A: angry"))
    for target in ("out.gmcr", "out.yaml"):
        with pytest.raises(InputError, match="full.yaml:14: `angry` is no attitude"):
            convert(full, tmp_path / target)
        assert not (tmp_path / target).exists()


def test_a_file_that_would_be_refused_is_not_written(tmp_path):
    content = {
        "options": [{"name": "a"}, {"name": "b"}],
        "decisionMakers": [
            {"name": "A", "options": [0], "preferences": [[[0, "Y"]], [[0, "N"]]]},
            {"name": "B", "options": [1], "preferences": [[[1, "Y"]]]},
        ],
    }
    file = tmp_path / "opposite.gmcr"
    file.write_text(json.dumps(content))
    with pytest.raises(InputError, match=r"opposite\.gmcr: it would make a file that is refused: .*out\.yaml:\d+: "):
        CliRunner().invoke(model, ["convert", str(file), str(tmp_path / "out.yaml")], catch_exceptions=False)
    assert not (tmp_path / "out.yaml").exists()
