"""Parties of talks: "the Syrian government", "the opposition", "U.S. officials" go in; their actors come out.

No conflict is listed: a state is divided where the report names an opposition of its own.
"""

from collections import Counter

from standoff.actors.knowledge import is_role, words
from standoff.actors.roster import STATES, Place, Roster
from standoff.language import Token

DESCRIPTION, NAME = "description", "name"
OWNERS = frozenset({"the", "an", "a", "main", "armed", "political", "mainstream", "moderate", "country"})
NOT_A_PARTY = frozenset({"their", "his", "her", "my", "our", "its", "your", "stiff", "strong", "fierce", "any", "no"})
STRONG = 4  # weight of a state beside a word of conflict, in the choice of the one that "the opposition" is of
NEAR = 2  # tokens after a state that are beside it
ITS_FIGHTERS = frozenset({"rebels", "militants", "guerrillas", "insurgents", "fighters"})
RANK = 9  # tokens after a group in which an apposition ranks it
ENOUGH = 3  # times that a report names rebels with no state before its state counts as divided
OPENING = 3  # weight of the first sentence's subject


def learn_parties(roster: Roster) -> None:
    """Enter governments and oppositions: "Syria's opposition", "the regime", "Russian officials", "rebels"."""
    tokens = roster.parse.tokens
    lower = [token.text.casefold() for token in tokens]
    roster.divided, roster.main = _divided(roster, lower)
    _split_capitals(roster)
    for i, word in enumerate(lower):
        named = roster.at(i)
        if named is not None and named.form == NAME:
            continue
        before = roster.at(i - 1) if i else None
        if word in ITS_FIGHTERS and before is not None and roster.drafts[before.key].kind == "armed_group":
            roster.mark(before.first, i + 1, before.key, DESCRIPTION)
        elif word in words().opposition and _party_use(roster, lower, i):
            state = _state_before(roster, i) or roster.main
            if state is not None:
                if i > 1 and lower[i - 1] == "-" and lower[i - 2] in words().opposition:
                    continue  # "opposition-rebel" is one party
                first = _reach(roster, i, state)
                roster.mark(first, _body_after(lower, tokens, i), roster.opposition(state), DESCRIPTION)
        elif word in words().government and tokens[i].pos in {"NOUN", "PROPN"}:
            _government_noun(roster, lower, i)
        elif word in words().people and tokens[i].pos in {"NOUN", "PROPN"}:
            _people_noun(roster, i)
    _opposition_bodies(roster)


def _party_use(roster: Roster, lower: list[str], i: int) -> bool:
    """Whether "opposition" is a party here, and not what somebody feels ("its strong opposition to the plan")."""
    parse, tokens = roster.parse, roster.parse.tokens
    if lower[i] != "opposition":
        return True
    after = lower[i + 1] if i + 1 < len(lower) else ""
    before = lower[i - 1] if i else ""
    parts = [tokens[c] for c in parse.children[i]]
    if (after == "to" and before != "the") or any(t.text.casefold() in NOT_A_PARTY for t in parts):
        return False
    if tokens[i].dep == "compound" or after in words().opposition_bodies or after == "-":
        return True
    marked = any(t.text.casefold() in OWNERS for t in parts) or before in {"'s", "’s", "and"}
    return marked or roster.at(i - 1) is not None


def _body_after(lower: list[str], tokens: tuple[Token, ...], i: int) -> int:
    """The end of "opposition-rebel negotiating team": to the noun of people after the word of opposition."""
    j = i + 1
    while (
        j < len(tokens)
        and (lower[j] in words().opposition or lower[j] == "-" or tokens[j].tag in {"VBG", "JJ"})
        and j < i + 4
    ):
        j += 1
    return (
        j + 1
        if j < len(tokens) and lower[j] in words().opposition_bodies and tokens[j].pos in {"NOUN", "PROPN"}
        else i + 1
    )


def _state_before(roster: Roster, i: int) -> str | None:
    """The state that stands as adjective or possessor in the same noun phrase before a token."""
    tokens = roster.parse.tokens
    j = i - 1
    while j >= 0 and j > i - 8 and tokens[j].sentence == tokens[i].sentence:
        place = roster.at(j)
        owner = place is not None and roster.drafts[place.key].kind in STATES | {"international_org"}
        if place is not None and owner and not roster.only_backs(place):
            return place.key
        if (
            tokens[j].text not in {"'s", "’s", "-", "'"}
            and tokens[j].tag not in {"JJ", "NN", "NNP", "JJS", "HYPH", "RB", "VBG", "NNS"}
            and not (tokens[j].tag == "VBN" and tokens[j - 1].tag == "HYPH")
        ):
            return None
        j -= 1
    return None


def _reach(roster: Roster, i: int, state: str) -> int:
    """The first token of the phrase: that of the state named before it, else the noun itself."""
    for j in range(i - 1, max(-1, i - 8), -1):
        place = roster.at(j)
        if (
            place is not None
            and place.key == state
            and roster.parse.tokens[j].sentence == roster.parse.tokens[i].sentence
        ):
            return place.first if _state_before(roster, i) == state else i
    return i


def _divided(roster: Roster, lower: list[str]) -> tuple[set[str], str | None]:
    """The states whose own opposition the report names, and the one that a bare "the opposition" is of."""
    tokens = roster.parse.tokens
    uses = [i for i, w in enumerate(lower) if w in words().opposition and _party_use(roster, lower, i)]
    if not uses:
        return set(), None
    named = [state for i in uses if (state := _state_before(roster, i)) and roster.drafts[state].kind in STATES]
    if not named and all(lower[i] != "opposition" for i in uses) and len(uses) < ENOUGH:
        return set(), None  # insurgents in passing divide no state
    weight: Counter[str] = Counter(named)
    for state in weight:
        weight[state] *= 3 * STRONG
    for place in roster.places:
        if roster.drafts[place.key].kind not in STATES:
            continue
        weight[place.key] += 1
        beside = lower[place.last : place.last + NEAR]
        if beside and (set(beside) & words().conflict):
            weight[place.key] += STRONG
        before = lower[max(0, place.first - 3) : place.first]
        if before[-1:] == ["in"] and set(before) & words().conflict:
            weight[place.key] += STRONG
        if tokens[place.first].sentence == 0 and roster.is_subject(place):
            weight[place.key] += OPENING
    main = max(weight, key=lambda k: (weight[k], k), default=None)
    return set(named) | ({main} if main else set()), main


def _split_capitals(roster: Roster) -> None:
    """A capital or palace of a divided state stands for its government."""
    for place in roster.places:
        if place.form == "metonym" and place.key in roster.divided:
            place.key = roster.government(place.key)


def _government_noun(roster: Roster, lower: list[str], i: int) -> None:
    tokens = roster.parse.tokens
    state = _state_before(roster, i)
    if state is not None:
        first = _reach(roster, i, state)
        if lower[i] == "authorities" and any(tokens[j].tag == "NN" for j in range(first + 1, i)):
            return  # "EU data protection authorities" are bodies of their own
        if lower[i] != "army" and _of_others(tokens, first + 1, i):
            return
        roster.mark(first, i + 1, roster.government(state), DESCRIPTION)
        return
    before = lower[i - 1] if i else ""
    bare = before in {"the", "foreign", "defense", "defence", "interior", "finance"} or lower[i] == "regime"
    person_before = i and tokens[i - 1].pos == "PROPN"
    if lower[i] in {"government", "regime", "presidency", "authorities", "army"} and (
        bare or tokens[i].dep == "compound" or person_before
    ):
        state = roster.main or roster.nearest_state(i)
        if state is not None:
            roster.mark(i, i + 1, roster.government(state), DESCRIPTION)
            if person_before and not bare and roster.free(i - 1, i):
                roster.ruled_by[i - 1] = roster.government(state)
    elif lower[i] == "ministry" and tokens[i].tag == "NNP":
        state = roster.nearest_state(i)
        if state is not None:
            first = i - 1 if tokens[i - 1].pos == "PROPN" else i
            roster.mark(first, i + 1, state, "metonym")


def _of_others(tokens: tuple[Token, ...], first: int, last: int) -> bool:
    """Whether a second adjective of a people stands between: "Syrian Kurdish forces" are not Syria's."""
    return any(t.tag == "JJ" and t.text.istitle() for t in tokens[first:last])


def _people_noun(roster: Roster, i: int) -> None:
    """ "U.S. officials", "the Turkish side" are the party; a title before a name is left to the person."""
    tokens = roster.parse.tokens
    after = i + 1
    introduces = tokens[i].dep == "compound" or (tokens[i].tag == "NN" and tokens[i].text in words().anaphors)
    if introduces and after < len(tokens) and tokens[after].tag == "NNP":
        return  # "the Belgian *group* Vandamme" is that group, not Belgium
    j = i - 1
    while j >= 0 and j > i - 7 and tokens[j].sentence == tokens[i].sentence:
        place = roster.at(j)
        if place is not None:
            if roster.only_backs(place):
                return
            if tokens[i].text.casefold() in words().sent and place.first:
                possessor = place.first - (2 if tokens[place.first - 1].tag == "POS" else 1)
                place = roster.at(possessor) or place  # "Turkey's U.N. ambassador" is Turkey's
            if _of_others(tokens, place.last, i):
                return
            between = [t for t in tokens[place.last : i] if t.tag == "NN" and not is_role(t.text)]
            if any(t.text.casefold() in {"union", "labor", "labour"} for t in tokens[place.last : i]):
                _union_leaders(roster, place, i)
                return
            if roster.drafts[place.key].kind != "person" and not between:
                office = tokens[i].text.casefold() in words().offices
                roster.mark(place.first, i + 1, roster.government(place.key) if office else place.key, DESCRIPTION)
            return
        if tokens[j].text not in {"'s", "’s", "-", "'"} and tokens[j].tag not in {
            "JJ",
            "NN",
            "NNP",
            "JJS",
            "VBG",
            "NNS",
            "HYPH",
        }:
            return
        j -= 1


def _union_leaders(roster: Roster, place: Place, i: int) -> None:
    """ "California union leaders" are unions, and not the state where they are."""
    if roster.drafts[place.key].kind not in STATES:
        return
    tokens = roster.parse.tokens
    key = roster.learn(roster.parse.text[tokens[place.first].start : tokens[i].end], "union")
    roster.mark(place.first, i + 1, key, DESCRIPTION)


def _opposition_bodies(roster: Roster) -> None:
    """ "The opposition High Negotiations Committee": a learnt group that the report ranks with an opposition."""
    for place in sorted(roster.places, key=lambda p: p.first):
        draft = roster.drafts[place.key]
        if place.form != NAME or draft.of is not None or draft.key in roster.world.entities or draft.kind == "person":
            continue
        before = _opposition_before(roster, place) or _opposition_after(roster, place)
        if before is not None and before != place.key:
            draft.of = before
            if draft.kind == "other":
                draft.kind = "opposition"


def _opposition_before(roster: Roster, place: Place) -> str | None:
    tokens = roster.parse.tokens
    j = place.first - 1
    while (
        j >= 0
        and (tokens[j].text in {"'s", "’s", ",", "the"} or tokens[j].tag in {"JJ", "VBG", "NN"})
        and j > place.first - 5
    ):
        found = roster.at(j)
        if found is not None:
            return found.key if roster.drafts[found.key].kind == "opposition" else None
        j -= 1
    return None


def _opposition_after(roster: Roster, place: Place) -> str | None:
    """ "The National Front, the country's main opposition bloc": an apposition ranks the group."""
    tokens = roster.parse.tokens
    if place.last >= len(tokens) or tokens[place.last].text not in {",", "("}:
        return None
    for j in range(place.last + 1, min(len(tokens), place.last + RANK)):
        if (
            tokens[j].pos in {"VERB", "AUX"}
            or tokens[j].text in {",", ")"}
            or tokens[j].sentence != tokens[place.last].sentence
        ):
            return None
        found = roster.at(j)
        if found is not None and roster.drafts[found.key].kind == "opposition":
            return found.key
    return None
