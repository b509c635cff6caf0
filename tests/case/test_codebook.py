"""Concepts: near issues share one, people rename, merge and move, and a codebook is carried to another case."""

from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from standoff.case import codebook, merging
from standoff.case.codebook_file import from_yaml, to_yaml
from standoff.case.embedding import SIZE, encode
from standoff.case.state import snapshot
from standoff.case.store import Case, create
from standoff.errors import StandoffError

ISSUES = (
    "release all detainees", "the release of prisoners and detainees", "a pay rise of five per cent",
    "raise pay by eight per cent", "open the airport",
)  # fmt: skip


@pytest.fixture
def coded(case: Case, ledger: Any, putting: Any) -> Case:
    for number, issue in enumerate(ISSUES, 1):
        text = f"In report {number} the union demands that they {issue} at once."
        putting(
            case,
            ledger(f"r{number}", text, f"2024-05-0{number}", [("Union", "union")], (), [("Union", "demand", issue)]),
        )
    codebook.code(case)
    return case


def concepts(case: Case) -> list[str | None]:
    return [position.concept for position in snapshot(case).positions]


def test_a_vector_depends_on_its_text_alone_and_has_length_one() -> None:
    one, many = encode(["open the airport"])[0], encode(["x", "open the airport", "y " * 300])
    assert one.shape == (SIZE,) and (one == many[1]).all()
    assert abs(float(one @ one) - 1) < 1e-5
    assert not encode([""]).any()


def test_near_issues_share_a_concept_named_by_words_of_its_own(coded: Case) -> None:
    a, b, c, d, e = concepts(coded)
    assert a == b and c == d and len({a, c, e}) == 3
    assert snapshot(coded).concept_by_id[a or ""].name in ISSUES[:2]
    assert codebook.code(coded) == 0


def test_a_later_issue_joins_the_concept_it_is_near_to(coded: Case, ledger: Any, putting: Any) -> None:
    text = "The committee insists that they free the detainees first."
    putting(coded, ledger("later", text, None, [("C", "other")], (), [("C", "demand", "free the detainees")]))
    codebook.code(coded)
    assert concepts(coded)[-1] == concepts(coded)[0]


def test_people_have_the_last_word_on_concepts(coded: Case) -> None:
    a, _, c, _, e = concepts(coded)
    merging.rename(coded, a or "", "release of detainees", "ana")
    codebook.describe(coded, a or "", "anybody held for politics", "ana")
    merging.merge(coded, c or "", [e or ""], "ana")
    new = codebook.move(coded, ["e2"], "prisoners", "ana")
    codebook.contradict(coded, a or "", c or "", True, "ana")
    state = snapshot(coded)
    assert [p.concept for p in state.positions] == [a, new, c, c, c]
    concept = state.concept_by_id[a or ""]
    assert (concept.name, concept.description, concept.contradicts) == (
        "release of detainees", "anybody held for politics", (c,),
    )  # fmt: skip
    codebook.contradict(coded, c or "", a or "", False, "ana")
    assert snapshot(coded).concept_by_id[a or ""].contradicts == ()
    assert codebook.move(coded, ["e2"], "Prisoners", "ana") == new


def test_a_side_of_a_precondition_is_moved_by_its_name(port: Case) -> None:
    new = codebook.move(port, ["e4.requirement"], "end of the strike", "ana")
    condition = snapshot(port).preconditions[0]
    assert (condition.requirement_concept, condition.gate_concept) == (new, None)
    for written, cause in (("e4", "name a position"), ("e1", "a statement"), ("e4.side", "name a position")):
        with pytest.raises(StandoffError, match=cause):
            codebook.move(port, [written], new, "ana")


def test_a_codebook_goes_to_another_case_and_codes_there(
    coded: Case, ledger: Any, putting: Any, tmp_path: Path
) -> None:
    a = concepts(coded)[0]
    merging.rename(coded, a or "", "people in custody", "ana")
    written = to_yaml(snapshot(coded))
    with create(tmp_path / "other.standoff", by="ana") as other:
        from_yaml(other, written, "book.yaml", "ana")
        text = "He asked them to set the detainees free."
        putting(other, ledger("x", text, None, [("He", "other")], (), [("He", "demand", "set the detainees free")]))
        codebook.code(other)
        state = snapshot(other)
        assert state.concept_by_id[state.positions[0].concept or ""].name == "people in custody"
        again = from_yaml(other, written, "book.yaml", "ana")
        assert len(again) == len(set(again)) == len(snapshot(coded).concepts)


@pytest.mark.parametrize(
    ("text", "cause"),
    [
        ("a: [", "no YAML"),
        ("format: other/1\nconcepts: []", "no standoff-codebook/1"),
        ("format: standoff-codebook/1\nconcepts: [{description: x}]", "concept 1 has no name"),
        ("format: standoff-codebook/1\nconcepts: [{name: x, examples: y}]", "examples of 'x' is no list"),
        ("format: standoff-codebook/1\nconcepts: [{name: x, contradicts: [y]}]", "not in the codebook"),
    ],
)
def test_a_wrong_codebook_is_told_and_nothing_taken_over(case: Case, text: str, cause: str) -> None:
    before = case.version()
    with pytest.raises(StandoffError, match=cause):
        from_yaml(case, text, "book.yaml", "ana")
    assert case.version() == before


names = st.text(st.characters(codec="utf-8", exclude_categories=("Cs", "Cc")), min_size=1, max_size=12).map(str.strip)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(st.tuples(names.filter(bool), names), min_size=1, max_size=5, unique_by=lambda pair: pair[0].casefold())
)
def test_a_codebook_comes_back_as_it_was_written(tmp_path_factory: pytest.TempPathFactory, items: list[Any]) -> None:
    items = [(name, text) for name, text in items if not (name[0] == "C" and name[1:].isdecimal())]
    folder = tmp_path_factory.mktemp("book")
    with create(folder / "a.standoff", by="ana") as one, create(folder / "b.standoff", "a", by="ana") as other:
        for name, text in items:
            with one.action("ana", "make") as action:
                id_ = codebook.named(action, name)
            codebook.describe(one, id_, text, "ana")
        written = to_yaml(snapshot(one))
        from_yaml(other, written, "book.yaml", "ana")
        assert to_yaml(snapshot(other)) == written
