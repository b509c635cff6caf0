"""Small cases for the tests of drafting: what was said, one line per entry, as a snapshot of a case."""

from standoff.case.snapshot import Concept, Party, PositionEntry, PreconditionEntry, Snapshot, Source
from standoff.report import Report


def case(*lines: str, parties: str = "North South", contradicts: str = "", concepts: bool = True) -> Snapshot:
    """Each line is `DAY HOLDER ACT TOPIC [TARGET]` or `DAY HOLDER precondition GATE REQUIREMENT`; every line is
    a report of its own. `contradicts`: `A/B` pairs. Without `concepts` the topics are only words."""
    sources, positions, preconditions = [], [], []
    names = []
    for number, line in enumerate(lines):
        day, holder, act, topic, *rest = line.split()
        report = Report(id=f"r{number}", text=line)
        sources.append(Source(report, report.id, 1.0, True, day))
        start = line.index(f" {topic}", len(f"{day} {holder} {act}")) + 1
        names.append(topic)
        shared = {"id": f"e{number}", "report": report.id, "date": day, "evidence": (0, len(line)), "holder": holder}
        if act == "precondition":
            after = start + len(topic) + 1
            names.append(rest[0])
            preconditions.append(
                PreconditionEntry(
                    **shared, gate=(start, start + len(topic)), requirement=(after, after + len(rest[0])),
                    gate_concept=topic if concepts else None, requirement_concept=rest[0] if concepts else None,
                )
            )  # fmt: skip
        else:
            positions.append(
                PositionEntry(
                    **shared, act=act, issue=(start, start + len(topic)), target=rest[0] if rest else None,
                    concept=topic if concepts else None,
                )
            )  # fmt: skip
    against: dict[str, list[str]] = {}
    for pair in contradicts.split():
        one, other = pair.split("/")
        against.setdefault(one, []).append(other)
    return Snapshot(
        "Small",
        tuple(sources),
        tuple(Party(name, name, "state") for name in parties.split()),
        tuple(
            Concept(name, name, "", tuple(against.get(name, ()))) for name in dict.fromkeys(names if concepts else ())
        ),
        positions=tuple(positions),
        preconditions=tuple(preconditions),
    )
