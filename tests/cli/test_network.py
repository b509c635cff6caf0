"""`standoff network` and `standoff polarisation` as a person calls them: tables, JSON, files, errors in one line."""

import json
import sqlite3
import xml.etree.ElementTree as ElementTree
from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest
from click.testing import CliRunner

from standoff.case.exchange.dna import DnaFile, empty_tables, write_dna
from standoff.cli.main import standoff
from standoff.errors import StandoffError

Call = Callable[..., str]
DAY = 86_400
SAID = [
    (1, "Union", "pay rise", 1), (2, "Company", "pay rise", 0), (3, "Union", "new rosters", 0),
    (4, "Company", "new rosters", 1), (5, "Mediator", "pay rise", 1), (9, "Union", "pay rise", 1),
]  # fmt: skip


def talks() -> DnaFile:
    """A small `.dna` file: one statement a document."""
    tables = empty_tables()
    tables["CODERS"] = pd.DataFrame(
        {name: [1 if name == "ID" else "ana" if name == "Name" else 0] for name in tables["CODERS"].columns}
    )
    tables["STATEMENTTYPES"] = pd.DataFrame({"ID": [1], "Label": ["Talks"], "Red": [0], "Green": [0], "Blue": [0]})
    names, kinds = ("organization", "concept", "agreement"), ("short text", "short text", "boolean")
    tables["VARIABLES"] = pd.DataFrame(
        {"ID": [1, 2, 3], "Variable": names, "DataType": kinds, "StatementTypeId": [1, 1, 1]}
    )
    values = [(1, one) for one in sorted({s[1] for s in SAID})] + [(2, one) for one in sorted({s[2] for s in SAID})]
    tables["ENTITIES"] = pd.DataFrame(
        [(n, of, value, 0, 0, 0, None) for n, (of, value) in enumerate(values, 1)],
        columns=tables["ENTITIES"].columns,
    )
    entity = {pair: number for number, pair in enumerate(values, 1)}
    count = range(1, len(SAID) + 1)
    tables["DOCUMENTS"] = pd.DataFrame(
        [(n, f"d{n}", "They said so.", 1, "", "", "", "", "", SAID[n - 1][0] * DAY) for n in count],
        columns=tables["DOCUMENTS"].columns,
    )
    tables["STATEMENTS"] = pd.DataFrame([(n, 1, n, 0, 4, 1) for n in count], columns=tables["STATEMENTS"].columns)
    texts = [(n, 1, entity[1, SAID[n - 1][1]]) for n in count] + [(n, 2, entity[2, SAID[n - 1][2]]) for n in count]
    tables["DATASHORTTEXT"] = pd.DataFrame(
        [(k, *row) for k, row in enumerate(texts, 1)], columns=tables["DATASHORTTEXT"].columns
    )
    tables["DATABOOLEAN"] = pd.DataFrame(
        [(n, n, 3, SAID[n - 1][3]) for n in count], columns=tables["DATABOOLEAN"].columns
    )
    return DnaFile(tables, "talks.dna")


def test_the_words_of_a_statement_are_found_after_a_character_of_two_units() -> None:
    from standoff.analysis.networks.coded import from_dna

    tables = dict(talks().tables)
    tables["DOCUMENTS"] = tables["DOCUMENTS"].assign(Text="🚢 They said so.")
    tables["STATEMENTS"] = tables["STATEMENTS"].assign(Start=3, Stop=7)  # the ship is two units of UTF-16
    assert set(from_dna(DnaFile(tables, "talks.dna"), "Talks").texts) == {"They"}


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "talks.dna"
    write_dna(talks(), path)
    return path


@pytest.fixture
def call(file: Path) -> Call:
    def run(*arguments: str, command: str = "network") -> str:
        done = CliRunner().invoke(standoff, [command, str(file), *arguments])
        assert done.exit_code == 0, (done.output, done.exception)
        return done.output

    return run


def refused(file: Path, *arguments: str, command: str = "network") -> str:
    done = CliRunner().invoke(standoff, [command, str(file), *arguments])
    assert isinstance(done.exception, StandoffError), done.output
    assert "\n" not in str(done.exception)
    return str(done.exception)


def test_the_table_shows_the_strongest_ties_first_in_eighty_columns(call: Call) -> None:
    lines = call("--aggregation", "conflict").splitlines()
    assert lines[0] == "6 statements, 1970-01-02 to 1970-01-10; 3 organization, 2 ties"
    assert lines[4].split() == ["3.000", "Company", "Union"]
    assert max(map(len, lines)) <= 80


def test_json_holds_the_matrix(call: Call) -> None:
    data = json.loads(call("--mode", "twomode", "--aggregation", "subtract", "--json"))
    (one,) = data["networks"]
    assert one["rows"] == ["Company", "Mediator", "Union"] and one["cols"] == ["new rosters", "pay rise"]
    assert one["matrix"] == [[1, -1], [0, 1], [-1, 2]]


def test_options_choose_statements(call: Call) -> None:
    def count(*arguments: str) -> int:
        (one,) = json.loads(call(*arguments, "--json"))["networks"]
        return int(one["statements"])

    assert count() == 6
    assert count("--from", "1970-01-03", "--to", "1970-01-06") == 4
    assert count("--exclude", "organization=Union", "--exclude", "organization=Mediator") == 2
    assert count("--only", "agreement=1") == 4
    assert count("--duplicates", "acrossrange") == 5


def test_windows_print_one_line_each_and_side_by_side_they_count_each_statement_once(call: Call) -> None:
    data = json.loads(call("--window", "days", "--size", "1", "--json"))["networks"]
    assert len(data) == 9 and sum(one["statements"] for one in data) == 6
    assert len(call("--window", "days", "--size", "3").splitlines()) == 2 + 7


def test_a_kernel_weighs_statements(call: Call) -> None:
    data = json.loads(call("--window", "days", "--size", "4", "--kernel", "gaussian", "--json"))["networks"]
    assert [one["middle"][:10] for one in data] == [f"1970-01-0{n}" for n in range(4, 9)]


def test_files_are_written_in_the_format_of_their_name(call: Call, tmp_path: Path) -> None:
    for suffix in ("csv", "graphml", "gexf"):
        call("--aggregation", "congruence", "--out", str(tmp_path / f"n.{suffix}"))
    table = pd.read_csv(tmp_path / "n.csv", index_col=0)
    assert table.loc["Union", "Mediator"] == 2
    edges = ElementTree.parse(tmp_path / "n.graphml").iterfind(".//{*}edge")
    assert [edge.findtext("{*}data") for edge in edges] == ["2.0"]
    labels = [node.get("label") for node in ElementTree.parse(tmp_path / "n.gexf").iterfind(".//{*}node")]
    assert labels == ["Company", "Mediator", "Union"]


def test_a_series_is_one_table_or_numbered_graphs(call: Call, tmp_path: Path) -> None:
    call("--window", "days", "--size", "4", "--out", str(tmp_path / "n.csv"))
    assert pd.read_csv(tmp_path / "n.csv").columns.tolist() == ["start", "middle", "stop", "row", "column", "weight"]
    call("--window", "days", "--size", "4", "--out", str(tmp_path / "n.gexf"))
    assert len(list(tmp_path.glob("n-*.gexf"))) == 6


def test_camps_are_printed_and_go_into_the_files(call: Call, tmp_path: Path) -> None:
    text = call("--aggregation", "subtract", "--camps", "best", "--out", str(tmp_path / "n.gexf"))
    assert "2 camps by" in text and "Mediator; Union" in text
    values = [node.get("value") for node in ElementTree.parse(tmp_path / "n.gexf").iterfind(".//{*}attvalue")]
    assert {"0", "1"} <= set(values)
    series = json.loads(
        call("--aggregation", "subtract", "--camps", "louvain", "--window", "days", "--size", "4", "--json")
    )["networks"]
    assert all(len(one["camps"]) == len(one["rows"]) for one in series)


def test_bars_count_for_and_against(call: Call, tmp_path: Path) -> None:
    assert json.loads(call("--mode", "barplot", "--json")) == [
        {"concept": "pay rise", "0": 1, "1": 3}, {"concept": "new rosters", "0": 1, "1": 1},
    ]  # fmt: skip
    call("--mode", "barplot", "--out", str(tmp_path / "b.csv"))
    assert pd.read_csv(tmp_path / "b.csv", index_col=0).loc["pay rise", "1"] == 3


def test_pictures_are_drawn_of_networks_positions_bars_and_polarisation(call: Call, tmp_path: Path) -> None:
    def drawn(*arguments: str, command: str = "network") -> list[str]:
        call(*arguments, "--out", str(tmp_path / "p.svg"), command=command)
        return [text.text or "" for text in ElementTree.parse(tmp_path / "p.svg").iterfind(".//{*}text")]

    assert "Mediator" in drawn("--aggregation", "subtract", "--camps", "best")
    assert "new rosters" in drawn("--mode", "twomode", "--aggregation", "subtract")
    assert "in favour" in drawn("--mode", "barplot")
    assert "1970-01-04" in drawn("--window", "days", "--size", "4", command="polarisation")


def test_an_event_list_shows_the_words(call: Call, tmp_path: Path) -> None:
    assert "They" in call("--mode", "eventlist")
    call("--mode", "eventlist", "--out", str(tmp_path / "e.csv"))
    assert pd.read_csv(tmp_path / "e.csv")["organization"].tolist() == [said[1] for said in SAID]


def test_polarisation_finds_the_two_sides(call: Call) -> None:
    data = json.loads(call("--json", command="polarisation"))
    assert data[0]["camps"] == [["Company"], ["Mediator", "Union"]] and data[0]["score"] > 0.5
    assert "Mediator; Union" in call(command="polarisation")
    assert len(call("--window", "days", "--size", "4", command="polarisation").splitlines()) == 2 + 6


def test_what_cannot_be_is_refused_in_one_line(file: Path, tmp_path: Path) -> None:
    assert "no variable 'party'; there are: organization" in refused(file, "--variable1", "party")
    assert "no statements from 2020-01-01" in refused(file, "--from", "2020-01-01")
    assert "'2020-13-01' is no date" in refused(file, "--from", "2020-13-01")
    assert "write NAME=VALUE" in refused(file, "--exclude", "Union")
    assert "no statement type 'Votes'" in refused(file, "--statement-type", "Votes")
    assert "does not fit a onemode network" in refused(file, "--normalization", "activity")
    assert "time unit 'moons' unknown" in refused(file, "--window", "moons")
    assert "kernel 'round' unknown" in refused(file, "--window", "days", "--size", "2", "--kernel", "round")
    assert "format not known" in refused(file, "--out", str(tmp_path / "n.xls"))
    assert "--camps needs a one-mode" in refused(file, "--camps", "best", "--mode", "twomode")
    assert "method 'guess' unknown" in refused(file, "--camps", "guess")
    assert "as .csv or .svg" in refused(file, "--mode", "barplot", "--out", str(tmp_path / "n.gexf"))
    assert "needs --window" in refused(file, "--out", str(tmp_path / "p.svg"), command="polarisation")
    assert "cannot be written" in refused(file, "--out", str(tmp_path / "nowhere" / "n.csv"))
    assert "no such file" in refused(tmp_path / "other.dna")
    assert "no statements" in refused(file, "--from", "2020-01-01", command="polarisation")


def test_a_file_of_another_version_or_with_a_broken_schema_is_refused(file: Path) -> None:
    with sqlite3.connect(file) as connection:
        connection.execute("UPDATE SETTINGS SET Value = '2.0 beta 25' WHERE Property = 'version'")
    assert ".dna version 2.0 beta 25; only version 3 is read" in refused(file)
    with sqlite3.connect(file) as connection:
        connection.execute("UPDATE SETTINGS SET Value = '3.0.11' WHERE Property = 'version'")
        connection.execute("ALTER TABLE STATEMENTS RENAME COLUMN Stop TO Finish")
    assert "table STATEMENTS has no column Stop" in refused(file)
    with sqlite3.connect(file) as connection:
        connection.execute("DROP TABLE DATABOOLEAN")
        connection.execute("ALTER TABLE STATEMENTS RENAME COLUMN Finish TO Stop")
    assert "table DATABOOLEAN is missing" in refused(file)
    file.write_text("no database")
    assert "no .dna file" in refused(file)


def test_a_case_file_is_a_network_of_its_parties(tmp_path: Path) -> None:
    from standoff.case.adding import store
    from standoff.case.readings import record_reading
    from standoff.case.store import create
    from standoff.ledger import Actor, Ledger, Position
    from standoff.report import Report

    text = "The dockers demand a pay rise. The owners refuse a pay rise."
    actors = (Actor("a1", "Dockers", "union"), Actor("a2", "Owners", "company"))
    positions = tuple(
        Position(f"p{n}", f"a{n}", None, act, (0, 7), None, (0, 7), by="test")
        for n, act in ((1, "demand"), (2, "refuse"))
    )
    ledger = Ledger(Report("r", text, "Port", "2024-04-29"), actors, positions=positions)
    path = tmp_path / "port.standoff"
    with create(path, "Port", by="ana") as case:
        record_reading(case, ledger, "test model 1", store(case, [ledger.document], "ana").action)
    done = CliRunner().invoke(standoff, ["network", str(path), "--mode", "twomode", "--variable2", "act", "--json"])
    assert done.exit_code == 0, (done.output, done.exception)
    (one,) = json.loads(done.output)["networks"]
    assert one["rows"] == ["Dockers", "Owners"] and one["cols"] == ["demand", "refuse"]
    assert "--statement-type is for .dna files" in refused(path, "--statement-type", "Talks")
