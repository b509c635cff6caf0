"""Agreement: known values of the literature, and what must hold of any coding."""

import random
import statistics

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from standoff.case import review
from standoff.case.agreement import Unit, aligned, alpha_nominal, alpha_units, kappa, matched, span_scores, trimmed
from standoff.case.coding import agreement, coders
from standoff.case.store import Case
from standoff.errors import CaseError


def test_alpha_for_labels_is_that_of_the_worked_example() -> None:
    """K. Krippendorff, Computing Krippendorff's alpha-reliability (2011), section C: 0.743."""
    rows = ("123321412...", "1233224125.3", ".3332342251.", "12332441251.")
    units = [[None if mark == "." else mark for mark in column] for column in zip(*rows, strict=True)]
    assert alpha_nominal(units) == pytest.approx(0.743, abs=0.0005)


def test_kappa_of_a_table_by_hand() -> None:
    pairs = [("a", "a")] * 20 + [("a", "b")] * 5 + [("b", "a")] * 10 + [("b", "b")] * 15
    assert kappa(pairs) == pytest.approx(0.4)  # (0.7 - 0.5) / (1 - 0.5)
    assert kappa([]) is None and kappa([("a", "a")]) is None


def brute_force_expected(lengths: list[int], gaps: list[int], length: int, count: int) -> float:
    """The expected disagreement of the 2004 paper, summed place by place instead of by its closed form."""
    total = 0.0
    for size in lengths:
        overlaps = sum(2 * shift**2 for shift in range(-size + 1, size))
        total += (len(lengths) - 1) / 2 * overlaps
        total += sum(size**2 for gap in gaps for _ in range(gap - size + 1))
    pairs = count * length * (count * length - 1) - sum(size * (size - 1) for size in lengths)
    return 2 / length * total / pairs


def test_alpha_for_units_by_hand() -> None:
    length = 50
    coding = [[(5, 15), (30, 36)], [(7, 15), (40, 44)]]
    # Units that overlap: 2 and 0 apart. Units in gaps of the other: (30, 36) in the gap (15, 40), (40, 44) in (36, 50).
    observed = 2 * (2**2 + 6**2 + 4**2) / (2 * length**2)
    expected = brute_force_expected([10, 6, 8, 4], [5, 15, 14, 7, 25, 6], length, 2)
    assert alpha_units(coding, length) == pytest.approx(1 - observed / expected)


def test_alpha_for_units_is_about_zero_for_coders_who_throw_dice() -> None:
    dice = random.Random(7)

    def thrown() -> list[tuple[int, int]]:
        starts = sorted(dice.sample(range(3000 - 25 * 13), 25))
        return [(start + 13 * number, start + 13 * number + 12) for number, start in enumerate(starts)]

    values = [alpha_units([thrown(), thrown()], 3000) or 0.0 for _ in range(60)]
    assert abs(statistics.mean(values)) < 0.05


spans = st.lists(st.tuples(st.integers(0, 40), st.integers(1, 10)).map(lambda p: (p[0], p[0] + p[1])), max_size=5)


@settings(deadline=None)
@given(spans, spans)
def test_alpha_for_units_is_one_for_the_same_coding_symmetric_and_never_more(a: list, b: list) -> None:  # type: ignore[type-arg]
    length = 60
    if a:
        assert alpha_units([a, a], length) == pytest.approx(1)
    value = alpha_units([a, b], length)
    assert (value is None) == (not a and not b)
    if value is not None:
        assert value <= 1 + 1e-9
        assert value == pytest.approx(alpha_units([b, a], length))


def test_units_are_matched_one_to_one_by_overlap() -> None:
    ours = [Unit(0, 10, "x"), Unit(20, 30, "y")]
    theirs = [Unit(21, 30, "z"), Unit(0, 4, "x"), Unit(50, 60, "x")]
    assert matched(ours, theirs) == [(1, 0)]
    assert matched([], theirs) == []
    assert aligned({"a": ours, "b": theirs}) == [["x", None], ["y", "z"], [None, "x"], [None, "x"]]


def test_edges_without_meaning_are_trimmed() -> None:
    text = "  “a pay rise”, he said"
    assert text[slice(*trimmed(text, (0, 15)))] == "a pay rise"
    assert trimmed("...", (0, 3)) == (0, 3)


def test_scores_of_nothing_are_not_defined() -> None:
    assert span_scores(0, 0, 0).f1 is None
    scores = span_scores(4, 2, 1)
    assert (scores.precision, scores.recall) == (0.25, 0.5)


def test_the_machine_is_a_coder_and_a_blind_coder_counts_only_what_he_entered(port: Case) -> None:
    with pytest.raises(CaseError, match="no report that"):
        agreement(port, ["machine", "ben"])
    values = {"evidence": "0-54", "holder": "Dockers' union", "act": "support", "issue": "a pay rise of five per cent"}
    review.add_by_hand(port, "asking", "position", values, "ben", blind=True)
    review.finish(port, ["asking", "refusing"], "ben", blind=True)
    assert coders(port) == {"machine": 3, "ben": 2}
    results = {result.kind: result for result in agreement(port, ["machine", "ben"])}
    positions = results["position"]
    assert (positions.reports, positions.units) == (2, (2, 1))
    assert (positions.precision, positions.recall, positions.f1_exact) == (0.5, 1.0, pytest.approx(2 / 3))
    assert positions.kappa == 0.0  # one unit in common, labelled differently
    assert results["statement"].recall is None and results["statement"].precision == 0.0


def test_who_reviews_openly_agrees_with_the_machine_but_for_what_he_changed(port: Case) -> None:
    review.reject(port, ["e3"], "ana")
    review.finish(port, ["asking", "refusing"], "ana")
    results = {result.kind: result for result in agreement(port, ["machine", "ana"])}
    assert results["position"].precision == 0.5 and results["position"].recall == 1.0
    assert results["precondition"].alpha_units == pytest.approx(1)
    assert results["statement"].alpha_labels is None  # one label only: no disagreement was possible
