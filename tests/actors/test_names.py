"""One name in several forms: family names that stand first, parts of names, former offices."""

from standoff.actors import resolve
from standoff.language import parse


def named(text: str, phrase: str) -> tuple[str | None, str | None]:
    """The actor that the last occurrence of a phrase refers to, and whom it speaks for."""
    table = resolve(parse(text))
    start = text.rindex(phrase)
    found = table.actor_at(start, start + len(phrase))
    return (None, None) if found is None else (table.get(found).name, table.get(table.party_of(found)).name)


def test_a_family_name_that_stands_first_leads_to_the_person() -> None:
    text = "Park urged China to act. South Korean President Park Geun-hye met Xi Jinping."
    table = resolve(parse(text))
    found = table.actor_at(0, 4)
    assert found is not None and table.get(found).name == "Park Geun-hye"
    assert table.get(table.party_of(found)).name == "South Korea"


def test_a_firm_is_found_without_its_legal_form_whatever_part_was_tagged() -> None:
    text = "Northern Digital Corp agreed to buy Sandmark. Northern Digital said on Monday it would not wait."
    assert named(text, "Northern Digital")[0] == "Northern Digital Corp"


def test_the_last_word_of_a_longer_name_is_the_same_group() -> None:
    text = "The Harbour Street Journal reported the talks. The Journal said the bid failed."
    assert named(text, "Journal")[0] == "Harbour Street Journal"


def test_a_former_office_gives_no_party() -> None:
    assert named("Former U.S. President Jimmy Carter said the talks should go on.", "Jimmy Carter")[1] == "Jimmy Carter"


def test_the_description_beside_a_former_office_gives_the_party() -> None:
    text = (
        "The Syrian opposition met in Riyadh. A top Syrian opposition figure, former Prime Minister Omar Haddad, "
        "said the government must stop. The Syrian government refused."
    )
    assert named(text, "Omar Haddad")[1] == "Syrian opposition"


def test_who_chairs_a_group_in_small_letters_speaks_for_it() -> None:
    text = "Greece must save more, the chairman of euro zone finance ministers Jan Verhoeven told reporters."
    assert named(text, "Jan Verhoeven")[1] == "Eurogroup"


def test_an_envoy_of_nobody_named_speaks_for_the_organisation_at_hand() -> None:
    text = "The United Nations invited the parties. The talks will start soon, said envoy Carl Lindqvist."
    assert named(text, "Carl Lindqvist")[1] == "United Nations"
