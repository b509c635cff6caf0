"""Attributions of PolNeAR's development part go in; tables by role, kind, publisher, length and confidence come out.

Called by bench/evaluate.py, which writes the tables into docs/quality-statements.md. Matches are those of the scorer
(`eval/score_attribution.py` of the shared folder): content tokens overlap by half and a source token is shared.
"""

import importlib.util
from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType
from typing import Any

from standoff.reading.layout import laid_out
from standoff.reading.statements import Attribution, read_attributions
from standoff.reading.statements.quotation import Quoted

BINS = 10
CONTENT_LENGTHS = ((1, 5), (6, 15), (16, 30), (31, 60), (61, 10_000))  # tokens of the content
REPORT_LENGTHS = ((1, 500), (501, 800), (801, 1200), (1201, 100_000))  # words of the report
# From reference/attribution/README.md of the shared folder; its systems' output is not there, so that only these
# figures can stand beside ours. F1 on the development part: source, cue, content tokens, attribution.
BASELINES = (
    ("BBC Citron, retrained on train", None, None, 0.723, 0.530),
    ("CRF on surface features", 0.529, 0.415, 0.757, 0.397),
    ("MiniLM-L6 probe, 3 epochs, untuned", 0.846, 0.727, 0.902, 0.677),
    ("the same, ONNX int8", 0.847, 0.726, 0.903, 0.679),
)
PEOPLE = ("annotators among each other (16 train reports)", 0.806, 0.698, 0.912, 0.753)


@dataclass(frozen=True)
class Judged:
    """One gold or system attribution and whether it has its match. `confidence`: of the system's, None from a rule."""

    document: str
    words: int
    kind: str
    tokens: int
    matched: bool
    confidence: float | None = None


@dataclass(frozen=True)
class Judgement:
    """All gold and all system attributions of the development part."""

    gold: tuple[Judged, ...]
    system: tuple[Judged, ...]


def load_scorer(shared: Path) -> ModuleType:
    """The attribution scorer as a module."""
    spec = importlib.util.spec_from_file_location("score_attribution", shared / "eval" / "score_attribution.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def read_dev(shared: Path) -> dict[str, tuple[str, tuple[Attribution, ...]]]:
    """The attributions of each text of PolNeAR's development part, as `standoff read` finds them before nesting."""
    found = {}
    for path in sorted((shared / "corpus" / "polnear" / "dev" / "text").glob("*.txt")):
        text = path.read_bytes().decode("utf-8")
        found[path.stem] = (text, laid_out(text, read_attributions(text)))
    return found


def judge(shared: Path, read: dict[str, tuple[str, tuple[Attribution, ...]]]) -> Judgement:
    """Match system and gold attributions, report by report."""
    scorer = load_scorer(shared)
    gold_judged: list[Judged] = []
    system_judged: list[Judged] = []
    for document, (_, path) in scorer.gold_files(shared / "corpus" / "polnear" / "dev").items():
        text, attributions = read[document]
        tokens, quoted, words = scorer.Tokens(text), Quoted(text), len(text.split())
        spans = [a for a in scorer.parse_ann(path.read_bytes().decode("utf-8")) if a["content"]]
        gold = scorer.to_tokens(spans, tokens, document)
        system = scorer.to_tokens([as_spans(a) for a in attributions], tokens, document)
        pairs = scorer.match(gold, system, True)
        of_gold, of_system = {g for g, _ in pairs}, {s for _, s in pairs}
        for k, item in enumerate(spans):
            kind = quoted.kind(tuple(sorted(item["content"])), tuple(item["cue"]))
            gold_judged.append(Judged(document, words, kind, len(gold[k]["content"]), k in of_gold))
        for k, attribution in enumerate(attributions):
            size = len(system[k]["content"])
            system_judged.append(
                Judged(document, words, attribution.kind, size, k in of_system, attribution.confidence)
            )
    return Judgement(tuple(gold_judged), tuple(system_judged))


def as_spans(attribution: Attribution) -> dict[str, Any]:
    """An attribution in the form that the scorer takes."""
    return {"source": attribution.source, "cue": attribution.cue, "content": attribution.content}


def roles_table(scores: dict[str, dict[str, float]]) -> list[str]:
    """Our figures for each role, then those of the baselines."""
    rows = ["| measure | P | R | F1 |", "|---|---|---|---|"]
    rows += [f"| {name} | {r['p']:.3f} | {r['r']:.3f} | {r['f1']:.3f} |" for name, r in scores.items()]
    names = ("token source", "token cue", "token content", "attribution")
    own = " | ".join(f"**{scores[name]['f1']:.3f}**" for name in names)
    rows += ["", "F1 beside what the shared folder's README records for others:", ""]
    rows += ["| system | source tokens | cue tokens | content tokens | attribution |", "|---|---|---|---|---|"]
    rows += [_figures_row(*row) for row in BASELINES]
    return [*rows, f"| Standoff | {own} |", _figures_row(*PEOPLE)]


def _figures_row(name: str, *figures: float | None) -> str:
    return f"| {name} | {' | '.join('–' if figure is None else f'{figure:.3f}' for figure in figures)} |"


Class = tuple[str, Callable[[Judged], bool]]  # its name, and what belongs to it


def class_table(judgement: Judgement, heading: str, classes: Iterable[Class]) -> list[str]:
    """Precision over the system's, recall over gold's attributions of each class."""
    rows = [f"| {heading} | gold | read | P | R | F1 |", "|---|---|---|---|---|---|"]
    for name, belongs in classes:
        gold = [item.matched for item in judgement.gold if belongs(item)]
        system = [item.matched for item in judgement.system if belongs(item)]
        p, r = sum(system) / max(1, len(system)), sum(gold) / max(1, len(gold))
        f1 = 2 * p * r / (p + r) if p + r else 0.0
        rows.append(f"| {name} | {len(gold)} | {len(system)} | {p:.3f} | {r:.3f} | {f1:.3f} |")
    return rows


def reliability_table(judgement: Judgement) -> list[str]:
    """Stated confidence against the share that is right, in ten bins of equal width, and the expected error."""
    bins: dict[int, list[Judged]] = defaultdict(list)
    for item in judgement.system:
        if item.confidence is not None:
            bins[min(BINS - 1, int(item.confidence * BINS))].append(item)
    rows = ["| confidence | statements | mean confidence | right |", "|---|---|---|---|"]
    gap = number = 0.0
    for place in range(BINS):
        inside = bins[place]
        label = f"| {place / BINS:.1f}–{(place + 1) / BINS:.1f} | {len(inside)} "
        if not inside:
            rows.append(label + "| – | – |")
            continue
        mean = sum(item.confidence or 0.0 for item in inside) / len(inside)
        right = sum(item.matched for item in inside) / len(inside)
        gap += abs(mean - right) * len(inside)
        number += len(inside)
        rows.append(f"{label}| {mean:.3f} | {right:.3f} |")
    without = sum(item.confidence is None for item in judgement.system)
    error = gap / max(1.0, number)
    return [*rows, "", f"Expected calibration error {error:.3f}. Statements by rules carry no confidence: {without}."]


def pages(shared: Path, read: dict[str, tuple[str, tuple[Attribution, ...]]], scores: dict[str, Any]) -> list[str]:
    """All tables, as lines of Markdown."""
    judgement = judge(shared, read)
    publishers = sorted({item.document.split("_")[0] for item in judgement.gold})
    kinds: list[Class] = [(k, lambda item, k=k: item.kind == k) for k in ("direct", "mixed", "indirect")]
    papers: list[Class] = [(p, lambda item, p=p: item.document.startswith(f"{p}_")) for p in publishers]
    contents: list[Class] = [(_range(a, b), lambda item, a=a, b=b: a <= item.tokens <= b) for a, b in CONTENT_LENGTHS]
    reports: list[Class] = [(_range(a, b), lambda item, a=a, b=b: a <= item.words <= b) for a, b in REPORT_LENGTHS]
    return [
        "### By role", "", *roles_table(scores),
        "", "### Direct, mixed and indirect speech", "",
        *class_table(judgement, "kind", kinds),
        "", "### By publisher", "", *class_table(judgement, "publisher", papers),
        "", "### By length of what is said", "", *class_table(judgement, "tokens", contents),
        "", "### By length of the report", "", *class_table(judgement, "words", reports),
        "", "### Is a stated confidence true?", "", *reliability_table(judgement),
    ]  # fmt: skip


def _range(first: int, last: int) -> str:
    return f"{first}–{last}" if last < 10_000 else f"over {first - 1}"
