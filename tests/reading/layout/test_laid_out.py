"""Attributions mended by the layout: examples, and what holds for every text."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from standoff import Report, read
from standoff.reading.layout import laid_out, lines_of
from standoff.reading.statements import Attribution, read_attributions


def quoted(text: str) -> list[tuple[str, str]]:
    """Source and content of each attribution, broken passages with a slash."""
    return [
        (" / ".join(text[a:b] for a, b in item.source), " / ".join(text[a:b] for a, b in item.content))
        for item in laid_out(text, read_attributions(text))
    ]


def test_a_turn_is_a_statement_and_what_it_reports_is_within() -> None:
    text = (
        "MODERATOR: Please begin.\n\nHALVORSEN: Thank you. The ferry companies told us that they accept the "
        "rosters.\n\nWe will sign on Friday.\n\nMODERATOR: We thank you."
    )
    found = laid_out(text, read_attributions(text))
    turn = next(k for k, item in enumerate(found) if "HALVORSEN" in text[slice(*item.source[0])])
    inner = next(item for item in found if item.by == "attribution-model")
    assert (found[turn].by, found[turn].kind, found[turn].confidence) == ("speaker-label", "direct", None)
    assert text[slice(*found[turn].content[-1])] == "We will sign on Friday."
    assert inner.within == turn
    assert "they accept the rosters" in text[slice(*inner.content[0])]


def test_a_label_leads_to_the_person_with_that_surname() -> None:
    text = (
        "The union leader Mary Holt met the owners.\n\nMODERATOR: Will you sign, Ms. Holt?\n\nHOLT: We will not.\n\n"
        "MODERATOR: Why?\n\nHOLT: I told you. We want our pay."
    )
    ledger = read(Report("t", text))
    speakers = {s.id: ledger.actor(s.speaker) for s in ledger.statements if s.by == "speaker-label"}
    assert {actor.name for actor in speakers.values() if actor} == {"Mary Holt"}
    assert sum(actor is None for actor in speakers.values()) == 2


def test_an_answer_without_a_name_is_the_person_who_was_introduced() -> None:
    text = (
        "Anna Petrov has led the pilots' union for nine years.\n\nQ: Will you strike?\n\nA: We will.\n\nQ: When?\n\n"
        "A: Soon, I think."
    )
    ledger = read(Report("t", text))
    names = [getattr(ledger.actor(s.speaker), "name", None) for s in ledger.statements if s.by == "speaker-label"]
    assert names == [None, "Anna Petrov", None, "Anna Petrov"]


def test_a_list_that_a_colon_leads_in_belongs_to_the_speaker() -> None:
    text = (
        "The rebels' spokesman, Omar Teyeb, said that three points were open:\n- who commands the joint police\n"
        "- when the mines are cleared\n- who pays for it\n\nTalks go on in Vienna."
    )
    source, content = next(pair for pair in quoted(text) if "Teyeb" in pair[0])
    assert content.endswith("who commands the joint police / when the mines are cleared / who pays for it")


def test_paragraphs_below_a_colon_go_on_while_somebody_says_we() -> None:
    text = (
        "Foreign Ministry spokesman Igor Sokolov said:\n\nNobody has spoken to us of April. It came from the "
        "newspapers.\n\n"
        "We regard this as an ultimatum.\n\nThe envoy will fly to Muscat on Sunday."
    )
    content = next(content for source, content in quoted(text) if "Sokolov" in source)
    assert content.endswith("We regard this as an ultimatum.")


def test_a_quotation_over_three_paragraphs_has_one_speaker() -> None:
    text = (
        "“We cannot wait for ever,” Foreign Secretary Jane Poole said. “The offer is on the table.\n\n"
        "“It will not be there in April. We have told them so.\n\n“They know what they must do.”\n\n"
        "Foreign Ministry spokesman Igor Sokolov said:\n\nNobody has spoken to us of April."
    )
    contents = dict(quoted(text))
    assert contents["Foreign Secretary Jane Poole"].endswith("“They know what they must do.”")
    assert "They know" not in contents["Foreign Ministry spokesman Igor Sokolov"]


def test_nothing_is_said_across_a_time_stamp_a_headline_or_the_credits() -> None:
    text = (
        "Ceasefire talks to resume in Oman on Monday\n\nGENEVA (Newswire) - The talks will resume in Oman on Monday, "
        "the U.N. envoy said.\n\n10:20 a.m.\n\nNorway's minister says the waters stay closed.\n\n14:05 The "
        "Commission's negotiator says a deal is near.\n\nPHOTO: The envoy in Geneva. Photo by Ola Nord\n\n(Reporting "
        "by Tom Alder; Editing by Sue Marks)"
    )
    lines = lines_of(text)
    for item in laid_out(text, read_attributions(text)):
        home = next(line for line in lines if line.start <= item.cue[0][0] < line.end)
        assert all(home.body <= a and b <= home.end for a, b in item.content)
        words = " ".join(text[a:b] for a, b in (*item.source, *item.content))
        assert not any(name in words for name in ("Ola Nord", "Tom Alder", "GENEVA", "14:05"))


@pytest.mark.parametrize(
    ("headline", "source"),
    [
        ("Ceasefire talks to resume in Oman on Monday - envoy", "envoy"),
        ("Ferry owners close to a deal with the crews: sources", "sources"),
    ],
)
def test_a_headline_names_its_source_at_the_end(headline: str, source: str) -> None:
    text = f"{headline}\n\nIt was raining in the harbour on Sunday. Nobody spoke."
    assert (source, headline[: -len(source)].rstrip(" -:")) in quoted(text)


def test_a_dash_in_a_headline_is_not_always_a_source() -> None:
    text = "Ferry owners close to a deal - at last\n\nIt was raining in the harbour on Sunday."
    assert not any(item.by == "headline" for item in laid_out(text, read_attributions(text)))


def test_running_text_is_left_alone() -> None:
    text = (
        "Talks over the harbour dues broke off on Monday.\n\n“We will not sign before the crews are paid,” Marta "
        "Lindqvist, who leads the pilots’ union, said.\n\nThe port authority denied that wages were late."
    )
    found = read_attributions(text)
    assert laid_out(text, found) == found


PIECES = st.sampled_from(
    ["HOLT: ", "FRY: ", "Q: ", "A: ", "PHOTO: ", "we will go. ", "I said “no. ", "“yes” ", "the envoy said: ", "\n",
     "\n\n", "- ", "• ", "10:20 a.m.", "(LAUGHTER)", "***", "Mr. Holt said it would end. ", "GENEVA (AP) - ",
     " - envoy", "“", "”", "🙂", "e\u0301", "(Reporting by Ann Lee)", "\u00a0"]
)  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(st.lists(PIECES, max_size=30).map("".join))
def test_spans_stay_inside_the_text_in_order_and_nesting_has_no_circle(text: str) -> None:
    found = laid_out(text, read_attributions(text))
    assert [item.content[0][0] for item in found] == sorted(item.content[0][0] for item in found)
    for item in found:
        assert item.content
        for spans in (item.source, item.cue, item.content):
            assert all(0 <= a < b <= len(text) for a, b in spans)
            assert all(a[1] <= b[0] for a, b in zip(spans, spans[1:], strict=False))
        seen: set[int] = set()
        outer = item.within
        while outer is not None:
            assert outer not in seen and 0 <= outer < len(found)
            seen.add(outer)
            outer = found[outer].within


@settings(max_examples=60, deadline=None)
@given(st.lists(PIECES, max_size=30).map("".join))
def test_lines_are_in_order_and_their_bodies_inside(text: str) -> None:
    end = 0
    for line in lines_of(text):
        assert end <= line.start <= line.body <= line.end <= len(text)
        end = line.end


def test_mending_twice_changes_nothing_without_turns() -> None:
    text = "The envoy said:\n\nWe go on.\n\nWe hope.\n\nThe talks ended."
    once = laid_out(text, read_attributions(text))
    kept: tuple[Attribution, ...] = laid_out(text, once)
    assert kept == once
