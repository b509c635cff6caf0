"""Copies are told from stories that merely tell of the same."""

from hypothesis import given
from hypothesis import strategies as st

from standoff.case.copies import containment, original, trace

STORY = (
    "The ferry line and the seamen's union will meet a state mediator on Tuesday. The union wants eight per cent more "
    "pay for the crews of the island routes. The line has offered three and calls the demand absurd."
)
OTHER = (
    "A mediator is to bring the island ferries' owners and their crews together early next week. Eight per cent is "
    "what the seamen ask for; three is what they were offered, and they did not like to hear it called generous."
)


def test_a_longer_version_is_a_copy_and_another_story_is_not() -> None:
    earlier = [trace(OTHER), trace(STORY)]
    assert (
        original(trace("UPDATE 1-" + STORY + " No ship sailed on Monday, harbour masters of four ports said."), earlier)
        == 1
    )
    assert original(trace(STORY.upper().replace(".", " –")), earlier) == 1
    assert original(trace(OTHER), [trace(STORY)]) is None
    assert original(trace("Rain."), [trace("Rain.")]) is None  # too short to tell


@given(
    st.lists(st.sampled_from("abcdefgh"), max_size=60).map(" ".join),
    st.lists(st.sampled_from("abcdefgh")).map(" ".join),
)
def test_containment_is_symmetric_and_a_text_contains_itself(a: str, b: str) -> None:
    one, other = trace(a), trace(b)
    assert containment(one, other) == containment(other, one)
    assert 0 <= containment(one, other) <= 1
    if a:
        assert containment(one, one) == 1
