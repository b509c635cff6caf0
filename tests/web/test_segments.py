"""Texts cut at the edges of marks."""

from hypothesis import given
from hypothesis import strategies as st

from standoff.web.segments import Mark, lines, moved, paragraphs

texts = st.text(st.sampled_from("ab 🚢é\n\r\u2028<&'\x00\ud800"), max_size=60)


@st.composite
def marked(draw: st.DrawFn) -> tuple[str, list[Mark]]:
    text = draw(texts)
    places = st.integers(0, len(text))
    spans = draw(st.lists(st.tuples(places, places), max_size=8))
    return text, [Mark(f"e{n}", "position", "issue", min(a, b), max(a, b)) for n, (a, b) in enumerate(spans)]


@given(marked())
def test_pieces_lie_side_by_side_and_carry_exactly_the_marks_over_them(given: tuple[str, list[Mark]]) -> None:
    text, marks = given
    for paragraph in paragraphs(text, marks):
        place = paragraph.start
        for piece in paragraph.pieces:
            assert piece.start == place and len(piece.text) == piece.end - piece.start > 0
            over = {m.entry for m in marks if m.start < m.end and m.start < piece.end and piece.start < m.end}
            assert {m.entry for m in piece.marks} == over
            place = piece.end
        assert text[paragraph.start : place].strip()


@given(texts)
def test_only_white_space_is_left_out(text: str) -> None:
    covered = "".join(text[a:b] for a, b in lines(text))
    assert "".join(covered.split()) == "".join(text.split())


@given(texts)
def test_what_a_page_cannot_hold_is_replaced_one_for_one(text: str) -> None:
    for paragraph in paragraphs(text, ()):
        for piece in paragraph.pieces:
            piece.text.encode("utf-8")
            assert "\x00" not in piece.text


@given(texts, st.integers(0, 60), st.integers(1, 60), st.sampled_from(["start", "end"]), st.sampled_from([-1, 1]))
def test_a_moved_edge_stays_in_the_text_and_leaves_words(
    text: str, start: int, length: int, edge: str, step: int
) -> None:
    span = (min(start, len(text)), min(start + length, len(text)))
    if span[0] < span[1]:
        new = moved(text, span, edge, step)
        assert 0 <= new[0] < new[1] <= len(text)
        assert (new[1] == span[1]) if edge == "start" else (new[0] == span[0])


def test_words_are_whole() -> None:
    text = "The well-known leader's plan"
    assert moved(text, (0, 3), "end", 1) == (0, 14)
    assert moved(text, (0, 14), "start", 1) == (4, 14)
    assert moved(text, (4, 14), "end", 1) == (4, 23)
    assert moved(text, (4, 14), "start", 2) == (4, 14)
