"""Parties without a name: "aid agencies", "the pilots' union", "the two sides" go in; their actors come out.

A group that the report describes is an actor under the report's own words. Where the words only count parties that
are named elsewhere ("both companies", "the two sides"), the actor's `members` are those parties.
"""

from collections import defaultdict

from standoff.actors.knowledge import words
from standoff.actors.organisations import kind_of
from standoff.actors.person_names import is_title
from standoff.actors.roster import DESCRIPTION, SUBJECTS, Place, Roster
from standoff.actors.table import LINKS
from standoff.language import Token

AGENTS = frozenset({"by", "from", "on", "upon", "between", "with"})
COUNTS = {"both": 2, "two": 2, "three": 3, "four": 4}
LONGEST_COMPLEMENT, LONGEST_LIST = 8, 6  # tokens after a noun that still belong to its name
FEW = 3  # parties from which a list of just so many is told from others however far back it stands
FADING = 0.85  # worth of a mention against one a sentence later, in the choice of whom "the two sides" are
AT_HAND = 4  # sentences back within which "the companies" finds its two
NARROWING = frozenset({"prep", "relcl", "acl"})  # "the companies that bid" are told by what follows
QUANTIFIERS = frozenset({"some", "many", "most", "several", "all", "other", "few"})


def mark_groups(roster: Roster) -> None:
    """Subjects, agents and addressees without a name are actors under their own words.

    A later mention with the same noun alone ("the powers", "the source") is the one before.
    """
    tokens = roster.parse.tokens
    last: dict[str, str] = {}
    # Bodies first, so that "officials of the creditor committee" are found to come for it.
    for token in sorted(tokens, key=lambda t: t.text.casefold() not in words().unnamed_bodies):
        lower = token.text.casefold()
        body = lower in words().unnamed_bodies
        counted = lower in words().counted and lower not in words().collectives
        if not (body or counted or lower in words().collectives) or token.index in roster.by_token:
            continue
        if token.pos not in {"NOUN", "PROPN"} or _belongs_to_body(roster, token):
            continue
        if _stands_for_named(roster, token):
            continue
        first, more = _first(roster, token), _complement(roster, token)
        stem = lower if lower == "police" else lower.removesuffix("s")
        members = _members(roster, first, token)
        if members:
            key = _joint(roster, members)
        elif counted:
            continue  # "two men" nobody knows are no party
        elif first == token.index and more == first + 1 and stem in last:
            key = last[stem]
        elif _takes_part(roster, token, lower) and (not body or _told_apart(roster, first, token)):
            said = " ".join(roster.parse.text[tokens[first].start : tokens[more - 1].end].split())
            kind = "person" if stem in {"source", "person"} else kind_of(said) if body else "other"
            key = roster.learn(said[0].upper() + said[1:], kind, _owner(roster, first, token))
            last[stem] = key
        else:
            continue
        roster.mark(first, more, key, DESCRIPTION)


def joint_of(roster: Roster, place: Place) -> str | None:
    """The actor for all that a mention is coordinated with: "they" after "the US and South Korea"; None if nothing."""
    tokens, children = roster.parse.tokens, roster.parse.children
    inside = range(place.first, place.last)
    head = next((i for i in inside if tokens[i].head not in inside or tokens[i].head == i), place.first)
    while tokens[head].dep == "conj" and tokens[head].head != head:
        head = tokens[head].head
    keys, open_ = [], [head]
    while open_:
        index = open_.pop(0)
        named = roster.at(index)
        if named is not None:
            keys.append(roster.party(named.key))
        open_ += [c for c in children[index] if tokens[c].dep == "conj"]
    members = tuple(dict.fromkeys(keys))
    return _joint(roster, members) if len(members) > 1 else None


def _joint(roster: Roster, members: tuple[str, ...]) -> str:
    names = [roster.drafts[key].name for key in members]
    key = roster.learn(", ".join(names[:-1]) + " and " + names[-1], "other")
    roster.drafts[key].members = members
    return key


def _members(roster: Roster, first: int, token: Token) -> tuple[str, ...]:
    """The named parties that "both sides", "the two companies" count, or () where the words count nobody."""
    tokens = roster.parse.tokens
    kinds = words().counted.get(token.text.casefold())
    told = [tokens[i].text.casefold() for i in range(max(0, first - 1), token.index)]
    count = next((COUNTS[word] for word in told if word in COUNTS), None)
    bare = count is None and told[:1] == ["the"] and first == token.index
    after = (c for c in roster.parse.children[token.index] if c > token.index)
    added = tokens[token.index + 1].text == "," if token.index + 1 < len(tokens) else False  # “the two men, who …”
    if kinds is None or (count is None and not bare) or (any(tokens[c].dep in NARROWING for c in after) and not added):
        return ()
    together = _last_together(roster, first, kinds, count or 2)
    if together:
        return together
    asking = _asking(roster, token)
    worth: dict[str, float] = defaultdict(float)
    for place in roster.places:
        party = roster.party(place.key)
        party = roster.government(party) if party in roster.divided else party
        if place.last > first or place.form == "adjective" or roster.drafts[place.key].members or party in asking:
            continue
        draft = roster.drafts[party]
        if kinds == ("person",):
            fits = roster.drafts[place.key].kind == "person"
        else:
            fits = draft.kind in kinds and (draft.kind != "other" or place.form == "name")
        if fits:
            worth[party] += FADING ** (token.sentence - tokens[place.first].sentence)
    ranked = sorted(worth, key=lambda key: (-worth[key], key))
    if count is None:  # "the companies": the two at hand, if there are just two
        ranked = [key for key in ranked if worth[key] >= FADING**AT_HAND]
        count = 2 if len(ranked) == 2 else len(ranked) + 1
    return tuple(ranked[:count]) if len(ranked) >= count else ()


def _asking(roster: Roster, token: Token) -> set[str]:
    """The parties that ask others for something, who are none of them: "*the mayor* appealed to both sides"."""
    tokens, children = roster.parse.tokens, roster.parse.children
    verb = tokens[tokens[token.head].head] if token.dep == "pobj" else tokens[token.head]
    if token.dep not in {"dobj", "pobj"}:
        return set()
    doers = [c for c in children[verb.index] if tokens[c].dep == "nsubj"] if verb.pos == "VERB" else []
    if verb.dep == "acl":  # "Norway, which mediates, called on both sides" as parsers take it
        doers.append(verb.head)
    named = (roster.at(doer) for doer in doers)
    return {roster.party(place.key) for place in named if place is not None}


def _last_together(roster: Roster, first: int, kinds: tuple[str, ...], count: int) -> tuple[str, ...]:
    """So many of such kinds as were last named together, as subject, in the sentences at hand: "Iran and China"."""
    tokens = roster.parse.tokens
    for place in sorted(roster.places, key=lambda p: -p.first):
        if place.last > first or place.form == "adjective" or roster.drafts[place.key].members:
            continue
        if count < FEW and tokens[first].sentence - tokens[place.first].sentence > AT_HAND:
            return ()
        head = next((i for i in range(place.first, place.last) if tokens[i].dep in SUBJECTS), None)
        joined = [roster.at(i) for i in _coordinated(roster, head)] if head is not None else []
        named = [p.key for p in joined if p is not None]
        if len(joined) != count - 1 or len(named) != len(joined):
            continue
        parties = tuple(dict.fromkeys(roster.party(key) for key in (place.key, *named)))
        if len(parties) == count and all(roster.drafts[key].kind in kinds for key in parties):
            return parties
    return ()


def _coordinated(roster: Roster, head: int) -> list[int]:
    """The nouns that are listed after a noun, in text order."""
    found, open_ = [], [head]
    while open_:
        below = [c for c in roster.parse.children[open_.pop(0)] if roster.parse.tokens[c].dep == "conj"]
        found += below
        open_ += below
    return sorted(found)


def _takes_part(roster: Roster, token: Token, lower: str) -> bool:
    """Whether a group is who acts, is asked, or is named as a party."""
    tokens = roster.parse.tokens
    head = token
    while head.dep == "conj" and head.head != head.index:
        head = tokens[head.head]
    if head.dep in SUBJECTS | {"poss"}:
        return True
    over = tokens[head.head]
    if head.dep == "pobj" and over.text.casefold() == "of" and lower in words().unnamed_bodies:
        return tokens[over.head].text.casefold() in words().people or is_title(tokens[over.head])
    if head.dep == "pobj":
        return over.text.casefold() in AGENTS or lower in words().negotiating
    if head.dep != "dobj":
        return False
    asked = any(tokens[c].dep in {"xcomp", "ccomp"} for c in roster.parse.children[over.index])
    return asked or lower in words().negotiating


def _told_apart(roster: Roster, first: int, token: Token) -> bool:
    """Whether a body is told apart from others by a possessor or a noun: "the pilots' union", "the health ministry"."""
    tokens = roster.parse.tokens
    return any(
        tokens[i].tag in {"NN", "NNS", "NNP", "NNPS"} and tokens[i].dep in {"compound", "nmod", "poss", "amod"}
        for i in range(first, token.index)
    )


def _belongs_to_body(roster: Roster, token: Token) -> bool:
    """Whether a noun only says whose body it is: "the *pilots'* union"."""
    over = roster.parse.tokens[token.head]
    return token.dep in {"poss", "compound"} and over.text.casefold() in words().unnamed_bodies


def _stands_for_named(roster: Roster, token: Token) -> bool:
    """Whether a group is only who comes for somebody named: "delegations from Kiev and the rebels"."""
    tokens, children = roster.parse.tokens, roster.parse.children
    links = [c for c in children[token.index] if tokens[c].dep == "prep" and tokens[c].text.casefold() in LINKS]
    return any(roster.at(i) is not None for c in links for i in children[c])


def _owner(roster: Roster, first: int, token: Token) -> str | None:
    """Whose group it is: the state, body or firm named among its modifiers; a state's creditors are not its own."""
    if token.text.casefold() in words().counterparts:
        return None
    places = [p for i in range(first, token.index) for p in roster.by_token.get(i, ()) if not roster.only_backs(p)]
    keys = [p.key for p in places if roster.drafts[p.key].kind != "person"]
    return keys[-1] if keys else None


def _first(roster: Roster, token: Token) -> int:
    """The first token of the name: modifiers and possessors count, articles and pronouns do not."""
    tokens = roster.parse.tokens
    first = token.index
    while first and _modifies(tokens, first - 1, token):
        first -= 1
    if tokens[first].tag == "HYPH":
        first += 1
    if tokens[first].tag == "POS":
        first += 1
    return first


def _modifies(tokens: tuple[Token, ...], j: int, noun: Token) -> bool:
    word = tokens[j]
    if word.sentence != noun.sentence or (word.tag == "HYPH" and tokens[j + 1].start > word.end):
        return False
    if word.text == "and" and j and tokens[j - 1].tag == "JJ" and tokens[j + 1].tag == "JJ":
        return True
    if word.tag == "POS" or word.text.casefold() in QUANTIFIERS:
        return True
    if word.tag == "VBG":
        return word.dep in {"amod", "compound"}
    if tokens[j + 1].tag == "HYPH" and tokens[j + 1].start == word.end:
        return word.pos not in {"PUNCT", "VERB"}
    return word.tag in {"JJ", "NN", "NNP", "JJR", "HYPH", "NNS", "NNPS"} and word.dep != "appos"


def _complement(roster: Roster, token: Token) -> int:
    """The end of "source close to peace talks", "coalition of progressive groups": a complement with its own."""
    parse, tokens = roster.parse, roster.parse.tokens
    after = token.index + 1
    if after >= len(tokens):
        return after
    end = max(parse.subtree(after)) + 1
    if tokens[after].text.casefold() in {"close", "familiar", "briefed"}:
        return end if end - after <= LONGEST_COMPLEMENT else after
    if tokens[after].head == token.index and tokens[after].dep == "acl":
        return end if end - after <= LONGEST_LIST // 2 else after
    if tokens[after].text.casefold() == "of" and tokens[after].head == token.index and token.tag == "NN":
        return end if end - after <= LONGEST_LIST else after
    return after
