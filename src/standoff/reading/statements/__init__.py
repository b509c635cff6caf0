"""Who said what: text in, attributions (source, cue, content) out, by a trained model on ONNX Runtime."""

from standoff.reading.statements.attribution import Attribution, Kind, Span
from standoff.reading.statements.reader import Encoding, encode, read_attributions, read_encoded

__all__ = ["Attribution", "Encoding", "Kind", "Span", "encode", "read_attributions", "read_encoded"]
