"""What a foreign file carries goes in; the case gets its reports, and its entries as the coding of a person.

Everything of one file is one action in the log and one transaction. A file that this case wrote is compared with what
the case said then: what did not change says nothing, what changed is a correction of that entry, and what meanwhile
changed on both sides is listed for a person to decide.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from standoff.case.adding import store
from standoff.case.exchange.coded import CONCEPTS, PARTIES, PIECES, Carried, Coded, coded_entries, mark, party_names
from standoff.case.exchange.placing import Home, Known, UnplacedError, digest, placed
from standoff.case.exchange.values import stored_value
from standoff.case.parties import folded
from standoff.case.readings import add_entry
from standoff.case.snapshot import Snapshot
from standoff.case.state import snapshot
from standoff.case.store import MACHINE, Action, Case, person
from standoff.errors import InputError
from standoff.report import Report

LINKS = ("statement", "within", "gathering")
"""Values that name another entry, or a meeting: they count as the same whatever their ids are in another case."""

DONE = ("added", "corrected", "accepted", "rejected")


@dataclass(frozen=True, slots=True)
class Taken:
    """What became of a file. reports and entries are ids of the case; untaken: what could not be taken, and why.

    same: entries that the case has already; missing: entries that were in the file when this case wrote it, and are
    no longer: nothing is rejected for that.
    """

    action: int | None = None
    new: tuple[str, ...] = ()
    known: tuple[str, ...] = ()
    added: tuple[str, ...] = ()
    corrected: tuple[str, ...] = ()
    accepted: tuple[str, ...] = ()
    rejected: tuple[str, ...] = ()
    same: int = 0
    untaken: tuple[tuple[str, str], ...] = ()
    missing: tuple[str, ...] = ()
    losses: tuple[str, ...] = ()


class _NothingNewError(Exception):
    """Nothing of the file is new: the transaction is rolled back, so that the log has no empty step."""


def take(case: Case, file: Carried, where: str, by: str = "", why: str = "", blind: bool = False) -> Taken:
    """Take a file into the case. by: who imports, and whose coding it is where the file names nobody.

    blind: the entries are that coder's blind coding, and not yet part of the state. Raises CaseError as
    `Case.action`; of what cannot be taken nothing is raised, it is listed.
    """
    who = person(by)
    result = Taken()
    try:
        with case.action(who, "import", where, why) as action:
            result = _Taking(case, action, file, who, why, blind).run()
            if not (result.new or result.added or result.corrected or result.accepted or result.rejected):
                raise _NothingNewError
    except _NothingNewError:
        return replace(result, action=None)
    return result


@dataclass
class _Taking:
    """One import under way."""

    case: Case
    action: Action
    file: Carried
    who: str
    why: str
    blind: bool
    untaken: list[tuple[str, str]] = field(default_factory=list)
    same: int = 0
    done: dict[str, list[str]] = field(default_factory=lambda: {what: [] for what in DONE})
    numbers: dict[str, int] = field(default_factory=dict)
    """Id of an entry in the file → its number in the case."""
    gatherings: dict[str, str] = field(default_factory=dict)
    used: set[int] = field(default_factory=set)
    """Entries of the case that stand for one of the file already."""

    def run(self) -> Taken:
        written, _, version = self.file.case.partition("@")
        self.same_case = written == mark(self.case)
        self.untaken += self.file.untaken
        homes, new, known = self.reports()
        state = snapshot(self.case)
        entries = coded_entries(self.case, state)
        self.names = _Names(self.action, state, self.file, self.same_case)
        self.current = {entry.id: entry for entry in entries}
        self.base: dict[str, Coded] = {}
        if self.same_case and version.isdecimal():
            then = snapshot(self.case, int(version))
            self.base = {entry.id: entry for entry in coded_entries(self.case, then)}
        self.by_content: dict[str, list[str]] = {}
        for entry in reversed(entries):
            self.by_content.setdefault(_content(entry), []).append(entry.id)
        if self.blind:  # what others entered is not to be seen, nor compared with
            self.base, self.by_content = {}, {}
        for entry in _in_order(self.file.entries):
            try:
                if entry.report not in homes:
                    raise UnplacedError(f"the case has no report {entry.report}, and the file has no text of it")
                self.one(placed(entry, homes[entry.report]))
            except (UnplacedError, InputError) as error:
                self.untaken.append((entry.id, str(error)))
        if not self.same_case:
            self.names.take_over(self.file)
        if self.file.whole and not self.blind:
            from standoff.case.exchange.dna_kept import keep  # with pandas, which nothing else needs here

            now = {entry.id: entry for entry in coded_entries(self.case, snapshot(self.case))}
            made = {id_: now[f"e{n}"] for id_, n in self.numbers.items() if f"e{n}" in now}
            keep(self.action, self.file, {id_: home.report.id for id_, home in homes.items()}, made)
        present = {entry.id for entry in self.file.entries} | {id_ for id_, _ in self.untaken}
        there = {home.report.id for home in homes.values()}
        gone = [e for e in self.base.values() if e.id in self.current and e.id not in present and e.report in there]
        done = {what: tuple(ids) for what, ids in self.done.items()}
        return Taken(
            self.action.id, new, known, same=self.same, untaken=tuple(self.untaken),
            missing=tuple(entry.id for entry in gone), **done,
        )  # fmt: skip

    def reports(self) -> tuple[dict[str, Home], tuple[str, ...], tuple[str, ...]]:
        """Report of the file → report of the case; those that the case has not are added."""
        own = Known([source.report for source in snapshot(self.case).sources])
        found: dict[str, Report] = {}
        fresh: list[Report] = []
        for report in self.file.reports:
            home = own.home(report, self.same_case, self.file.texts)
            if home is not None:
                found[report.id] = home
            elif self.file.texts:
                fresh.append(report)
        added = store(self.case, fresh, self.who, self.why, part_of=self.action.id)
        if fresh:
            by_text = {digest(source.report.text): source.report for source in snapshot(self.case).sources}
            found |= {report.id: by_text[digest(report.text)] for report in fresh}
        texts = {report.id: report.text if self.file.texts else None for report in self.file.reports}
        homes = {id_: Home(report, texts[id_]) for id_, report in found.items()}
        known = [report.id for report in found.values() if report.id not in added.new]
        return homes, added.new, tuple(dict.fromkeys(known))

    def one(self, entry: Coded) -> None:
        """Take one entry whose places are in the text of the case."""
        base = self.base.get(entry.id)
        if base is not None and base.kind == entry.kind and base.report == entry.report:
            self.again(entry, base)
            return
        alike = self.by_content.get(_content(entry))
        if alike:  # each entry of the case stands for one of the file: two that say the same are two
            self.is_same(entry, alike.pop())
        elif entry.review != "rejected":
            self.add(entry)

    def again(self, entry: Coded, base: Coded) -> None:
        """An entry of this case comes back. What the case said when it wrote the file is the base of the comparison."""
        now = self.current.get(entry.id)
        changed = _told(entry) != _told(base)
        judged = entry.review != base.review and entry.review in ("accepted", "rejected")
        if not changed and not judged:
            self.is_same(entry, entry.id)
        elif now is None:
            self.untaken.append((entry.id, "changed in the file, and rejected or read again in the case since"))
        elif judged and entry.review == "rejected":
            self.judge(entry)
        elif changed and _told(now) == _told(entry):
            self.is_same(entry, entry.id)
        elif changed and _told(now) != _told(base):
            self.untaken.append((entry.id, "changed in the file and, otherwise, in the case since it was written"))
        elif changed:
            self.correct(entry, base)
        elif now.review in ("accepted", "corrected"):
            self.is_same(entry, entry.id)
        else:
            self.judge(entry)

    def correct(self, entry: Coded, base: Coded) -> None:
        """The file says something else of an entry than the case did when it wrote the file."""
        from standoff.case.review import patch_of

        number = int(entry.id[1:])
        old, new = _told(base), _told(entry)
        changed = {name for name in old | new if old.get(name) != new.get(name)}
        body = self.body(entry)
        patch = {name: body[name] for name in changed if name in body}
        if patch:
            before = patch_of(self.action.connection, number, self.coder(entry), False)
            self.record(entry, "corrected", before | patch)
        self.facts(number, entry, base)
        self.numbers[entry.id] = number
        self.done["corrected"].append(entry.id)

    def judge(self, entry: Coded) -> None:
        """Accepted or rejected, as it stands."""
        from standoff.case.review import patch_of

        number = int(entry.id[1:])
        patch = patch_of(self.action.connection, number, self.coder(entry), False)
        verdict = "corrected" if patch and entry.review == "accepted" else entry.review
        self.record(entry, verdict, patch)
        self.numbers[entry.id] = number
        self.done[entry.review].append(entry.id)

    def record(self, entry: Coded, verdict: str, patch: dict[str, Any]) -> None:
        self.action.insert(
            "review", entry=int(entry.id[1:]), coder=self.coder(entry), blind=0, verdict=verdict,
            patch=json.dumps(patch, ensure_ascii=False),
        )  # fmt: skip

    def is_same(self, entry: Coded, id_: str) -> None:
        self.same += 1
        self.used.add(int(id_[1:]))
        self.numbers[entry.id] = int(id_[1:])

    def add(self, entry: Coded) -> None:
        body = self.body(entry)
        start, end = body.pop("evidence")
        stored = json.dumps(body, ensure_ascii=False)
        connection = self.action.connection
        again = connection.execute(
            "SELECT e.id FROM entry e JOIN live ON live.id = e.action WHERE report = ? AND kind = ? AND coder = ? "
            'AND blind = ? AND start = ? AND "end" = ? AND body = ? ORDER BY e.id',
            (entry.report, entry.kind, self.coder(entry), int(self.blind), start, end, stored),
        ).fetchall()
        for (number,) in again:
            if number not in self.used:
                self.is_same(entry, f"e{number}")
                return
        number = connection.execute("SELECT COALESCE(MAX(id), 0) + 1 FROM entry").fetchone()[0]
        text = connection.execute("SELECT text FROM report WHERE id = ?", (entry.report,)).fetchone()[0]
        add_entry(
            self.action, number, text, entry.report, entry.kind, (start, end), body, "", coder=self.coder(entry),
            blind=self.blind,
        )  # fmt: skip
        self.facts(number, entry, None)
        self.numbers[entry.id] = number
        self.done["added"].append(f"e{number}")
        self.used.add(number)

    def coder(self, entry: Coded) -> str:
        """Whose word it is: of the person whom the file names, unless the file only says who judged it before."""
        before = self.base.get(entry.id)
        old = "" if before is None else before.coder
        return self.who if self.blind or entry.coder in ("", MACHINE, old) else entry.coder

    def body(self, entry: Coded) -> dict[str, Any]:
        """The stored form, with the evidence. Raises InputError for a value that does not fit."""
        body: dict[str, Any] = {"evidence": list(entry.evidence)}  # type: ignore[arg-type]
        for name, several in PIECES[entry.kind].items():
            parts = [list(part) for part in entry.pieces.get(name, ())]  # type: ignore[arg-type]
            if not several and len(parts) != 1:
                raise InputError(f"a {entry.kind} needs one {name}; there are {len(parts)}")
            body[name] = parts if several else parts[0]
        body |= stored_value(entry, self.names.party, self.numbers)
        return body | {"by": entry.by or self.coder(entry), "confidence": entry.confidence}

    def facts(self, number: int, entry: Coded, base: Coded | None) -> None:
        """Concepts and the meeting, which are given to an entry and do not belong to its words."""
        for name in CONCEPTS:
            before, value = "" if base is None else base.text(name), entry.text(name)
            if value != before:
                self.action.fact("entry", f"e{number}", name, self.names.concept(value) if value else None)
        foreign = entry.text("gathering")
        if foreign and base is None:
            if foreign not in self.gatherings:
                self.gatherings[foreign] = f"M{self.action.insert('gathering')}"
            self.action.fact("entry", f"e{number}", "gathering", self.gatherings[foreign])


class _Names:
    """Parties and concepts of the case by name; those of the file that the case has not are made."""

    def __init__(self, action: Action, state: Snapshot, file: Carried, same_case: bool) -> None:
        self.action = action
        self.parties = {folded(party.name): party.id for party in reversed(state.parties)}
        if same_case:
            self.parties |= {folded(f"{party.name} ({party.id})"): party.id for party in state.parties}
        self.concepts = {concept.name.strip().casefold(): concept.id for concept in reversed(state.concepts)}
        self.called = party_names(file.parties)
        self.known = {folded(self.called[party.id]): party for party in reversed(file.parties)}
        self.described = {concept.name.strip().casefold(): concept for concept in file.concepts}
        self.above = {party.id: party for party in file.parties}

    def party(self, name: str) -> str:
        """The id of the party of this name."""
        key = folded(name)
        if not key:
            raise InputError(f"{name!r} is no name of a party")
        if key not in self.parties:
            known = self.known.get(key)
            kind = known.kind if known else "other"
            id_ = self.parties[key] = f"A{self.action.insert('party', name=name, kind=kind)}"
            self.action.fact("party", id_, "made", "1")
            if known is not None:
                for name_, value in (("wikidata", known.wikidata), ("iso3", known.iso3)):
                    if value:
                        self.action.fact("party", id_, name_, value)
                if known.of in self.above:
                    self.action.fact("party", id_, "of", self.party(self.called[known.of]))
        return self.parties[key]

    def take_over(self, file: Carried) -> None:
        """The parties and concepts of a file that no entry names, and which concepts contradict each other."""
        for party in file.parties:
            if folded(self.called[party.id]):
                self.party(self.called[party.id])
        names = {concept.id: concept.name for concept in file.concepts if concept.name.strip()}
        for concept in file.concepts:
            new = concept.id in names and concept.name.strip().casefold() not in self.concepts
            others = [self.concept(names[other]) for other in concept.contradicts if other in names]
            if concept.id in names:
                id_ = self.concept(concept.name)
                if new and others:
                    self.action.fact("concept", id_, "contradicts", json.dumps(others))

    def concept(self, name: str) -> str:
        """The id of the concept of this name."""
        key = name.strip().casefold()
        if not key:
            raise InputError("a concept needs a name")
        if key not in self.concepts:
            id_ = self.concepts[key] = f"C{self.action.insert('concept', name=name.strip())}"
            self.action.fact("concept", id_, "made", "1")
            known = self.described.get(key)
            if known is not None and known.description:
                self.action.fact("concept", id_, "description", known.description)
        return self.concepts[key]


def _in_order(entries: Sequence[Coded]) -> list[Coded]:
    """Each entry after those that it refers to: statements first, and of them the outer before the inner."""
    outer = {entry.id: entry.text("within") for entry in entries if entry.kind == "statement"}

    def depth(entry: Coded) -> int:
        seen: list[str] = []
        place = entry.id
        while outer.get(place) and place not in seen:
            seen.append(place)
            place = outer[place]
        return len(seen)

    kinds = list(PIECES)
    return sorted(entries, key=lambda entry: (kinds.index(entry.kind), depth(entry)))


def _told(entry: Coded) -> dict[str, Any]:
    """All that an entry says, field by field; on which meeting it is a word is said elsewhere."""
    said = {"evidence": entry.evidence, **entry.pieces, **entry.values}
    return {name: value for name, value in said.items() if value not in ("", ()) and name != "gathering"}


def _content(entry: Coded) -> str:
    """What two entries have in common that are the same, whatever their ids."""
    values: Mapping[str, Any] = {
        name: [folded(v) for v in ([value] if isinstance(value, str) else value)] if name in PARTIES else value
        for name, value in entry.values.items()
        if name not in LINKS
    }
    pieces = {name: parts for name, parts in entry.pieces.items() if parts}
    return json.dumps([entry.kind, entry.report, entry.evidence, pieces, values], sort_keys=True)
