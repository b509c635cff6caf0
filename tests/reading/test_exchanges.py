"""One thing in return for another: who wants which, and gives which."""

import pytest

from standoff import Report, read
from standoff.actors import resolve
from standoff.language import parse
from standoff.reading.preconditions import read_preconditions

Row = tuple[str, str, str]


def exchanges(text: str) -> set[Row]:
    parsed = parse(text)
    actors = resolve(parsed)
    found = read_preconditions(parsed, actors, ())
    return {(actors.get(c.holder).name, text[slice(*c.gate)], text[slice(*c.requirement)]) for c in found}


@pytest.mark.parametrize(
    ("text", "entry"),
    [
        (
            "Turkey agreed to take back the ships in return for a guarantee of jobs.",
            ("Turkey", "take back the ships", "a guarantee of jobs"),
        ),
        (
            "Turkey offered to cut output by 3 percent in exchange for a pipeline.",
            ("Turkey", "cut output by 3 percent", "a pipeline"),
        ),
        (
            "Turkey asked for a loan in return for a reform.",
            ("Turkey", "a reform", "a loan"),
        ),
        (
            "Turkey made a late call for more money in return for its help.",
            ("Turkey", "its help", "more money"),
        ),
    ],
)
def test_an_offer_gives_for_a_return_and_a_demand_wants_for_one(text: str, entry: Row) -> None:
    assert entry in exchanges(text)


def test_what_is_said_in_return_for_a_hidden_name_is_no_exchange() -> None:
    assert not exchanges("Turkey gave the figures in return for anonymity.")


def test_a_pronoun_gives_way_to_who_speaks() -> None:
    text = (
        "Norway and Iceland are in talks on a deal. Anna Berg of Iceland repeated that Norway wanted nine boats, but "
        "let it be known that it would take seven in return for a loan."
    )
    parsed = parse(text)
    actors = resolve(parsed)
    found = read_preconditions(parsed, actors, read(Report("t", text)).statements)
    assert [actors.get(c.holder).name for c in found] == ["Iceland"]
