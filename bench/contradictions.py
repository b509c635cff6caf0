"""How good the contradictions are: pairs labelled by hand and the reports they stand in go in, figures come out.

python bench/contradictions.py CASE                                     (bench/geneva.py makes one)
python bench/contradictions.py ../shared [--out build/contradictions]   (makes a case of each negotiation, minutes)
python bench/contradictions.py ../shared --by-hand [--out …]            (of the hand-made entries of bench/gold)

The labels (contradictions.tsv) are places, report:start-end of both sides, and whether the party goes against itself
there. Pairs of one `turn` are one contradiction told in several reports, and a case shows it once: recall counts turns.
A label whose words the reader has no entry of is the reader's miss, and counted apart. Pairs that are found without
having a label are printed, to be labelled; precision is that of the labelled ones.

contradictions-reports.tsv says which reports of the stream tell of which negotiation, by words of their titles; the
reports of the Geneva thread are in geneva.ids. A case that is there is not made again. With --by-hand it is told what
the rules do where no reader errs.
"""

from __future__ import annotations

import argparse
import csv
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import gold
from geneva import HERE, STREAM, case_of, reports_of, thread

from standoff.analysis.contradictions import Contradiction, contradictions
from standoff.analysis.positions import positions
from standoff.case.adding import connect, store
from standoff.case.readings import record_reading
from standoff.case.snapshot import Entry, Snapshot
from standoff.case.state import snapshot
from standoff.case.store import create
from standoff.case.store import open as open_case
from standoff.ledger import FORMAT, Ledger
from standoff.report import Report

SAME = 0.5
"""Share of the shorter evidence that two places have in common, from which they are one: readers cut evidence anew."""


@dataclass(frozen=True)
class Label:
    """A pair of places. `right`: the party goes against itself there; `turn`: the contradiction that it tells of."""

    first: str
    second: str
    right: bool
    turn: str
    part: str

    @property
    def reports(self) -> set[str]:
        """The reports of both sides."""
        return {_parts(self.first)[0], _parts(self.second)[0]}


def labels() -> list[Label]:
    """All labelled pairs."""
    with (HERE / "contradictions.tsv").open(encoding="utf-8", newline="") as stream:
        return [
            Label(row["first"], row["second"], row["goes_against_itself"] == "yes", row["turn"], row["part"])
            for row in csv.DictReader(stream, delimiter="\t")
        ]


def _parts(place: str) -> tuple[str, int, int]:
    report, span = place.rsplit(":", 1)
    start, end = map(int, span.split("-"))
    return report, start, end


def same_place(one: str, other: str) -> bool:
    """Whether two places are one, as far as readers of different versions cut it."""
    (report, a, b), (another, c, d) = _parts(one), _parts(other)
    return report == another and min(b, d) - max(a, c) >= SAME * min(b - a, d - c)


def is_pair(label: Label, pair: Contradiction) -> bool:
    """Whether a contradiction is the labelled pair, in either order."""
    places = (pair.first.citation.place, pair.second.citation.place)
    return any(
        same_place(label.first, a) and same_place(label.second, b) for a, b in (places, (places[1], places[0]))
    )


def has_entries(state: Snapshot, label: Label) -> bool:
    """Whether the reader has an entry of both sides of a label."""
    entries: list[Entry] = [*state.positions, *state.preconditions]
    places = [f"{e.report}:{e.evidence[0]}-{e.evidence[1]}" for e in entries if e.report in label.reports]
    return all(any(same_place(side, place) for place in places) for side in (label.first, label.second))


def cases(source: Path, out: Path) -> Iterable[tuple[str, Snapshot]]:
    """The cases to look at, by name."""
    if source.is_file():
        yield source.stem, _state(source)
        return
    out.mkdir(parents=True, exist_ok=True)
    wanted: dict[str, set[str]] = defaultdict(set)
    with (HERE / "contradictions-reports.tsv").open(encoding="utf-8", newline="") as stream:
        for row in csv.DictReader(stream, delimiter="\t"):
            wanted[row["negotiation"]].add(row["report"])
    yield "geneva", _made(thread(source), out / "geneva.standoff")
    for name, ids in wanted.items():
        yield name, _made(reports_of(source, ids), out / f"{name}.standoff")


def cases_by_hand(shared: Path, out: Path) -> Iterable[tuple[str, Snapshot]]:
    """A case of each negotiation of the hand-made ledgers, made anew."""
    out.mkdir(parents=True, exist_ok=True)
    with (HERE / "gold" / "negotiations.tsv").open(encoding="utf-8", newline="") as stream:
        about = {row["id"]: row["negotiation"] for row in csv.DictReader(stream, delimiter="\t")}
    packed = {
        one["id"]: (one, text)
        for folder in sorted((HERE / "gold").iterdir(), reverse=True)  # of two annotators the first one counts
        if folder.is_dir()
        for one, text in gold.with_texts(folder, shared / STREAM)
    }
    reports = {report.id: report for report in reports_of(shared, set(packed))}
    for name in sorted(set(about.values()) - {"none"}):
        path = out / f"{name.replace(' ', '-').replace(',', '')}.standoff"
        for old in path.parent.glob(f"{path.name}*"):
            old.unlink()
        ids = [id_ for id_ in sorted(packed) if about.get(id_) == name]
        with create(path, name, by="bench") as case:
            action = store(case, [reports[id_] for id_ in ids], "bench").action
            for id_ in ids:
                record_reading(case, _ledger(reports[id_], *packed[id_]), "by hand", action)
            connect(case)
            yield name, snapshot(case)


def _ledger(report: Report, packed: gold.Json, text: str) -> Ledger:
    data = gold.as_ledger(packed, text) | {"format": FORMAT, "document": report.to_json()}
    for actor in data["actors"]:
        actor["kind"] = packed["actors"][actor["name"]]["kind"]
    for kind in gold.SPANS:
        for number, entry in enumerate(data[kind], 1):
            entry["id"] = f"{kind}{number}"
    return Ledger.from_json(data)


def _made(reports: list[Report], path: Path) -> Snapshot:
    return _state(path) if path.exists() else case_of(reports, path)


def _state(path: Path) -> Snapshot:
    with open_case(path) as case:
        return snapshot(case)


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("source", type=Path, help="a case file, or the shared folder")
    parser.add_argument("--out", type=Path, default=Path("build") / "contradictions")
    parser.add_argument("--by-hand", action="store_true", help="of the entries of bench/gold, not of the reader's")
    args = parser.parse_args()
    looked_at = cases_by_hand(args.source, args.out / "by-hand") if args.by_hand else cases(args.source, args.out)
    known = labels()
    counted: dict[str, list[tuple[Label, bool, bool]]] = defaultdict(list)
    hits: dict[str, list[bool]] = defaultdict(list)
    unlabelled = total = shifts = 0
    for name, state in looked_at:
        found = contradictions(state)
        shifts += len(positions(state).shifts)
        inside = [label for label in known if label.reports <= set(state.source_by_id)]
        for pair in found:
            label = next((one for one in inside if is_pair(one, pair)), None)
            verdict = "no label" if label is None else "right" if label.right else "wrong"
            print(f"{verdict:<9}{name}: {pair.party_name} ({pair.kind}, {pair.between}): {pair.why}")
            print(f"         {pair.first.citation.place}\t{pair.second.citation.place}")
            total += 1
            unlabelled += label is None
            if label is not None:
                hits[label.part].append(label.right)
        counted_here = [(one, has_entries(state, one), any(is_pair(one, pair) for pair in found)) for one in inside]
        for row in counted_here:
            counted[row[0].part].append(row)
    met = {label.turn for rows in counted.values() for label, _, found in rows if label.right and found}
    for part in sorted(counted):
        _report(part, counted[part], hits[part], met)
    every = [row for rows in counted.values() for row in rows if row[0].right]
    turns, readable = {row[0].turn for row in every}, {row[0].turn for row in every if row[1]}
    right = sum(sum(some) for some in hits.values())
    print(
        f"all: {total} found, {right} of them right, {unlabelled} without a label; of {len(turns)} turns the reader "
        f"has entries of {len(readable)}, and {len(met & readable)} of these are found; {shifts} shifts"
    )


def _report(part: str, rows: list[tuple[Label, bool, bool]], hits: list[bool], met: set[str]) -> None:
    yes = [row for row in rows if row[0].right]
    turns = {label.turn for label, _, _ in yes}
    readable = {label.turn for label, there, _ in yes if there}
    print(
        f"{part}: {len(rows)} pairs labelled, {len(yes)} of them contradictions, of {len(turns)} turns; the reader has "
        f"entries of {sum(there for _, there, _ in rows)} pairs and of {len(readable)} turns"
    )
    share = f", precision {sum(hits) / len(hits):.2f}" if hits else ""
    print(f"   found {len(hits)}, {sum(hits)} of them right{share}; turns {len(met & readable)} of {len(readable)}")


if __name__ == "__main__":
    main()
