"""Noun phrases that hold a state's name and mean somebody else; phrases that lead back to a person's party."""

import pytest

from standoff.actors import resolve
from standoff.language import parse


def named(text: str, phrase: str) -> str | None:
    """The party of the last occurrence of a phrase."""
    table = resolve(parse(text))
    start = text.rindex(phrase)
    found = table.actor_at(start, start + len(phrase))
    return None if found is None else table.get(table.party_of(found)).name


def test_a_party_with_a_small_letter_is_not_its_country() -> None:
    text = (
        "Britain's opposition Labour party demanded an inquiry. The ministry refused. Labour said the party would sue."
    )
    assert named(text, "Britain's opposition Labour party") == "Labour party"
    assert named(text, "Labour") == "Labour party"
    assert named(text, "the party") == "Labour party"


def test_who_speaks_for_a_party_of_the_opposition_speaks_for_that_party() -> None:
    text = "Ann Lee, finance spokesman for the opposition Labour party, said the tax was too low."
    assert named(text, "Ann Lee") == "Labour party"


def test_union_leaders_of_a_state_are_not_the_state() -> None:
    assert named("California union leaders said they would not accept.", "they") == "California union leaders"


@pytest.mark.parametrize("phrase", ["The Taiwanese phone assembler", "The Taiwanese firm"])
def test_a_firm_told_by_its_country_is_the_firm_of_that_country(phrase: str) -> None:
    text = f"Taiwan's Norsund Corp bid for Sandmark Corp. Sandmark Corp said no. {phrase} raised its offer."
    assert named(text, phrase) == "Norsund Corp"


def test_a_superlative_of_a_continent_is_the_firm() -> None:
    text = "The agency sued Volkswagen AG. It sued Europe's biggest automaker in February."
    assert named(text, "Europe's biggest automaker") == "Volkswagen AG"


def test_the_owner_of_a_paper_is_not_the_paper() -> None:
    text = "Norsund Co offered to buy Sandmark Publishing Co, but the owner of the Harbour Times refused to talk."
    assert named(text, "the owner of the Harbour Times") == "Sandmark Publishing Co"


@pytest.mark.parametrize("phrase", ["his country", "His government"])
def test_whose_country_it_is(phrase: str) -> None:
    text = "Turkish ambassador Halit Demir said his country would wait. His government refused."
    assert named(text, phrase) == "Turkey"


@pytest.mark.parametrize("phrase", ["The city council", "Officials of the city", "the city"])
def test_the_city_is_the_town_named_before(phrase: str) -> None:
    text = (
        "The Justice Department sued Springfield, Missouri, on Wednesday. The city council accepted the terms. "
        "Officials of the city said the city would comply."
    )
    assert named(text, phrase) == "Springfield"


def test_the_countries_are_the_two_last_named_together() -> None:
    text = "Iran and China signed a pact. Norway watched them. The minister said the countries had agreed to trade."
    assert named(text, "the countries") == "Iran and China"


def test_an_ambassador_is_of_who_sends_him() -> None:
    assert named("Turkey's U.N. ambassador said his country would wait.", "Turkey's U.N. ambassador") == "Turkey"


def test_a_minister_without_a_state_is_of_the_state_that_the_report_is_dated_from() -> None:
    text = "LUSAKA - Zambia met China. China declined to comment. Finance Minister Ben Mwale said he would go."
    assert named(text, "Ben Mwale") == "Zambia"


def test_who_leads_a_body_named_after_a_state_is_of_the_body() -> None:
    text = "Anna Berg, who heads the Norwegian Dockers Union, said that Norway and the union had met."
    assert named(text, "Anna Berg") == "Norwegian Dockers Union"


def test_a_name_with_an_office_behind_it_is_a_persons() -> None:
    text = "No truce, said Bilal Ag Acherif, leader of the Coordination of Azawad Movements. He left."
    assert named(text, "Bilal Ag Acherif") == "Coordination of Azawad Movements"
    assert named(text, "He") == "Coordination of Azawad Movements"


def test_a_chairman_without_a_firm_is_of_the_group_at_hand() -> None:
    text = 'Harland Breweries rejected the offer. It "undervalues Harland Breweries", Chairman Helen Duffy said.'
    assert named(text, "Helen Duffy") == "Harland Breweries"
