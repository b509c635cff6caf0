"""The two plain types: nothing is lost between a ledger and its JSON."""

import json
from importlib.resources import files

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st

from standoff import InputError, Ledger, Report
from standoff.ledger import Actor, Meeting, Position, Precondition, Statement

TEXT = "Arland will not sign until Borland pays."


def example() -> Ledger:
    return Ledger(
        Report("r1", TEXT, title="No signature", published="2016-02-01"),
        actors=(Actor("a1", "Arland", "state", None, ((0, 6),)), Actor("a2", "Borland", "state", None, ((27, 34),))),
        statements=(Statement("s1", "a1", ((0, 6),), (), ((7, 39),), "indirect", confidence=0.5),),
        positions=(Position("p1", "a1", None, "refuse", (16, 20), None, (0, 39), "s1", by="modal:will not"),),
        preconditions=(Precondition("c1", "a1", (27, 39), (16, 20), (0, 39), "s1", "until"),),
        meetings=(Meeting("m1", "talks", ("a1", "a2"), "Geneva", "2016-02", None, "planned", (0, 39)),),
    )


def test_json_and_back_is_the_same_ledger() -> None:
    assert Ledger.from_json(json.loads(json.dumps(example().to_json()))) == example()


def test_json_fits_the_schema_that_ships_with_the_package() -> None:
    schema = json.loads(files("standoff").joinpath("schema/standoff-ledger-1.schema.json").read_text("utf-8"))
    jsonschema.validate(json.loads(json.dumps(example().to_json())), schema)


def test_a_quote_is_the_text_between_the_offsets() -> None:
    assert example().quote((27, 39)) == "Borland pays"


@given(st.text())
def test_any_text_survives_json(text: str) -> None:
    report = Report("x", text)
    assert Report.from_json(json.loads(json.dumps(report.to_json()))) == report


@pytest.mark.parametrize("day", ["2016-02-30", "yesterday", "2016-13-01"])
def test_an_impossible_date_is_refused(day: str) -> None:
    with pytest.raises(InputError, match=f"r: '{day}' is no date"):
        Report("r", "text", published=day)


def test_another_format_is_refused() -> None:
    with pytest.raises(InputError, match="no standoff-ledger/1 ledger"):
        Ledger.from_json({"format": "brat"})


def test_an_entry_without_its_fields_is_refused() -> None:
    data = example().to_json()
    data["positions"] = [{"id": "p1"}]
    with pytest.raises(InputError, match="r1: a position of the ledger is not complete"):
        Ledger.from_json(data)
