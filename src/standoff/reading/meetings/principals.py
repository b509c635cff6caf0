"""Whom a report's talks are between where no mention of them says so: actors go in; the two main parties come out."""

from collections import Counter

from standoff.actors import ActorTable

LEAST = 3  # mentions of a party, below which it plays no part in the report
SHARE = 0.3  # of the mentions of the one named most often, which the second must reach to be its counterpart
SIDES = frozenset({"government", "opposition"})  # they meet for themselves, not for the state that they are of
NO_PARTIES = frozenset({"person", "other"})


def principals(actors: ActorTable) -> tuple[str, ...]:
    """The two parties that a report names most, persons counted for whom they speak; () where it has no two."""
    count = _counted(actors)
    ranked = ranked_parties(actors)[:2]
    if len(ranked) < 2 or count[ranked[1]] < max(LEAST, SHARE * count[ranked[0]]):
        return ()
    return tuple(sorted(ranked, key=lambda a: int(a[1:])))


def ranked_parties(actors: ActorTable) -> list[str]:
    """The parties of a report, the one named most often first."""
    count = _counted(actors)
    return sorted(count, key=lambda a: (-count[a], a))


def _counted(actors: ActorTable) -> Counter[str]:
    count: Counter[str] = Counter()
    for mention in actors.mentions:
        chain = actors.chain(actors.party_of(mention.actor))
        main = next((a for a in chain if actors.get(a).kind in SIDES), chain[-1])
        if actors.get(main).kind not in NO_PARTIES:
            count[main] += 1
    return count
