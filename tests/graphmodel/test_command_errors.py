"""Every command of `standoff model` has --json and help, and tells what is wrong with a file in one line: which file,
which line, why."""

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from standoff.cli.model import model
from standoff.errors import InputError

EXAMPLES = Path(__file__).parents[2] / "examples" / "graphmodel"
MARKED = """\
conflict: Two
decision_makers:
  - name: A
    options: [a, b]
    statements:
      - {statement: b, strong: true}
      - NOT a
      - {statement: a, uncertain: true}
  - name: B
    options: [c]
    weights: [{statement: a AND c, weight: 1}]
    attitudes: {A: negative}
today: [b]
hypergame:
  - {party: B, unaware_of: [b]}
"""
# What stands after the file, for commands that need more than it.
ARGUMENTS = {"why": ["1"], "inverse": ["1"], "convert": ["{folder}/out.yaml"]}
OF_A_CONFLICT = sorted(set(model.commands) - {"derive"})


def words(command: str, file: Path) -> list[str]:
    return [command, str(file), *(one.format(folder=file.parent) for one in ARGUMENTS.get(command, []))]


@pytest.mark.parametrize("command", sorted(model.commands))
def test_every_command_has_json_and_says_what_it_does(command):
    options = {option for one in model.commands[command].params for option in one.opts}
    assert "--json" in options
    assert model.commands[command].help


@pytest.mark.parametrize("command", OF_A_CONFLICT)
def test_every_command_prints_text_for_people_and_json_for_machines(command, tmp_path):
    file = tmp_path / "two.yaml"
    file.write_text(MARKED)
    plain = CliRunner().invoke(model, words(command, file), catch_exceptions=False)
    assert plain.exit_code == 0
    assert command == "convert" or plain.output.strip()
    data = CliRunner().invoke(model, [*words(command, file), "--json"], catch_exceptions=False)
    assert isinstance(json.loads(data.output), dict)
    again = CliRunner().invoke(model, [*words(command, file), "--json"], catch_exceptions=False)
    assert data.output == again.output


# What goes wrong: what to write instead of what, and the complaint.
BAD = {
    "an option that is not there": ("NOT a", "NOT d", "7: `NOT d`: unknown option `d`"),
    "a pattern that is too long": ("NOT a", "YNN-", "7: `YNN-`: a pattern has one of Y, N and - for each of the 3 opt"),
    "no state left": ("today: [b]", "infeasible: [a, NOT a]", "13: Two: no state is feasible; the 2 infeasible cond"),
    "two kinds of preference": (
        "    statements:",
        "    ranking: []\n    statements:",
        "3: `A` has contradictory preferences (statements, ranking): give one of",
    ),
    "a statement and its opposite": (
        "NOT a\n",
        "NOT b\n",
        "7: contradictory preferences: `NOT b` is the opposite of the statement on line 6 and can never decide",
    ),
    "a condition that rests on itself": (
        "today: [b]",
        "definitions:\n  x: a IF y\n  y: c IF x",
        "14: a definition rests on itself: x -> y -> x",
    ),
    "an option twice": ("options: [a, b]", "options: [a, a]", "4: `A` has two options called `a`"),
    "a party twice": ("name: B", "name: A", "9: two decision makers are called `A`"),
    "a field that is misspelt": (
        "    statements:",
        "    statments:",
        "6: unknown field `statments`; did you mean `statements`?",
    ),
    "an unknown option in an implication": (
        "today: [b]",
        "infeasible:\n  - {if: a, then: d}",
        "14: `d`: unknown option `d`",
    ),
    "an unknown option today": ("today: [b]", "today: [d]", "13: `d`: unknown option `d`"),
    "an unknown option that a party does not know of": (
        "unaware_of: [b]",
        "unaware_of: [d]",
        "15: `d`: unknown option `d`",
    ),
    "an attitude that is none": ("A: negative", "A: angry", "12: `angry` is no attitude; known are positive, neutral"),
    "a move of a party that is not there": (
        "today: [b]",
        "irreversible:\n  - {from: a, to: b, by: C}",
        "14: no decision maker `C`; there are A, B",
    ),
    "a state that stands for others and is none of them": (
        "today: [b]",
        "collapse:\n  - {condition: a, as: NNN}",
        "14: Two: NNN is no feasible state that meets `a`",
    ),
    "no YAML": ("options: [c]", "options: [c", "11: not YAML"),
}


@pytest.mark.parametrize("what", sorted(BAD))
@pytest.mark.parametrize("command", OF_A_CONFLICT)
def test_what_is_wrong_with_a_file_is_told_with_its_line(command, what, tmp_path):
    before, after, complaint = BAD[what]
    file = tmp_path / "two.yaml"
    assert before in MARKED
    file.write_text(MARKED.replace(before, after, 1))
    with pytest.raises(InputError, match=re.escape(f"two.yaml:{complaint}")) as caught:
        CliRunner().invoke(model, words(command, file), catch_exceptions=False)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("command", OF_A_CONFLICT)
def test_a_file_that_is_not_there_is_named(command, tmp_path):
    with pytest.raises(InputError, match=r"none\.yaml"):
        CliRunner().invoke(model, words(command, tmp_path / "none.yaml"), catch_exceptions=False)


@pytest.mark.parametrize("command", ["attitudes", "hypergame", "robust", "unknown", "path"])
def test_what_the_foreign_format_cannot_say_is_told(command, tmp_path):
    file = tmp_path / "chicken.gmcr"
    CliRunner().invoke(model, ["convert", str(EXAMPLES / "chicken.yaml"), str(file)], catch_exceptions=False)
    with pytest.raises(InputError, match=r"chicken\.gmcr: (a \.gmcr file cannot|no `today` in the file)"):
        CliRunner().invoke(model, [command, str(file)], catch_exceptions=False)


def test_the_program_ends_with_an_error_code_and_one_line(tmp_path):
    file = tmp_path / "two.yaml"
    file.write_text(MARKED.replace("NOT a", "NOT d", 1))
    script = "import sys; from standoff.cli.main import main; main(sys.argv[1:])"
    done = subprocess.run([sys.executable, "-c", script, "model", "solve", str(file)], capture_output=True, text=True)
    assert done.returncode == 1
    assert done.stdout == ""
    assert done.stderr.strip().splitlines() == [f"standoff: {file}:7: `NOT d`: unknown option `d`"]
