"""Later mentions: titles alone, "the union", "the envoy", and pronouns lead back to the actor named before."""

from bisect import bisect_left, insort

from standoff.actors.groups import joint_of
from standoff.actors.knowledge import words
from standoff.actors.person_names import is_title
from standoff.actors.roster import DESCRIPTION, STATES, Place, Roster
from standoff.language import Token

NAME, TITLE, PRONOUN = "name", "title", "pronoun"
HE = frozenset({"he", "him", "his", "himself"})
SHE = frozenset({"she", "her", "hers", "herself"})
THEY = frozenset({"they", "them", "their", "theirs", "themselves"})
IT = frozenset({"it", "its", "itself"})
BACK = 3  # sentences a pronoun looks back
SUBJECT_WORTH, SENTENCE_COST = 2.0, 1.5
NO_NAMES = frozenset({"company", "firm", "country", "group"})  # these stand in names of others too
TOWNS = frozenset({"city", "town", "municipality"})
NOUNS = frozenset({"NOUN", "PROPN"})
NATION_BEFORE = 4  # tokens before a noun in which its state stands
RANKED = 3  # kinds of an anaphor that are tried one after the other; more are tried together
OWNERS = frozenset({"owner"})
DEFINITE_ONLY = frozenset({"the", "this", "that"})
DEFINITE = frozenset({"the", "his", "her", "their", "its", "that", "this"})


def mark_titles(roster: Roster) -> None:
    """ "The Turkish prime minister": the person who holds that title in the report, else the party it speaks for."""
    tokens = roster.parse.tokens
    titled = {i for p in roster.places if p.form == TITLE for i in range(p.first, p.last)}
    for token in tokens:
        i = token.index
        lower = token.text.casefold()
        if lower not in words().titles or i in titled or token.pos not in {"NOUN", "PROPN"}:
            continue
        place = next((p for p in roster.by_token.get(i, ()) if p.form == DESCRIPTION), None)
        if place is not None:
            holder = _holder(roster, lower, place.key, i)
            if holder is not None:
                place.key, place.form = holder, TITLE
            continue
        if i in roster.by_token:
            continue
        before = _party_before(roster, i)
        if before is not None:
            holder = _holder(roster, lower, before.key, i)
            roster.mark(before.first, i + 1, holder or before.key, TITLE if holder else DESCRIPTION)
            continue
        after = _party_after(roster, i)
        if lower in OWNERS:  # who owns X is another than X
            owner = _owner(roster, i, after) if _determiner(tokens, i) in DEFINITE_ONLY else None
            if owner is not None:
                roster.mark(i, i + 1, owner, DESCRIPTION)
            continue
        if after is not None:
            holder = _holder(roster, lower, after.key, i)
            roster.mark(i, after.last, holder or after.key, TITLE if holder else DESCRIPTION)
        elif i and _determiner(tokens, i) in DEFINITE:
            holder = _holder(roster, lower, None, i)
            if holder is not None:
                roster.mark(i, i + 1, holder, TITLE)


def _owner(roster: Roster, i: int, owned: Place | None) -> str | None:
    """The firm at hand that "the owner of the Harbour Times" is: the one last named that is not what it owns."""
    firms = [p for p in roster.places if p.last < i and p.form == NAME and roster.drafts[p.key].kind == "company"]
    firms = [p for p in firms if owned is None or p.key != owned.key]
    return max(firms, key=lambda p: p.first).key if firms else None


def _determiner(tokens: tuple[Token, ...], i: int) -> str:
    j = i - 1
    while j > 0 and (tokens[j].tag in {"JJ", "NN", "NNP", "HYPH"} or tokens[j - 1].tag == "HYPH") and j > i - 4:
        j -= 1  # "the Ohio-based group"
    return tokens[j].text.casefold()


def _holder(roster: Roster, noun: str, party: str | None, index: int) -> str | None:
    """The person last named before (else first after) a token who holds a title and speaks for a party."""
    fits = {
        d.key for d in roster.drafts.values()
        if d.kind == "person" and noun in d.titles and (party is None or party in {d.of, roster.party(d.key)})
    }  # fmt: skip
    named = [p for p in roster.places if p.key in fits]
    before = [p for p in named if p.first < index]
    if before:
        return max(before, key=lambda p: p.first).key
    return min(named, key=lambda p: p.first).key if named and party is not None and len(fits) == 1 else None


def _party_before(roster: Roster, i: int) -> Place | None:
    tokens = roster.parse.tokens
    for j in range(i - 1, max(-1, i - 7), -1):
        if tokens[j].sentence != tokens[i].sentence:
            return None
        place = roster.at(j)
        if place is not None:
            return place if roster.drafts[place.key].kind != "person" else None
        if tokens[j].tag not in {"JJ", "NN", "NNP", "POS", "HYPH", "VBG", "JJS"}:
            return None
    return None


def _party_after(roster: Roster, i: int) -> Place | None:
    tokens = roster.parse.tokens
    if i + 1 >= len(tokens) or tokens[i + 1].text.casefold() not in {"of", "for", "from", "in", "at", "with"}:
        return None
    if tokens[i].text.casefold() in words().sent and tokens[i + 1].text.casefold() not in {"of", "from"}:
        return None
    for j in range(i + 2, min(len(tokens), i + 6)):
        place = roster.at(j)
        if place is not None and not roster.only_backs(place):
            return Place(place.first, place.last, roster.party(place.key), place.form)
        if tokens[j].pos in {"VERB", "AUX", "PUNCT"}:
            return None
    return None


def mark_anaphors(roster: Roster) -> None:
    """ "The union", "the commission", "the company": the last actor of such a kind or with that word in its name."""
    tokens = roster.parse.tokens
    for token in tokens:
        lower = token.text.casefold()
        if lower not in words().anaphors or token.index in roster.by_token or not token.index:
            continue
        speaks = token.dep == "compound" and is_title(tokens[min(token.index + 1, len(tokens) - 1)])
        described = words().anaphors[lower][:1] == ("company",) or lower in NO_NAMES
        described = described and (_determiner(tokens, token.index) in DEFINITE_ONLY or _biggest(tokens, token.index))
        if not (tokens[token.index - 1].text.casefold() in DEFINITE_ONLY or described or speaks) or is_title(token):
            continue
        if not speaks and token.tag == "NN" and _names_follow(roster, token.index + 1):
            continue  # "the Belgian group Vandamme": named by what follows
        kinds = words().anaphors[lower]
        stem = lower.removesuffix("s")
        before = sorted((p for p in roster.places if p.first < token.index and p.form == "name"), key=lambda p: p.first)
        named = [
            p for p in before if stem in {w.casefold().removesuffix("s") for w in roster.drafts[p.key].name.split()}
        ]
        if lower in NO_NAMES:
            named = []
        fitting = named or [p for p in before if roster.drafts[p.key].kind in kinds]
        if fitting:
            choices = [kinds] if len(kinds) > RANKED else [(kind,) for kind in kinds]
            near = (roster.salient(token.index, choice) for choice in choices)
            of_nation = _firm_of_nation(roster, token.index) if described else None
            key = of_nation or (fitting[-1].key if named else next(filter(None, near), fitting[-1].key))
            while lower in words().wholes and roster.drafts[key].of is not None:
                key = roster.drafts[key].of or key
            roster.mark(token.index, token.index + 1, key, DESCRIPTION)


def _names_follow(roster: Roster, index: int) -> bool:
    return any(place.first == index and place.form == NAME for place in roster.by_token.get(index, ()))


def _biggest(tokens: tuple[Token, ...], i: int) -> bool:
    """Whether a noun ends "Europe's biggest automaker"."""
    j = i - 1
    while j > 0 and tokens[j].tag in {"JJ", "NN", "HYPH", "RBS"}:
        j -= 1
    return j > 0 and tokens[j].tag == "JJS" and tokens[j - 1].tag in {"POS", "DT"}


def _firm_of_nation(roster: Roster, index: int) -> str | None:
    """The firm of the state that stands before a noun: "the Taiwanese firm" is who was called "Taiwan's Norsund"."""
    first = max(0, index - NATION_BEFORE)
    states = {p.key for i in range(first, index) for p in roster.by_token.get(i, ()) if _is_state(roster, p)}
    firms = [p for p in roster.places if p.last < index and roster.drafts[p.key].kind in {"company", "other"}]
    fitting = [
        p for p in firms if p.form == "name" and (before := roster.at(p.first - 1) or roster.at(p.first - 2))
        and before.key in states
    ]  # fmt: skip
    return max(fitting, key=lambda p: p.first).key if fitting else None


def _is_state(roster: Roster, place: Place) -> bool:
    return roster.drafts[place.key].kind in STATES


def mark_towns(roster: Roster) -> None:
    """ "The city", "city officials", "the city council": the town that the report names most."""
    tokens = roster.parse.tokens
    if not any(token.text.casefold() in TOWNS for token in tokens):
        return
    towns = []
    for name in roster.parse.names:
        place, text = roster.at(name.first), roster.parse.text[name.start : name.end]
        if name.label != "GPE" or text in roster.world.phrases:
            continue
        if place is None and roster.free(name.first, name.last):
            roster.mark(name.first, name.last, roster.learn(text, "government"), NAME)
            place = roster.at(name.first)
        if place is not None and place.form == NAME and roster.drafts[place.key].kind in {"other", "government"}:
            towns.append(place.key)
    most_named = max(towns, key=lambda key: (towns.count(key), -towns.index(key)), default="")
    for token in tokens:
        i = token.index
        if not towns or token.text.casefold() not in TOWNS or not roster.free(i, i + 1) or token.pos not in NOUNS:
            continue
        over = tokens[token.head] if token.dep == "compound" else token
        body = over.text.casefold() in words().people | words().government and roster.free(i, over.index + 1)
        if not body and (over is not token or _determiner(tokens, i) not in DEFINITE_ONLY):
            continue
        roster.mark(i, over.index + 1, most_named, DESCRIPTION)


def mark_cardinal_names(roster: Roster) -> None:
    """ "The North" is the one state of the report whose name begins so."""
    tokens = roster.parse.tokens
    states = {
        d.name.split()[0]: d.key
        for d in roster.drafts.values()
        if d.kind == "state" and d.name.startswith(("North ", "South "))
    }
    for token in tokens[1:]:
        if (
            token.text in states
            and tokens[token.index - 1].text.casefold() == "the"
            and roster.free(token.index, token.index + 1)
        ):
            roster.mark(token.index, token.index + 1, states[token.text], DESCRIPTION)


def mark_pronouns(roster: Roster) -> None:
    """He and she go to persons, they and it to groups: the nearest that fits, subjects first. I and we are left."""
    places = sorted(roster.places, key=lambda p: (p.first, -p.last))
    for token in roster.parse.tokens:
        lower = token.text.casefold()
        if token.tag not in {"PRP", "PRP$"} or token.dep == "expl" or lower not in HE | SHE | THEY | IT:
            continue
        key = _antecedent(roster, places, token, lower)
        if key is not None:
            roster.mark(token.index, token.index + 1, key, PRONOUN)
            insort(places, Place(token.index, token.index + 1, key, PRONOUN), key=lambda p: (p.first, -p.last))
            if lower in HE | SHE and roster.drafts[key].gender is None:
                roster.drafts[key].gender = "male" if lower in HE else "female"


def mark_possessed(roster: Roster) -> None:
    """ "His country", "her government", "his party": whom the person speaks for."""
    tokens = roster.parse.tokens
    for token in tokens:
        if token.text.casefold() not in words().possessed or token.index in roster.by_token:
            continue
        owners = [c for c in roster.parse.children[token.index] if tokens[c].text.casefold() in {"his", "her"}]
        place = roster.at(owners[0]) if owners else None
        if place is None or (party := roster.party(place.key)) == place.key:
            continue
        if roster.drafts[party].kind in words().possessed[token.text.casefold()]:
            roster.mark(owners[0], token.index + 1, party, DESCRIPTION)


def mark_owned_titles(roster: Roster) -> None:
    """ "*Its* director, Ann Lee", "its envoy, former minister Ann Lee": she speaks for whom the pronoun stands for."""
    tokens = roster.parse.tokens
    for place in [p for p in roster.places if p.form in {TITLE, NAME} and roster.drafts[p.key].kind == "person"]:
        draft = roster.drafts[place.key]
        before = place.first - 1
        if draft.of is not None or before < 1 or tokens[before].sentence != tokens[place.first].sentence:
            continue
        owner = roster.at(before) if tokens[before].tag == "PRP$" else None
        described = roster.at(before - 1) if tokens[before].text == "," and before > 1 else None
        if described is not None and described.form == DESCRIPTION and is_title(tokens[described.last - 1]):
            owner = owner or described
        if owner is not None and roster.party(owner.key) != place.key:
            draft.of = roster.party(owner.key)


def _local_subject(roster: Roster, token: Token) -> int | None:
    """The subject of a possessive's own verb, or of the main clause after an opening "even as it said".

    What a possessive belongs to is not who it stands for: in "after their envoys met" it is the subject further up.
    """
    tokens, children = roster.parse.tokens, roster.parse.children
    verb = tokens[token.head]
    if token.tag == "PRP$":
        while verb.pos not in {"VERB", "AUX"} and verb.head != verb.index:
            verb = tokens[verb.head]
    elif not (token.dep == "nsubj" and verb.dep == "advcl" and verb.index < verb.head):
        return None
    else:
        verb = tokens[verb.head]
    for _ in range(3):
        own = next(
            (
                c for c in children[verb.index]
                if tokens[c].dep in {"nsubj", "nsubjpass"} and token.index not in roster.parse.subtree(c)
            ),
            None,
        )  # fmt: skip
        if own is not None:
            return own
        if verb.dep not in {"xcomp", "ccomp", "conj", "advcl", "aux"}:
            return None
        parent = tokens[verb.head]
        controller = next((c for c in children[parent.index] if tokens[c].dep == "dobj" and c < verb.index), None)
        if verb.dep == "xcomp" and controller is not None:
            return controller
        verb = parent
    return None


def _antecedent(roster: Roster, places: list[Place], token: Token, lower: str) -> str | None:
    tokens = roster.parse.tokens
    local = _local_subject(roster, token)
    if local is not None:
        if lower in THEY and roster.by_token.get(local) and (joint := joint_of(roster, roster.by_token[local][-1])):
            return joint
        near = [p for p in roster.by_token.get(local, ()) if _fits(roster, p, lower)]
        if near:
            return near[-1].key
    start = bisect_left(places, roster.parse.sentences[max(0, token.sentence - BACK)][0], key=lambda p: p.first)
    best: tuple[float, int] | None = None
    chosen: Place | None = None
    for place in places[start:]:
        if place.last > token.index:
            break
        if not (_fits(roster, place, lower) or (lower in THEY and _is_coordinated(roster, place))):
            continue
        worth = -SENTENCE_COST * (token.sentence - tokens[place.first].sentence)
        worth += SUBJECT_WORTH if roster.is_subject(place) else 0.0
        worth -= SUBJECT_WORTH if place.form == "adjective" else 0.0
        if best is None or (worth, place.first) > best:
            best, chosen = (worth, place.first), place
    if chosen is None:
        return None
    joint = joint_of(roster, chosen) if lower in THEY and chosen.form != PRONOUN else None
    return joint or chosen.key


def _is_coordinated(roster: Roster, place: Place) -> bool:
    """Whether a mention opens a list of actors: "Qatar, Kuwait and Venezuela said they would"."""
    tokens = roster.parse.tokens
    inside = range(place.first, place.last)
    return any(
        tokens[c].dep == "conj" and c in roster.by_token
        for i in inside for c in roster.parse.children[i] if c not in inside
    )  # fmt: skip


def _fits(roster: Roster, place: Place, lower: str) -> bool:
    draft = roster.drafts[place.key]
    if lower in HE | SHE:
        if roster.parse.tokens[place.last - 1].tag == "NNS" and place.form == DESCRIPTION:
            return False
        return draft.kind == "person" and draft.gender in {None, "male" if lower in HE else "female"}
    if draft.kind == "person":
        return False
    if lower in THEY:
        several = roster.parse.tokens[place.last - 1].tag in {"NNS", "NNPS"} and place.form == DESCRIPTION
        return several or draft.kind not in {"state", "company", "international_org"}
    plural = roster.parse.tokens[place.last - 1].tag in {"NNS", "NNPS"} and place.form != "name"
    return not plural
