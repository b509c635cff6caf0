"""Parties without a name of their own: described groups, "both sides", "they" after a list."""

import pytest

from standoff.actors import ActorTable, resolve
from standoff.language import parse


def read(text: str) -> ActorTable:
    return resolve(parse(text))


def named_at(table: ActorTable, text: str, phrase: str) -> str | None:
    """The name of the actor that the last occurrence of a phrase refers to."""
    start = text.rindex(phrase)
    found = table.actor_at(start, start + len(phrase))
    return None if found is None else table.get(found).name


def counted(table: ActorTable, text: str, phrase: str) -> set[str]:
    """The names of the parties that the last occurrence of a phrase stands for."""
    start = text.rindex(phrase)
    found = table.actor_at(start, start + len(phrase))
    return set() if found is None else {table.get(one).name for one in table.parties_of(found)}


@pytest.mark.parametrize(
    ("text", "phrase", "name"),
    [
        ("Aid agencies demanded easier access to the town.", "Aid agencies", "Aid agencies"),
        ("The pilots' union met the mayor. The union wants higher pay.", "union", "Pilots' union"),
        ("The school board refused, and the health ministry agreed.", "health ministry", "Health ministry"),
        ("Norway urged lawmakers to back the plan.", "lawmakers", "Lawmakers"),
        ("A coalition of progressive groups opposed the merger.", "A coalition", "Coalition of progressive groups"),
        ("Swedish data protection authorities refused to comment.", "Swedish data protection authorities",
         "Swedish data protection authorities"),
    ],
)  # fmt: skip
def test_a_described_group_is_an_actor_under_its_own_words(text: str, phrase: str, name: str) -> None:
    assert named_at(read(text), text, phrase) == name


def test_a_described_group_speaks_for_whom_it_belongs_to() -> None:
    table = read("Swedish data protection authorities refused to comment.")
    group = next(actor for actor in table.actors if actor.name.endswith("authorities"))
    assert [table.get(one).name for one in table.chain(group.id)][1:] == ["Sweden"]


@pytest.mark.parametrize(
    ("text", "phrase", "parties"),
    [
        ("Norway and Sweden held talks on Monday. Both countries want a new treaty.", "Both countries",
         {"Norway", "Sweden"}),
        ("Norway and Sweden said they would sign the treaty.", "they", {"Norway", "Sweden"}),
        ("Arkell Corp sued Borden Inc in May. The two companies agreed to settle.", "The two companies",
         {"Arkell Corp", "Borden Inc"}),
        ("Norway said on Monday it would sign the treaty.", "it", {"Norway"}),
    ],
)  # fmt: skip
def test_words_that_count_parties_stand_for_each_of_them(text: str, phrase: str, parties: set[str]) -> None:
    assert counted(read(text), text, phrase) == parties


def test_who_comes_for_somebody_named_is_no_group_of_its_own() -> None:
    table = read("Norway met with delegations from Sweden on Monday.")
    assert all("elegations" not in actor.name for actor in table.actors)


def test_whose_union_it_is_is_no_party_beside_it() -> None:
    table = read("The pilots' union rejected the offer.")
    assert [actor.name for actor in table.actors] == ["Pilots' union"]
    assert table.actors[0].kind == "union"


def test_a_body_that_nothing_tells_apart_is_no_actor() -> None:
    assert not read("The board said that it would vote.").actors


def test_officials_of_a_body_come_for_it() -> None:
    text = "Two officials of the creditor committee, which is led by France, said that it would vote."
    table = read(text)
    assert named_at(table, text, "creditor committee") == "Creditor committee"
    assert {actor.name for actor in table.actors} == {"Creditor committee", "France"}


def test_the_holder_of_an_office_in_a_body_without_a_name_speaks_for_it() -> None:
    table = read("City council leader Judith Blair refused. The council voted.")
    person = next(actor for actor in table.actors if actor.name == "Judith Blair")
    assert person.of is not None
    assert table.get(person.of).name == "City council"


def test_who_appeals_to_both_sides_is_none_of_them() -> None:
    text = "Norway and Iceland met in Oslo. Then Cyprus appealed to both sides to go on."
    assert counted(read(text), text, "both sides") == {"Norway", "Iceland"}


def test_creditors_do_not_speak_for_who_owes_them() -> None:
    table = read("Norway's creditors rejected the plan.")
    creditors = next(actor for actor in table.actors if actor.name == "Norway's creditors")
    assert creditors.of is None


def test_the_two_men_are_those_for_whom_they_came_even_with_a_clause_added() -> None:
    text = (
        "John Kerry of the United States and Sergei Lavrov of Russia met in Geneva. "
        "The two men, who sat down before noon, were still talking at night."
    )
    assert counted(read(text), text, "The two men") == {"United States", "Russia"}


def test_two_men_whom_nobody_knows_are_no_party() -> None:
    text = "Norway met France. Two men were seen at the gate."
    assert named_at(read(text), text, "Two men") is None


def test_a_possessive_is_not_what_it_owns() -> None:
    text = "The rebels agreed to a truce after their envoys met the mediator."
    assert named_at(read(text), text, "their") == "Rebels"
