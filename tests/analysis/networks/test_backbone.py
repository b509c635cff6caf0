"""Backbones: concepts that nobody shares cost nothing; searched backbones are as good as those found by trying all."""

import pandas as pd
import pytest

from standoff.analysis.networks import backbone as module
from standoff.analysis.networks.backbone import Losses, evaluate, fixed, nested, penalised
from standoff.analysis.networks.coded import CodedStatements, from_frame
from standoff.analysis.networks.request import Request
from standoff.errors import InputError

SAID = {"tax": "ABC", "toll": "ABC", "bridge": "AB", "quay": "BC", "crane": "A", "barge": "C"}


def coded() -> CodedStatements:
    """Who speaks of what; crane and barge tie nobody to anybody."""
    rows = [(n, who, concept, 1) for n, (concept, all_) in enumerate(SAID.items()) for who in all_]
    frame = pd.DataFrame(rows, columns=["time", "actor", "concept", "agreement"])
    return from_frame(frame, {"actor": "short text", "concept": "short text", "agreement": "boolean"})


def losses(penalty: float = 0.0, loss: str = "spectral") -> Losses:
    return Losses(coded(), Request(variable1="actor", aggregation="congruence"), penalty, loss)


def test_the_whole_set_loses_nothing_and_concepts_without_ties_cost_nothing() -> None:
    assert evaluate(losses(), SAID).loss == 0
    without = evaluate(losses(), ["tax", "toll", "bridge", "quay"])
    assert without.loss == pytest.approx(0) and without.redundant == ("barge", "crane")
    assert evaluate(losses(), ["tax"]).loss > 0


def test_a_nested_backbone_takes_out_every_concept_the_idle_ones_first() -> None:
    steps = nested(losses())
    assert {step.entity for step in steps[:2]} == {"crane", "barge"}
    assert sorted(step.entity for step in steps) == sorted(SAID)
    assert steps[-1].redundant_loss == pytest.approx(0)
    assert [step.iteration for step in steps] == list(range(1, 7))


def test_a_fixed_backbone_has_the_size_asked_for_and_no_worse_loss_than_any_other() -> None:
    best = fixed(losses(), 2)
    assert len(best.entities) == 2 and best.exact
    others = [evaluate(losses(), [one, other]).loss for one in SAID for other in SAID if one < other]
    assert best.loss == pytest.approx(min(others))


def test_a_higher_penalty_makes_a_smaller_backbone() -> None:
    sizes = [len(penalised(losses(penalty)).entities) for penalty in (0.5, 3.5, 20)]
    assert sizes == sorted(sizes, reverse=True)


def test_the_search_finds_what_trying_all_sets_finds(monkeypatch: pytest.MonkeyPatch) -> None:
    exact_fixed, exact_penalised = fixed(losses(), 3), penalised(losses(3.5))
    monkeypatch.setattr(module, "EXACT_UP_TO", 0)
    assert fixed(losses(), 3).loss == pytest.approx(exact_fixed.loss)
    searched = penalised(losses(3.5), seed=1)
    assert searched.loss == pytest.approx(exact_penalised.loss) and not searched.exact
    assert penalised(losses(3.5), seed=1) == searched


def test_what_has_no_backbone_is_refused() -> None:
    with pytest.raises(InputError, match="one-mode network"):
        Losses(coded(), Request("twomode", "actor"), 0)
    with pytest.raises(InputError, match="loss 'guess' unknown"):
        losses(loss="guess")
    with pytest.raises(InputError, match="'peace' is no entity"):
        evaluate(losses(), ["peace"])
    with pytest.raises(InputError, match="backbone size 7"):
        fixed(losses(), 7)
