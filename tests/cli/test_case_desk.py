"""What a desk asks of a case, as a person calls it: tables in 80 columns, JSON, Markdown, HTML, iCalendar."""

import json
from collections.abc import Callable
from html.parser import HTMLParser
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from icalendar import Calendar

from standoff.case.adding import connect, store
from standoff.case.readings import record_reading
from standoff.case.store import create
from standoff.cli.case import case as group
from standoff.errors import StandoffError
from standoff.ledger import Actor, Ledger, Meeting, Position, Precondition
from standoff.report import Report

Call = Callable[..., Result]

EARLY = (
    "The crew union refuses night shifts & split crews <b>for good</b>. The ferry line will not raise wages before the "
    "union ends the walkout. The union will not end the walkout before the line raises wages. They meet in Hull on "
    "4 March."
)
LATE = "The crew union accepts night shifts. The meeting in Hull was put off to 9 March. The union wants *free* meals."


def ledger(report: Report, stances: list[tuple[str, str]], conditions: list[tuple[str, str, str]], day: str) -> Ledger:
    """A ledger by hand of what the union holds (act, words), who sets what condition (holder, gate, requirement)."""

    def at(words: str) -> tuple[int, int]:
        start = report.text.index(words)
        return start, start + len(words)

    def sentence(words: str) -> tuple[int, int]:
        start = report.text.rfind(". ", 0, at(words)[0]) + 2 if ". " in report.text[: at(words)[0]] else 0
        return start, report.text.index(".", at(words)[0]) + 1

    return Ledger(
        report,
        (Actor("a1", "Crew Union", "union"), Actor("a2", "Ferry Line", "company")),
        positions=tuple(
            Position(f"p{n}", "a1", "a1", act, at(words), None, sentence(words), by="test")
            for n, (act, words) in enumerate(stances)
        ),
        preconditions=tuple(
            Precondition(f"c{n}", holder, at(need), at(gate), sentence(gate), by="test")
            for n, (holder, gate, need) in enumerate(conditions)
        ),
        meetings=(Meeting("m1", "meeting", ("a1", "a2"), "Hull", day, None, "planned", at("Hull"), by="test"),),
    )


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("desk") / "ferry.standoff"
    early = Report("early", EARLY, "Crews & owners", "2024-03-01", "The <Harbour> Times")
    late = Report("late", LATE, None, "2024-03-03")
    with create(path, "Ferry", by="ana") as case:
        action = store(case, [early, late], "ana").action
        blocks = [
            ("a2", "raise wages", "ends the walkout"),
            ("a1", "end the walkout", "raises wages"),
        ]
        night = "night shifts & split crews <b>for good</b>"
        record_reading(case, ledger(early, [("refuse", night)], blocks, "2024-03-04"), "test", action)
        record_reading(case, ledger(late, [("commit", "night shifts"), ("demand", "*free* meals")], [], "2024-03-09"),
                       "test", action)  # fmt: skip
        connect(case, action)
    return path


@pytest.fixture
def call(file: Path, tmp_path: Path) -> Call:
    from standoff.case.store import backup
    from standoff.case.store import open as open_case

    with open_case(file) as case:
        copy = backup(case, tmp_path / "ferry.standoff")

    def run(command: str, *arguments: str, code: int = 0) -> Result:
        done = CliRunner().invoke(group, [command, str(copy), *arguments], env={"STANDOFF_USER": "ana"})
        assert (done.exit_code == 0) == (code == 0), (done.output, done.exception)
        return done

    return run


ASKED = (
    "brief", "brief --since 2024-03-02", "brief --all", "positions", "positions --all", "positions --shifts",
    "positions --party union --on shifts", "contradictions", "contradictions --party union", "deadlocks", "calendar",
    "calendar --since 2024-03-05", "who union", "who A2 --all",
)  # fmt: skip


@pytest.mark.parametrize("line", ASKED)
def test_every_answer_fits_eighty_columns_has_json_and_says_where_it_stands(call: Call, line: str) -> None:
    command, *rest = line.split()
    peek = ["--peek"] if command == "brief" else []
    text = call(command, *rest, *peek).output
    assert text.strip() and all(len(row) <= 80 for row in text.splitlines())
    flat = "".join(text.split())  # a citation may be wrapped
    assert "early:" in flat or "late:" in flat
    assert json.loads(call(command, *rest, *peek, "--json").output)


def test_the_second_brief_begins_where_the_first_ended(call: Call) -> None:
    assert "2 new reports" in call("brief").output
    again = call("brief").output
    assert "0 new reports" in again and "new positions" not in again.lower()
    assert "2 new reports" in call("brief", "--by", "ben").output  # another person has not looked


def test_a_peek_leaves_the_next_brief_as_it_is(call: Call) -> None:
    assert call("brief", "--peek").output == call("brief").output


def test_a_brief_since_a_day_tells_the_turn_with_both_quotes(call: Call) -> None:
    found = json.loads(call("brief", "--since", "2024-03-02", "--json").output)
    assert found["reports"] == 1
    (turn,) = found["changed"]
    assert (turn["before"]["act"], turn["now"]["act"]) == ("refuse", "commit")
    for held, text in ((turn["before"], EARLY), (turn["now"], LATE)):
        assert held["citation"]["quote"] == text[held["citation"]["start"] : held["citation"]["end"]]


def test_a_brief_until_a_day_knows_nothing_of_later_reports(call: Call) -> None:
    found = json.loads(call("brief", "--since", "2024-02-25", "--until", "2024-03-02", "--json").output)
    assert (found["reports"], found["changed"], found["contradictions"]) == (1, [], [])
    assert [a["start"] for a in found["coming"]] == ["2024-03-04"]


class Reader(HTMLParser):
    """Collects the tags and the text of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.text = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)

    def handle_data(self, data: str) -> None:
        self.text += data


def test_words_of_a_report_are_no_markup_of_the_page(call: Call) -> None:
    reader = Reader()
    reader.feed(call("brief", "--peek", "--all", "--html").output)
    assert "b" not in reader.tags and "harbour" not in reader.tags
    assert "night shifts & split crews <b>for good</b>" in reader.text and "The <Harbour> Times" in reader.text
    text = call("brief", "--peek", "--all", "--md").output
    assert r"\*free\* meals" in text and r"\<b\>" in text


def test_the_calendar_as_a_file_keeps_uids_and_counts_moves(call: Call, tmp_path: Path) -> None:
    target = tmp_path / "ferry.ics"
    call("calendar", "--ics", str(target))
    (event,) = Calendar.from_ical(target.read_bytes()).walk("VEVENT")
    assert event.decoded("DTSTART").isoformat() == "2024-03-09" and event["SEQUENCE"] >= 1
    first = target.read_bytes()
    call("calendar", "--ics", str(target))
    assert target.read_bytes() == first
    call("calendar", "--ics", str(tmp_path / "no folder" / "x.ics"), code=1)


def test_two_who_wait_for_each_other_are_shown_as_locked(call: Call) -> None:
    text = " ".join(call("deadlocks").output.split())
    assert "Fewest concessions that break all" in text.split("Locked")[1].split("Mutual")[0]


@pytest.mark.parametrize(
    "line",
    [
        "who nobody", "who e", "positions --party nobody", "brief --html --json",
        "brief --since 2024-03-05 --until 2024-03-01",
    ],
)  # fmt: skip
def test_what_cannot_be_answered_is_told_in_one_line(call: Call, line: str) -> None:
    command, *rest = line.split()
    error = call(command, *rest, code=1).exception
    assert isinstance(error, StandoffError) and "\n" not in str(error)
