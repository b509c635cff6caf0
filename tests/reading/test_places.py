"""Places of a report, by example."""

import pytest

from standoff.language import parse
from standoff.reading.places import Place, read_places


def names(text: str) -> list[str]:
    return [place.name for place in read_places(parse(text))]


def only(text: str) -> Place:
    (place,) = read_places(parse(text))
    return place


def test_a_city_has_coordinates_and_country() -> None:
    place = only("The envoys met in Geneva.")
    assert (place.name, place.country) == ("Geneva", "CH")
    assert place.latitude == pytest.approx(46.2, abs=0.1) and place.longitude == pytest.approx(6.1, abs=0.1)


def test_a_capital_that_stands_for_its_government_is_no_place() -> None:
    assert names("Moscow said the round in Vienna was useful, and Ankara agreed.") == ["Vienna"]


def test_the_country_named_in_the_text_tells_namesakes_apart() -> None:
    assert only("The Libyan factions met in Tripoli.").country == "LY"


def test_a_month_is_no_town() -> None:
    assert names("The envoys met in March and again in May.") == []


def test_the_dateline_is_a_place() -> None:
    place = only("BEIRUT - The delegation arrived late.")
    assert (place.name, place.country, place.by) == ("Beirut", "LB", "dateline")


def test_two_towns_in_a_dateline() -> None:
    assert names("AMMAN/GENEVA - The delegation arrived late.") == ["Amman", "Geneva"]


def test_what_one_visits_is_a_place() -> None:
    place = only("The minister will visit Turkey.")
    assert (place.name, place.country, place.exact) == ("Turkey", "TR", False)


def test_spans_quote_the_text() -> None:
    text = "“Überraschung” 🕊 — they met in Zurich, then in New York."
    assert [(text[p.start : p.end], p.name) for p in read_places(parse(text))] == [
        ("Zurich", "Zurich"),
        ("New York", "New York"),
    ]


def test_a_country_before_talks_is_what_they_are_about() -> None:
    assert names("The Geneva talks went on, the Syria talks did not.") == ["Geneva"]
