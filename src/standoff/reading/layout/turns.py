"""Transcripts and interviews: lines in; who has the floor where, by the labels before the colon, out.

"KERRY: We will go." gives KERRY the floor until the next label. A colon alone is no label: recipes, lists of
topics and captions have colons too. What shows a conversation is told at `_accepted`.
"""

import re
from collections import Counter
from dataclasses import dataclass, replace

from standoff.actors.knowledge import gender_of_first_name, words, world
from standoff.ledger import Span
from standoff.reading.layout.lines import BULLET, CREDIT, HEADING, RULE, STAGE, STAMP, TEXT, Line, lexicon, unquoted

LONGEST_LABEL = 6  # words: "Deputy Foreign Minister Ana de Souza"
SOME_TALK = 0.34  # share of turns in which somebody must say I, we, you or yes: lists of topics do not
TALK = 0.5  # the same where no label is known to be a name
LABEL = re.compile(
    r"(?:\*{1,2}|_|[“\"])?(?P<label>[^\W\d_][^\n:;?!“”\"()\[\]]{0,58}?)(?P<role>\s?\([^()\n]{1,60}\))?(?:\*{1,2}|_)?"
    r"(?P<colon>\s?:)(?:\*{1,2}|_)?(?=\s|$|\S)"
)
ASKED = re.compile(r"(?:\*{1,2})?(?P<label>Q|A)(?P<role>)(?P<colon>[.:]|\s[-–—])(?:\*{1,2})?(?=\s)")
_WORD = re.compile(r"[\w'’]+")
_END = re.compile(
    r"[\s\"“]*(?:follow|read|subscribe|listen|watch|this (?:interview|transcript|conversation))\b", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Turn:
    """One turn of a speaker: the label without the role in brackets, the colon, and the lines of what is said."""

    label: Span
    colon: Span
    content: tuple[Span, ...]
    line: int


@dataclass(frozen=True, slots=True)
class _Candidate:
    line: int
    label: Span
    colon: Span
    body: int
    key: str
    name: str


def turns_of(text: str, lines: tuple[Line, ...]) -> tuple[Turn, ...]:
    """The turns of a conversation, in order; none where a text only has colons."""
    candidates = _accepted(text, lines, _candidates(text, lines))
    found: list[Turn] = []
    for place, one in enumerate(candidates):
        stop = candidates[place + 1].line if place + 1 < len(candidates) else len(lines)
        content = _content(text, lines, one, stop, last=place + 1 == len(candidates))
        if content:
            found.append(Turn(one.label, one.colon, content, one.line))
    return tuple(_alternating(text, found))


def _alternating(text: str, turns: list[Turn]) -> list[Turn]:
    """An interview that labels the first question and the first answer alone: later paragraphs that end with a
    question mark are the first speaker's."""
    if len(turns) != 2 or not _asks(text, turns[0].content[-1]) or _asks(text, turns[1].content[0]):
        return turns
    asker, answerer = turns
    if not any(_asks(text, span) for span in answerer.content):
        return turns
    found = [asker]
    for span in answerer.content:
        who = asker if _asks(text, span) else answerer
        if found[-1].label == who.label:
            found[-1] = replace(found[-1], content=(*found[-1].content, span))
        else:
            found.append(Turn(who.label, who.colon, (span,), who.line))
    return found


def _asks(text: str, span: Span) -> bool:
    return text[span[0] : span[1]].rstrip("”\"*_ ").endswith("?")


def key_of(label: str) -> str:
    """What a label has in common with the others of the same speaker: its last word, in small letters."""
    found = [word.strip("'’") for word in _WORD.findall(label)]
    return found[-1].removesuffix("'s").casefold() if found else ""


def _candidates(text: str, lines: tuple[Line, ...]) -> list[_Candidate]:
    found = []
    for number, line in enumerate(lines):
        if line.kind != TEXT:
            continue
        match = ASKED.match(text, line.body, line.end) or LABEL.match(text, line.body, line.end)
        if match is None:
            continue
        if match.end() < line.end and not text[match.end()].isspace() and not match["label"].isupper():
            continue  # "14:30", "http:"
        name = match["label"].strip(" *_")
        if _may_be_speaker(name):
            start = match.start("label")
            found.append(
                _Candidate(number, (start, start + len(name)), match.span("colon"), match.end(), key_of(name), name)
            )
    return found


def _may_be_speaker(label: str) -> bool:
    """Whether the words before a colon have the form of a name: capitals, apart from small words between them."""
    lists = lexicon()
    if label.casefold() in lists["askers"] | lists["answers"] | lists["voices"]:
        return label[0].isupper()
    parts = label.split()
    lower = [word.strip(".,'’").casefold() for word in parts]
    if not 1 <= len(parts) <= LONGEST_LABEL or lower[0] in lists["no_speakers"] or lower[-1] in lists["no_speakers"]:
        return False
    if lower[0] == "the" or any(character.isdigit() for character in label):
        return False
    joints = lists["joints"]
    return all(word[0].isupper() or low in joints or "-" in word for word, low in zip(parts, lower, strict=True))


def _accepted(text: str, lines: tuple[Line, ...], candidates: list[_Candidate]) -> list[_Candidate]:
    """The candidates that are speakers, if any.

    Evidence for one: it is a word for who asks, it holds a title or a common first name, or its last word is a name
    in the running text. Two labels make a conversation if one has evidence and one comes again or both are in
    capitals; or if all are in capitals and say I, we or you. Then labels without evidence count too if they come again
    or are in capitals; in a text without capitals a known name may come once.
    """
    if not candidates:
        return []
    often = Counter(one.key for one in candidates)
    known = {one.key for one in candidates if _is_evident(text, lines, candidates, one)}
    capital = {one.key for one in candidates if one.name.isupper()}
    again = {key for key, number in often.items() if number > 1}
    talk = _share_of_talk(text, lines, candidates)
    if talk < SOME_TALK:
        return []
    if len(candidates) == 1:
        one = candidates[0]
        return candidates if one.key in known & capital and talk >= TALK else []
    if not (known & (again | capital) or (len(capital) > 1 and talk >= TALK)) or not (known or talk >= TALK):
        return []
    asked = lexicon()["askers"] | lexicon()["answers"]
    good = again | capital | (set(often) & asked) | (set() if capital else known)
    if len(good) == 1 and not capital:
        return []  # nobody talks to himself; a list of headlines does have one name again and again
    return [one for one in candidates if one.key in good]


def _is_evident(text: str, lines: tuple[Line, ...], candidates: list[_Candidate], one: _Candidate) -> bool:
    lists = lexicon()
    whole = one.name.casefold()
    if whole in lists["askers"] | lists["answers"] | lists["voices"]:
        # "A:" and "Q:" come in pairs.
        return len(whole) > 1 or {"q", "a"} <= {c.key for c in candidates}
    lower = [word.strip(".,").casefold() for word in one.name.split()]
    if any(word in lists["honours"] for word in lower) and len(lower) > 1:
        return True
    if len(lower) > 1 and gender_of_first_name(one.name) is not None:
        return True
    name = one.name.split()[-1].strip(".,'’")
    spoken = name.title() if name.isupper() else name
    if spoken in world().phrases:  # SEOUL: is a dateline
        return False
    if len(spoken) < 3 or spoken.casefold() in words().collectives:
        return False
    labels = {c.label for c in candidates}
    # In the middle of a sentence nothing but a name has a capital.
    for match in re.finditer(rf"(?<=[a-z,] ){re.escape(spoken)}\b|(?<=Mr\. ){re.escape(spoken)}\b", text):
        if not any(a <= match.start() < b for a, b in labels):
            return True
    return False


def _share_of_talk(text: str, lines: tuple[Line, ...], candidates: list[_Candidate]) -> float:
    """The share of candidates whose line says I, we, you, yes or thanks."""
    talk = lexicon()["conversation"]
    said = [text[one.body : lines[one.line].end].replace("’", "'").casefold() for one in candidates]
    return sum(any(word in talk for word in _WORD.findall(words_)) for words_ in said) / len(candidates)


def _content(text: str, lines: tuple[Line, ...], one: _Candidate, stop: int, last: bool) -> tuple[Span, ...]:
    """What is said in a turn: the rest of the label's line and the lines below, without notes in brackets.

    A turn ends at a rule, a heading, a credit or a time stamp, and where the reporter takes over again and names
    the speaker as a third person.
    """
    first = lines[one.line]
    body = one.body
    while body < first.end and text[body].isspace():
        body += 1
    found = [(body, first.end)] if _says_something(text[body : first.end]) else []
    for line in lines[one.line + 1 : stop]:
        if line.kind in (RULE, HEADING, CREDIT, STAMP) or line.block != first.block:
            break
        if line.kind == STAGE:
            continue
        if _tells_of(text[line.body : line.end], one) or (last and _END.match(text, line.body, line.end)):
            break
        found.append((line.start if line.kind == BULLET else line.body, line.end))
    return tuple(found)


def _says_something(words_: str) -> bool:
    return any(ch.isalnum() for ch in re.sub(r"^[(\[][^)\]]*[)\]][.]?$", "", words_.strip()))


def _tells_of(line: str, one: _Candidate) -> bool:
    """Whether a line speaks of the speaker by name and nobody says I or we in it outside quotation marks."""
    heard = {word.casefold().removesuffix("'s") for word in _WORD.findall(unquoted(line))}
    return len(one.key) > 2 and one.key in heard and not heard & lexicon()["first_person"]
