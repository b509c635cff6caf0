"""Persons that the report brings up: names with their titles go in; persons with whom they speak for come out."""

from itertools import pairwise

from standoff.actors.knowledge import gender_of_first_name, is_role, words
from standoff.actors.organisations import kind_of
from standoff.actors.person_names import PARTICLES, family_first, is_title, person_names, plain, surname
from standoff.actors.roster import DESCRIPTION, Place, Roster

NAME, TITLE = "name", "title"
BEFORE_TAGS = frozenset({"NN", "NNP", "NNS", "JJ", "NNPS", "HYPH", "VBG", "POS", "JJS", "VBN", "AFX"})
MINISTERS = frozenset({"minister", "premier", "chancellor"})  # with no state said, of the one at hand
MEDIATORS = frozenset({"envoy", "mediator"})  # with no sender said, of the organisation of states at hand
SPOKESMEN = frozenset({"spokesman", "spokeswoman", "spokesperson"})
GOVERNORS = frozenset({"gov.", "gov", "governor"})  # with no region said, of the one at hand
SPEAKS_FOR = frozenset({"of", "for", "at", "with", "from", "in"})
LEADS = frozenset({"lead", "head", "represent", "chair", "run", "direct", "found"})
FORMER = frozenset({"former", "ex", "onetime", "then"})  # who held an office no longer speaks for it
TOWNS = frozenset({"town", "city", "village", "province", "district", "region", "port", "suburb"})
SURE_SURNAME = 5  # letters; a shorter one alone is too common to tell a known person
APPOSITION = 14  # tokens after a name in which its title is looked for


def learn_persons(roster: Roster) -> None:
    """Enter persons with full names, then those known by surname and title alone; then find every later surname."""
    tokens = roster.parse.tokens
    for place in list(roster.places):
        if roster.drafts[place.key].kind == "person":
            roster.drafts[place.key].gender = gender_of_first_name(place.key)
            _describe(roster, place.key, place.first, place.last)
    spans = person_names(roster)
    full = [(a, b) for a, b in spans if " " in roster.parse.text[tokens[a].start : tokens[b - 1].end]]
    towns = {b.text for a, b in pairwise(tokens) if a.text.casefold() in {"in", "near", "into"}}
    towns |= {tokens[t.index + 2].text for t in tokens[:-2] if t.text in TOWNS and tokens[t.index + 1].text == "of"}
    for first, last in full:
        _enter(roster, first, last)
    for first, last in spans:
        if (last - first == 1 or "-" in {t.text for t in tokens[first:last]}) and roster.free(first, last):
            text = roster.parse.text[tokens[first].start : tokens[last - 1].end]
            key = _by_surname(roster, text, first) or _by_word(roster, text)
            if key is None and text in towns:
                continue
            if key is None:
                key = _enter(roster, first, last)
            else:
                roster.mark(first, last, key, NAME)
                _describe(roster, key, first, last)
    _speak_for_government(roster)
    names = [d.name for d in roster.drafts.values() if d.kind == "person"]
    surnames = {surname(name) for name in names} | {plain(n.split()[0]) for n in names if family_first(n.split())}
    for token in tokens:
        if token.text[0].isupper() and roster.free(token.index, token.index + 1) and plain(token.text) in surnames:
            key = _by_surname(roster, token.text, token.index)
            if key is not None and token.pos in {"PROPN", "NOUN", "ADJ"}:
                first = token.index
                while first and tokens[first - 1].text.casefold() in PARTICLES and roster.free(first - 1, first):
                    first -= 1
                roster.mark(first, token.index + 1, key, NAME)
                _describe(roster, key, first, token.index + 1)


def _by_word(roster: Roster, text: str) -> str | None:
    """A learnt body that a word is short for: the last of its name ("the Observatory"), or the first of two."""
    bodies = (d for d in roster.drafts.values() if d.kind != "person" and d.key not in roster.world.entities)
    named = ((d.key, d.name.split()) for d in bodies)
    return next((key for key, parts in named if text == parts[-1] or (len(parts) == 2 and text == parts[0])), None)


def _speak_for_government(roster: Roster) -> None:
    """In a divided state who holds an office speaks for the government, and so does whom the regime is named after."""
    for index, state in roster.ruled_by.items():
        place = roster.at(index)
        if place is not None and roster.drafts[place.key].kind == "person":
            roster.drafts[place.key].of = state
    for draft in list(roster.drafts.values()):
        if draft.kind != "person":
            continue
        if draft.of is None and roster.main and "president" in draft.titles:
            draft.of = roster.main
        if draft.of in roster.divided and (draft.titles & words().offices or draft.key in roster.world.entities):
            draft.of = roster.government(draft.of)


def _by_surname(roster: Roster, text: str, index: int) -> str | None:
    """The person last mentioned before a token with that surname (or that first name), else the first one after."""
    wanted = surname(text)
    keys = [d.key for d in roster.drafts.values() if d.kind == "person" and wanted == surname(d.name)]
    keys = keys or [
        d.key
        for d in roster.drafts.values()
        if d.kind == "person" and " " in d.name and plain(d.name.split()[0]) == wanted
    ]
    if len(keys) < 2:
        return keys[0] if keys else None
    before = [p for p in roster.places if p.key in keys and p.first < index and p.form == NAME]
    return max(before, key=lambda p: p.first).key if before else keys[0]


def _enter(roster: Roster, first: int, last: int) -> str:
    tokens = roster.parse.tokens
    text = " ".join(roster.parse.text[tokens[first].start : tokens[last - 1].end].split())
    key = _same_person(roster, text) or roster.learn(_leader(roster, text) or text, "person")
    draft = roster.drafts[key]
    draft.gender = draft.gender or gender_of_first_name(text)
    roster.mark(first, last, key, NAME)
    _describe(roster, key, first, last)
    return key


def _leader(roster: Roster, text: str) -> str | None:
    """The full name of a known person for whom the report has the surname alone."""
    if len(text) < SURE_SURNAME:
        return None
    end = " " + text
    names = [
        e.name for e in roster.world.entities.values()
        if e.kind == "person" and (e.name.endswith(end) or (" " not in text and surname(e.name) == surname(text)))
    ]  # fmt: skip
    return names[0] if len(names) == 1 else None


def _same_person(roster: Roster, text: str) -> str | None:
    """A person entered under another spelling of the same name: Sergei, Sergey."""
    last = surname(text)
    for draft in roster.drafts.values():
        if draft.kind == "person" and surname(draft.name) == last and " " in draft.name:
            mine, theirs = plain(text.split()[0]), plain(draft.name.split()[0])
            if mine == theirs or (mine[:3] == theirs[:3] and abs(len(mine) - len(theirs)) <= 2):
                return draft.key
    return None


def _describe(roster: Roster, key: str, first: int, last: int) -> None:
    """Take title, gender and party from the words before and after a name."""
    start = _title_start(roster, first)
    if start < first:
        _note_title(roster, key, start, first)
        roster.mark(start, first, key, TITLE)
    _apposition_after(roster, key, last)
    _apposition_before(roster, key, first, last)


def _title_start(roster: Roster, first: int) -> int:
    tokens = roster.parse.tokens
    j, start = first - 1, first
    while j >= 0 and tokens[j].sentence == tokens[first].sentence:
        token = tokens[j]
        lower = token.text.casefold()
        if token.index in roster.credits:
            break
        if lower == "of":
            named = tokens[j + 1].text[0].isupper() or roster.at(j + 1) is not None
            if not (j and is_title(tokens[j - 1]) and named) or is_title(tokens[j + 1]):
                break
        elif lower == "and" and start == j + 1 and j and is_title(tokens[j - 1]):
            pass  # "founder and chairman"
        elif (
            token.tag == "VBN"
            and tokens[j - 1].tag != "HYPH"
            or token.tag not in BEFORE_TAGS
            and not is_title(token)
            and lower not in {"u.s.", "u.n."}
        ):
            break
        if is_title(token) or start < first and (token.tag != "POS" or roster.at(j - 1) is not None) and lower != "of":
            start = j
        j -= 1
    return start


def _note_title(roster: Roster, key: str, start: int, end: int) -> None:
    tokens, draft = roster.parse.tokens, roster.drafts[key]
    past = next((i for i in range(start, end) if tokens[i].text.casefold() in FORMER), end)
    if past < end:
        _described_before(roster, key, start if past == start else past)
        end = past
    nouns = [i for i in range(start, end) if is_title(tokens[i])]
    if not nouns:
        return
    for i in nouns:
        lower = tokens[i].text.casefold()
        if lower in words().titles:
            draft.titles.add(lower)
        draft.gender = words().gendered.get(lower) or words().honorifics.get(lower) or draft.gender
    if draft.of is None:
        draft.of = _affiliation(roster, start, end, nouns, key)
    if draft.of is None:
        towns = [n for n in roster.parse.names if n.label == "GPE" and start <= n.first and n.last <= nouns[0]]
        if towns and roster.free(towns[-1].first, towns[-1].last):
            draft.of = roster.learn(roster.parse.text[towns[-1].start : towns[-1].end], "government")
            roster.mark(towns[-1].first, towns[-1].last, draft.of, NAME)
    if draft.of is None:
        draft.of = _unseen_group(roster, start, nouns[0]) or _unnamed_body(roster, start, nouns[0])
    phrase = " ".join(tokens[i].text.casefold() for i in range(start, end))
    if draft.of is None:
        owner = next((o for t, o in words().owned_titles.items() if t in phrase), None)
        if owner is not None:
            draft.of = roster.known(owner)
    if draft.of is None and draft.titles & MINISTERS:
        state = roster.home_state() or roster.nearest_state(start)
        draft.of = roster.government(state) if state is not None else None
    if draft.of is None and any(tokens[i].text.casefold() in GOVERNORS for i in nouns):
        draft.of = roster.salient(start, ("government",))
    if draft.of is None and draft.titles & MEDIATORS:
        draft.of = roster.salient(start, ("international_org",))
    if draft.of is None and draft.titles & SPOKESMEN:
        draft.of = _who_spoke(roster, start)
    if draft.of is None and draft.titles & words().corporate:
        draft.of = roster.salient(start, ("company",)) or roster.salient(start, ("other",))


def _who_spoke(roster: Roster, start: int) -> str | None:
    """For whom a bare "Spokesman John Roe" speaks: the group or state that is the subject of the sentence before."""
    tokens = roster.parse.tokens
    before = [p for p in roster.places if tokens[p.first].sentence == tokens[start].sentence - 1]
    said = [p for p in before if roster.is_subject(p) and p.form != "adjective"]
    return roster.party(min(said, key=lambda p: p.first).key) if said else None


def _described_before(roster: Roster, key: str, start: int) -> None:
    """ "A top opposition figure, former Prime Minister Ann Lee" speaks for the opposition."""
    tokens = roster.parse.tokens
    before = start - 2
    if before < 0 or tokens[start - 1].text != "," or tokens[before].sentence != tokens[start].sentence:
        return
    place = roster.at(before)
    if roster.drafts[key].of is None and place is not None and place.form == DESCRIPTION:
        roster.drafts[key].of = roster.party(place.key)


def _unseen_group(roster: Roster, start: int, noun: int) -> str | None:
    """A capitalised name before a title in small letters is a group that the tagger missed: "Teamsters president"."""
    tokens = roster.parse.tokens
    first = noun
    while first > start and tokens[first - 1].text[0].isupper() and tokens[first - 1].tag.startswith("NN"):
        first -= 1
    if (
        first == noun
        or not tokens[noun].text.islower()
        or not roster.free(first, noun)
        or is_role(tokens[noun - 1].text)
    ):
        return None
    name = roster.parse.text[tokens[first].start : tokens[noun - 1].end]
    key = roster.learn(name, kind_of(name))
    roster.mark(first, noun, key, NAME)
    return key


def _unnamed_body(roster: Roster, start: int, noun: int) -> str | None:
    """A body told apart by a noun before a title is whom its holder speaks for: "the pilots' union president"."""
    tokens = roster.parse.tokens
    last = noun - 1 if tokens[noun - 1].tag == "POS" else noun
    first = last - 1
    if first < start or tokens[first].text.casefold() not in words().unnamed_bodies or not roster.free(first, last):
        return None
    while first > start and tokens[first - 1].tag in {"NN", "NNS", "NNP", "POS"} and roster.free(first - 1, first):
        first -= 1
    if first == last - 1:
        return None
    name = roster.parse.text[tokens[first].start : tokens[last - 1].end]
    key = roster.learn(name[0].upper() + name[1:], kind_of(name))
    roster.mark(first, last, key, NAME)
    return key


def _affiliation(roster: Roster, start: int, end: int, nouns: list[int], key: str) -> str | None:
    """Whom a title is of: the party named before the title noun, else the one after "of" or "for"."""
    tokens = roster.parse.tokens
    places = [p for p in _parties(roster, start, end) if p.key != key]
    left = [p for p in places if p.last <= nouns[-1] + 1]
    if left and tokens[nouns[-1]].text.casefold() in words().sent:
        return roster.party(
            min(left, key=lambda p: (p.first, -p.last)).key
        )  # "U.N. Syria envoy": who sends stands first
    if left:
        return roster.party(max(left, key=lambda p: (p.last, p.last - p.first)).key)
    for place in places:
        after = roster.at(place.last) if place.last < end else None
        if after is not None and roster.drafts[after.key].of == place.key:
            continue  # "for the opposition Green party": for that party
        link = place.first - 1
        while link > nouns[0] and tokens[link].text.casefold() in {"the", "a", "an", "opposition", "main"}:
            link -= 1
        linked = any(tokens[i].text.casefold() in SPEAKS_FOR for i in range(nouns[0], place.first))
        if linked and not (
            tokens[nouns[0]].text.casefold() in words().sent and tokens[link].text.casefold() in {"for", "to"}
        ):
            return roster.party(place.key)
    return None


def _parties(roster: Roster, start: int, end: int) -> list[Place]:
    """All mentions that lie within the tokens [start, end), in order."""
    seen: list[Place] = []
    for i in range(start, end):
        seen.extend(p for p in roster.by_token.get(i, ()) if start <= p.first and p.last <= end and p not in seen)
    return seen


def _apposition_after(roster: Roster, key: str, last: int) -> None:
    """ "Riad Hijab, coordinator of the HNC,", "Ann Lee, who leads the union,", "Dan Sullivan of the union"."""
    tokens = roster.parse.tokens
    if last >= len(tokens) or roster.drafts[key].of is not None:
        return
    if tokens[last].text in {"of", "from"} and last + 1 < len(tokens):
        place = roster.at(last + 1) or (roster.at(last + 2) if last + 2 < len(tokens) else None)
        if place is not None and roster.drafts[place.key].kind != "person":
            roster.drafts[key].of = place.key
        return
    if tokens[last].text not in {",", "(", "-", "–", "—"}:
        return
    nouns: list[int] = []
    end = last + 1
    for i in range(last + 1, min(len(tokens), last + APPOSITION)):
        token = tokens[i]
        if token.sentence != tokens[last].sentence or (
            token.pos in {"VERB", "AUX"} and token.lemma not in LEADS and token.tag != "VBG"
        ):
            break
        if nouns and token.tag == "VBG":
            break
        if token.text in {",", ")", ";", "–", "—"} and (nouns or i > last + 3):
            break
        if is_title(token) or token.lemma in LEADS:
            nouns.append(i)
        end = i + 1
    if not nouns:
        return
    draft = roster.drafts[key]
    draft.titles.update(tokens[i].text.casefold() for i in nouns if is_title(tokens[i]))
    draft.gender = draft.gender or next(
        (words().gendered[t] for t in sorted(draft.titles) if t in words().gendered), None
    )
    lead = [i for i in nouns if tokens[i].lemma in LEADS and not is_title(tokens[i])]
    places = [p for p in _parties(roster, last + 1, end) if p.key != key]
    if lead:
        after = sorted((p for p in places if p.first > lead[0]), key=lambda p: (p.first, -p.last))
        draft.of = roster.party(after[0].key) if after else None  # "leads the Syrian opposition council": all of it
    else:
        draft.of = _affiliation(roster, last + 1, end, nouns[:1], key)
        roster.mark(last + 1, end, key, TITLE)


def _apposition_before(roster: Roster, key: str, first: int, last: int) -> None:
    """ "Syria's foreign minister, Walid al-Moualem": the title stands before a comma."""
    tokens = roster.parse.tokens
    if first < 3 or tokens[first - 1].text != ",":
        return
    head = tokens[tokens[first].head]
    inner = head if head.index < first - 1 else tokens[head.head]
    apposed = inner.index < first - 1 and is_title(inner) and "appos" in {head.dep, tokens[first].dep}
    if not apposed:
        closed = last < len(tokens) and tokens[last].text == ","
        if not (closed and is_title(tokens[first - 2])):
            return
        inner = tokens[first - 2]
    start = inner.index
    while start and (tokens[start - 1].tag in BEFORE_TAGS) and tokens[start - 1].sentence == tokens[first].sentence:
        start -= 1
    _note_title(roster, key, start, first - 1)
    roster.mark(start, first - 1, key, TITLE)
