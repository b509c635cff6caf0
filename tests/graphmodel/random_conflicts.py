"""Random small conflicts for hypothesis: 2-5 parties, infeasible and misperceived patterns, one-way options,
ties."""

from by_definition import ByDefinition
from hypothesis import assume
from hypothesis import strategies as st

from standoff.graphmodel.conflict import (
    Conflict,
    DecisionMaker,
    Direction,
    Option,
    Prioritised,
    Ranked,
    Weighted,
)
from standoff.graphmodel.formula import And, If, Iff, Not, Or, Taken, from_pattern


def formulas(option_count: int):
    return st.recursive(
        st.integers(0, option_count - 1).map(Taken),
        lambda inner: st.one_of(
            inner.map(Not),
            st.tuples(inner, inner).map(And),
            st.tuples(inner, inner).map(Or),
            st.builds(If, inner, inner),
            st.builds(Iff, inner, inner),
        ),
        max_leaves=4,
    )


def patterns(option_count: int):
    marks = st.lists(st.sampled_from("YN--"), min_size=option_count, max_size=option_count)
    return marks.map("".join).filter(lambda pattern: len(pattern.replace("-", "")) > 1).map(from_pattern)


@st.composite
def conflicts(draw, most_options: int = 6) -> Conflict:
    parties = draw(st.integers(2, min(5, most_options)))
    count = draw(st.integers(parties, most_options))
    spare = count - parties
    further = draw(st.lists(st.integers(0, parties - 1), min_size=spare, max_size=spare))
    owners = draw(st.permutations([*range(parties), *further]))
    directions = st.sampled_from([Direction.BOTH, Direction.BOTH, Direction.FORWARD, Direction.BACK])
    infeasible = tuple(draw(st.lists(patterns(count), max_size=3)))
    options = tuple(Option(f"o{k}", draw(directions)) for k in range(count))
    bare = Conflict("bare", options, (DecisionMaker("all", tuple(range(count)), Prioritised(())),), infeasible)
    states = ByDefinition(bare).states
    assume(states)

    def preference():
        kind = draw(st.sampled_from(["statements", "ranking", "weights"]))
        if kind == "statements":
            return Prioritised(tuple(draw(st.lists(formulas(count), max_size=5))))
        if kind == "weights":
            weight = st.integers(-3, 3).map(float)
            return Weighted(tuple(draw(st.lists(st.tuples(formulas(count), weight), max_size=4))))
        levels = draw(st.lists(st.integers(0, 5), min_size=len(states), max_size=len(states)))
        groups = [tuple(s for s, level in zip(states, levels, strict=True) if level == wanted) for wanted in range(6)]
        return Ranked(tuple(group for group in groups if group))

    makers = tuple(
        DecisionMaker(
            f"p{i}",
            tuple(k for k in range(count) if owners[k] == i),
            preference(),
            tuple(draw(st.lists(patterns(count), max_size=1))) if draw(st.booleans()) else (),
        )
        for i in range(parties)
    )
    return Conflict("random", options, makers, infeasible)
