"""A precondition goes in; how its words bind gate and requirement comes out: what is held back, and what is asked.

"Will not come until the siege ends" asks for the end of the siege; "will not come as long as there is a siege" asks for
no siege; "the strikes will go on until …" holds back the end of the strikes. The span of a requirement alone does not
tell these apart, the cue and a negation before the gate do.
"""

import re
from dataclasses import dataclass
from functools import cache

from standoff.analysis.wording import lexicon, turns
from standoff.case.snapshot import PreconditionEntry, Snapshot
from standoff.ledger import Span

REACH = 60
"""Characters before a gate among which its negation is looked for, not across the end of a clause."""
CLAUSE = re.compile(r"[.;:!?,\n]")
ONLY = re.compile(r"\bonly\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Bond:
    """cue: the words that bind; negated: the gate is told with a "not" before it; inside: with one in it ("no talks").

    gate_ends: what is held back is that the gate ends or stays away; need_ends: what is asked is that the requirement
    does.
    """

    cue: str
    negated: bool
    inside: bool
    gate_ends: bool
    need_ends: bool


def bond_of(snapshot: Snapshot, entry: PreconditionEntry) -> Bond:
    """How an entry binds. Where no cue is known (entries that people added), the words are searched for one."""
    lists = lexicon()
    text = snapshot.source_by_id[entry.report].report.text
    cue = entry.by if entry.by in lists.cues else _cue_in(text, entry)
    before = text[max(0, entry.gate[0] - REACH) : entry.gate[0]]  # evidence may be cut right before the gate
    before = CLAUSE.split(before)[-1]
    gate = text[slice(*entry.gate)]
    outside = lists.refusal.search(before) is not None
    negated = outside or lists.refusal.search(gate) is not None
    inverting = lists.cues[cue] == "inverting"
    direct = lists.cues[cue] == "direct"
    return Bond(cue, outside, turns(gate), gate_ends=inverting and not negated, need_ends=direct and negated)


def told(bond: Bond, gate: str, requirement: str) -> str:
    """The condition as its report binds it: not “come” until “the siege ends”."""
    joint = lexicon().joints.get(bond.cue, bond.cue)
    if ONLY.search(gate):  # "the talks would only succeed" if …: the word stands once
        joint = joint.removeprefix("only ")
    if bond.cue == "before" and not (bond.negated or bond.inside):  # "must pay before they talk"
        return f"“{requirement}” before “{gate}”"
    return f"{'not ' if bond.negated else ''}“{gate}” {joint} “{requirement}”"


def _cue_in(text: str, entry: PreconditionEntry) -> str:
    """The longest cue in an entry's words outside of gate and requirement; "only if" if there is none."""
    left = _without(text, entry.evidence, (entry.gate, entry.requirement)).casefold()
    return next((cue for cue, whole in _cues() if cue in left and whole.search(left)), "only if")


@cache
def _cues() -> tuple[tuple[str, re.Pattern[str]], ...]:
    """Every cue with the pattern that finds it as whole words, the longest first."""
    by_length = sorted(lexicon().cues, key=len, reverse=True)
    return tuple((cue, re.compile(rf"\b{re.escape(cue)}\b")) for cue in by_length)


def _without(text: str, whole: Span, parts: tuple[Span, ...]) -> str:
    kept, place = "", whole[0]
    for start, end in sorted(parts):
        kept += text[place : max(place, start)] + " | "
        place = max(place, end)
    return kept + text[place : max(place, whole[1])]
