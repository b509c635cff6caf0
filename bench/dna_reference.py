"""Check every case of a folder of DNA's answers; print agreeing, differing and not-target counts per group.

    python bench/dna_reference.py ../shared/reference/dna

The folder holds `data/*.dna` and `<group>.json` files as its README describes. This program knows no answer itself:
it runs each call and compares. A case agrees if every compared number is within 1e-9 (relative) and every label, date
and count is the same. Exit code 1 if a case differs.
"""

from __future__ import annotations

import argparse
import json
import math
import re
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np

from standoff.analysis.networks import phases, polarisation
from standoff.analysis.networks.backbone import Losses, nested
from standoff.analysis.networks.coded import entity_table
from standoff.analysis.networks.dna import DnaResult, as_request, compute, dna_bar_plot
from standoff.analysis.networks.dna_call import DnaCall, from_json, settled
from standoff.analysis.networks.dna_files import export
from standoff.analysis.networks.dna_more import polarisation_networks
from standoff.analysis.networks.network import Network, day
from standoff.case.exchange.dna import DnaFile, read_dna
from standoff.errors import StandoffError

TOLERANCE = 1e-9
Case = dict[str, Any]


def differences(mine: Any, theirs: Any, where: str = "") -> Iterator[str]:
    """First-to-last differences between two JSON-like values; numbers with tolerance."""
    if isinstance(theirs, dict):
        for key, value in theirs.items():
            if not isinstance(mine, dict) or key not in mine:
                yield f"{where}.{key}: missing"
            else:
                yield from differences(mine[key], value, f"{where}.{key}")
    elif isinstance(theirs, list):
        if not isinstance(mine, list) or len(mine) != len(theirs):
            yield f"{where}: {len(mine) if isinstance(mine, list) else mine!r} items, DNA {len(theirs)}"
            return
        for place, (one, other) in enumerate(zip(mine, theirs, strict=True)):
            yield from differences(one, other, f"{where}[{place}]")
    elif not equal(mine, theirs):
        yield f"{where}: {mine!r}, DNA {theirs!r}"


def equal(mine: Any, theirs: Any) -> bool:
    if theirs in ("NaN", "Infinity", "-Infinity") and isinstance(mine, float):
        wanted = float(theirs.replace("Infinity", "inf"))
        return mine == wanted or (math.isnan(mine) and math.isnan(wanted))
    numbers = isinstance(mine, int | float) and isinstance(theirs, int | float)
    if numbers and not isinstance(mine, bool) and not isinstance(theirs, bool):
        return abs(mine - theirs) <= TOLERANCE * max(1.0, abs(mine), abs(theirs))
    return bool(mine == theirs)


def plain(network: Network) -> Case:
    return {
        "start": day(network.start), "stop": day(network.stop), "middle": day(network.middle),
        "numStatements": network.statements, "rows": network.rows.tolist(), "cols": network.cols.tolist(),
        "matrix": network.matrix.tolist(),
    }  # fmt: skip


def wanted_network(theirs: Case) -> Case:
    keys = ("middle", "numStatements") if theirs.get("random") else (
        "start", "stop", "middle", "numStatements", "rows", "cols", "matrix",
    )  # fmt: skip
    return {key: theirs[key] for key in keys if key in theirs}


def effective(call: DnaCall) -> Case:
    return {
        "networkType": call.network_type, "variable1": call.variable1, "variable2": call.variable2,
        "qualifier": call.qualifier, "qualifierAggregation": call.aggregation, "normalization": call.normalization,
        "duplicates": call.duplicates, "timeWindow": call.time_window, "windowSize": call.window_size,
        "variable1Document": call.variable1_document, "variable2Document": call.variable2_document,
        "qualifierDocument": call.qualifier_document,
    }  # fmt: skip


def networks(file: DnaFile, call: DnaCall, case: Case) -> Iterator[str]:
    yield from network_differences(compute(file, call), case)


def to_one(result: DnaResult) -> Iterator[Network]:
    for network in result.networks:
        yield replace(network, matrix=phases.to_one(network.matrix[None])[0])


def network_differences(result: DnaResult, case: Case) -> Iterator[str]:
    yield from differences(effective(result.call), case["effective"], "effective")
    yield from differences(result.kept.kept.ids.tolist(), case["filteredStatementIds"], "filteredStatementIds")
    yield from differences(len(result.kept.original), case["numOriginalStatements"], "numOriginalStatements")
    if "events" in case:
        yield from differences(result.events.to_dict("records"), case["events"], "events")  # type: ignore[union-attr]
    elif "windows" in case:
        yield from differences([plain(n) for n in result.networks], [wanted_network(w) for w in case["windows"]], "w")
    else:
        yield from differences(plain(result.networks[0]), wanted_network(case), "network")


def time_window(file: DnaFile, call: DnaCall, case: Case) -> Iterator[str]:
    result = compute(file, call)
    if case["call"].get("normalizeToOne", True):
        result = replace(result, networks=list(to_one(result)))
    yield from network_differences(result, case)
    matrices = np.array([n.matrix for n in result.networks])
    yield from differences(phases.absolute_difference(matrices).tolist(), case["distanceAbsdiff"], "absdiff")
    if "distanceSpectral" in case:
        yield from differences(phases.dna_spectral(matrices).tolist(), case["distanceSpectral"], "spectral")


def bar_plot(file: DnaFile, call: DnaCall, case: Case) -> Iterator[str]:
    table = dna_bar_plot(file, call)
    yield from differences(table.index.tolist(), case["rows"], "rows")
    yield from differences(table.columns.tolist(), case["cols"], "cols")
    yield from differences(table.to_numpy().tolist(), case["matrix"], "matrix")
    entities = entities_of(file, call).set_index("value").rename(columns={"color": "Color"})
    names = ["Color", *sorted(entities.columns.drop(["ID", "Color"]))]
    yield from differences(names, case["attributeVariables"], "attributeVariables")
    yield from differences(entities.loc[table.index, names].to_numpy().tolist(), case["attributes"], "attributes")


def entities_of(file: DnaFile, call: DnaCall) -> Any:
    variables = file.variables(call.statement_type)
    return entity_table(file, int(variables.loc[variables["Variable"] == call.variable1, "ID"].iloc[0]))


def losses(file: DnaFile, call: DnaCall, penalty: float) -> Losses:
    from standoff.analysis.networks.coded import from_dna

    call, _ = settled(replace(call, isolates=False), file.variables(call.statement_type))
    return Losses(from_dna(file, call.statement_type), as_request(call, file), penalty, "dna")


def backbone_evaluate(file: DnaFile, call: DnaCall, case: Case) -> Iterator[str]:
    found = losses(file, call, case["call"]["p"])
    chosen = found.codes(case["call"]["backboneEntities"])
    rest = np.setdiff1d(np.arange(len(found.entities)), chosen)
    yield from differences(found.entities, case["allEntities"], "allEntities")
    yield from differences(found(chosen), case["backboneLoss"], "backboneLoss")
    yield from differences(found(rest), case["redundantLoss"], "redundantLoss")
    full = case["fullMatrixAfterNegativesZeroed"]["matrix"]
    yield from differences(found.full.tolist(), full, "fullMatrix")
    yield from differences(phases.dna_spectrum(found.full).tolist(), case["eigenvaluesFull"], "eigenvaluesFull")


def backbone_nested(file: DnaFile, call: DnaCall, case: Case) -> Iterator[str]:
    found = nested(losses(file, call, 0.0))
    for key, values in {
        "iteration": [step.iteration for step in found], "entity": [step.entity for step in found],
        "backboneLoss": [step.loss for step in found], "redundantLoss": [step.redundant_loss for step in found],
        "numStatements": [step.statements for step in found],
    }.items():  # fmt: skip
        yield from differences(values, case[key], key)


def polarization(file: DnaFile, call: DnaCall, case: Case) -> Iterator[str]:
    pairs = polarisation_networks(file, call)
    if len(pairs) != len(case["steps"]):
        yield f"{len(pairs)} steps, DNA {len(case['steps'])}"
        return
    groups = case["call"]["numClusters"]
    for place, ((congruence, conflict), step) in enumerate(zip(pairs, case["steps"], strict=True)):
        yield from differences(plain(congruence), wanted_network(step["congruence"]), f"[{place}].congruence")
        yield from differences(plain(conflict), wanted_network(step["conflict"]), f"[{place}].conflict")
        yield from scores(congruence.matrix, conflict.matrix, step.get("scores", []), groups, f"[{place}]")
        if "exhaustiveBestBalanced" in step:
            best, camp = polarisation.dna_best_split(congruence.matrix, conflict.matrix)
            if case["call"]["normalizeScores"]:
                best = polarisation.dna_score(congruence.matrix, conflict.matrix, camp, groups)[1]
            yield from differences(best, step["exhaustiveBestBalanced"], f"[{place}].exhaustiveBestBalanced")


def scores(congruence: Any, conflict: Any, theirs: list[Case], groups: int, where: str) -> Iterator[str]:
    for score in theirs:
        q, normalized = polarisation.dna_score(congruence, conflict, np.array(score["memberships"]), groups)
        yield from differences({"q": q, "qNormalized": normalized}, {k: score[k] for k in ("q", "qNormalized")}, where)


def quality(file: DnaFile, call: DnaCall, case: Case) -> Iterator[str]:
    congruence, conflict = (np.array(case["call"][key], dtype=float) for key in ("congruence", "conflict"))
    yield from scores(congruence, conflict, case["scores"], case["call"]["numClusters"], "quality")


def attributes(file: DnaFile, call: DnaCall, case: Case) -> Iterator[str]:
    table = entities_of(file, call)
    yield from differences(table.columns.tolist(), case["cols"], "cols")
    yield from differences(table.to_numpy().tolist(), case["data"], "data")


def variables(file: DnaFile, call: DnaCall, case: Case) -> Iterator[str]:
    yield from differences(file.variables(call.statement_type).to_numpy().tolist(), case["variables"], "variables")


COORDINATES = re.compile(r' [xy]="[^"]*"')


def exported(file: DnaFile, call: DnaCall, case: Case) -> Iterator[str]:
    mine = export(file, call, case["call"]["fileFormat"])
    if set(mine) != set(case["files"]):
        yield f"files {sorted(mine)}, DNA {sorted(case['files'])}"
        return
    for name, theirs in case["files"].items():
        for number, (one, other) in enumerate(zip(mine[name].split("\n"), theirs.split("\n"), strict=False)):
            if COORDINATES.sub("", one) != COORDINATES.sub("", other):
                yield f"{name}:{number + 1}: {one!r}, DNA {other!r}"
        if mine[name].count("\n") != theirs.count("\n"):
            yield f"{name}: {mine[name].count(chr(10))} lines, DNA {theirs.count(chr(10))}"


CHECKS: dict[str, Callable[[DnaFile, DnaCall, Case], Iterator[str]]] = {
    "network": networks, "timewindow": time_window, "barplot": bar_plot, "backboneEvaluate": backbone_evaluate,
    "backboneNested": backbone_nested, "polarization": polarization, "quality": quality, "attributes": attributes,
    "variables": variables, "export": exported,
}  # fmt: skip


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--group", help="only this group")
    parser.add_argument("--show", type=int, default=3, help="differing cases to show per group (default 3)")
    options = parser.parse_args()
    groups = sorted(options.folder.glob("*.json"))
    if not groups:
        print(f"{options.folder}: no <group>.json files", file=sys.stderr)
        return 1
    load = cache(lambda name: read_dna(options.folder / "data" / name))
    total: Counter[str] = Counter()
    started = time.perf_counter()
    print(f"{'group':<24}{'agreeing':>10}{'differing':>11}{'not target':>12}")
    for path in groups:
        group = json.loads(path.read_text(encoding="utf-8"))
        if options.group not in (None, group["group"], path.stem):
            continue
        counts, shown = check_group(group, load, options.show)
        print(f"{group['group']:<24}{counts['agreeing']:>10}{counts['differing']:>11}{counts['not target']:>12}")
        for line in shown:
            print(f"    {line}")
        total += counts
    print(f"{'all':<24}{total['agreeing']:>10}{total['differing']:>11}{total['not target']:>12}")
    print(f"{time.perf_counter() - started:.1f} s")
    return 1 if total["differing"] else 0


def check_group(group: Case, load: Callable[[str], DnaFile], show: int) -> tuple[Counter[str], list[str]]:
    counts: Counter[str] = Counter()
    shown: list[str] = []
    for case in group["cases"]:
        if "error" in case or case.get("int_overflow"):
            counts["not target"] += 1
            continue
        call = from_json(case["call"], case.get("locale", "en_GB"), group.get("dna_version", "3.0.11.5"))
        try:
            found = list(CHECKS[case["op"]](load(case["call"]["database"]), call, case))
        except StandoffError as error:
            found = [f"StandoffError: {error}"]
        except Exception as error:  # a crash is a difference like any other; the run goes on
            found = [f"{type(error).__name__}: {error}"]
        counts["differing" if found else "agreeing"] += 1
        if found and counts["differing"] <= show:
            shown.append(f"{case['id']} ({case['op']}): {len(found)} differences; {'; '.join(found[:2])[:220]}")
    return counts, shown


if __name__ == "__main__":
    sys.exit(main())
