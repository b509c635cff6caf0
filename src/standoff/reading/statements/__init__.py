"""Who said what: text in, attributions (source, cue, content) out, by a trained model on ONNX Runtime."""

from standoff.reading.statements.attribution import Attribution, Kind, Span
from standoff.reading.statements.reader import read_attributions

__all__ = ["Attribution", "Kind", "Span", "read_attributions"]
