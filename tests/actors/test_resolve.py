"""Who is meant: each example is a short report in the project's own words."""

import pytest

from standoff.actors import ActorTable, resolve
from standoff.language import Parse, parse


def read(text: str) -> tuple[Parse, ActorTable]:
    parsed = parse(text)
    return parsed, resolve(parsed)


def who(text: str, phrase: str, nth: int = 0) -> str | None:
    """The name of the actor that the nth occurrence of a phrase refers to."""
    _, table = read(text)
    start = -1
    for _ in range(nth + 1):
        start = text.index(phrase, start + 1)
    found = table.actor_at(start, start + len(phrase))
    return None if found is None else table.get(found).name


def party(text: str, phrase: str) -> str | None:
    """The name of the party that a phrase speaks for."""
    _, table = read(text)
    found = table.actor_at(text.index(phrase), text.index(phrase) + len(phrase))
    return None if found is None else table.get(table.party_of(found)).name


@pytest.mark.parametrize(
    ("text", "phrase", "name"),
    [
        ("Moscow rejected the draft on Monday.", "Moscow", "Russia"),
        ("The Kremlin rejected the draft on Monday.", "The Kremlin", "Russia"),
        ("The U.S. will not sign the treaty.", "The U.S.", "United States"),
        ("The White House welcomed the offer.", "The White House", "United States"),
        ("The EU and Turkey agreed on a plan.", "The EU", "European Union"),
        ("Turkish officials refused to comment.", "Turkish officials", "Turkey"),
        ("The Jordanian foreign minister presented a list.", "The Jordanian foreign minister", "Jordan"),
        ("NATO called for restraint.", "NATO", "North Atlantic Treaty Organization"),
    ],
)
def test_known_parties_are_found_by_every_name(text: str, phrase: str, name: str) -> None:
    assert who(text, phrase) == name


def test_a_state_has_its_codes() -> None:
    _, table = read("Norway offered to host the talks.")
    assert [(a.name, a.kind, a.iso3, a.wikidata) for a in table.actors] == [("Norway", "state", "NOR", "Q20")]


@pytest.mark.parametrize(
    "text", ["The delegates met in Vienna.", "VIENNA - The delegates met on Monday.", "A flight to Vienna left."]
)
def test_a_town_is_no_actor_where_it_is_a_place(text: str) -> None:
    assert all(actor.name != "Austria" for actor in read(text)[1].actors)


@pytest.mark.parametrize(
    ("text", "name", "speaks_for"),
    [
        ("Norwegian Foreign Minister Kari Dahl rejected the plan.", "Kari Dahl", "Norway"),
        ("State Department spokesman Peter Wells said talks go on.", "Peter Wells", "United States"),
        (
            "Peter Wells, a spokesman for the European Commission, said talks go on.",
            "Peter Wells",
            "European Commission",
        ),
        ("Anna Berg, who leads the Dockers Union, said talks go on.", "Anna Berg", "Dockers Union"),
        ("Peru's foreign minister, Maria Quispe, said talks go on.", "Maria Quispe", "Peru"),
    ],
)
def test_a_person_speaks_for_the_party_of_the_title(text: str, name: str, speaks_for: str) -> None:
    assert who(text, name) == name
    assert party(text, name) == speaks_for


def test_surname_and_title_lead_to_the_person() -> None:
    text = "Norwegian Foreign Minister Kari Dahl met reporters. Dahl said no. The foreign minister left early."
    assert who(text, "Dahl said"[:4], nth=1) == "Kari Dahl"
    assert who(text, "The foreign minister") == "Kari Dahl"


def test_spellings_of_a_first_name_are_one_person() -> None:
    _, table = read("Sergei Orlov arrived on Monday. Sergey Orlov left on Tuesday.")
    assert [a.name for a in table.actors if a.kind == "person"] == ["Sergei Orlov"]


CONFLICT = (
    "The Yemeni opposition said it would attend talks with the government. "
    "Sanaa rejected the offer. The regime will send no delegates, and the rebels vowed to fight on."
)


@pytest.mark.parametrize(
    ("phrase", "name"),
    [
        ("The Yemeni opposition", "Yemeni opposition"),
        ("the government", "Yemeni government"),
        ("Sanaa", "Yemeni government"),
        ("The regime", "Yemeni government"),
        ("the rebels", "Yemeni opposition"),
    ],
)
def test_a_divided_state_has_a_government_and_an_opposition(phrase: str, name: str) -> None:
    assert who(CONFLICT, phrase) == name


def test_without_an_opposition_the_government_is_the_state() -> None:
    assert who("The Dutch government raised its offer.", "The Dutch government") == "Netherlands"


def test_opposition_as_a_feeling_is_no_party() -> None:
    _, table = read("China repeated its strong opposition to the sanctions.")
    assert [actor.name for actor in table.actors] == ["China"]


def test_coordinated_parties_are_all_found() -> None:
    text = "Talks between the United States and Russia resumed."
    parsed, table = read(text)
    start = text.index("the United")
    found = table.actors_in(start, text.index(" resumed"))
    assert [table.get(a).name for a in found] == ["United States", "Russia"]
    assert parsed.text == text


def test_an_acronym_in_brackets_names_the_group_later() -> None:
    text = "The Northern Harbour Federation (NHF) met the employers. The NHF demanded more pay."
    assert who(text, "The NHF") == "Northern Harbour Federation"


def test_the_union_and_the_company_are_those_named_before() -> None:
    text = "The Dockers Union met Harbour Corp on Monday. The union asked for more. The company refused."
    assert who(text, "The union") == "Dockers Union"
    assert who(text, "The company") == "Harbour Corp"


def test_pronouns_go_to_persons_and_to_groups() -> None:
    text = "German Chancellor Angela Merkel met reporters. She said the plan was fair."
    assert who(text, "She") == "Angela Merkel"
    assert who("Russia said it would attend.", "it") == "Russia"


def test_i_and_we_are_left_alone() -> None:
    _, table = read('"We will attend and I will speak," said Norwegian Foreign Minister Kari Dahl.')
    assert not [m for m in table.mentions if m.form == "pronoun"]


def test_a_relative_pronoun_is_whom_it_describes() -> None:
    assert who("Russia, which rejected the draft, left.", "which") == "Russia"


def test_writers_of_the_report_are_no_actors() -> None:
    text = "Norway rejected the draft.\n\n(Reporting by John Miller in Oslo; Editing by Anna Brown)"
    assert [actor.name for actor in read(text)[1].actors] == ["Norway"]


def test_an_unnamed_source_is_an_actor_of_its_own() -> None:
    text = "A Western diplomatic source said no deal was near. The source gave no date."
    assert who(text, "A Western diplomatic source") == "Western diplomatic source"
    assert who(text, "The source") == "Western diplomatic source"


def test_a_text_without_actors_gives_an_empty_table() -> None:
    _, table = read("It rained.")
    assert table.actors == () and table.mentions == ()
    assert table.actor_at(0, 9) is None
    with pytest.raises(KeyError):
        table.get("a1")


def test_rebels_in_passing_divide_no_state() -> None:
    text = "Nigeria signed the accord. Rebels were seen near the border. Abuja promised aid."
    assert who(text, "Abuja") == "Nigeria"


def test_a_minister_with_no_state_is_of_the_one_at_hand() -> None:
    text = "Norway rejected the plan. Foreign Minister Kari Dahl gave no reason."
    assert party(text, "Kari Dahl") == "Norway"


def test_an_envoy_speaks_for_who_sends_him() -> None:
    assert party("U.N. Syria envoy Ann Lee said talks go on.", "Ann Lee") == "United Nations"
    assert party("Chief Yemeni opposition negotiator Omar Saleh said talks go on.", "Omar Saleh") == "Yemeni opposition"


def test_a_group_is_ranked_by_its_apposition() -> None:
    text = "The National Salvation Council, the main Yemeni opposition group, will attend."
    _, table = read(text)
    names = {actor.id: actor.name for actor in table.actors}
    council = next(actor for actor in table.actors if actor.name == "National Salvation Council")
    assert council.of is not None and names[council.of] == "Yemeni opposition"


def test_a_group_known_only_by_a_title_is_a_party() -> None:
    text = "Teamsters president James Holm said the depot must raise pay."
    assert party(text, "James Holm") == "Teamsters"


def test_the_fighters_of_an_armed_group_are_the_group() -> None:
    assert who("Boko Haram militants left the town.", "Boko Haram militants") == "Boko Haram"


def test_a_name_at_the_very_end_after_a_dash_is_no_error() -> None:
    assert {actor.name for actor in resolve(parse("Russia MOSCOW -")).actors} == {"Russia"}


@pytest.mark.parametrize(
    ("text", "phrase", "name"),
    [
        ("Norsund (2317.OL) made an offer.", "Norsund", "Norsund"),
        ("Arkell Partners LLC and Norway agreed. Arkell Partners paid.", "Arkell Partners", "Arkell Partners LLC"),
        ("Norway rejected Norsund's bid. The firm hit back.", "Norsund", "Norsund"),
        ("The Justice Department sued on Monday.", "The Justice Department", "Justice Department"),
    ],
)
def test_firms_and_organs_are_actors_of_their_own(text: str, phrase: str, name: str) -> None:
    assert who(text, phrase) == name


def test_a_firm_of_a_country_is_not_the_country() -> None:
    assert who("Norway's Norsund offered a merger on Monday.", "Norway's Norsund") == "Norsund"


def test_an_organ_speaks_for_its_state() -> None:
    _, table = read("The Justice Department sued on Monday.")
    organ = next(actor for actor in table.actors if actor.name == "Justice Department")
    assert [table.get(one).name for one in table.chain(organ.id)] == ["Justice Department", "United States"]


@pytest.mark.parametrize(
    "text",
    [
        "The Farmers' Union is on strike. Its leader, Petra Miko, said the crews would return.",
        "The Farmers' Union is on strike. Its deputy leader Petra Miko said the crews would return.",
        "The Farmers' Union is on strike. The crews would return, union leader Petra Miko said.",
    ],
)
def test_whose_title_a_pronoun_possesses_speaks_for_what_it_stands_for(text: str) -> None:
    assert party(text, "Petra Miko") == "Farmers' Union"
