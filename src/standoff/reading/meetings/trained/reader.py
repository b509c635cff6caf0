"""What was read of a report in, its meetings out: which mentions are entered, when, by whom, and how they stand."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from standoff.actors import ActorTable
from standoff.language import Parse
from standoff.ledger import STATUSES, Meeting
from standoff.reading.dates import DateExpression
from standoff.reading.meetings import in_order
from standoff.reading.meetings.lexicon import lexicon
from standoff.reading.meetings.mentions import Mention
from standoff.reading.meetings.merging import OPEN
from standoff.reading.meetings.trained.company import chance_of, likeliest_company
from standoff.reading.meetings.trained.days import UNDATED, Day, days_at_hand
from standoff.reading.meetings.trained.marks import marks_of, status_marks
from standoff.reading.meetings.trained.model_file import MeetingModel, Settings, shipped_model
from standoff.reading.meetings.trained.parties import parties_at_hand
from standoff.reading.meetings.trained.told import Told, told
from standoff.reading.meetings.triggers import WIDE
from standoff.reading.places import Place
from standoff.reading.statements.model_file import Floats

WORTH_A_LOOK = 0.02  # score below which a mention is not entered in any setting
BY = "meetings.trained"


@dataclass(frozen=True)
class Scored:
    """A mention as the weights see it: the chances of being entered, of the statuses, days and actors at hand."""

    number: int
    chance: float
    statuses: Floats
    days: tuple[Day, ...]
    on: Floats
    parties: dict[str, float]


@dataclass(frozen=True)
class Read:
    """A mention with what is made of it. score: chance of being entered and right in every detail, as if each detail
    were right or wrong by itself."""

    number: int
    mention: Mention
    participants: tuple[str, ...]
    day: Day
    status: str
    score: float


def read_meetings(
    parse: Parse,
    actors: ActorTable,
    dates: Sequence[DateExpression],
    places: Sequence[Place],
    published: str | None,
) -> tuple[Meeting, ...]:
    """The meetings of a report in order of their quotes, each once, with ids m1, m2, … and a confidence.

    Raises ModelError when the model is missing or damaged.
    """
    return read_with(shipped_model(), told(parse, actors, dates, places, published))


def read_with(model: MeetingModel, report: Told) -> tuple[Meeting, ...]:
    """As read_meetings, with a model of one's own."""
    scored = score(model, report)
    return beside_rules(report, meetings_in(report, scored, model.settings), scored, model.settings)


def beside_rules(
    report: Told, trained: Sequence[Meeting], scored: Sequence[Scored], settings: Settings
) -> tuple[Meeting, ...]:
    """The meetings to which the rules give a day or a place, as the rules have them, and of the trained reader's those
    that are none of these.

    Plain sentences ("talks are due to open in Geneva on Friday") are what the rules are surest of. Whom they leave open
    is who the trained reader says. Their confidence is its of the same meeting, else the lowest it knows.
    """
    company = {id(report.mentions[one.number]): one.parties for one in scored}
    kept, told_plainly = [], []
    for group, entry in zip(report.rules.groups, report.rules.meetings, strict=True):
        if entry is None or not (entry.start or entry.place):
            continue
        told_plainly.append(entry)
        same = [one.confidence for one in trained if one.confidence is not None and _tells(one, entry)]
        who = entry.participants
        if not who:
            who, _ = likeliest_company(report.actors, company[id(group.best)], settings.unseen)
        kept.append(replace(entry, participants=who, confidence=max(same, default=calibrated(0.0, settings))))
    rest = [one for one in trained if not any(_tells(one, entry) for entry in told_plainly)]
    return in_order([*kept, *rest])


def _tells(one: Meeting, other: Meeting) -> bool:
    """Whether two entries share words, or day and, where both have one, place."""
    if one.evidence[0] < other.evidence[1] and other.evidence[0] < one.evidence[1]:
        return True
    same_day = one.start is not None and one.start == other.start
    return same_day and (one.place == other.place or one.place is None or other.place is None)


def score(model: MeetingModel, report: Told) -> list[Scored]:
    """All mentions of a report with their chances."""
    numbers = range(len(report.mentions))
    marks = [marks_of(report, k) for k in numbers]
    chances = 1 / (1 + np.exp(-model.entry.scores(marks)[:, 0]))
    stand = model.status.scores([[*marks[k], *status_marks(report, k)] for k in numbers])
    found = []
    for k in numbers:
        days, parties = days_at_hand(report, k), parties_at_hand(report, k)
        takes_part = 1 / (1 + np.exp(-model.party.scores(list(parties.values()))[:, 0]))
        on = _shares(model.day.scores(list(days.values()))[:, 0])
        chosen = dict(zip(parties, takes_part.tolist(), strict=True))
        found.append(Scored(k, float(chances[k]), _shares(stand[k]), tuple(days), on, chosen))
    return found


def meetings_in(report: Told, scored: Sequence[Scored], settings: Settings) -> tuple[Meeting, ...]:
    """The likeliest mentions that do not tell of the same meeting as a likelier one."""
    kept: list[Read] = []
    for one in sorted((_read(report, s, settings) for s in scored), key=lambda r: (-r.score, r.number)):
        if one.score < max(settings.least, WORTH_A_LOOK):
            break
        if not any(_same(report, one, other) for other in kept):
            kept.append(one)
    return in_order(_entry(report, one, settings) for one in kept)


def _read(report: Told, one: Scored, settings: Settings) -> Read:
    """What the weights and, where they have entered the mention, the rules make of it."""
    mention = report.mentions[one.number]
    day, status, company = one.on, one.statuses, None
    group = report.group_of.get(one.number)
    entry = None if group is None else report.rules.meetings[group]
    if entry is not None and group is not None and report.rules.groups[group].best is mention:
        day = _favoured(day, [d == (entry.start, entry.end) for d in one.days], settings.trust_day)
        status = _favoured(status, [s == entry.status for s in STATUSES], settings.trust_status)
        company = entry.participants
    participants, right = likeliest_company(report.actors, one.parties, settings.unseen)
    if company:
        chance = chance_of(company, report.actors, one.parties, settings.unseen)
        if chance >= right * math.exp(-settings.trust_parties):
            participants, right = company, chance
    total = one.chance * float(day.max()) * float(status.max()) * right
    when = one.days[int(day.argmax())] if one.days else UNDATED
    return Read(one.number, mention, participants, when, STATUSES[int(status.argmax())], total)


def _favoured(chances: Floats, ours: Sequence[bool], trust: float) -> Floats:
    """Chances, with the score of some of them raised."""
    raised = chances * np.exp(trust * np.array(ours, dtype=np.float32))
    shares: Floats = raised / raised.sum()
    return shares


def _same(report: Told, one: Read, other: Read) -> bool:
    """Whether two mentions tell of one meeting, as far as kind, day, place, parties and standing say."""
    classes, wide = lexicon().classes, WIDE in (one.mention.trigger.by, other.mention.trigger.by)
    if classes[one.mention.kind] != classes[other.mention.kind] and not wide:
        return False
    actors = report.actors
    shared = any(
        p in actors.chain(q) or q in actors.chain(p) for p in one.participants for q in other.participants
    )
    start, start2 = one.day[0], other.day[0]
    if start and start2:
        if not (start.startswith(start2) or start2.startswith(start)):
            return False
        if shared or not one.participants or not other.participants:
            return True
        here, there = one.mention.place, other.mention.place
        return here is not None and there is not None and here.name == there.name
    group = report.group_of.get(one.number)
    if group is not None and group == report.group_of.get(other.number):
        return True
    if (one.status in OPEN) != (other.status in OPEN) or (one.status == "failed") != (other.status == "failed"):
        return False
    a, b = one.mention.evidence, other.mention.evidence
    return shared or (wide and a[0] < b[1] and b[0] < a[1])


def _entry(report: Told, one: Read, settings: Settings) -> Meeting:
    where = one.mention.place
    group = report.group_of.get(one.number)
    if where is None and group is not None:
        where = next((m.place for m in report.rules.groups[group].mentions if m.place), None)
    return Meeting(
        id="", kind=one.mention.kind, participants=one.participants, place=where.name if where else None,
        start=one.day[0], end=one.day[1], status=one.status, evidence=one.mention.evidence,
        latitude=where.latitude if where else None, longitude=where.longitude if where else None,
        country=where.country if where else None, by=BY, confidence=calibrated(one.score, settings),
    )  # fmt: skip


def calibrated(raw: float, settings: Settings) -> float:
    """The share of right entries at a raw score, by the table of the model, rounded so that it prints alike."""
    table = np.array(settings.calibration)
    return round(float(np.interp(raw, table[:, 0], table[:, 1])), 3)


def _shares(scores: Floats) -> Floats:
    raised = np.exp(scores - scores.max()) if len(scores) else scores
    shares: Floats = raised / raised.sum()
    return shares
