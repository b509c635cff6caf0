"""Texts in, unit vectors of 384 numbers out: the sentence encoder all-MiniLM-L6-v2 as it ships, in int8."""

from standoff.case.embedding.encoder import SIZE, encode, encoder_name

__all__ = ["SIZE", "encode", "encoder_name"]
