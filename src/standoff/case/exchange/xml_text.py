"""A text goes in; one comes out, of the same length, that XML 1.0 can hold."""

import re

FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
"""Characters that no XML document may have, not even as a reference (XML 1.0, production 2)."""

STAND_IN = "\ufffd"


def plain_xml(text: str) -> str:
    """The text with a stand-in for each forbidden character, so that offsets stay what they are."""
    return FORBIDDEN.sub(STAND_IN, text)
