"""A curve over time: days and values in, SVG out."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from standoff.analysis.pictures.svg import CAMP_COLORS, FAINT, INK, SIZE, Drawing

WIDTH, HEIGHT = 900.0, 360.0
LEFT, RIGHT, TOP, BOTTOM = 60.0, 20.0, 40.0, 50.0
DAY = 86_400
_STEPS = (1, 2, 7, 14, 30.4375, 91.3125, 182.625, 365.25, 730.5, 1826.25, 3652.5)
"""Days between two marks of the time axis: the smallest that leaves at most eight marks is taken."""


def curve_picture(
    times: Sequence[int], values: Sequence[float | None], title: str, most: float = 1.0, what: str = ""
) -> str:
    """The SVG of values from 0 to `most` at times (seconds since 1970 UTC, ascending); None leaves a gap."""
    drawing = Drawing(WIDTH, HEIGHT, title, f"{len(times)} values of {what or 'a measure'} over time")
    right, base = WIDTH - RIGHT, HEIGHT - BOTTOM
    first, last = (times[0], times[-1]) if times else (0, DAY)
    span = max(last - first, 1)

    def x(time: float) -> float:
        return LEFT + (right - LEFT) * (time - first) / span if last > first else (LEFT + right) / 2

    def y(value: float) -> float:
        return base - (base - TOP) * min(max(value / most, 0.0), 1.0)

    for quarter in range(5):
        height = y(most * quarter / 4)
        drawing.line(LEFT, height, right, height, FAINT, 0.5)
        drawing.words(LEFT - 8, height + SIZE * 0.35, f"{most * quarter / 4:g}", "end")
    for mark in _marks(first, last):
        drawing.line(x(mark), base, x(mark), base + 5)
        drawing.words(x(mark), base + 20, _date(mark), "middle")
    drawing.line(LEFT, base, right, base)
    run: list[tuple[float, float]] = []
    for time, value in [*zip(times, values, strict=True), (last, None)]:
        if value is not None:
            run.append((x(time), y(value)))
        elif run:
            if len(run) > 1:
                drawing.path(run, CAMP_COLORS[0], 2.0)
            else:
                drawing.dot(*run[0], 3.0, CAMP_COLORS[0])
            run = []
    drawing.words(12, 22, title, size=SIZE + 2)
    if what:
        drawing.words(LEFT, HEIGHT - 8, what, color=INK)
    return drawing.text()


def _marks(first: int, last: int) -> list[int]:
    days = (last - first) / DAY
    step = next((one for one in _STEPS if days / one <= 8), _STEPS[-1])
    return [round(first + number * step * DAY) for number in range(int(days / step) + 1)]


def _date(seconds: int) -> str:
    return (datetime.fromtimestamp(0, UTC) + timedelta(seconds=seconds)).date().isoformat()
