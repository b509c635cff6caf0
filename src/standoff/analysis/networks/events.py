"""Event lists: coded statements in; one row a statement with all its variables and its document, out."""

from __future__ import annotations

import numpy as np
import pandas as pd

from standoff.analysis.networks.coded import DOCUMENT, CodedStatements
from standoff.analysis.networks.filters import Selection, first_of_kind, loaded, not_excluded


def event_list(
    statements: CodedStatements, selection: Selection, distinct_by: tuple[str, ...] = ("organization", "concept")
) -> pd.DataFrame:
    """Columns: statement_id, time (seconds since 1970 UTC), the statement's variables, start_position, stop_position,
    text, coder, document_id, document_title, document_author, _source, _section, _type.

    distinct_by: variables that make a duplicate together with the period of `selection.duplicates`.
    """
    return as_events(listed_statements(statements, selection, distinct_by))


def listed_statements(
    statements: CodedStatements, selection: Selection, distinct_by: tuple[str, ...]
) -> CodedStatements:
    """The statements of an event list: in range, not excluded, no duplicates; statements with gaps stay."""
    original = loaded(statements, selection)
    kept = original.take(np.flatnonzero(not_excluded(original, selection)))
    distinct = first_of_kind(kept, [kept.column(name) for name in distinct_by], selection.duplicates)
    return kept.take(np.flatnonzero(distinct))


def as_events(kept: CodedStatements) -> pd.DataFrame:
    """The table of an event list."""
    frame = pd.DataFrame({"statement_id": kept.ids, "time": kept.time})
    for name, column in kept.columns.items():
        if not name.startswith(DOCUMENT):
            frame[name] = column.levels[column.codes]
    frame["start_position"], frame["stop_position"] = kept.start, kept.stop
    frame["text"] = "" if kept.texts is None else kept.texts
    frame["coder"], frame["document_id"] = kept.coder, kept.document
    for name in ("title", "author", "source", "section", "type"):
        known = kept.columns.get(DOCUMENT + name)
        frame["document_" + name] = "" if known is None else known.levels[known.codes]
    return frame
