"""Quotation marks of every style, and the kind of speech they make."""

import pytest

from standoff.reading.statements.quotation import Quoted, double_quotations, single_quotations


@pytest.mark.parametrize(
    "text",
    ["“We go.” he said", "„We go.“ he said", "«We go.» he said", '"We go." he said', "``We go.'' he said"],
)
def test_every_style_of_double_marks(text: str) -> None:
    (quotation,) = double_quotations(text)
    assert "We go." in text[quotation.start : quotation.end]
    assert quotation.closed
    assert "he said" not in text[quotation.start : quotation.end]


def test_an_unclosed_quotation_ends_with_its_paragraph() -> None:
    text = "“We begin here.\r\n“And end here,” she said."
    first, second = double_quotations(text)
    assert (text[first.start : first.end], first.closed) == ("“We begin here.", False)
    assert (text[second.start : second.end], second.closed) == ("“And end here,”", True)


def test_apostrophes_are_no_quotations() -> None:
    assert single_quotations("The workers’ council doesn't know the owner’s plans") == []
    text = "He called it ‘the workers’ council of old’ and left"
    assert len(single_quotations(text)) == 1


@pytest.mark.parametrize(
    ("text", "content", "kind"),
    [
        ("“We will not go,” he said.", "“We will not go,”", "direct"),
        ("“We will not go,” he said.", "We will not go", "direct"),
        ("He said they would not go.", "they would not go", "indirect"),
        ("He said they would “never, ever” go.", "they would “never, ever” go", "mixed"),
        ("> They will not go.\n\nHe said so.", "They will not go.", "direct"),
        ("“We will not go, not today", "We will not go, not today", "direct"),
    ],
)
def test_kind(text: str, content: str, kind: str) -> None:
    start = text.index(content)
    assert Quoted(text).kind(((start, start + len(content)),), ()) == kind


def test_quotation_around_the_cue_belongs_to_somebody_else() -> None:
    text = "“The minister said that he would resign,” the aide recalled."
    cue = (text.index("said"), text.index("said") + 4)
    content = (text.index("that"), text.index(",”"))
    assert Quoted(text).kind((content,), (cue,)) == "indirect"


@pytest.mark.parametrize("text", ["»We go.« he said", "”We go.” he said", "‟We go.” he said", "“We go.\" he said"])
def test_styles_of_other_countries_and_mixed_marks(text: str) -> None:
    (quotation,) = double_quotations(f"On Monday {text}, and left.")
    assert quotation.closed
    assert quotation.end - quotation.start == len("“We go.”")


@pytest.mark.parametrize(("opening", "closing"), [('"', '"'), ("“", "”")])
def test_a_mark_that_opens_again_shows_that_one_is_missing(opening: str, closing: str) -> None:
    text = f"{opening}We stay, the pilot said. {opening}Until it is signed.{closing} Nobody answered."
    first, second = double_quotations(text)
    assert not first.closed and text[first.start : first.end].rstrip().endswith("said.")
    assert second.closed and text[second.start : second.end] == f"{opening}Until it is signed.{closing}"
