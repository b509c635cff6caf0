"""A conflict drafted from the case, or read from a file, and a what-if go in; what the model page shows comes out."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import yaml

from standoff.case.snapshot import Snapshot
from standoff.errors import InputError
from standoff.graphmodel.conflict import Conflict, Prioritised, Ranked, Weighted
from standoff.graphmodel.derive import derive
from standoff.graphmodel.files import read_conflict, read_text
from standoff.graphmodel.formula import pattern_of, written
from standoff.graphmodel.inverse import Swap
from standoff.graphmodel.overview import Beside, Further, further_equilibria, limits_in_words
from standoff.graphmodel.redraft import draft_file
from standoff.graphmodel.routes import routes
from standoff.graphmodel.space import Space, build
from standoff.graphmodel.stability import Concept, Solution, solve
from standoff.graphmodel.what_if import swapped_order, with_swaps
from standoff.graphmodel.why import reason
from standoff.graphmodel.words import reason_in_words, routes_in_words, state_in_words
from standoff.graphmodel.yaml_format import read_yaml
from standoff.graphmodel.yaml_marks import read_attitudes, read_today, read_uncertain, read_views

MOST_STATES = 60
"""States in the table: all that are stable by some concept for everybody, and today's."""


@dataclass(frozen=True, slots=True)
class Ground:
    """An entry of the case that something in the model rests on."""

    entry: str
    quote: str
    date: str


@dataclass(frozen=True, slots=True)
class Model:
    """A conflict with what its file tells beside it. Grounds: by option, and by party and statement."""

    conflict: Conflict
    today: int | None
    options: tuple[tuple[Ground, ...], ...]
    statements: tuple[tuple[tuple[Ground, ...], ...], ...]
    left_out: tuple[str, ...]
    source: str
    beside: Beside = Beside()


@dataclass(frozen=True, slots=True)
class Preference:
    """A statement of a party's order, best first. `moved`: a what-if brought it up or down."""

    words: str
    grounds: tuple[Ground, ...]
    moved: bool


@dataclass(frozen=True, slots=True)
class StateRow:
    """A state: its number, yes or no per option, the concepts by which it holds (a further one under its name);
    `before`: without the what-if."""

    number: int
    taken: tuple[bool, ...]
    concepts: tuple[str, ...]
    before: tuple[str, ...]
    today: bool


@dataclass(frozen=True)
class Answer:
    """The model under a what-if. `orders`: per party; `today`: number of today's state, None if the file has none.
    `further`: the names of the further concepts that apply; `not_shown`: of those that take too long here, each with
    the command that tells them; `limits`: what is special about the moves and states."""

    model: Model
    space: Space
    orders: tuple[tuple[Preference, ...], ...]
    states: tuple[StateRow, ...]
    more: int
    today: int | None
    ways: str
    further: tuple[str, ...]
    not_shown: tuple[tuple[str, str], ...]
    limits: tuple[str, ...]


def drafted(state: Snapshot, most_options: int) -> Model:
    """The draft of a case. Raises InputError if nobody commits to, refuses or is asked for anything."""
    draft = derive(state, most_options)
    drawn_on = {one.key: one.because for one in draft.options} | {one.key: one.because for one in draft.statements}
    because = {
        key: tuple(Ground(one.entry, one.quote, one.date or "unknown") for one in found)
        for key, found in drawn_on.items()
    }
    # The words that it rests on need not go through the text of a file: of thousands of entries that takes long.
    bare = replace(
        draft,
        options=tuple(replace(one, because=()) for one in draft.options),
        statements=tuple(replace(one, because=()) for one in draft.statements),
        left_out=(),
    )
    model = _read(
        draft_file(bare, None, "draft"),
        "draft",
        "Drafted from the case as it stands",
        lambda item: because.get(str(item.get("key")), ()) if isinstance(item, dict) else (),
    )
    return replace(model, left_out=draft.left_out)


def from_file(path: Path) -> Model:
    """A conflict that somebody wrote or edited. Raises InputError that names the file."""
    if path.suffix == ".gmcr":
        conflict = read_conflict(path)
        none = tuple(() for _ in conflict.options)
        return Model(conflict, None, none, tuple(() for _ in conflict.decision_makers), (), path.name)
    return _read(read_text(path), str(path), path.name, _grounds)


def _read(text: str, file: str, source: str, grounds: Callable[[Any], tuple[Ground, ...]]) -> Model:
    """grounds: what an option or statement of the file rests on."""
    conflict = read_yaml(text, file)
    content: Any = yaml.load(text, Loader=yaml.BaseLoader)
    makers = content.get("decision_makers") or []
    options: dict[str, tuple[Ground, ...]] = {}
    for maker in makers:
        for option in maker.get("options") or []:
            if isinstance(option, dict):
                options[f"{maker.get('name')}\n{option.get('name')}"] = grounds(option)
    by_option: list[tuple[Ground, ...]] = [() for _ in conflict.options]
    for party in conflict.decision_makers:
        for index in party.options:
            by_option[index] = options.get(f"{party.name}\n{conflict.options[index].name}", ())
    statements = tuple(tuple(grounds(one) for one in maker.get("statements") or []) for maker in makers)
    left_out = tuple(str(one) for one in content.get("left_out") or [])
    felt = read_attitudes(text, file) if any("attitudes" in maker for maker in makers) else None
    beside = Beside(felt, read_views(text, file), read_uncertain(text, file))
    return Model(conflict, read_today(text, file), tuple(by_option), statements, left_out, source, beside)


def _grounds(item: Any) -> tuple[Ground, ...]:
    if not isinstance(item, dict):
        return ()
    return tuple(
        Ground(str(one.get("entry", "")), str(one.get("quote", "")), str(one.get("date", "")))
        for one in item.get("because") or []
        if isinstance(one, dict)
    )


def swaps_of(text: str) -> tuple[Swap, ...]:
    """`0.2 1.0`: party number and upper place of each swap, as an address has them. Raises InputError otherwise."""
    found = []
    for part in text.split():
        party, _, place = part.partition(".")
        if not (party.isdecimal() and place.isdecimal() and len(part) < 9):
            raise InputError(f"{part}: a change of preference is written PARTY.PLACE, as 0.2")
        found.append(Swap(int(party), int(place)))
    return tuple(found)


@dataclass(frozen=True)
class Solved:
    """What is stable in a conflict: by the usual concepts, and by the further ones that apply."""

    solution: Solution
    further: list[Further]

    @property
    def concepts(self) -> dict[int, tuple[str, ...]]:
        """State → the concepts by which it is stable for everybody."""
        return _concepts(self.solution, self.further)


def solved(model: Model, swaps: tuple[Swap, ...] = ()) -> Solved:
    """The model, or what a what-if makes of it, solved."""
    space = build(with_swaps(model.conflict, swaps))
    return Solved(solve(space), further_equilibria(space, _beside(model, swaps)))


def answer(model: Model, swaps: tuple[Swap, ...], concept: Concept, before: Solved | None = None) -> Answer:
    """The model solved, under a what-if. concept: for the ways from today; before: the model as it is, solved."""
    before = before or solved(model)
    now = solved(model, swaps) if swaps else before
    space, further = now.solution.space, now.further
    conflict = space.conflict
    today = space.state(model.today) if model.today is not None and space.feasible[model.today] else None
    stable, stable_before = now.concepts, before.concepts
    numbers = sorted({*stable, *stable_before, *([today] if today else [])})
    numbers.sort(key=lambda n: (-len(stable.get(n, ())), n))
    count = len(conflict.options)
    rows = tuple(
        StateRow(
            n,
            tuple(mark == "Y" for mark in pattern_of(int(space.codes[n - 1]), count)),
            stable.get(n, ()),
            stable_before.get(n, ()),
            n == today,
        )
        for n in numbers[:MOST_STATES]
    )
    ways = routes_in_words(space, routes(space, today, concept, None)) if today else ""
    orders = tuple(_order(model, conflict, party, swaps) for party in range(len(conflict.decision_makers)))
    return Answer(
        model,
        space,
        orders,
        rows,
        max(0, len(numbers) - MOST_STATES),
        today,
        ways,
        tuple(one.name for one in further if one.equilibria is not None),
        tuple((one.name, one.command) for one in further if one.equilibria is None),
        tuple(limits_in_words(space)),
    )


def _beside(model: Model, swaps: tuple[Swap, ...]) -> Beside:
    """What the file says beside the conflict, the uncertain statements at the places where the what-if has them."""
    uncertain = []
    for party, places in enumerate(model.beside.uncertain):
        preference = model.conflict.decision_makers[party].preference
        count = len(preference.statements) if isinstance(preference, Prioritised) else 0
        order = swapped_order(range(count), [swap.place for swap in swaps if swap.party == party])
        uncertain.append([place for place, was in enumerate(order) if was in places])
    return replace(model.beside, uncertain=uncertain)


def _concepts(solution: Solution, further: list[Further]) -> dict[int, tuple[str, ...]]:
    found: dict[int, tuple[str, ...]] = {}
    for concept in Concept:
        for number in solution.equilibria(concept):
            found[number] = (*found.get(number, ()), concept.value)
    for one in further:
        for number in one.equilibria or ():
            found[number] = (*found.get(number, ()), one.name)
    return found


def _order(model: Model, conflict: Conflict, party: int, swaps: tuple[Swap, ...]) -> tuple[Preference, ...]:
    names = conflict.option_names
    match conflict.decision_makers[party].preference:
        case Prioritised(statements):
            words = [written(one, names) for one in statements]
        case Weighted(weights):
            words = [f"{weight:g}: {written(one, names)}" for one, weight in weights]
        case Ranked(groups):
            words = [", ".join(pattern_of(code, len(names)) for code in group) for group in groups]
    grounds = model.statements[party]
    known = grounds if len(grounds) == len(words) else tuple(() for _ in words)
    places = [swap.place for swap in swaps if swap.party == party]
    order = swapped_order(range(len(words)), places)
    return tuple(
        Preference(one, known[was], was != place) for place, (one, was) in enumerate(zip(words, order, strict=True))
    )


def reasons(space: Space, number: int, concept: Concept) -> list[tuple[str, str]]:
    """Per party: its name, and why the state is or is not stable for it, in words."""
    return [
        (mover.name, reason_in_words(space, reason(space, number, party, concept)))
        for party, mover in enumerate(space.movers)
    ]


def told(space: Space, number: int) -> str:
    """A state in words."""
    return state_in_words(space, number)
