"""Tables fit their width and lose nothing of the last column."""

from hypothesis import given
from hypothesis import strategies as st

from standoff.cli.table import table

words = st.lists(st.text("abcdef", min_size=1, max_size=12), min_size=1, max_size=30).map(" ".join)


@given(
    st.lists(st.tuples(st.integers(0, 9999), st.text("xyz", max_size=40), words), min_size=1, max_size=6),
    st.integers(60, 120),
)
def test_every_line_fits_and_the_last_column_is_whole(rows: list[tuple[int, str, str]], width: int) -> None:
    lines = table(("no", "name", "what"), rows, width).splitlines()
    assert all(len(line) <= width for line in lines)
    shown = " ".join(lines[2:]).split()
    for _, _, text in rows:
        assert set(text.split()) <= set(shown)


def test_numbers_stand_right_and_nothing_is_a_dash() -> None:
    assert table(("n", "share"), [(5, None), (10, 0.25)]).splitlines()[2:] == [" 5         –", "10     0.250"]
