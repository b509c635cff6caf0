"""Quotes are found again where they belong, or not at all."""

from hypothesis import given
from hypothesis import strategies as st

from standoff.case.anchoring import CONTEXT, Selector, anchor, selector

TEXT = (
    "The union wants eight per cent. The line offers three per cent. Talks go on. "
    "The union wants eight per cent more rest."
)


def at(text: str, words: str, nth: int = 0) -> tuple[int, int]:
    start = -1
    for _ in range(nth + 1):
        start = text.index(words, start + 1)
    return start, start + len(words)


def test_an_unchanged_text_gives_the_same_place() -> None:
    for nth in (0, 1):
        span = at(TEXT, "eight per cent", nth)
        assert anchor(TEXT, selector(TEXT, span)) == span


def test_words_move_with_their_context() -> None:
    span = at(TEXT, "three per cent")
    moved = anchor("LONDON, Monday – " + TEXT, selector(TEXT, span))
    assert moved == (span[0] + 17, span[1] + 17)


def test_a_look_alike_elsewhere_is_no_anchor() -> None:
    wanted = selector(TEXT, at(TEXT, "three per cent"))
    assert anchor("Nobody spoke of it, but three per cent was in the air.", wanted) is None
    assert anchor("The line offers four per cent.", wanted) is None


def test_context_on_one_side_is_enough_if_it_is_long_and_in_one_place_only() -> None:
    wanted = selector(TEXT, at(TEXT, "three per cent"))
    edited = TEXT.replace("Talks go on.", "Nothing else was said.").replace(". Nothing", "; nothing")
    assert anchor(edited, wanted) == at(TEXT, "three per cent")
    assert anchor(edited + " " + edited, wanted) is None


def test_the_same_context_twice_is_decided_by_an_unmoved_place_only() -> None:
    line = "x" * CONTEXT + " pay " + "y" * CONTEXT
    text = line + line
    wanted = selector(text, (CONTEXT + 1, CONTEXT + 4))
    assert anchor(text, wanted) == (CONTEXT + 1, CONTEXT + 4)
    assert anchor("z" + text, wanted) is None


def test_nothing_is_anchored_nowhere() -> None:
    assert anchor(TEXT, Selector(0, "", "", "")) is None


texts = st.text(alphabet="ab .\nهد🕊", min_size=1, max_size=120)


@given(texts, st.data())
def test_an_anchor_quotes_the_very_words(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    wanted = selector(text, (start, end))
    assert anchor(text, wanted) == (start, end)
    other = data.draw(texts)
    found = anchor(other, wanted)
    if found is not None:
        assert other[found[0] : found[1]] == wanted.exact
        around = other[: found[0]].endswith(wanted.prefix) or other[found[1] :].startswith(wanted.suffix)
        assert around


@given(texts, texts, st.data())
def test_what_is_put_before_a_text_never_moves_an_anchor_to_other_words(
    text: str, head: str, data: st.DataObject
) -> None:
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    found = anchor(head + text, selector(text, (start, end)))
    moved = (start + len(head), end + len(head))
    if found is not None and found != moved:  # then those other words have the very same whole context
        whole = text[max(0, start - CONTEXT) : end + CONTEXT]
        assert (head + text).count(whole) > 1 or start < CONTEXT or len(text) - end < CONTEXT
