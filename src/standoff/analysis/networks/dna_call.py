"""Options in DNA's own words: a call in; what DNA would really use, its warnings, and a selection, out.

DNA never refuses an option: it warns and takes another. `settled` does the same, for scripts that come from there.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import Any

import pandas as pd

from standoff.analysis.networks.coded import DOCUMENT, DOCUMENT_VARIABLES
from standoff.analysis.networks.filters import Selection
from standoff.errors import InputError

FIRST_DATE, LAST_DATE = "01.01.1900", "31.12.2099"
"""DNA's defaults; they mean the date of the first and the last document."""

TIME_WINDOWS = ("no", "events", "seconds", "minutes", "hours", "days", "weeks", "months", "years")
KERNELS = ("no", "uniform", "gaussian", "triangular", "epanechnikov")
BOTH = "congruence & conflict"
AGGREGATIONS = {
    "twomode": ("ignore", "subtract", "combine"),
    "onemode": ("ignore", "subtract", "congruence", "conflict"),
    "eventlist": ("ignore",),
}
NORMALIZATIONS = {
    "twomode": ("no", "activity", "prominence"),
    "onemode": ("no", "average", "jaccard", "cosine"),
    "eventlist": ("no",),
}
DUPLICATES = ("include", "document", "week", "month", "year", "acrossrange")


@dataclass(frozen=True)
class DnaCall:
    """Options of DNA's exporter, under its names; `locale` is that of the Java machine (it decides on weeks)."""

    network_type: str = "onemode"
    statement_type: str = "DNA Statement"
    variable1: str | None = "organization"
    variable1_document: bool = False
    variable2: str | None = "concept"
    variable2_document: bool = False
    qualifier: str | None = "agreement"
    qualifier_document: bool = False
    aggregation: str = "ignore"
    normalization: str = "no"
    isolates: bool = False
    duplicates: str = "include"
    start_date: str = FIRST_DATE
    stop_date: str = LAST_DATE
    start_time: str = "00:00:00"
    stop_time: str = "23:59:59"
    time_window: str = "no"
    window_size: int = 100
    kernel: str = "no"
    indent: bool = True
    exclude_values: Mapping[str, list[str]] = field(default_factory=dict)
    exclude_documents: Mapping[str, list[str]] = field(default_factory=dict)
    invert_values: bool = False
    invert_documents: tuple[str, ...] = ()
    locale: str = "en_GB"
    version: str = "3.0.11.5"


def from_json(options: Mapping[str, Any], locale: str = "en_GB", version: str = "3.0.11.5") -> DnaCall:
    """A call from rDNA's camel-case options (`networkType`, `excludeAuthors` …)."""
    of_documents = {"author": "Authors", "source": "Sources", "section": "Sections", "type": "Types"}
    return DnaCall(
        network_type=options["networkType"],
        statement_type=options["statementType"],
        variable1=options["variable1"],
        variable1_document=options.get("variable1Document", False),
        variable2=options["variable2"],
        variable2_document=options.get("variable2Document", False),
        qualifier=options["qualifier"],
        qualifier_document=options.get("qualifierDocument", False),
        aggregation=options["qualifierAggregation"],
        normalization=options["normalization"],
        isolates=options["isolates"],
        duplicates=options["duplicates"],
        start_date=options["startDate"],
        stop_date=options["stopDate"],
        start_time=options["startTime"],
        stop_time=options["stopTime"],
        time_window=options["timeWindow"],
        window_size=options["windowSize"],
        kernel=options.get("kernel", "no"),
        indent=options.get("indentTime", True),
        exclude_values=options.get("excludeValues", {}),
        exclude_documents={name: options.get(f"exclude{key}", []) for name, key in of_documents.items()},
        invert_values=options.get("invertValues", False),
        invert_documents=tuple(name for name, key in of_documents.items() if options.get(f"invert{key}", False)),
        locale=locale,
        version=version,
    )


def settled(call: DnaCall, variables: pd.DataFrame) -> tuple[DnaCall, list[str]]:
    """What DNA would use instead of options that do not fit, and a warning for each.

    variables: those of the statement type (`DnaFile.variables`).
    """
    notes: list[str] = []
    kind = call.network_type.lower()
    if kind not in AGGREGATIONS:
        notes.append(f"network type {call.network_type!r} unknown: twomode is used")
        kind = "twomode"
    call = replace(call, network_type=kind)
    call = _variables(call, variables, notes)
    call = _qualifier(call, variables, notes)
    window = call.time_window.lower()
    if window not in TIME_WINDOWS or kind == "eventlist":
        if window != "no":
            notes.append(f"time window {call.time_window!r} does not fit: none is used")
        window = "no"
    size = call.window_size
    if window != "no" and size < 1:
        notes.append(f"window size {size} below 1: 1 is used")
        size = 1
    call = replace(call, time_window=window, window_size=size, aggregation=_aggregation(call, window, notes))
    normalization = call.normalization.lower()
    if normalization not in NORMALIZATIONS[kind]:
        notes.append(f"normalization {call.normalization!r} does not fit a {kind} network: none is used")
        normalization = "no"
    duplicates = call.duplicates.lower()
    if duplicates not in DUPLICATES:
        notes.append(f"duplicates {call.duplicates!r} unknown: they are included")
        duplicates = "include"
    kernel = call.kernel if call.kernel in KERNELS and window != "no" else "no"
    if kernel != "no":
        if size % 2:
            notes.append(f"window size {size} is odd; a kernel uses {size + 1}")
            call = replace(call, window_size=size + 1)
        if normalization not in ("no", "average"):
            usable = "average" if kind == "onemode" else "no"
            notes.append(f"normalization {call.normalization!r} does not fit a kernel: {usable} is used")
            normalization = usable
    return replace(call, normalization=normalization, duplicates=duplicates, kernel=kernel), notes


def _variables(call: DnaCall, variables: pd.DataFrame, notes: list[str]) -> DnaCall:
    texts = variables.loc[variables["DataType"] == "short text", "Variable"].tolist()
    document1 = call.variable1_document and call.variable1 in DOCUMENT_VARIABLES
    document2 = call.variable2_document and call.variable2 in DOCUMENT_VARIABLES
    first, second = call.variable1, call.variable2
    if call.variable1_document and not document1:
        notes.append(f"variable 1: {first!r} is no variable of the document")
    if call.variable2_document and not document2:
        notes.append(f"variable 2: {second!r} is no variable of the document")
    if not document1 and first not in texts:
        other = next((name for name in texts if name != second), None)
        notes.append(f"variable 1: no short text {first!r}; {other!r} is used")
        first = other
    if not document2 and second not in texts:
        other = next((name for name in texts if name != first), None)
        notes.append(f"variable 2: no short text {second!r}; {other!r} is used")
        second = other
    if first == second and document1 == document2:
        names = DOCUMENT_VARIABLES if document2 else texts
        other = next((name for name in names if name != first), None)
        notes.append(f"variable 2 is variable 1; {other!r} is used")
        second = other
    return replace(
        call, variable1=first, variable2=second, variable1_document=document1, variable2_document=document2
    )


def _qualifier(call: DnaCall, variables: pd.DataFrame, notes: list[str]) -> DnaCall:
    if call.qualifier is None:
        return replace(call, qualifier_document=False)
    document = call.qualifier_document and call.qualifier in DOCUMENT_VARIABLES
    known = document or (not call.qualifier_document and call.qualifier in set(variables["Variable"]))
    used = ((call.variable1, call.variable1_document), (call.variable2, call.variable2_document))
    if known and (call.qualifier, document) not in used:
        return replace(call, qualifier_document=document)
    notes.append(f"qualifier {call.qualifier!r} unknown, or a variable of the network: none is used")
    return replace(call, qualifier=None, qualifier_document=False, aggregation="ignore")


def _aggregation(call: DnaCall, window: str, notes: list[str]) -> str:
    wanted = call.aggregation.lower()
    if wanted == BOTH and call.network_type == "onemode" and window == "events" and call.qualifier is not None:
        return wanted
    if wanted in AGGREGATIONS[call.network_type] and (call.qualifier is not None or wanted == "ignore"):
        return wanted
    notes.append(f"qualifier aggregation {call.aggregation!r} does not fit: the qualifier is ignored")
    return "ignore"


def selection(call: DnaCall, variables: pd.DataFrame) -> Selection:
    """The statements that a call counts. Raises InputError for an exclusion of a variable that is not there."""
    known = set(variables["Variable"])
    exclude: dict[str, list[str]] = {}
    only: dict[str, list[str]] = {}
    for name, values in call.exclude_values.items():
        if name not in known:
            raise InputError(f"{name!r} is no variable of the statement type; its values cannot be excluded")
        (only if call.invert_values else exclude)[name] = list(values)
    for name, values in call.exclude_documents.items():
        if values:
            (only if name in call.invert_documents else exclude)[DOCUMENT + name] = list(values)
    return Selection(
        start=None if call.start_date == FIRST_DATE else seconds(call.start_date, call.start_time),
        stop=None if call.stop_date == LAST_DATE else seconds(call.stop_date, call.stop_time),
        exclude=exclude,
        only=only,
        duplicates=_duplicates(call),
    )


def _duplicates(call: DnaCall) -> str:
    if call.duplicates == "week":
        return "dna-week-us" if call.locale == "en_US" else "dna-week"
    return "dna-month" if call.duplicates == "month" else call.duplicates


def seconds(date: str, time: str) -> int:
    """Seconds since 1970 UTC of a date `dd.mm.yyyy` and a time `HH:MM:SS`. Raises InputError for impossible ones."""
    try:
        moment = datetime.strptime(f"{date} {time}", "%d.%m.%Y %H:%M:%S").replace(tzinfo=UTC)
    except ValueError as error:
        raise InputError(f"{date} {time}: no date of the form dd.mm.yyyy HH:MM:SS") from error
    return int(moment.timestamp())
