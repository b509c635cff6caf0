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
    "a statement that holds everywhere": ("NOT a\n", "a IF a\n", "7: `a IF a` always holds and can never decide"),
    "a statement that holds nowhere": ("NOT a\n", "a AND NOT a\n", "7: `a AND NOT a` never holds and can never dec"),
    "a condition that is never met": (
        "today: [b]",
        "infeasible:\n  - {if: a, then: a}",
        "14: this condition is never met and removes no state",
    ),
    "a state of today that is not feasible": (
        "today: [b]",
        "today: [b]\ninfeasible:\n  - a AND c\n  - b AND NOT c",
        "13: today is not feasible: it meets the infeasible condition on line 16",
    ),
    "connectives in small letters": (
        "NOT a\n",
        "not a and b\n",
        "7: `not a and b`: unknown option `not a and b`; the connectives are written in capitals (NOT, AND)",
    ),
    "more brackets than anybody can read": ("NOT a\n", "NOT " * 200 + "a\n", "7: `NOT NOT"),
    "definitions that double each other": (
        "today: [b]",
        "definitions:\n  x0: a AND b\n" + "".join(f"  x{k + 1}: x{k} AND x{k}\n" for k in range(40)),
        "27: `x13` has more than 10,000 option names when it is written out",
    ),
    "lists in lists in lists": ("today: [b]", "today: " + "[" * 3000 + "]" * 3000, "13: lists and fields are nested"),
    "a weight that is no number": ("weight: 1}", "weight: .inf}", "11: `.inf` is not a number"),
    "a tab": ("    options: [c]", "\toptions: [c]", "10: not YAML: found character '\\t' that cannot start any"),
    "half a character": ("name: A", 'name: "\\ud800"', "3: a character is cut in half"),
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


# The same for a .gmcr file, which programs write on a single line: from afar the column is told too.
DAMAGED = {
    "cut off": (', "decisionMakers"', None, "not JSON: Expecting ',' delimiter, but the file ends here"),
    "an unknown option in a pattern": ('[[0, "Y"]]', '[[7, "Y"]]', "unknown option 7: there are options 0 to 1"),
    "an option of two parties": ('"options": [1]', '"options": [0]', "option 0 (`Left driver swerves`) has an owner"),
    "an option of nobody": ('"options": [1]', '"options": []', "option 1 (`Right driver swerves`) belongs to no"),
    "a state ranked twice": ("[2, 4, 3, 1]", "[2, 4, 2, 1]", "contradictory preferences: state 2 is ranked twice"),
    "a state that is not ranked": ("[2, 4, 3, 1]", "[2, 4, 3]", "1 of 4 states are not ranked, the first is 1"),
    "no list": ('"infeasibles": []', '"infeasibles": 5', "a list was expected here"),
    "no JSON": ("{", "", "not JSON: "),
}


@pytest.mark.parametrize("what", sorted(DAMAGED))
def test_what_is_wrong_with_a_damaged_gmcr_file_is_told_with_line_and_column(what, tmp_path):
    content = {
        "options": [{"name": f"{side} driver swerves", "permittedDirection": "both"} for side in ("Left", "Right")],
        "decisionMakers": [
            {"name": "Left", "options": [0], "preferences": [[[0, "Y"]]], "preferenceRanking": [2, 4, 3, 1]},
            {"name": "Right", "options": [1], "preferences": [], "preferenceRanking": [3, 4, 2, 1]},
        ],
        "infeasibles": [],
        "useManualPreferenceRanking": True,
    }
    before, after, complaint = DAMAGED[what]
    text = json.dumps(content)
    assert before in text
    file = tmp_path / "two.gmcr"
    file.write_text(text[: text.index(before)] if after is None else text.replace(before, after, 1))
    with pytest.raises(InputError, match=rf"two\.gmcr:1:(\d+:)? {re.escape(complaint)}"):
        CliRunner().invoke(model, ["solve", str(file)], catch_exceptions=False)


def test_an_answer_that_no_file_gives_names_the_file_too(tmp_path):
    file = tmp_path / "two.yaml"
    file.write_text(MARKED.replace(", strong: true", ""))
    with pytest.raises(InputError, match=r"two\.yaml: Two: no preference is strong"):
        CliRunner().invoke(model, ["strength", str(file)], catch_exceptions=False)
    with pytest.raises(InputError, match=r"two\.yaml: `99` is no state"):
        CliRunner().invoke(model, ["why", str(file), "99"], catch_exceptions=False)


def test_the_program_ends_with_an_error_code_and_one_line(tmp_path):
    file = tmp_path / "two.yaml"
    file.write_text(MARKED.replace("NOT a", "NOT d", 1))
    script = "import sys; from standoff.cli.main import main; main(sys.argv[1:])"
    done = subprocess.run([sys.executable, "-c", script, "model", "solve", str(file)], capture_output=True, text=True)
    assert done.returncode == 1
    assert done.stdout == ""
    assert done.stderr.strip().splitlines() == [f"standoff: {file}:7: `NOT d`: unknown option `d`"]
