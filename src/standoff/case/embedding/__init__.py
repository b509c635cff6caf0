"""Texts in, unit vectors of 384 numbers out: the sentence encoder all-MiniLM-L6-v2 as it ships, int8, on the processor."""

from standoff.case.embedding.encoder import SIZE, encode, encoder_name

__all__ = ["SIZE", "encode", "encoder_name"]
