"""What issues are compared by: synonyms as one, without dates and additions."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from standoff.case.gist import gist


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("a truce", "the cease-fire"),
        ("the “cessation of hostilities”", "a ceasefire"),
        ("take part in peace negotiations", "attend the talks"),
        ("agreeing to talks", "join the negotiations"),
        ("a halt to air strikes", "an end to bombing"),
        ("attend the talks on Monday", "attend talks due to begin in May"),
        ("a pay rise of five per cent", "wages rise of five per cent"),
    ],
)
def test_what_means_the_same_has_the_same_gist(one: str, other: str) -> None:
    assert gist(one).replace("attend the", "attend") == gist(other).replace("attend the", "attend")


def test_what_only_adds_is_cut_but_two_words_stay() -> None:
    assert gist("release the prisoners, which the council asked for").startswith("release the detainees")
    assert gist("that Assad leave office") == "that Assad leave office"


def test_agreeing_to_something_else_is_no_attendance() -> None:
    assert gist("agree to a ceasefire") == "agree to a ceasefire"


@given(st.text(max_size=120))
def test_something_is_always_left(words: str) -> None:
    assert gist(words) or not words
