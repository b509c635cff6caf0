"""Issues of positions and preconditions go in; each is given a concept of the codebook, a known one or a new one.

The gist of an issue's words is embedded. What is near enough to a concept's members joins it; the rest is clustered
among itself (average linkage on cosines; the number of clusters is not fixed). People rename, merge, split and move;
what they decided is not touched.
"""

import json
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from standoff.case.embedding import encode, encoder_name
from standoff.case.gist import gist
from standoff.case.merging import existing
from standoff.case.readings import CONCEPT_FIELDS
from standoff.case.relevance import Vector
from standoff.case.review import entry_number
from standoff.case.snapshot import Snapshot
from standoff.case.standing import facts_at
from standoff.case.state import snapshot
from standoff.case.store import MACHINE, Action, Case, person
from standoff.errors import CaseError, InputError
from standoff.ledger import Span

NEAR = 0.65
"""Mean cosine to the members of a concept from which an issue belongs to it. Chosen with bench/concepts.py."""

FEW = 20
"""Issues of its own from which a concept no longer needs its name and examples to tell what belongs to it."""

LONGEST = 64
"""Word pieces of an issue that are looked at."""


@dataclass(frozen=True, slots=True)
class Issue:
    """Words that belong, or should belong, to a concept: the field `field` of an entry."""

    entry: str
    field: str
    words: str
    concept: str | None


def issues(state: Snapshot) -> list[Issue]:
    """All issues of the case in order of date: of positions, of requirements and of gates."""
    found: list[tuple[str, Issue]] = []
    for position in state.positions:
        words = state.quote(position.report, position.issue)
        found.append((position.date or "9999", Issue(position.id, "concept", words, position.concept)))
    for item in state.preconditions:
        sides: tuple[tuple[str, Span, str | None], ...] = (
            ("requirement_concept", item.requirement, item.requirement_concept),
            ("gate_concept", item.gate, item.gate_concept),
        )
        for field, span, concept in sides:
            found.append((item.date or "9999", Issue(item.id, field, state.quote(item.report, span), concept)))
    return [issue for _, issue in sorted(found, key=lambda pair: pair[0])]


def code(case: Case, part_of: int | None = None) -> int:
    """Give a concept to every issue that has none; how many were coded."""
    known = issues(snapshot(case))
    loose = [issue for issue in known if issue.concept is None]
    if not loose:
        return 0
    seeds = _seeds(case)
    vectors = meanings(case, [*(issue.words for issue in known), *(words for _, words in seeds)])
    members: dict[str, list[Vector]] = defaultdict(list)
    for issue in known:
        if issue.concept is not None:
            members[issue.concept].append(vectors[issue.words])
    for concept, words in seeds:
        if len(members[concept]) < FEW:  # once a concept has issues of its own, these tell what belongs to it
            members[concept].append(vectors[words])
    with case.action(MACHINE, "code", f"{len(loose)} issues", part_of=part_of) as action:
        rest: list[Issue] = []
        for issue in loose:
            near = _nearest(vectors[issue.words], members)
            if near is None:
                rest.append(issue)
            else:
                action.fact("entry", issue.entry, issue.field, near)
        for group in clusters(rest, vectors):
            name = medoid(group, vectors)
            concept = f"C{action.insert('concept', name=' '.join(name.split()))}"
            for issue in group:
                action.fact("entry", issue.entry, issue.field, concept)
    return len(loose)


def _seeds(case: Case) -> list[tuple[str, str]]:
    """Names and examples of concepts that people made: what belongs to them before any issue does."""
    with case.looking() as connection:
        facts = facts_at(connection)["concept"]
        names = {f"C{number}": name for number, name in connection.execute("SELECT id, name FROM concept ORDER BY id")}
    found = []
    for concept, name in names.items():
        fields = facts.get(concept, {})
        if fields.get("made") and "merged" not in fields:
            examples = json.loads(fields.get("examples", "[]"))
            found += [(concept, words) for words in [fields.get("name") or name, *examples]]
    return found


def _nearest(vector: Vector, members: dict[str, list[Vector]]) -> str | None:
    best: tuple[float, str] | None = None
    for concept, vectors in members.items():
        alike = float(np.mean([vector @ other for other in vectors]))
        if alike >= NEAR and (best is None or alike > best[0]):
            best = (alike, concept)
    return None if best is None else best[1]


def clusters(group: Sequence[Issue], vectors: dict[str, Vector]) -> list[list[Issue]]:
    """Issues that mean the same, in order of first mention."""
    if len(group) < 2:
        return [list(group)] if group else []
    from scipy.cluster.hierarchy import fcluster, linkage
    from scipy.spatial.distance import squareform

    matrix = np.stack([vectors[issue.words] for issue in group]).astype(np.float64)
    distance = np.clip(1 - matrix @ matrix.T, 0, 2)
    np.fill_diagonal(distance, 0)
    tree = linkage(squareform(distance, checks=False), method="average")
    found: dict[int, list[Issue]] = {}
    for issue, label in zip(group, fcluster(tree, 1 - NEAR, criterion="distance"), strict=True):
        found.setdefault(int(label), []).append(issue)
    return list(found.values())


def medoid(group: Sequence[Issue], vectors: dict[str, Vector]) -> str:
    """The words nearest to all others of the group; of equals the shortest."""
    matrix = np.stack([vectors[issue.words] for issue in group])
    near = (matrix @ matrix.T).mean(axis=1).round(4)
    return min(zip(-near, (len(issue.words) for issue in group), (issue.words for issue in group), strict=True))[2]


def meanings(case: Case, texts: Sequence[str]) -> dict[str, Vector]:
    """The vector of each text's gist; computed once, then kept in the case."""
    name = encoder_name()
    gists = {words: gist(words) for words in texts}
    with case.looking() as connection:
        kept = {
            words: np.frombuffer(vector, dtype=np.float32)
            for words, vector in connection.execute("SELECT words, vector FROM meaning WHERE encoder = ?", (name,))
        }
    missing = list(dict.fromkeys(words for words in gists.values() if words not in kept))
    if missing:
        fresh = encode(missing, LONGEST)
        kept |= dict(zip(missing, fresh, strict=True))
        if case.writable:
            with case.writing() as connection:
                connection.executemany(
                    "INSERT OR IGNORE INTO meaning (encoder, words, vector) VALUES (?, ?, ?)",
                    [(name, words, vector.tobytes()) for words, vector in zip(missing, fresh, strict=True)],
                )
    return {words: kept[short] for words, short in gists.items()}


def move(case: Case, entries: Sequence[str], concept: str, by: str = "", why: str = "") -> str:
    """Entries belong to another concept: its id, or a name, which makes a new one where the case has none; its id.

    A precondition's side is written `e12.requirement` or `e12.gate`. Raises InputError for an entry without issue.
    """
    with case.action(person(by), "move", f"{' '.join(entries)} to {concept}", why) as action:
        target = named(action, concept)
        for written in entries:
            entry, _, side = written.partition(".")
            number = entry_number(action.connection, entry)
            kind = action.connection.execute("SELECT kind FROM entry WHERE id = ?", (number,)).fetchone()[0]
            fields = CONCEPT_FIELDS.get(kind, ())
            if side:
                fields = tuple(field for field in fields if field == f"{side}_concept")
            if len(fields) != 1:
                raise InputError(f"{written}: a {kind}; name a position, or e12.requirement or e12.gate")
            action.fact("entry", f"e{number}", fields[0], target)
    return target


def named(action: Action, concept: str) -> str:
    """The id of the concept with this id or name; a name that is new makes a concept."""
    if concept[:1] == "C" and concept[1:].isdecimal():
        return existing(action, concept)
    rows = action.connection.execute(
        "SELECT 'C' || t.id, COALESCE(c.value, t.name) FROM concept t JOIN live ON live.id = t.action "
        "LEFT JOIN current c ON c.kind = 'concept' AND c.subject = 'C' || t.id AND c.field = 'name' ORDER BY t.id"
    )
    for id_, name in rows.fetchall():
        if name.casefold() == concept.strip().casefold():
            return existing(action, id_)
    if not concept.strip():
        raise InputError("a concept needs a name")
    new = f"C{action.insert('concept', name=concept.strip())}"
    action.fact("concept", new, "made", "1")
    return new


def describe(case: Case, concept: str, description: str, by: str = "", why: str = "") -> None:
    """Say in words what belongs to a concept."""
    with case.action(person(by), "describe", f"{concept} {description}", why) as action:
        action.fact("concept", existing(action, concept), "description", description)


def contradict(case: Case, one: str, other: str, holds: bool, by: str = "", why: str = "") -> None:
    """Two concepts cannot both come about (or, `holds` being False, they can after all)."""
    with case.action(person(by), "contradict" if holds else "reconcile", f"{one} {other}", why) as action:
        pair = (existing(action, one), existing(action, other))
        if pair[0] == pair[1]:
            raise CaseError(f"{one}: does not contradict itself")
        for here, there in (pair, pair[::-1]):
            row = action.connection.execute(
                "SELECT value FROM current WHERE kind = 'concept' AND subject = ? AND field = 'contradicts'", (here,)
            ).fetchone()
            others = set(json.loads(row[0])) if row and row[0] else set()
            changed = others | {there} if holds else others - {there}
            action.fact("concept", here, "contradicts", json.dumps(sorted(changed, key=lambda c: int(c[1:]))))
