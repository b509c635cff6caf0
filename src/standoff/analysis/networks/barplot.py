"""Bar plots as numbers: coded statements in; how often each value was stated, per level of the qualifier, out."""

from __future__ import annotations

import numpy as np
import pandas as pd

from standoff.analysis.networks.coded import CodedStatements
from standoff.analysis.networks.filters import Selection, complete, first_of_kind, loaded, not_excluded


def bar_plot(
    statements: CodedStatements, variable: str, qualifier: str | None, selection: Selection
) -> pd.DataFrame:
    """One row per value of the variable, one column per level of the qualifier (without one: a single column 1).

    Levels: boolean always 0 and 1; integer and text those of all statements in range. Raises InputError for an
    unknown variable.
    """
    original = loaded(statements, selection)
    kept = original.take(np.flatnonzero(not_excluded(original, selection)))
    names = [variable] if qualifier is None else [variable, qualifier]
    kept = kept.take(np.flatnonzero(complete([kept.column(name) for name in names])))
    kept = kept.take(
        np.flatnonzero(first_of_kind(kept, [kept.column(name) for name in names], selection.duplicates))
    )
    column = kept.column(variable)
    rows = column.used()
    if qualifier is None:
        counts = np.bincount(column.codes, minlength=len(column.levels))[rows, None]
        return pd.DataFrame(counts, index=pd.Index(column.levels[rows]), columns=pd.Index([1]))
    levels = original.column(qualifier)
    shown = np.arange(2) if levels.kind == "boolean" else levels.used()
    table = np.zeros((len(column.levels), len(levels.levels)), dtype=np.int64)
    np.add.at(table, (column.codes, kept.column(qualifier).codes), 1)
    return pd.DataFrame(
        table[np.ix_(rows, shown)], index=pd.Index(column.levels[rows]), columns=pd.Index(levels.levels[shown])
    )
