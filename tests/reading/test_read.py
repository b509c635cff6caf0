"""The whole reading: properties that hold for every text, and one report through all rooms."""

import json
from importlib.resources import files

import jsonschema
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from standoff import Ledger, Report, read

WORDS = st.sampled_from(
    [
        "Turkey", "The union", "said", "“", "”", "it would not sign the deal until", "Greece pays.", "peace talks",
        "in Geneva", "on Friday", "\r\n", "\n\n", "🙂", "e\u0301", "\u202eشروط\u202c", "\u00a0", "Mr. Kerry",
        "urged Russia to stop.", "—", "'",
    ]
)  # fmt: skip


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(WORDS, max_size=30).map(" ".join))
def test_every_span_quotes_the_text_and_every_id_is_known(text: str) -> None:
    ledger = read(Report("x", text, published="2016-01-15"))
    spans = [span for a in ledger.actors for span in a.mentions]
    spans += [span for s in ledger.statements for role in (s.source, s.cue, s.content) for span in role]
    spans += [span for p in ledger.positions for span in (p.issue, p.evidence)]
    spans += [span for c in ledger.preconditions for span in (c.requirement, c.gate, c.evidence)]
    spans += [m.evidence for m in ledger.meetings]
    assert all(0 <= start < end <= len(text) for start, end in spans)
    ids = {a.id for a in ledger.actors}
    named = [x for p in ledger.positions for x in (p.holder, p.stated_by, p.target)]
    named += [s.speaker for s in ledger.statements] + [x for m in ledger.meetings for x in m.participants]
    named += [a.of for a in ledger.actors] + [c.holder for c in ledger.preconditions]
    assert all(x is None or x in ids for x in named)
    assert Ledger.from_json(json.loads(json.dumps(ledger.to_json()))) == ledger


REPORT = """The rail union and North Line were to resume contract talks in Leeds on Thursday after a strike deal
collapsed.

“We will not return to work until the company withdraws the new rosters,” union leader Mary Holt said on Tuesday.

North Line said it had offered a pay rise of 3 percent. The mediator, Judge Alan Fry, urged the company to accept a
cooling-off period of 30 days.
"""


@pytest.fixture(scope="module")
def ledger() -> Ledger:
    return read(Report("rail", REPORT, published="2026-03-04"))


def test_a_wage_dispute_is_read_without_a_list_of_its_names(ledger: Ledger) -> None:
    name = {a.id: a.name for a in ledger.actors}
    found = {(name[p.holder], p.act, ledger.quote(p.issue)) for p in ledger.positions}
    assert ("North Line", "commit", "a pay rise of 3 percent") in found
    assert any(act == "refuse" and issue == "return to work" for _, act, issue in found)
    assert [ledger.quote(c.requirement) for c in ledger.preconditions] == ["the company withdraws the new rosters"]


def test_the_statement_has_its_speaker_and_kind(ledger: Ledger) -> None:
    name = {a.id: a.name for a in ledger.actors}
    direct = next(s for s in ledger.statements if s.kind == "direct")
    assert name[direct.speaker or ""] == "Mary Holt"
    assert ledger.quote(direct.cue[0]).startswith("said")


def test_the_meeting_has_its_date_place_and_status(ledger: Ledger) -> None:
    meeting = next(m for m in ledger.meetings if m.place == "Leeds")
    assert (meeting.start, meeting.status) == ("2026-03-05", "planned")


def test_the_ledger_fits_the_schema(ledger: Ledger) -> None:
    schema = json.loads(files("standoff").joinpath("schema/standoff-ledger-1.schema.json").read_text("utf-8"))
    jsonschema.validate(json.loads(json.dumps(ledger.to_json())), schema)


def test_a_statement_inside_a_statement_is_nested() -> None:
    text = "French Foreign Minister Luc Morel said that Turkey had urged Greece to reopen the talks."
    found = read(Report("t", text))
    name = {a.id: a.name for a in found.actors}
    outer, inner = found.statements
    assert (name[outer.speaker or ""], outer.within) == ("Luc Morel", None)
    assert (name[inner.speaker or ""], inner.within) == ("Turkey", outer.id)
    assert (found.quote(inner.cue[0]), found.quote(inner.content[0])) == ("had urged", "Greece to reopen the talks")
