"""Organisations that the report names: the tagger's names and capitals go in; companies, unions, groups come out."""

import re
from collections.abc import Iterator

from standoff.actors.knowledge import gender_of_first_name, is_role, words
from standoff.actors.person_names import family_first, holds_office
from standoff.actors.roster import Roster
from standoff.language import Token

NAME = "name"
PARTICLES = frozenset({"al", "de", "da", "di", "van", "von", "der", "bin"})
ACRONYM = re.compile(r"\(\s*([A-Z][A-Za-z&.-]{1,9})\s*\)")
TICKER = re.compile(r"[A-Z0-9]{1,6}\.[A-Z]{1,2}$")  # the code of a share: "ABCD.N", "2317.TW"
LONGEST_TAIL = 6  # tokens between a name as tagged and its legal form
WEAK_WORD = frozenset({"of", "the", "for", "and", "on", "in", "to", "de", "a", "&"})
NO_GROUPS = frozenset({"gmt", "est", "edt", "pst", "pdt", "cet", "bst", "gdp", "tv"})


def learn_organisations(roster: Roster) -> None:
    """Enter organisations that the report names in full, with the acronyms in brackets after them."""
    parse, tokens = roster.parse, roster.parse.tokens
    full: dict[str, str] = {}
    surnames = {
        word.removesuffix("'s").removesuffix("’s")
        for n in parse.names if n.label == "PERSON" for word in parse.text[n.start : n.end].split()[1:]
    }  # fmt: skip
    surnames |= {
        parts[0]
        for n in parse.names
        if n.label == "PERSON" and family_first(parts := parse.text[n.start : n.end].split())
    }
    spans = [(n.label, *_trimmed(tokens, n.first, n.last)) for n in parse.names]
    spans += [("ORG", first, last) for first, last in _bodies(roster)]
    acting = _acting(roster)
    spans = [("ORG" if b > a and _text(roster, a, b) in acting else label, a, b) for label, a, b in spans]
    spans = [(label, *_whole_firm(tokens, a, b)) if label == "ORG" else (label, a, b) for label, a, b in spans]
    spans += [("ORG", first, last) for first, last in (*_firms(roster), *_untagged(roster), *_introduced(roster))]
    whole_names_marked = False
    for label, first, last in sorted(spans, key=lambda s: (s[1] - s[2], s[1])):
        if last - first == 1 and not whole_names_marked:  # "Western Union" is it where the tagger saw "Union" alone
            _mark_again(roster, {tuple(text.split()): key for text, key in _with_bare(roster, full).items()})
            whole_names_marked = True
        if last <= first or not _is_group(roster, label, first, last, surnames):
            continue
        text = parse.text[tokens[first].start : tokens[last - 1].end].replace("\n", " ")
        key = _with_bare(roster, full).get(text)
        if key is None and last - first == 1 and text.isupper():
            key = next((k for k in dict.fromkeys(full.values()) if _initials(roster.drafts[k].name) == text), None)
        if key is None and last - first == 1:
            firms = [(t, k) for t, k in full.items() if t.startswith(text + " ") and roster.drafts[k].kind == "company"]
            firms.sort(key=lambda f: (_without_form(f[0]) != text, parse.text.find(f[0])))
            key = firms[0][1] if firms else None
        if key is None and last - first == 1:
            key = _by_last_word(roster, full, text) or _shortened(roster, full).get(text)
        if key is None:
            key = roster.learn(text, kind_of(text))
        full[text] = key
        roster.mark(first, last, key, NAME)
        if text.endswith(" party"):
            full[text.removesuffix(" party")] = key
        acronym = ACRONYM.match(parse.text, tokens[last - 1].end + 1)
        if acronym:
            full[acronym.group(1)] = key
    again = {**_shortened(roster, full), **_with_bare(roster, full)}
    _mark_again(roster, {tuple(text.split()): key for text, key in again.items()})


def _introduced(roster: Roster) -> Iterator[tuple[int, int]]:
    """Names that a noun for a body introduces: "the Belgian *group* Vandamme", "the metalworkers' *union* Unia"."""
    tokens = roster.parse.tokens
    for token in tokens[:-1]:
        first = last = token.index + 1
        if token.tag != "NN" or token.text not in words().anaphors or tokens[first].sentence != token.sentence:
            continue
        while last < len(tokens) and _in_name(tokens[last]) and tokens[last].sentence == token.sentence:
            last += 1
        if last < len(tokens) and tokens[last].text.casefold() in PARTICLES | {"-"}:
            continue  # "Saraya al-Nur": the tagger's to bound
        if last > first and roster.free(first, last) and not any(is_role(t.text) for t in tokens[first:last]):
            yield first, last


def _shortened(roster: Roster, full: dict[str, str]) -> dict[str, str]:
    """The first word of a name of two, where no other name and no other word of the report has it: "Larkspur" for
    "Larkspur Capital", "Norrsund" for "Norrsund Ferries"."""
    short: dict[str, set[str]] = {}
    for text, key in full.items():
        short.setdefault(text.split()[0], set()).add(key)
    return {
        word: next(iter(keys)) for word, keys in short.items()
        if len(keys) == 1 and len(roster.drafts[next(iter(keys))].name.split()) == 2 and word[0].isupper()
        and word.casefold() not in {w for w in roster.vocabulary if w.islower()} and word not in roster.world.phrases
        and not gender_of_first_name(word) and word.casefold() not in words().kinds["government"]
    }  # fmt: skip


def _with_bare(roster: Roster, full: dict[str, str]) -> dict[str, str]:
    """Learnt names with those of firms without their legal forms."""
    named = dict(full)
    for text, key in full.items():
        if roster.drafts[key].kind == "company":
            named.setdefault(_without_form(text), key)
    return named


def _by_last_word(roster: Roster, full: dict[str, str], word: str) -> str | None:
    """The one group whose longer name ends in a word: "the Journal" after "Harbour Street Journal"."""
    ends = {key for text, key in full.items() if text.endswith(" " + word) and roster.drafts[key].kind == "other"}
    return ends.pop() if len(ends) == 1 else None


def _without_form(name: str) -> str:
    """A firm's name without its legal form: "Apollo Global Management LLC" is called "Apollo Global Management"."""
    parts = name.split()
    while len(parts) > 1 and parts[-1].casefold().strip(".,") in words().legal_forms:
        parts.pop()
    return " ".join(parts).rstrip(",")


def _mark_again(roster: Roster, names: dict[tuple[str, ...], str]) -> None:
    """Mark learnt names wherever else they stand; the longest that fits."""
    tokens = roster.parse.tokens
    longest = max(map(len, names), default=0)
    for token in tokens:
        for last in range(min(token.index + longest, len(tokens)), token.index, -1):
            key = names.get(tuple(t.text for t in tokens[token.index : last]))
            if key is None or not roster.free(token.index, last):
                continue
            if not _part_of_name(tokens, names, token.index, last):
                roster.mark(token.index, last, key, NAME)
                break


def _part_of_name(tokens: tuple[Token, ...], names: dict[tuple[str, ...], str], first: int, last: int) -> bool:
    """Whether a short name of one word is only a part of a longer one, or the adjective of a noun."""
    if last - first > 1 or names.get((tokens[first].text,)) == tokens[first].text:
        return False
    if names[(tokens[first].text,)].casefold().endswith(" party") and last < len(tokens) and is_role(tokens[last].text):
        return False  # "the Green leader"
    alone = tokens[first].tag in {"NN", "NNP", "NNPS"} and tokens[first].dep not in {"compound", "amod"}
    return not alone or (first > 0 and _in_name(tokens[first - 1])) or (last < len(tokens) and _in_name(tokens[last]))


def _acting(roster: Roster) -> frozenset[str]:
    """Names tagged as places or things that somewhere in the report do what only an actor can: "Norsund said"."""
    tokens = roster.parse.tokens
    found = set()
    for name in roster.parse.names:
        first, last = _trimmed(tokens, name.first, name.last)
        if name.label not in words().acting_labels or last <= first or not roster.free(first, last):
            continue
        if _acts(tokens, last - 1):
            found.add(_text(roster, first, last))
    return frozenset(found)


def _acts(tokens: tuple[Token, ...], head: int) -> bool:
    """Whether a noun does or has what only an actor does or has: "Norsund said", "Norsund's bid"."""
    over = tokens[tokens[head].head]
    if tokens[head].dep in {"poss", "compound"}:
        return over.lemma.casefold() in words().acting_nouns
    return tokens[head].dep == "nsubj" and over.lemma.casefold() in words().acting_verbs


def _untagged(roster: Roster) -> Iterator[tuple[int, int]]:
    """Capitalised names that the tagger saw nothing in and that act somewhere in the report, wherever they stand."""
    tokens = roster.parse.tokens
    tagged = {i for name in roster.parse.names for i in range(name.first, name.last)}
    runs: list[tuple[int, int]] = []
    for token in tokens:
        if not _in_name(token) or token.index in tagged or not roster.free(token.index, token.index + 1):
            continue
        if runs and runs[-1][1] == token.index and tokens[runs[-1][0]].sentence == token.sentence:
            runs[-1] = (runs[-1][0], token.index + 1)
        else:
            runs.append((token.index, token.index + 1))
    alive = {_text(roster, a, b) for a, b in runs if _acts(tokens, b - 1)}
    yield from ((a, b) for a, b in runs if _text(roster, a, b) in alive)


def _firms(roster: Roster) -> Iterator[tuple[int, int]]:
    """Capitals before a legal form or the code of a share: "Rakuten Inc", "Foxconn (2317.TW)"."""
    tokens = roster.parse.tokens
    for token in tokens:
        after = tokens[token.index + 2] if token.index + 2 < len(tokens) else token
        coded = token.text[0].isupper() and after is not token and roster.parse.text[token.end : after.start] == " ("
        coded = coded and TICKER.match(after.text) is not None
        if coded or (_in_name(token) and _legal_form(token)):
            first = token.index
            while first and _in_name(tokens[first - 1]) and tokens[first - 1].sentence == token.sentence:
                first -= 1
            if first < token.index or coded:
                yield first, token.index + 1


def _whole_firm(tokens: tuple[Token, ...], first: int, last: int) -> tuple[int, int]:
    """The name with the legal form that the tagger cut off: "Starwood Hotels" "and Resorts Worldwide Inc"."""
    if last <= first:
        return first, last
    if last - first == 1 and _legal_form(tokens[first]):
        while first and _in_name(tokens[first - 1]) and tokens[first - 1].sentence == tokens[first].sentence:
            first -= 1
        return first, last
    if _legal_form(tokens[last - 1]):
        return first, _with_country(tokens, last)
    end = last
    while end < min(len(tokens), last + LONGEST_TAIL) and tokens[end].sentence == tokens[first].sentence:
        if not (_in_name(tokens[end]) or tokens[end].text in {"and", "&"}):
            break
        end += 1
        if _legal_form(tokens[end - 1]):
            return first, _with_country(tokens, end)
    return first, last


def _with_country(tokens: tuple[Token, ...], last: int) -> int:
    """The end of "Innovation Network Corp of Japan"."""
    if last + 1 < len(tokens) and tokens[last].text == "of" and _in_name(tokens[last + 1]):
        return last + 2
    return last


def _in_name(token: Token) -> bool:
    return token.text[0].isupper() and token.tag in {"NNP", "NNPS"}


def _legal_form(token: Token) -> bool:
    form = token.text.strip(".")
    short = len(form) == len("AG") and form != "Co" and not form.isupper()  # "Bilal Ag Acherif" is no firm
    return form.casefold() in words().legal_forms and not short


def _bodies(roster: Roster) -> Iterator[tuple[int, int]]:
    """Capitalised names that end in the word for a body, where the tagger saw none: "Riverton City Council"."""
    tokens = roster.parse.tokens
    for token in tokens:
        party = token.text == "party" and token.index and _in_name(tokens[token.index - 1])
        if party or (token.text[0].isupper() and token.text.casefold() in words().bodies):
            first = token.index
            while first and tokens[first - 1].tag in {"NNP", "NNPS", "JJ"} and tokens[first - 1].text[0].isupper():
                if tokens[first - 1].sentence != token.sentence or is_role(tokens[first - 1].text):
                    break
                first -= 1
            if first < token.index - 1 or (first < token.index and roster.free(first, first + 1)):
                yield first, token.index + 1


def _is_group(roster: Roster, label: str, first: int, last: int, surnames: set[str]) -> bool:
    tokens = roster.parse.tokens
    words_here = {tokens[i].text.casefold() for i in range(first, last)}
    if (
        any(i in roster.credits for i in range(first, last))
        or words_here & NO_GROUPS
        or TICKER.match(tokens[first].text)
    ):
        return False
    if holds_office(tokens, label, first, last):
        return False
    if label not in {"ORG", "NORP"} and not (label == "PERSON" and words_here & words().kinds["armed_group"]):
        return False
    government = words_here & words().government
    if not roster.free(first, last) and (
        label == "NORP" or last - first == 1 or (government and not roster.free(first, first + 1))
    ):
        return False
    if roster.free(first, last) and government and last - first < 4:
        return False  # a ministry or army whose state the context tells
    if (
        first > 1
        and tokens[first - 1].text == "of"
        and tokens[first - 2].text.casefold() in words().titles
        and last - first == 1
    ):
        return False  # "Secretary of State"
    common = [t.text for t in tokens[first + 1 : last] if t.tag in {"NN", "NNS"} and t.text.islower()]
    if common and common != ["party"]:
        return False
    if gender_of_first_name(tokens[first].text) and last - first in {2, 3, 4} and not words_here & words().bodies:
        return False  # a person whom the tagger took for an organisation
    text = _text(roster, first, last)
    if tokens[first].text.casefold() in PARTICLES and text[0].lower() + text[1:] in roster.parse.text:
        return False  # "De Mistura", elsewhere "de Mistura"
    if all(word in surnames or word.lower() in PARTICLES for word in _text(roster, first, last).split()):
        return False
    if last - first == 1 and tokens[first].text.casefold() in words().bodies:
        return False  # "the Committee" is the one named before
    opens = first == roster.parse.sentences[tokens[first].sentence][0]
    if last - first == 1 and opens and tokens[first].text.lower() in roster.vocabulary:
        return False  # a common word with a capital because it opens the sentence
    if last - first == 1 and last < len(tokens) and tokens[last].text.casefold() in words().titles:
        return False  # "Home Secretary"
    if (words_here - words().bodies) & (words().titles | words().people) and not words_here & words().kinds["union"]:
        return False
    if all(p is not None and p.first <= first and last <= p.last for p in map(roster.at, range(first, last))):
        return False
    if all(i in roster.by_token or tokens[i].text == "-" for i in range(first, last)):
        return False
    return (
        tokens[first].text[0].isupper()
        and roster.parse.text[tokens[first].start : tokens[last - 1].end] not in surnames
        and (label == "ORG" or last - first > 1 or tokens[first].text.endswith("s"))
    )


def _text(roster: Roster, first: int, last: int) -> str:
    tokens = roster.parse.tokens
    return roster.parse.text[tokens[first].start : tokens[last - 1].end]


def _trimmed(tokens: tuple[Token, ...], first: int, last: int) -> tuple[int, int]:
    for index in range(first, last):
        if tokens[index].text in {"-", "–", "—"} and tokens[index].start > tokens[index - 1].end:
            first = index + 1  # a by-line before a name: "BRUSSELS - European"
    while first < last and tokens[first].text.casefold() in {"the", "a", "an", "'s", "’s"}:
        first += 1
    coded = (i for i in range(first + 1, last - 1) if tokens[i].text == "(" and TICKER.match(tokens[i + 1].text))
    last = next(coded, last)
    while first < last and (
        tokens[last - 1].text in {"'s", "’s", "'", "’", ",", ".", "-", "("} or tokens[last - 1].pos == "PUNCT"
    ):
        last -= 1
    return first, last


def _initials(name: str) -> str:
    return "".join(w[0] for w in name.replace("-", " ").split() if w.casefold() not in WEAK_WORD).upper()


def kind_of(name: str) -> str:
    """The kind that the words of a group's name tell."""
    said = [part.strip(".,").casefold() for part in re.split(r"[\s-]+", name)]
    forms = words().legal_forms  # "AG" tells a firm at the end of its name alone
    parts = {word for word in said[:-1] if word not in forms} | set(said[-1:]) | {name.casefold()}
    for kind in ("opposition", "government", "union", "company", "armed_group"):
        if parts & words().kinds[kind]:
            return kind
    return "other"
