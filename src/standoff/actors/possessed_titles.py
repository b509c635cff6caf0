"""Persons whose title says only what they lead, "its leader, Ann Lee", "party leader Ann Lee": a roster with its
pronouns goes in; for whom they speak is entered."""

from standoff.actors.knowledge import words
from standoff.actors.person_names import is_title
from standoff.actors.roster import Roster

NAME, PRONOUN = "name", "pronoun"
POSSESSIVES = frozenset({"its", "their", "his", "her"})
WITHIN = frozenset({"NN", "NNP", "NNS", "NNPS", "JJ", "JJS", "VBG", "HYPH", ","})  # tags of a title and its comma
REACH = 8  # tokens before a name among which the pronoun stands


def follow_possessed_titles(roster: Roster) -> None:
    """A person with no party yet speaks for what the pronoun before his title stands for, or for the body of that kind
    most at hand."""
    tokens = roster.parse.tokens
    for place in sorted(roster.places, key=lambda p: p.first):
        draft = roster.drafts[place.key]
        if draft.kind != "person" or draft.of is not None or place.form != NAME:
            continue
        titled = False
        for i in range(place.first - 1, max(-1, place.first - 1 - REACH), -1):
            token = tokens[i]
            if token.sentence != tokens[place.first].sentence:
                break
            if token.tag == "PRP$" and token.text.casefold() in POSSESSIVES:
                owner = next((p for p in roster.by_token.get(i, ()) if p.form == PRONOUN), None)
                if titled and owner is not None and owner.key != place.key:
                    above = roster.party(owner.key)
                    draft.of = above if roster.drafts[above].kind != "person" else None
                break
            body = token.text.casefold()
            if titled and body in words().unnamed_bodies and body in words().anaphors:
                draft.of = roster.salient(place.first, tuple(words().anaphors[body]))  # "party leader Ann Lee"
                break
            titled = titled or is_title(token)
            if token.tag not in WITHIN:
                break
