"""Bytes and files -> `Report`: text, Markdown, HTML, PDF, DOCX, e-mail, JSON, JSON Lines."""

from standoff.ingest.sources import MAX_BYTES, read_bytes, read_sources

__all__ = ["MAX_BYTES", "read_bytes", "read_sources"]
