"""The words of a requirement: where its cue stands goes in; where its clauses begin and end comes out.

A requirement may list clauses, which parsers often lose; here commas, conjunctions and tags tell them.
"""

from standoff.language import Parse
from standoff.reading.syntax import conjuncts

FINITE = frozenset({"VBD", "VBP", "VBZ", "MD"})
STOPS = frozenset({";", ":", "—", "–", "--"})
QUOTES = frozenset({'"', "“", "”"})
SAYING = frozenset({"say", "tell", "add", "write", "announce", "warn", "state", "insist", "repeat"})
LISTED = 4  # tokens after a comma among which the next thing of a list stands


def clause_end(parse: Parse, start: int, last: int) -> int:
    """Where the clause that begins at a token ends: at a stop, a quotation mark that was opened before it, or at a
    comma once its verb has been."""
    verb = False
    opened = False
    for i in range(start, last):
        token = parse.tokens[i]
        if stops(parse, i):
            return i
        if token.text in QUOTES:
            opens = token.start > 0 and parse.text[token.start - 1].isspace() and not opened
            if not opened and verb and not opens:
                return i
            opened = opens
        if token.text == "," and verb and not opened and not _lists_nouns(parse, start, i, last):
            return i
        if token.tag in FINITE or (token.tag in {"VBN", "VBG", "VB"} and not verb):
            relative = any(parse.tokens[k].tag in {"WDT", "WP"} for k in range(max(start, i - 4), i))
            verb = verb or not relative  # “if Denmark, which has none, stopped”
    return last


def _lists_nouns(parse: Parse, start: int, comma: int, last: int) -> bool:
    """Whether a comma stands between things that are listed: "agrees to talks on debt, *pensions* and taxes"."""
    after = range(comma + 1, min(last, comma + 1 + LISTED))
    joined = (parse.tokens[i] for i in after if parse.tokens[i].dep == "conj" and start <= parse.tokens[i].head < comma)
    noun = next(joined, None)
    return noun is not None and noun.pos in {"NOUN", "PROPN"} and parse.tokens[noun.head].pos in {"NOUN", "PROPN"}


def stops(parse: Parse, index: int) -> bool:
    """Whether a mark ends a clause for good; a hyphen does where it stands alone."""
    token = parse.tokens[index]
    around = parse.text[max(0, token.start - 1) : token.start], parse.text[token.end : token.end + 1]
    return token.text in STOPS or (token.text == "-" and all(mark.isspace() for mark in around))


def requirements(parse: Parse, start: int, end: int, last: int) -> list[tuple[int, int]]:
    """The token ranges of the coordinated clauses of a requirement, the later ones behind commas included."""
    inside = [t for t in parse.tokens[start:end] if t.pos in {"VERB", "AUX"}]
    verbs = [t.index for t in inside if t.head not in range(start, end) or t.head == t.index]
    verbs = verbs or [t.index for t in inside if t.tag in FINITE]
    found = [(start, end)]
    for verb in verbs[:1]:
        for other in conjuncts(parse, verb):
            if other <= verb or other >= last or parse.tokens[other].pos not in {"VERB", "AUX"}:
                continue
            begin = min(i for i in parse.subtree(other) if i > verb)
            a, b = found[-1]
            if not a < begin < last:
                continue
            cut = begin
            while cut > a + 1 and (parse.tokens[cut - 1].dep == "cc" or parse.tokens[cut - 1].text in {",", "that"}):
                cut -= 1
            found[-1] = (a, min(b, cut) if b <= begin or cut < b else b)
            stop = max(i for i in parse.subtree(other) if i < last) + 1
            found.append((begin, min(stop, clause_end(parse, begin, last))))
    found = [(a, b) for a, b in found if a < b]
    listed = _listed(parse, start, last)
    parts = listed if len(listed) > len(found) else found
    first = parts[0] if parts else (start, start)
    shared = any(parse.tokens[a].tag == "VB" for a, _ in parts[1:])
    if shared and any(t.dep == "neg" for t in parse.tokens[slice(*first)]):
        return [(first[0], parts[-1][1])]  # "does not cut pay, sell land and close": the "not" is of all three
    return parts


def _listed(parse: Parse, start: int, last: int) -> list[tuple[int, int]]:
    """The clauses of "A comes, B goes and C stays", "A halts B, lifts C and frees D", "A is halted, B lifted and C
    freed", which parsers often lose. Each after the first has a verb, of its own subject or the first one's."""
    stop = next((i for i in range(start, last) if stops(parse, i) or parse.tokens[i].text in QUOTES | {"."}), last)
    marks = [i for i in range(start, stop) if parse.tokens[i].text.casefold() in {",", "and", "or"}]
    bounds = [i for i in marks if i + 1 not in marks and not (parse.tokens[i].text != "," and _inside(parse, i))]
    joint = next((k for k, i in enumerate(bounds) if parse.tokens[i].text != ","), 0)
    if not joint and not _two_clauses(parse, start, bounds, stop):
        return []
    if joint + 1 < len(bounds) and parse.tokens[bounds[joint + 1]].text == ",":
        stop = bounds[joint + 1]  # "A, B and C, steps that …": what follows only comments
    bounds = bounds[: joint + 1]
    parts = [(a, b) for a, b in zip([start, *(i + 1 for i in bounds)], [*bounds, stop], strict=True)]
    parts = [(a, b - 1 if parse.tokens[b - 1].text == "," else b) for a, b in parts]  # "A, B, and C"
    later = all(_is_clause(parse, a, b) or _goes_on(parse, a, b) for a, b in parts[1:])
    return parts if later and all(a < b for a, b in parts) else []


def _two_clauses(parse: Parse, start: int, bounds: list[int], stop: int) -> bool:
    """Whether an "and" without a comma joins two clauses, each with its own subject: "A halts raids *and B comes*"."""
    if not bounds or parse.tokens[bounds[0]].text.casefold() != "and":
        return False
    return _is_clause(parse, start, bounds[0]) and _is_clause(parse, bounds[0] + 1, stop)


def _inside(parse: Parse, conjunction: int) -> bool:
    """Whether an "and" joins two nouns rather than two clauses: "lifts the *siege and blockade*"."""
    after = parse.tokens[conjunction + 1] if conjunction + 1 < len(parse.tokens) else parse.tokens[conjunction]
    over = parse.tokens[after.head]
    nouns = after.dep == "conj" and after.pos in {"NOUN", "PROPN", "ADJ"} and over.pos in {"NOUN", "PROPN", "ADJ"}
    return nouns and not _mistaken_verb(parse, after.index)


def _mistaken_verb(parse: Parse, index: int) -> bool:
    """A plural right before an article, a possessor or a plural is a verb that the tagger took for a noun: "*opens* its
    books", "*lifts* sanctions"."""
    after = parse.tokens[index + 1] if index + 1 < len(parse.tokens) else None
    return parse.tokens[index].tag == "NNS" and after is not None and after.tag in {"DT", "PRP$", "NNS"}


def _goes_on(parse: Parse, start: int, end: int) -> bool:
    """Whether a stretch is a clause that lacks what was said before: "lifts its blockades", "accounts published"."""
    tokens = parse.tokens[start:end]
    if not tokens or any(t.lemma.casefold() in SAYING or t.tag in {"WDT", "WP"} for t in tokens):
        return False
    if tokens[0].tag in FINITE | {"VB", "VBN"} or _mistaken_verb(parse, start):
        return True
    nouns = [k for k, t in enumerate(tokens) if t.pos in {"NOUN", "PROPN"}]
    return bool(nouns) and any(t.tag in {"VBN", "VBD"} and k > nouns[0] for k, t in enumerate(tokens))


def _is_clause(parse: Parse, start: int, end: int) -> bool:
    """Whether a stretch is a clause of its own: a noun before a finite verb, nothing said or related."""
    tokens = parse.tokens[start:end]
    verb = next((k for k, t in enumerate(tokens) if t.tag in FINITE), None)
    if verb is None or any(t.lemma.casefold() in SAYING or t.tag in {"WDT", "WP", "IN"} for t in tokens[: verb + 1]):
        return False
    return any(t.pos in {"NOUN", "PROPN", "PRON"} for t in tokens[:verb])
