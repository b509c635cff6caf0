"""The user's own actors file."""

from pathlib import Path

import pytest

from standoff.actors import KnownActor, load_known, resolve
from standoff.errors import InputError
from standoff.language import parse

GOOD = """
- name: Harbour Workers
  kind: union
  aliases: [dock crews, HW]
- name: Ann Lee
  kind: person
  of: Harbour Workers
"""


def test_known_actors_are_found_by_their_aliases(tmp_path: Path) -> None:
    path = tmp_path / "actors.yaml"
    path.write_text(GOOD, encoding="utf-8")
    known = load_known(path)
    assert known[0] == KnownActor("Harbour Workers", "union", ("dock crews", "HW"))
    table = resolve(parse("HW rejected the offer, Lee said. Ann Lee spoke on Monday."), known)
    names = {actor.name: actor for actor in table.actors}
    assert names["Harbour Workers"].kind == "union"
    assert names["Ann Lee"].of == names["Harbour Workers"].id
    assert table.party_of(names["Ann Lee"].id) == names["Harbour Workers"].id


def test_a_known_person_without_mention_of_the_party_brings_it_along() -> None:
    known = (KnownActor("Ann Lee", "person", (), "Harbour Workers"),)
    table = resolve(parse("Ann Lee spoke on Monday."), known)
    assert [actor.name for actor in table.actors] == ["Ann Lee", "Harbour Workers"]


def test_a_lower_case_alias_is_found() -> None:
    known = (KnownActor("Harbour Workers", "union", ("dock crews",)),)
    table = resolve(parse("Yesterday the dock crews walked out."), known)
    assert [actor.name for actor in table.actors] == ["Harbour Workers"]


def test_of_may_be_an_alias() -> None:
    known = (KnownActor("Ann Lee", "person", (), "the U.S."),)
    table = resolve(parse("Ann Lee spoke on Monday."), known)
    assert [actor.name for actor in table.actors] == ["Ann Lee", "United States"]


@pytest.mark.parametrize(
    ("content", "cause"),
    [
        ("- kind: union", "has no name"),
        ("- name: X\n  kind: gang", "kind 'gang' is none of"),
        ("- name: X\n  alias: Y", "unknown field 'alias'"),
        ("- name: X\n  aliases: Y", "aliases is no list"),
        ("- name: X\n  of: 7", "of is no text"),
        ("just words", "no list of actors"),
        ("- just words", "is no mapping"),
        ("a: [", "no YAML"),
    ],
)
def test_a_wrong_file_is_named_with_the_cause(tmp_path: Path, content: str, cause: str) -> None:
    path = tmp_path / "actors.yaml"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(InputError) as error:
        load_known(path)
    assert str(path) in str(error.value) and cause in str(error.value)
    assert "\n" not in str(error.value)


def test_a_missing_and_a_binary_file_are_named(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="No such file"):
        load_known(tmp_path / "none.yaml")
    path = tmp_path / "actors.yaml"
    path.write_bytes(b"\xff\xfe\x00x")
    with pytest.raises(InputError, match=r"actors\.yaml"):
        load_known(path)
