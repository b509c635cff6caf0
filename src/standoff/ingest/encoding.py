"""Bytes -> text, strictly: UTF-8, with or without a byte order mark, or UTF-16 with one. Nothing is guessed."""

import codecs

from standoff.errors import InputError

MAGIC = {
    b"%PDF-": "a PDF",
    b"PK\x03\x04": "a ZIP or Office file",
    b"\xd0\xcf\x11\xe0": "an old Office file (.doc)",
    b"\x89PNG": "a PNG image",
    b"\xff\xd8\xff": "a JPEG image",
    b"GIF8": "a GIF image",
    b"\x1f\x8b": "a gzip archive",
}

# Bytes below 0x20 that texts in some encoding hold: tab, line feed, form feed, carriage return, escape.
TEXT_CONTROLS = b"\t\n\x0c\r\x1b"
# With a larger share of the other control bytes, what is no Unicode is no text in another encoding either.
BINARY_CONTROLS = 0.01
SAMPLE_BYTES = 65_536


def decode(data: bytes, where: str) -> str:
    """The text of the bytes, without a byte order mark and otherwise unchanged (CRLF stays CRLF).

    Raises InputError for a binary file and for another encoding, naming the first byte that does not fit.
    """
    refuse_binary(data, where)
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return _strict(data, "utf-16", "UTF-16", where)
    return _strict(data, "utf-8-sig", "UTF-8", where)


def refuse_binary(data: bytes, where: str) -> None:
    """Raises InputError if the bytes are those of a known binary format or hold NUL outside of UTF-16."""
    for magic, kind in MAGIC.items():
        if data.startswith(magic):
            raise InputError(f"{where}: binary file ({kind}, though its name says otherwise)")
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return
    position = data.find(b"\0")
    if position >= 0:
        raise InputError(f"{where}: binary file (NUL at byte {position})")


def _strict(data: bytes, codec: str, name: str, where: str) -> str:
    try:
        return data.decode(codec)
    except UnicodeDecodeError as error:
        # The codec of UTF-8 with a mark counts from behind the mark; `error.object` is what it counts in.
        shift = len(data) - len(error.object)
        at = error.start + shift
        if name == "UTF-8" and _controls(data) > BINARY_CONTROLS:
            raise InputError(f"{where}: binary file, not text (control characters, no {name})") from error
        raise InputError(
            f"{where}: not {name}: byte 0x{data[at]:02x} at position {at}; "
            "convert it first, for example: iconv -f WINDOWS-1252 -t UTF-8"
        ) from error


def _controls(data: bytes) -> float:
    """The share of control bytes that texts do not hold."""
    sample = data[:SAMPLE_BYTES]
    return sum(byte < 0x20 and byte not in TEXT_CONTROLS for byte in sample) / max(1, len(sample))
