"""Search: in texts, entries and names; nothing that is typed is taken for syntax."""

from collections.abc import Callable

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from standoff.case import review
from standoff.case.history import undo
from standoff.case.search import search
from standoff.case.state import snapshot
from standoff.case.store import Case
from standoff.errors import InputError


def test_hits_lead_to_the_words(port: Case) -> None:
    state = snapshot(port)
    hits = search(port, "pay rise")
    texts = [hit for hit in hits if hit.kind == "report"]
    assert {hit.id for hit in texts} == {"asking", "refusing"}
    for hit in texts:
        assert state.quote(hit.report, (hit.start, hit.end)) in ("pay", "pay rise")
    assert {hit.id for hit in hits if hit.kind == "position"} == {"e2", "e3"}
    assert [hit.id for hit in search(port, "owners") if hit.kind == "party"] == ["A3"]


def test_phrases_prefixes_case_and_accents(port: Case) -> None:
    assert not [hit for hit in search(port, '"rise pay"') if hit.kind == "report"]
    assert [hit.id for hit in search(port, "DOCK* hull") if hit.kind == "report"]
    assert [hit.id for hit in search(port, "réfuse") if hit.kind == "report"] == ["refusing"]


def test_what_does_not_stand_is_not_found(port: Case) -> None:
    review.reject(port, ["e2"], "ana")
    assert "e2" not in {hit.id for hit in search(port, "five per cent")}
    undo(port, 2, "ana")
    assert search(port, "pay rise") == []


def test_an_odd_text_does_not_shift_a_hit(
    case: Case, putting: Callable[..., None], ledger: Callable[..., object]
) -> None:
    text = "🕊️ Emoji first. Then the هدنة and the truce."
    putting(case, ledger("odd", text))
    for word in ("truce", "هدنة"):
        (hit,) = search(case, word)
        assert text[hit.start : hit.end] == word


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(max_size=20))
def test_any_query_is_answered_or_refused_in_words(port: Case, query: str) -> None:
    try:
        search(port, query)
    except InputError as error:
        assert "no word to look for" in str(error)


def test_a_query_without_a_word_is_refused(port: Case) -> None:
    with pytest.raises(InputError, match="no word"):
        search(port, "* -")
