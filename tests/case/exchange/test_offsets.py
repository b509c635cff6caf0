"""Offsets of other tools: there and back again, for every place of any text."""

from hypothesis import given
from hypothesis import strategies as st

from standoff.case.exchange.offsets import LINE_END, PlainLineEnds, Utf16

TEXTS = st.lists(st.sampled_from([*"ab🙂𝕏م\u0301漢", "\r\n", "\r", "\n"]), max_size=30).map("".join)


@given(TEXTS, st.data())
def test_utf_16_units_are_those_of_the_encoding(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    units = Utf16(text).span((start, end))
    encoded = text.encode("utf-16-le")
    assert encoded[2 * units[0] : 2 * units[1]].decode("utf-16-le") == text[start:end]
    assert Utf16(text).back(*units) == (start, end)


@given(TEXTS)
def test_half_a_character_is_nowhere(text: str) -> None:
    units = Utf16(text)
    whole = {units.span((place, place))[0] for place in range(len(text) + 1)}
    for unit in range(-1, len(text.encode("utf-16-le")) // 2 + 2):
        assert (units.back(unit, unit) is not None) == (unit in whole)


@given(TEXTS, st.data())
def test_a_piece_is_the_same_with_other_line_ends(text: str, data: st.DataObject) -> None:
    plain = PlainLineEnds(text)
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    cut = any(text[place - 1 : place + 1] == "\r\n" for place in (start, end) if place)
    there = plain.there((start, end))
    if not cut:
        assert plain.text[there[0] : there[1]] == LINE_END.sub("\n", text[start:end])
        assert plain.back(there) == (start, end)
    assert 0 <= there[0] <= there[1] <= len(plain.text)
