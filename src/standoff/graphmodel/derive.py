"""A conflict drafted from what the parties said: in goes the snapshot of a case, out comes a `Draft`.

- Parties are the camps of the holders.
- A party has an option on a topic if it commits to it or refuses it, if it is demanded of it by name, or if it is the
  gate of its own precondition.
- Preferences are option prioritisation. A position weighs by its act, by how recent it is and by how many reports
  repeat it; the latest word decides on which side a party stands. A precondition gives two statements: no gate
  without the requirement, and the gate if the requirement is met.
- What is only asked of a party, and what it never spoke of itself, it would rather not do: a last statement of each
  party, marked as assumed. Without it the party would be indifferent and everything stable.
- States in which topics come about that contradict each other in the codebook are infeasible.
- Today's state: of each option its owner's latest commitment or refusal; what nobody promised is not taken.

Every option and statement carries the entries it rests on. It is a draft: a person corrects it.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from datetime import date

from standoff.case.snapshot import PositionEntry, PreconditionEntry, Snapshot
from standoff.errors import InputError
from standoff.graphmodel.conflict import MAXIMUM_OPTIONS
from standoff.graphmodel.draft import Draft, DraftCondition, DraftOption, DraftStatement, Ground
from standoff.graphmodel.topics import Topic, Topics

# 2**10 states: a person can still look through them, and every question is answered at once.
USUAL_OPTIONS = 10
# A condition on one's own conduct is harder than a wish about others'; approval of another's plan is softer still.
ACT_WEIGHTS = {"precondition": 1.5, "demand": 1.0, "refuse": 1.0, "commit": 1.0, "support": 0.5, "oppose": 0.5}
# Days after which a position counts half: in talks of some months, last month's word is neither void nor fresh.
HALF_LIFE_DAYS = 30.0
_ASSUMED = "it is asked of this party, which said nothing of it: taken to be unwelcome"
_AGAINST = frozenset({"refuse", "oppose"})


def derive(snapshot: Snapshot, most_options: int = USUAL_OPTIONS) -> Draft:
    """The draft with at most `most_options` options, those of most weight.

    Raises InputError if the cap is not between 1 and MAXIMUM_OPTIONS, and if the case holds nothing that would be
    anybody's option.
    """
    if not 1 <= most_options <= MAXIMUM_OPTIONS:
        raise InputError(f"{most_options} options: give a number from 1 to {MAXIMUM_OPTIONS}")
    case = _Case(snapshot)
    controls = case.controls()
    weights = case.option_weights(controls)
    ordered = sorted(controls, key=lambda key: (-weights[key], key))
    kept = set(ordered[:most_options])
    if not kept:
        raise InputError(
            f"{snapshot.name or 'the case'}: no option to draft from {len(case.positions)} positions and "
            f"{len(case.preconditions)} preconditions: nobody commits to, refuses or is asked for anything"
        )
    left_out = [
        f"option `{case.topics_seen[topic].name}` of {case.name(party)} (weight {weights[topic, party]:.2f}): "
        f"beyond the {most_options} of most weight; entries {_ids(controls[topic, party])}"
        for topic, party in ordered[most_options:]
    ]
    statements, silent = case.statements(kept, controls)
    owners = {party for _, party in kept}
    for said in sorted({case.name(one.owner) for one in statements if one.owner not in owners}):
        left_out.append(f"the preferences of {said}: it has no option of its own")
    options = tuple(
        DraftOption(_key(topic, party), party, case.topics_seen[topic].name, tuple(controls[topic, party]))
        for topic, party in sorted(kept, key=lambda one: (case.name(one[1]), -weights[one], one))
    )
    infeasible = case.contradictions(kept)
    return Draft(
        name=snapshot.name or "Draft",
        parties={party: case.name(party) for party in sorted(owners, key=case.name)},
        options=options,
        statements=tuple(one for one in statements if one.owner in owners),
        infeasible=tuple(infeasible),
        today=case.today(kept),
        left_out=tuple(left_out + silent),
    )


_Control = tuple[str, str]


class _Case:
    """The entries that count, by topic and camp."""

    def __init__(self, snapshot: Snapshot) -> None:
        self.snapshot = snapshot
        self.positions = snapshot.counted_positions()
        self.preconditions = snapshot.counted_preconditions()
        self.topics_seen: dict[str, Topic] = {}
        lookup = Topics(snapshot)
        self._of_position: dict[str, str] = {}
        self._gates: dict[str, str] = {}
        self._requirements: dict[str, str] = {}
        for position in self.positions:
            self._of_position[position.id] = self._seen(lookup.of(position.report, position.issue, position.concept))
        for one in self.preconditions:
            self._gates[one.id] = self._seen(lookup.of(one.report, one.gate, one.gate_concept))
            self._requirements[one.id] = self._seen(lookup.of(one.report, one.requirement, one.requirement_concept))
        days = [day for entry in (*self.positions, *self.preconditions) if (day := _day(entry.date)) is not None]
        self._latest = max(days, default=None)
        self._earliest = min(days, default=None)

    def name(self, party: str) -> str:
        return self.snapshot.party_by_id[party].name

    def controls(self) -> dict[_Control, list[Ground]]:
        """(topic, camp) → the entries by which the camp controls the topic."""
        found: dict[_Control, list[Ground]] = defaultdict(list)
        for position in self.positions:
            topic, holder = self._of_position[position.id], self.snapshot.camp(position.holder)
            target = None if position.target is None else self.snapshot.camp(position.target)
            if position.act in ("commit", "refuse"):
                found[topic, holder].append(self._ground(position))
            elif position.act == "demand" and target is not None:
                found[topic, target].append(self._ground(position))
        for one in self.preconditions:
            found[self._gates[one.id], self.snapshot.camp(one.holder)].append(self._ground(one))
        return dict(found)

    def option_weights(self, controls: dict[_Control, list[Ground]]) -> dict[_Control, float]:
        """How much is said about each option, by anybody. What is asked of a party by name speaks of its option alone
        (it is among the grounds of that already); what is asked of nobody, of the options of all."""
        weights = {key: self._weight(grounds) for key, grounds in controls.items()}
        on_topic: dict[str, list[_Control]] = defaultdict(list)
        for key in controls:
            on_topic[key[0]].append(key)
        for position in self.positions:
            named = position.act == "demand" and position.target is not None
            if position.act in ("demand", "support", "oppose") and not named:
                for key in on_topic[self._of_position[position.id]]:
                    weights[key] += self._weight([self._ground(position)])
        for one in self.preconditions:
            for key in on_topic[self._requirements[one.id]]:
                weights[key] += self._weight([self._ground(one)])
        return weights

    def statements(
        self, kept: set[_Control], controls: dict[_Control, list[Ground]]
    ) -> tuple[list[DraftStatement], list[str]]:
        """The preferences of every party, those of most weight first, and what speaks of no option."""
        weighed: list[tuple[float, DraftStatement]] = []
        silent: list[str] = []
        by_owner = defaultdict(list)
        for topic, party in sorted(kept):
            by_owner[topic].append(party)
        said: dict[tuple[str, str, str], list[PositionEntry]] = defaultdict(list)
        for position in self.positions:
            topic, holder = self._of_position[position.id], self.snapshot.camp(position.holder)
            aim = self._aim(position, topic, holder, by_owner[topic])
            if aim is None:
                silent.append(self._unspoken(position, holder, topic))
            else:
                said[holder, topic, aim].append(position)
        for (holder, topic, aim), entries in said.items():
            against = self._stands_against(entries)
            grounds = [self._ground(entry) for entry in entries]
            winning = [g for g in grounds if (g.act in _AGAINST) == against]
            template = _negated(aim) if against else aim
            key = f"{holder} {topic} {aim}"
            weighed.append((self._weight(winning), DraftStatement(key, holder, template, tuple(grounds))))
        for one in self.preconditions:
            weighed += self._conditional(one, kept, by_owner, silent)
        spoken = {(holder, topic) for holder, topic, _ in said}
        for topic, party in sorted(kept):
            if (party, topic) not in spoken and (topic, party) not in self._gate_options():
                option = _key(topic, party)
                statement = DraftStatement(
                    f"{option} assumed", party, f"NOT {{{option}}}", tuple(controls[topic, party]), _ASSUMED
                )
                weighed.append((0.0, statement))
        weighed.sort(key=lambda pair: (pair[1].owner, -pair[0], pair[1].key))
        return _once([statement for _, statement in weighed]), silent

    def _gate_options(self) -> set[_Control]:
        return {(self._gates[one.id], self.snapshot.camp(one.holder)) for one in self.preconditions}

    def contradictions(self, kept: set[_Control]) -> list[DraftCondition]:
        """Pairs of options whose topics cannot both come about."""
        found = []
        ordered = sorted(kept)
        for place, (topic, party) in enumerate(ordered):
            for other, owner in ordered[place + 1 :]:
                if self._contradict(topic, other):
                    first, second = _key(topic, party), _key(other, owner)
                    names = self.topics_seen[topic].name, self.topics_seen[other].name
                    note = f"the codebook says that `{names[0]}` and `{names[1]}` contradict each other"
                    found.append(DraftCondition(f"{first} {second}", f"{{{first}}} AND {{{second}}}", note))
        return found

    def today(self, kept: set[_Control]) -> tuple[str, ...]:
        """The options whose owners' latest word is a commitment; of two that contradict each other, the later."""
        latest: dict[_Control, PositionEntry] = {}
        for position in sorted(self.positions, key=lambda entry: entry.date or ""):
            key = self._of_position[position.id], self.snapshot.camp(position.holder)
            if key in kept and position.act in ("commit", "refuse"):
                latest[key] = position
        promised = [(entry.date or "", key) for key, entry in latest.items() if entry.act == "commit"]
        taken: list[_Control] = []
        for _, key in sorted(promised, reverse=True):
            if not any(self._contradict(key[0], other) for other, _ in taken):
                taken.append(key)
        return tuple(sorted(_key(*key) for key in taken))

    def _aim(self, position: PositionEntry, topic: str, holder: str, owners: list[str]) -> str | None:
        """The options a position is about, as a template; None if there is no such option."""
        if position.act in ("commit", "refuse"):
            wanted = [holder]
        elif position.target is not None and position.act == "demand":
            wanted = [self.snapshot.camp(position.target)]
        else:
            # What one asks of nobody by name, one asks of the others first.
            wanted = [owner for owner in owners if owner != holder] or owners
        keys = [_key(topic, owner) for owner in wanted if owner in owners]
        return " OR ".join(f"{{{key}}}" for key in keys) if keys else None

    def _conditional(
        self, one: PreconditionEntry, kept: set[_Control], by_owner: dict[str, list[str]], silent: list[str]
    ) -> list[tuple[float, DraftStatement]]:
        holder = self.snapshot.camp(one.holder)
        gate, requirement = self._gates[one.id], self._requirements[one.id]
        others = [owner for owner in by_owner[requirement] if owner != holder] or by_owner[requirement]
        if (gate, holder) not in kept or not others or gate == requirement:
            missing = "gate" if (gate, holder) not in kept else "requirement"
            silent.append(
                f"a precondition of {self.name(holder)} ({one.id}): its {missing} is nobody's option here: "
                f"`{self.topics_seen[gate].name}` only if `{self.topics_seen[requirement].name}`"
            )
            return []
        gate_text = f"{{{_key(gate, holder)}}}"
        met = " OR ".join(f"{{{_key(requirement, owner)}}}" for owner in others)
        grounds = (self._ground(one),)
        weight = self._weight(list(grounds))
        key = f"{holder} {gate} if {requirement}"
        return [
            (weight, DraftStatement(f"{key} 1", holder, f"NOT {gate_text} IF {_negated(met)}", grounds)),
            (weight, DraftStatement(f"{key} 2", holder, f"{gate_text} IF {_bracketed(met)}", grounds)),
        ]

    def _stands_against(self, entries: list[PositionEntry]) -> bool:
        """The latest word decides; of words of one day, the heavier side."""
        day = max(entry.date or "" for entry in entries)
        last = [entry for entry in entries if (entry.date or "") == day]
        weight = sum(ACT_WEIGHTS[entry.act] * (1 if entry.act in _AGAINST else -1) for entry in last)
        return weight > 0

    def _contradict(self, topic: str, other: str) -> bool:
        concepts = self.snapshot.concept_by_id
        return (topic in concepts and other in concepts[topic].contradicts) or (
            other in concepts and topic in concepts[other].contradicts
        )

    def _weight(self, grounds: list[Ground]) -> float:
        """Each report counts once for each act."""
        once = {(ground.report, ground.act): ground for ground in grounds}
        return sum(ACT_WEIGHTS[ground.act] * self._recency(ground.date) for ground in once.values())

    def _recency(self, when: str | None) -> float:
        """1 for the latest day of the case, half after HALF_LIFE_DAYS; undated counts as the earliest day."""
        if self._latest is None or self._earliest is None:
            return 1.0
        age = (self._latest - (_day(when) or self._earliest)).days
        return float(0.5 ** (age / HALF_LIFE_DAYS))

    def _ground(self, entry: PositionEntry | PreconditionEntry) -> Ground:
        act = entry.act if isinstance(entry, PositionEntry) else "precondition"
        quote = " ".join(self.snapshot.quote(entry.report, entry.evidence).split())
        return Ground(entry.id, entry.date, entry.report, act, quote)

    def _unspoken(self, position: PositionEntry, holder: str, topic: str) -> str:
        return (
            f"a position of {self.name(holder)} ({position.id}, {position.act}): `{self.topics_seen[topic].name}` "
            f"is nobody's option here"
        )

    def _seen(self, topic: Topic) -> str:
        self.topics_seen.setdefault(topic.key, topic)
        return topic.key


def _key(topic: str, party: str) -> str:
    return f"{topic}@{party}"


def _negated(aim: str) -> str:
    return f"NOT {_bracketed(aim)}"


def _bracketed(aim: str) -> str:
    return f"({aim})" if " OR " in aim else aim


def _once(statements: list[DraftStatement]) -> list[DraftStatement]:
    """The same condition of the same party once, where it weighs most, with all its grounds."""
    merged: dict[tuple[str, str], DraftStatement] = {}
    for one in statements:
        place = one.owner, one.template
        first = merged.get(place)
        if first is not None:
            one = replace(first, because=tuple(dict.fromkeys(first.because + one.because)))
        merged[place] = one
    return list(merged.values())


def _ids(grounds: list[Ground]) -> str:
    return ", ".join(ground.entry for ground in grounds)


def _day(text: str | None) -> date | None:
    """The ISO day, None if it is unknown or no whole day."""
    try:
        return date.fromisoformat(text[:10]) if text else None
    except ValueError:
        return None
