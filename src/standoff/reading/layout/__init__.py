"""Reports that are not plain newswire: text and attributions in; attributions that keep to how the page is set out."""

from standoff.reading.layout.lines import Line, lines_of
from standoff.reading.layout.mend import laid_out
from standoff.reading.layout.turns import Turn, turns_of

__all__ = ["Line", "Turn", "laid_out", "lines_of", "turns_of"]
