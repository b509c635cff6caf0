"""Calendar, periods and kernels: months have their own lengths, weeks their year, and nearness its weight."""

from datetime import UTC, datetime, timedelta

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from standoff.analysis.networks.clock import FIXED, shift, steps, whole_units
from standoff.analysis.networks.coded import CodedStatements, from_frame
from standoff.analysis.networks.filters import first_of_kind, period, us_weeks
from standoff.analysis.networks.kernels import FORMS, Smoothing
from standoff.analysis.networks.network import Moving, series, smooth_series
from standoff.analysis.networks.request import Request
from standoff.errors import InputError

DAY = 86_400
moments = st.datetimes(datetime(1950, 1, 1), datetime(2090, 1, 1)).map(
    lambda moment: int(moment.replace(tzinfo=UTC, microsecond=0).timestamp())
)


def at(iso: str) -> int:
    return int(datetime.fromisoformat(iso).replace(tzinfo=UTC).timestamp())


def day(seconds: int) -> datetime:
    return datetime(1970, 1, 1) + timedelta(seconds=int(seconds))


def spoken(*days: str) -> CodedStatements:
    """The same actor says the same thing on these days."""
    table = pd.DataFrame({"time": [at(one) for one in days]}).assign(organization="A", concept="x", agreement=1)
    return from_frame(table, {"organization": "short text", "concept": "short text", "agreement": "boolean"})


def test_a_month_after_the_thirty_first_is_the_last_of_the_next_month() -> None:
    assert day(shift(at("2016-01-31"), "months", 1)) == datetime(2016, 2, 29)
    assert day(shift(at("2016-02-29"), "years", 1)) == datetime(2017, 2, 28)
    found = [day(one).day for one in steps(at("2016-01-31"), at("2016-04-30"), "months")]
    assert found == [31, 29, 29, 29]
    with pytest.raises(InputError, match="time unit 'moons' unknown"):
        shift(0, "moons", 1)


@given(moments, st.sampled_from(["hours", "days", "weeks", "months", "years"]), st.integers(1, 30))
def test_whole_units_count_what_was_shifted(moment: int, unit: str, count: int) -> None:
    later = shift(moment, unit, count)
    assert later > moment
    lost = unit not in FIXED and day(later).day != day(moment).day  # the day was clipped: the last unit is not whole
    assert whole_units(np.array([moment]), later, unit)[0] == count - lost
    assert whole_units(np.array([later]), moment, unit)[0] <= 0


@given(moments)
def test_weeks_are_those_of_the_iso_calendar(moment: int) -> None:
    coded = from_frame(pd.DataFrame({"time": [moment]}), {})
    assert period(coded, "dna-week")[0] == day(moment).isocalendar().week
    assert 1 <= us_weeks(np.array([moment // DAY]))[0] <= 53


def test_dna_takes_march_2016_for_march_2015_and_the_default_does_not() -> None:
    coded = spoken("2015-03-10", "2016-03-10", "2016-03-20")
    columns = [coded.column("organization"), coded.column("concept")]
    assert first_of_kind(coded, columns, "month").tolist() == [True, True, False]
    assert first_of_kind(coded, columns, "dna-month").tolist() == [True, False, False]
    with pytest.raises(InputError, match="duplicates 'hour' unknown"):
        first_of_kind(coded, columns, "hour")


def test_a_window_of_a_week_has_seven_days_and_begins_at_midnight() -> None:
    coded = spoken("2016-03-01T15:00", "2016-03-08T09:00", "2016-03-15T10:00")
    found = list(series(coded, Request(), Moving("weeks", 1)))
    assert [one.statements for one in found] == [1, 1]
    assert day(found[0].start) == datetime(2016, 3, 1) and day(found[0].stop) == datetime(2016, 3, 7, 23, 59, 59)


@given(st.floats(0, 1))
def test_textbook_kernels_weigh_before_and_after_alike_and_dna_s_do_not(distance: float) -> None:
    for name in ("uniform", "gaussian", "triangular", "epanechnikov"):
        before, after = FORMS[name](np.array([distance, -distance]))
        assert before == after >= 0
    before, after = FORMS["dna-triangular"](np.array([0.5, -0.5]))
    assert (before, after) == (0.5, 1.5)


def test_a_smoothed_series_peaks_where_most_is_said() -> None:
    table = pd.DataFrame(
        [(at(f"2016-03-{d:02}"), who, "x", 1) for d in (1, 14, 15, 16, 30) for who in "AB"],
        columns=["time", "organization", "concept", "agreement"],
    )
    coded = from_frame(table, {"organization": "short text", "concept": "short text", "agreement": "boolean"})
    request = Request(aggregation="congruence")
    for kernel in ("uniform", "triangular", "epanechnikov"):
        found = list(smooth_series(coded, request, Smoothing(kernel, "days", 8)))
        best = max(found, key=lambda one: float(one.matrix.sum()))
        assert abs(day(best.middle) - datetime(2016, 3, 15)) <= timedelta(days=3)
        assert all(np.array_equal(one.matrix, one.matrix.T) for one in found)
    with pytest.raises(InputError, match="kernel 'round' unknown"):
        list(smooth_series(coded, request, Smoothing("round", "days", 8)))
