"""Is a text English? Text in, nothing out, or a LanguageError that names the language."""

import re
from functools import cache
from importlib.resources import files
from typing import Any

from standoff.errors import LanguageError

# Below this many words a text is not judged: names and places weigh too much in it.
MIN_WORDS = 20
# A passage's language counts only if the identifier gives it at least this probability.
CLEAR = 0.9
# Passages of this many words are judged one by one, so that a quotation in another language stays one passage.
PASSAGE_WORDS = 60
# A long text is judged by this many passages, evenly spread.
MAX_PASSAGES = 40
# A text is English if at least this share of its clear passages is.
ENGLISH_SHARE = 1 / 3
# The identifier's code for tables, numbers and codes.
NO_LANGUAGE = "zxx"
# Of a text longer than this many characters, SLICES evenly spread slices of that length in all are judged.
SAMPLE_CHARACTERS = 100_000
SLICES = 20
# Words that make up a fifth to a quarter of English prose; a text with that many is English without a model.
FUNCTION_WORDS = frozenset(
    (
        "the",
        "and",
        "to",
        "that",
        "for",
        "with",
        "said",
        "on",
        "by",
        "from",
        "have",
        "has",
        "would",
        "not",
        "it",
        "which",
    )
)
FUNCTION_SHARE = 0.12
THE_SHARE = 0.03
# Han, kana, Thai, Lao, Khmer and Burmese are written without spaces: every letter counts as a word.
WORD = re.compile(r"[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff]|[^\W\d_]+(?:['’][^\W\d_]+)?")


def refuse_other_languages(text: str, where: str) -> None:
    """Raises LanguageError if the text is clearly in another language than English; short texts are not judged."""
    text = _sample(text)
    words = list(WORD.finditer(text))
    if len(words) < MIN_WORDS or _plainly_english(words):
        return
    weights: dict[str, int] = {}
    for passage in _passages(text, words):
        language, probability = _identifier().classify(passage)
        if probability >= CLEAR and language != NO_LANGUAGE:
            weights[language] = weights.get(language, 0) + 1
    if not weights or weights.get("en", 0) >= ENGLISH_SHARE * sum(weights.values()):
        return
    found = min((code for code in weights if code != "en"), key=lambda code: (-weights[code], code))
    name = _names().get(found)
    if name:
        raise LanguageError(f"{where}: the text is in {name}, and Standoff reads English only")
    raise LanguageError(f"{where}: the text is not in English (language {found!r}), and Standoff reads English only")


def _sample(text: str) -> str:
    if len(text) <= SAMPLE_CHARACTERS:
        return text
    size, step = SAMPLE_CHARACTERS // SLICES, len(text) // SLICES
    return "\n".join(text[start : start + size] for start in range(0, SLICES * step, step))


def _plainly_english(words: list[re.Match[str]]) -> bool:
    lower = [word.group().lower() for word in words]
    function_words = sum(word in FUNCTION_WORDS for word in lower)
    return function_words >= FUNCTION_SHARE * len(lower) and lower.count("the") >= THE_SHARE * len(lower)


def _passages(text: str, words: list[re.Match[str]]) -> list[str]:
    """Stretches of about PASSAGE_WORDS words, at most MAX_PASSAGES of them."""
    count = max(1, len(words) // PASSAGE_WORDS)
    size = len(words) / count
    bounds = [(words[round(i * size)].start(), words[round((i + 1) * size) - 1].end()) for i in range(count)]
    step = max(1, -(-count // MAX_PASSAGES))
    return [text[start:end] for start, end in bounds[::step]]


@cache
def _identifier() -> Any:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier  # type: ignore[import-untyped]

    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)


@cache
def _names() -> dict[str, str]:
    table = files("standoff.ingest").joinpath("data/languages.tsv").read_text("utf-8")
    rows = (line.split("\t") for line in table.splitlines() if line and not line.startswith("#"))
    return {code: name for code, name in rows}
