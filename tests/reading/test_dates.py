"""Dates of a report, by example and by property."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from standoff.language import parse
from standoff.reading.dates import read_dates

THURSDAY = "2016-01-28"


def values(text: str, published: str | None = THURSDAY) -> list[tuple[str, str | None, str | None]]:
    return [(text[d.start : d.end], d.value, d.until) for d in read_dates(parse(text), published)]


@pytest.mark.parametrize(
    ("text", "value", "until"),
    [
        ("The envoys will meet on February 5.", "2016-02-05", None),
        ("They signed it on 25 January 2015 in the capital.", "2015-01-25", None),
        ("They signed it on Nov. 15, 2015 in the capital.", "2015-11-15", None),
        ("The council voted on Dec. 18 to extend it.", "2015-12-18", None),
        ("The ministers met on Wednesday.", "2016-01-27", None),
        ("The ministers will meet on Monday.", "2016-02-01", None),
        ("The ministers met on Thursday.", "2016-01-28", None),
        ("The ministers met last Thursday.", "2016-01-21", None),
        ("They have been talking since last June.", "2015-06", None),
        ("They have been talking since last March about pay.", "2015-03", None),
        ("They will decide in a July ballot.", "2016-07", None),
        ("The ministers will meet next Tuesday.", "2016-02-02", None),
        ("The ministers will meet tomorrow.", "2016-01-29", None),
        ("The ministers will meet later on Friday.", "2016-01-29", None),
        ("The talks had been due to begin on Monday.", "2016-01-25", None),
        ("The talks are due to begin on Monday.", "2016-02-01", None),
        ("The envoy pushed the round back to Friday.", "2016-01-29", None),
        ("A conference in mid-December failed.", "2015-12", None),
        ("The council approved the plan last month.", "2015-12", None),
        ("The board will rule in August.", "2016-08", None),
        ("The board ruled in August.", "2015-08", None),
        ("The war began in 2014.", "2014", None),
        ("Leaders will gather on January 30-31.", "2016-01-30", "2016-01-31"),
        ("Leaders will gather from Monday to Wednesday.", "2016-02-01", "2016-02-03"),
        ("Leaders will gather on Feb. 25 and 26.", "2016-02-25", "2016-02-26"),
        ("Negotiators talked over the weekend.", "2016-01-23", "2016-01-24"),
        ("They met on 2016-01-20.", "2016-01-20", None),
        ("They met on 25/12/2015.", "2015-12-25", None),
        ("They met on the 25th.", "2016-01-25", None),
        ("They met two days ago.", "2016-01-26", None),
        ("The meeting has been postponed until July.", "2016-07", None),
        ("They have been talking since July.", "2015-07", None),
        ("The pact was broken in May last year.", "2015-05", None),
        ("The envoys will meet again the day after.", "2016-01-29", None),
    ],
)
def test_an_expression_means_a_date(text: str, value: str, until: str | None) -> None:
    assert [(v, u) for _, v, u in values(text)] == [(value, until)]


@pytest.mark.parametrize(
    "text",
    [
        "The round will resume next week.",
        "The round will resume in the next few days.",
        "The round was planned for 03/04/2016.",
        "The round will resume within two weeks.",
    ],
)
def test_no_day_is_guessed(text: str) -> None:
    assert [v for _, v, _ in values(text)] == [None]


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("She will see him in Bonn on Monday and his deputy in Paris the day after.", "2016-02-02"),
        ("They met on Sunday and again two days later.", "2016-01-26"),
        ("They signed it on January 12. The deal had been struck a day earlier.", "2016-01-11"),
        ("They met on January 20 and January 21. The text was out the following day, an aide said.", "2016-01-22"),
    ],
)
def test_the_day_after_is_counted_from_the_day_named_before(text: str, day: str) -> None:
    assert values(text)[-1][1] == day


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("Interior ministers failed to agree during their talks on Monday.", "2016-01-25"),
        ("Interior ministers agreed to convene on Monday.", "2016-02-01"),
        ("He arrived on Tuesday and was to see the king later in the day.", "2016-01-26"),
        ("He was to see the king later in the day.", "2016-01-28"),
    ],
)
def test_the_verb_around_tells_which_day(text: str, day: str) -> None:
    assert values(text)[-1][1] == day


def test_the_day_after_something_that_happened_is_no_day() -> None:
    assert values("He quit the day after the vote.") == []


def test_next_week_keeps_the_seven_days_it_may_mean() -> None:
    (expression,) = read_dates(parse("The round will resume next week."), THURSDAY)
    assert (expression.precision, expression.earliest, expression.latest) == (
        "week",
        "2016-02-01",
        "2016-02-07",
    )


def test_without_a_day_of_publication_only_full_dates_have_a_value() -> None:
    text = "They met on Friday and tomorrow they sign. The war ended on 3 May 1999."
    assert [v for _, v, _ in values(text, None)] == [None, None, "1999-05-03"]


def test_numbers_and_verbs_are_no_dates() -> None:
    assert values("The troops march on, 25 percent may stay, and 1,990 left for 2,014 euros.") == []


DAYS = st.dates(min_value=date(1971, 1, 1), max_value=date(2090, 12, 31))


@settings(max_examples=60, deadline=None)
@given(day=DAYS, published=DAYS)
def test_a_full_date_means_itself_whatever_the_publication(day: date, published: date) -> None:
    text = f"They met on {day.strftime('%B')} {day.day}, {day.year}, and on {day.isoformat()}."
    assert [v for _, v, _ in values(text, published.isoformat())] == [day.isoformat()] * 2


@settings(max_examples=60, deadline=None)
@given(published=DAYS, weekday=st.integers(0, 6))
def test_a_weekday_is_within_a_week_on_the_side_of_the_tense(published: date, weekday: int) -> None:
    name = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")[weekday]
    for text, sign in ((f"The envoys met on {name}.", -1), (f"The envoys will meet on {name}.", 1)):
        ((words, value, _),) = values(text, published.isoformat())
        assert words == name and value is not None
        found = date.fromisoformat(value)
        assert found.weekday() == weekday
        assert 0 <= sign * (found - published).days <= 6


@settings(max_examples=60, deadline=None)
@given(
    text=st.lists(
        st.sampled_from(
            [
                "on",
                "Friday",
                "next",
                "week",
                "31",
                "February",
                "2016",
                "to",
                "the",
                "30th",
                "mid-",
                "weekend",
                "Ω",
                "ago",
                "two",
                "days",
                "9999",
                "\n",
            ]
        ),
        max_size=14,
    ).map(" ".join),
    published=st.dates(),
)
def test_expressions_lie_in_the_text_in_order_and_apart(text: str, published: date) -> None:
    reached = 0
    for expression in read_dates(parse(text), published.isoformat()):
        assert reached <= expression.start < expression.end <= len(text)
        reached = expression.end
        if expression.until is not None:
            assert expression.value is not None and expression.value <= expression.until
