"""The working list of actors while a report is being read: drafts of actors and their mentions over tokens."""

import re
from dataclasses import dataclass, field

from standoff.actors.knowledge import World
from standoff.language import Parse

STATES = frozenset({"state", "government"})
SUBJECTS = frozenset({"nsubj", "nsubjpass", "csubj"})
DESCRIPTION = "description"


BYLINE = re.compile(r"[^\Wa-z_][A-Z\s,./]+(?:, [A-Z][\w. ]+?)?\s*(?:\([A-Z][\w ./]+\)\s*)?[-–—:]+\s")
DATELINE = re.compile(r"^([A-Z][A-Z'’. ]{2,}?)\s*(?:[,/][^\n–—-]{0,40})?(?:\([A-Za-z]+\)\s*)?[-–—]\s", re.MULTILINE)
CREDITS = re.compile(
    r"\((?:additional )?(?:reporting|writing|editing|compiled|translated)\b[^()]*(?:\([^()]*\)[^()]*)*\)?"
    r"|^(?:additional )?(?:reporting|writing|editing) by .*$",
    re.IGNORECASE | re.MULTILINE,
)


def _credits(parse: Parse) -> frozenset[int]:
    """The tokens of by-lines, of headings in capitals, and of lines that name a report's own writers."""
    spans = [m.span() for m in CREDITS.finditer(parse.text)]
    for start, end in parse.paragraphs:
        byline = BYLINE.match(parse.text, start, end)
        if byline:
            spans.append(byline.span())
        elif parse.text[start:end].isupper():
            spans.append((start, end))
    return frozenset(i for start, end in spans for i in parse.tokens_in(start, end))


@dataclass(slots=True)
class Draft:
    """An actor being gathered. `of` is the key of another draft; `titles` the lower-case title nouns of a person."""

    key: str
    name: str
    kind: str
    of: str | None = None
    wikidata: str | None = None
    iso3: str | None = None
    demonym: str | None = None
    gender: str | None = None
    titles: set[str] = field(default_factory=set)
    members: tuple[str, ...] = ()  # whom "the two sides" are: keys of other drafts


@dataclass(slots=True)
class Place:
    """A mention over the tokens [first, last)."""

    first: int
    last: int
    key: str
    form: str


class Roster:
    """Drafts by key and places by token. Built once for each report, then frozen into an ActorTable."""

    def __init__(self, parse: Parse, world: World) -> None:
        self.parse = parse
        self.world = world
        self.drafts: dict[str, Draft] = {}
        self.places: list[Place] = []
        self.by_token: dict[int, list[Place]] = {}
        self.divided: set[str] = set()  # states whose own opposition the report names
        self.credits = _credits(parse)  # tokens of "(Reporting by …)", which name nobody of the report
        self.vocabulary = frozenset(token.text for token in parse.tokens)
        self.ruled_by: dict[int, str] = {}  # a token that names who rules: "Assad" in "the Assad regime"
        self.main: str | None = None  # the one whose opposition "the opposition" is

    def known(self, name: str) -> str:
        """The key of an entity of the world, entered with all that it is a part of."""
        if name not in self.drafts:
            entity = self.world.entities[name]
            self.drafts[name] = Draft(name, name, entity.kind, None, entity.wikidata, entity.iso3, entity.demonym)
            if entity.title:
                self.drafts[name].titles.add(entity.title)
            if entity.of:
                self.drafts[name].of = self.known(entity.of)
        return name

    def learn(self, name: str, kind: str, of: str | None = None) -> str:
        """The key of an actor that the report itself brings up."""
        if name in self.world.entities:
            return self.known(name)
        self.drafts.setdefault(name, Draft(name, name, kind, of))
        return name

    def mark(self, first: int, last: int, key: str, form: str) -> None:
        """Note that tokens [first, last) name an actor; the same tokens are noted once."""
        if first in self.credits or any(p.first == first and p.last == last for p in self.by_token.get(first, ())):
            return
        place = Place(first, last, key, form)
        self.places.append(place)
        for index in range(first, last):
            self.by_token.setdefault(index, []).append(place)

    def at(self, index: int) -> Place | None:
        """The longest mention over a token, or None."""
        return max(self.by_token.get(index, ()), key=lambda p: p.last - p.first, default=None)

    def free(self, first: int, last: int) -> bool:
        """Whether no token of [first, last) is part of a mention."""
        return not any(index in self.by_token or index in self.credits for index in range(first, last))

    def only_backs(self, place: Place) -> bool:
        """Whether a name is the first part of "Russia-backed", "U.S.-led": it does not own the noun that follows."""
        tokens = self.parse.tokens
        after = tokens[place.last : place.last + 2]
        return len(after) == 2 and after[0].text == "-" and after[1].tag in {"VBN", "VBD", "VBG", "JJ"}

    def salient(self, index: int, kinds: tuple[str, ...] | frozenset[str]) -> str | None:
        """The actor of some kind most at hand before a token: near ones first, subjects before others."""
        tokens, best, chosen = self.parse.tokens, None, None
        for place in self.places:
            if place.last > index or self.drafts[place.key].kind not in kinds or place.form == "adjective":
                continue
            back = tokens[index].sentence - tokens[place.first].sentence
            worth = (2.0 * self.is_subject(place) - 1.5 * back, place.first)
            if best is None or worth > best:
                best, chosen = worth, place.key
        return chosen

    def party(self, key: str) -> str:
        """The key of whom a person speaks for, or the key itself."""
        seen: set[str] = set()
        while self.drafts[key].kind == "person" and self.drafts[key].of and key not in seen:
            seen.add(key)
            key = self.drafts[key].of or key
        return key

    def government(self, state: str) -> str:
        """The key of who governs a state: the state itself, or its government where the report names its opposition."""
        if state not in self.divided:
            return state
        return self.learn(f"{self.drafts[state].demonym or self.drafts[state].name} government", "government", state)

    def opposition(self, state: str) -> str:
        """The key of a state's opposition."""
        return self.learn(f"{self.drafts[state].demonym or self.drafts[state].name} opposition", "opposition")

    def is_subject(self, place: Place) -> bool:
        """Whether a mention heads, or stands inside, the subject of a clause or an apposition to it."""
        tokens = self.parse.tokens
        for i in range(place.first, place.last):
            while tokens[i].dep == "appos" and tokens[i].head < i:
                i = tokens[i].head
            if tokens[i].dep in SUBJECTS:
                return True
        return False

    def home_state(self) -> str | None:
        """The state from whose capital the report is dated, where it names that state: "LUSAKA - Zambia said …"."""
        line = DATELINE.search(self.parse.text)
        phrase = self.world.phrases.get(line.group(1).strip().title()) if line else None
        if phrase is None or not any(p.key == phrase.entity for p in self.places):
            return None
        return phrase.entity if self.drafts[phrase.entity].kind == "state" else None

    def nearest_state(self, index: int) -> str | None:
        """The state most at hand before a token: subjects of this and the last sentence, then the nearest."""
        sentence = self.parse.tokens[index].sentence
        before = [p for p in self.places if p.last <= index and self.drafts[p.key].kind in STATES]
        before.sort(key=lambda p: p.first)
        for back in (0, 1):
            here = [p for p in before if self.parse.tokens[p.first].sentence == sentence - back]
            subjects = [p for p in here if self.is_subject(p)]
            if subjects:
                return subjects[-1].key
            if here:
                return here[-1].key
        return before[-1].key if before else None
