"""Coded statements as columns: a `.dna` file comes in, one table of statements with factored variables goes out.

Variables of the document are named with the prefix `document:` (`document:author`), so that they never clash with
variables of the statement.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from standoff.case.exchange.dna import DnaFile
from standoff.case.exchange.dna_text import DnaText
from standoff.errors import InputError

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]

DOCUMENT = "document:"
DOCUMENT_VARIABLES = ("author", "source", "section", "type", "id", "title")
TEXT_KINDS = ("short text", "long text", "document")


@dataclass(frozen=True)
class Column:
    """One variable: statement i has the value `levels[codes[i]]`. `levels` ascend (text: by code point).

    kind: `short text`, `long text`, `boolean` (levels always 0, 1), `integer` or `document`.
    """

    name: str
    kind: str
    codes: Ints
    levels: npt.NDArray[Any]

    @property
    def is_text(self) -> bool:
        """Whether the values are texts (and "" means: not coded)."""
        return self.kind in TEXT_KINDS

    def take(self, rows: Ints) -> Column:
        """The column of some statements; its levels stay."""
        return replace(self, codes=self.codes[rows])

    def used(self) -> Ints:
        """Codes that occur, ascending, without the empty text."""
        present: Ints = np.flatnonzero(np.bincount(self.codes, minlength=len(self.levels)))
        return present[self.levels[present] != ""] if self.is_text else present


@dataclass(frozen=True)
class CodedStatements:
    """Statements in order of time, document, start, stop, id. `time`: seconds since 1970 UTC.

    first, last: time of the first and last *document* of the source, with or without statements; None if it has none.
    entities: for a short-text variable, its possible values: ID, value, color (`#rrggbb`), attributes by name.
    texts: the words of each statement, if known.
    """

    ids: Ints
    time: Ints
    document: Ints
    start: Ints
    stop: Ints
    coder: Ints
    columns: Mapping[str, Column]
    first: int | None = None
    last: int | None = None
    entities: Mapping[str, pd.DataFrame] = field(default_factory=dict)
    texts: npt.NDArray[Any] | None = None
    name: str = ""

    def __len__(self) -> int:
        return len(self.ids)

    def column(self, name: str) -> Column:
        """A variable. Raises InputError, naming those there are, if there is none of that name."""
        if name not in self.columns:
            raise InputError(f"{self.name}: no variable {name!r}; there are: {', '.join(self.columns)}")
        return self.columns[name]

    def take(self, rows: Ints) -> CodedStatements:
        """Some of the statements, in the order of `rows`."""
        return replace(
            self,
            ids=self.ids[rows],
            time=self.time[rows],
            document=self.document[rows],
            start=self.start[rows],
            stop=self.stop[rows],
            coder=self.coder[rows],
            columns={name: column.take(rows) for name, column in self.columns.items()},
            texts=None if self.texts is None else self.texts[rows],
        )

    def to_pandas(self) -> pd.DataFrame:
        """One row a statement: id, time (UTC), and the value of every variable."""
        frame = pd.DataFrame({"id": self.ids, "time": pd.to_datetime(self.time, unit="s"), "document": self.document})
        for name, column in self.columns.items():
            frame[name] = column.levels[column.codes]
        return frame


def factored(name: str, kind: str, values: npt.ArrayLike) -> Column:
    """A column from plain values."""
    if kind == "boolean":
        return Column(name, kind, np.asarray(values, dtype=np.int64), np.array([0, 1], dtype=np.int64))
    if kind == "integer":
        levels, codes = np.unique(np.asarray(values, dtype=np.int64), return_inverse=True)
        return Column(name, kind, codes.astype(np.int64), levels)
    codes_, found = pd.factorize(np.asarray(values, dtype=object))
    order = np.array(sorted(range(len(found)), key=found.__getitem__), dtype=np.int64)
    place = np.empty(len(order), dtype=np.int64)
    place[order] = np.arange(len(order))
    return Column(name, kind, place[codes_] if len(codes_) else np.zeros(0, dtype=np.int64), found[order])


def from_frame(frame: pd.DataFrame, kinds: Mapping[str, str], name: str = "table") -> CodedStatements:
    """Statements from a plain table: columns `time` (seconds since 1970), the variables of `kinds`, if there also
    `id`, `document`, `start`, `stop`, `coder`. Raises InputError if a column is missing."""
    if missing := [column for column in ("time", *kinds) if column not in frame]:
        raise InputError(f"{name}: no column {missing[0]!r}")
    count = len(frame)
    plain = {
        key: frame[key].to_numpy(np.int64) if key in frame else np.arange(1, count + 1, dtype=np.int64)
        for key in ("id", "document", "start", "stop", "coder")
    }
    time = frame["time"].to_numpy(np.int64)
    order = np.lexsort((plain["id"], plain["stop"], plain["start"], plain["document"], time))
    columns = {key: factored(key, kind, frame[key].to_numpy()[order]) for key, kind in kinds.items()}
    return CodedStatements(
        *(plain["id"][order], time[order], plain["document"][order]),
        *(plain["start"][order], plain["stop"][order], plain["coder"][order]),
        columns=columns,
        first=int(time.min()) if count else None,
        last=int(time.max()) if count else None,
        name=name,
    )


@lru_cache(maxsize=8)
def from_dna(file: DnaFile, statement_type: str) -> CodedStatements:
    """The statements of one type of a `.dna` file. Raises InputError for an unknown type or a gap in the file.

    Kept for the last few files, as scripts ask many things of one.
    """
    documents = file["DOCUMENTS"].set_index("ID", drop=False)
    table = file["STATEMENTS"]
    table = table[table["StatementTypeId"] == file.statement_type(statement_type)]
    if unknown := set(table["DocumentId"]) - set(documents.index):
        raise InputError(f"{file.name}: statements of document {min(unknown)}, which is not there")
    time = documents["Date"].reindex(table["DocumentId"]).to_numpy(np.int64)
    keys = [table[name].to_numpy(np.int64) for name in ("ID", "Stop", "Start", "DocumentId")]
    order = np.lexsort((*keys, time))
    table, time = table.iloc[order], time[order]
    ids = table["ID"].to_numpy(np.int64)
    columns, entities = {}, {}
    for identifier, name, kind in file.variables(statement_type).itertuples(index=False):
        columns[name] = factored(name, kind, _values(file, int(identifier), name, kind, ids))
        if kind == "short text":
            entities[name] = entity_table(file, int(identifier))
    of = documents.loc[table["DocumentId"]] if len(table) else documents.iloc[:0]
    for name in DOCUMENT_VARIABLES:
        values = of["ID"].astype(str) if name == "id" else of[name.capitalize()].astype(str)
        columns[DOCUMENT + name] = factored(DOCUMENT + name, "document", values.to_numpy())
    dates = documents["Date"]
    spans = zip(table["DocumentId"].tolist(), table["Start"].tolist(), table["Stop"].tolist(), strict=True)
    used = set(of["ID"])
    shown = {number: DnaText(text) for number, text in documents["Text"].items() if number in used}
    return CodedStatements(
        *(ids, time, table["DocumentId"].to_numpy(np.int64), table["Start"].to_numpy(np.int64)),
        *(table["Stop"].to_numpy(np.int64), table["Coder"].fillna(0).to_numpy(np.int64)),
        columns=columns,
        first=int(dates.min()) if len(dates) else None,
        last=int(dates.max()) if len(dates) else None,
        entities=entities,
        texts=np.array([_words(shown[number], *span) for number, *span in spans] or [""], dtype=object)[: len(ids)],
        name=file.name,
    )


def _words(text: DnaText, start: int, stop: int) -> str:
    """The words of a statement, whose offsets count UTF-16 units; "" where they lie outside of the text."""
    span = text.back(start, stop)
    return "" if span is None else text.text[slice(*span)]


_VALUE_TABLES = {
    "short text": "DATASHORTTEXT", "long text": "DATALONGTEXT", "integer": "DATAINTEGER", "boolean": "DATABOOLEAN",
}  # fmt: skip


def _values(file: DnaFile, variable: int, name: str, kind: str, ids: Ints) -> npt.NDArray[Any]:
    """Values of one variable in the order of `ids`. A text that is not coded is ""; a number must be there."""
    table = file[_VALUE_TABLES[kind]]
    table = table[table["VariableId"] == variable].set_index("StatementId")
    entities = file["ENTITIES"].set_index("ID")["Value"]
    values = table["Entity"].map(entities) if kind == "short text" else table["Value"]
    values = values.reindex(ids)
    if kind in ("short text", "long text"):
        return values.fillna("").to_numpy(object)
    if values.isna().any():
        raise InputError(f"{file.name}: statement {values.index[values.isna()][0]} has no value of {name!r}")
    return values.to_numpy(np.int64)


def entity_table(file: DnaFile, variable: int) -> pd.DataFrame:
    """The values of a short-text variable, by value: ID, value, color, then its attributes by name ("" if not set)."""
    entities = file["ENTITIES"]
    mine = entities[entities["VariableId"] == variable]
    order = sorted(range(len(mine)), key=mine["Value"].tolist().__getitem__)
    mine = mine.iloc[order].reset_index(drop=True)
    colors = [
        f"#{int(r):02X}{int(g):02X}{int(b):02X}"
        for r, g, b in mine[["Red", "Green", "Blue"]].fillna(0).itertuples(index=False)
    ]
    frame = pd.DataFrame({"ID": mine["ID"].astype(int), "value": mine["Value"], "color": colors})
    names = file["ATTRIBUTEVARIABLES"]
    names = names[names["VariableId"] == variable]
    values = file["ATTRIBUTEVALUES"]
    for identifier, attribute in sorted(zip(names["ID"], names["AttributeVariable"], strict=True)):
        by_entity = values[values["AttributeVariableId"] == identifier].set_index("EntityId")["AttributeValue"]
        frame[attribute] = frame["ID"].map(by_entity).fillna("").astype(object)
    return frame
