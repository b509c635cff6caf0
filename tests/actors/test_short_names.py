"""Short forms of names, names that a noun introduces, and titles with a possessive, in sentences made for the test."""

import pytest

from standoff.actors import ActorTable, resolve
from standoff.language import parse


def table(text: str) -> ActorTable:
    return resolve(parse(text))


def named(found: ActorTable, text: str, words: str) -> str:
    start = text.rindex(words)
    actor = found.actor_at(start, start + len(words))
    assert actor is not None
    return found.get(found.party_of(actor)).name


@pytest.mark.parametrize(
    ("text", "words", "name"),
    [
        ("Norrsund Ferries said it would cut jobs. The union said Norrsund had lied.", "Norrsund", "Norrsund Ferries"),
        ("The Green Party met. Green leader Signe Holm left.", "Signe Holm", "Green Party"),
        ("The International Atomic Energy Agency said its director general, Matteo Conti, had left.", "Matteo Conti",
         "International Atomic Energy Agency"),
        ("The African Union met. Its envoy, former Ghanaian minister Kofi Asante, left.", "Kofi Asante",
         "African Union"),
        ("Its largest customer, the Belgian group Vandamme, said it backed the board.", "it", "Vandamme"),
        ("The environmental group Blue Seas pleaded with ministers.", "Blue Seas", "Blue Seas"),
        ("The Zandian Liberation Front left. Spokesman Idris Kole smiled.", "Idris Kole", "Zandian Liberation Front"),
    ],
)  # fmt: skip
def test_a_name_leads_to_its_party(text: str, words: str, name: str) -> None:
    assert named(table(text), text, words) == name


def test_a_company_of_a_nationality_is_not_the_state() -> None:
    text = "Its customer, the Belgian group Vandamme, left."
    assert named(table(text), text, "group Vandamme") == "Vandamme"


def test_so_many_powers_are_those_last_named_together() -> None:
    text = (
        "France, Britain and Germany want a vote. Russia and China are against it. Israel demanded a halt. "
        "A diplomat said the three powers would wait."
    )
    found = table(text)
    actor = found.actor_at(text.index("the three powers"), text.index(" would wait"))
    assert actor is not None
    assert {found.get(party).name for party in found.parties_of(actor)} == {"France", "United Kingdom", "Germany"}


def test_the_code_of_a_share_is_no_part_of_a_name() -> None:
    found = table("Drug maker Medivation (MDVN.O) said on Monday that its board would meet.")
    assert not [actor.name for actor in found.actors if "(" in actor.name]
