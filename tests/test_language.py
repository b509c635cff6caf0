"""The base language layer: every token quotes the text, whatever stands in it."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from standoff import ModelError
from standoff.language import paragraphs, parse


@settings(max_examples=40, deadline=None)
@given(st.text(alphabet=st.sampled_from("aB é\u0301🙂\u202e\u200fشם\u00a0\r\n\t.,“”'\"-"), max_size=80))
def test_tokens_quote_the_text(text: str) -> None:
    parsed = parse(text)
    for token in parsed.tokens:
        assert text[token.start : token.end] == token.text
    covered = [i for first, last in parsed.sentences for i in range(first, last)]
    assert covered == list(range(len(parsed.tokens)))
    assert all(0 <= token.head < len(parsed.tokens) for token in parsed.tokens)


@given(st.text(alphabet=st.sampled_from("ab.\n\r \u00a0"), max_size=60))
def test_paragraphs_leave_out_white_space_only(text: str) -> None:
    spans = list(paragraphs(text))
    assert "".join("".join(text[a:b].split()) for a, b in spans) == "".join(text.split())
    assert all(a < b for a, b in spans)


def test_headline_and_body_are_apart_but_a_wrapped_sentence_is_one() -> None:
    text = "Talks begin\n\nThe union said it would return to\nthe table on Monday."
    assert [text[a:b] for a, b in paragraphs(text)] == [
        "Talks begin",
        "The union said it would return to\nthe table on Monday.",
    ]


def test_a_very_long_paragraph_is_cut_at_white_space() -> None:
    text = "word " * 9000
    spans = list(paragraphs(text))
    assert len(spans) > 1
    assert all(text[a:b].startswith("word") and text[a:b].endswith("word") for a, b in spans)


def test_names_and_subjects_are_found() -> None:
    parsed = parse("Angela Merkel urged Greece to accept the offer.")
    assert [(parsed.text[n.start : n.end], n.label) for n in parsed.names][:2] == [
        ("Angela Merkel", "PERSON"),
        ("Greece", "GPE"),
    ]
    urged = next(t for t in parsed.tokens if t.text == "urged")
    assert any(parsed.tokens[c].dep == "nsubj" for c in parsed.children[urged.index])


def test_a_pipeline_that_is_not_there_is_named() -> None:
    with pytest.raises(ModelError, match="'no_such_pipeline' is not installed"):
        parse("Text.", "no_such_pipeline")
