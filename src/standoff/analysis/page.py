"""Sections of lines with their words go in; a page for people comes out, as text, Markdown or HTML."""

import html
import re
import textwrap
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from standoff.analysis.citations import Citation
from standoff.analysis.positions import shortened

WIDTH = 80
LONGEST_QUOTE = 240
"""Characters of a quote on a page; its offsets tell where the whole stands."""
MARKDOWN = re.compile(r"([\\`*_{}\[\]<>#|&~])")
STYLE = (
    "body{font:16px/1.5 system-ui,sans-serif;max-width:46em;margin:2em auto;padding:0 1em;color:#1b1b1b}"
    "h1{font-size:1.5em}h2{font-size:1.15em;margin-top:1.6em}li{margin:.5em 0}blockquote{margin:.2em 0 .2em 1em;"
    "color:#444}cite{font-style:normal;font-size:.85em;color:#555}"
)


@dataclass(frozen=True, slots=True)
class Item:
    """One line of a page, and the words that it rests on. `who`: the parties that it tells of, in the line's front."""

    who: str
    line: str
    citations: tuple[Citation, ...]

    @property
    def whole(self) -> str:
        """The line with its parties."""
        return f"{self.who}: {self.line}" if self.who and self.line else self.who or self.line


@dataclass(frozen=True, slots=True)
class Section:
    """Lines under one title; `left_out`: how many more there are than the page has room for."""

    title: str
    items: tuple[Item, ...]
    left_out: int = 0


@dataclass(frozen=True, slots=True)
class Page:
    """Sections in the order in which a desk asks for them; those that would be empty are left out."""

    title: str
    summary: str
    sections: tuple[Section, ...]


def section(title: str, items: Sequence[Item], most: int | None) -> Section:
    """A section of which `most` lines are shown, all if None."""
    return Section(title, tuple(items[:most]), 0 if most is None else max(0, len(items) - most))


def to_text(one: Page, width: int = WIDTH) -> str:
    """The page as plain text of a width."""
    return "\n".join(_text(one, width)) + "\n"


def _text(one: Page, width: int) -> Iterator[str]:
    yield from (one.title, *textwrap.wrap(one.summary, width))
    for section in one.sections:
        yield from ("", section.title, "-" * len(section.title))
        for item in section.items:
            if item.whole:
                yield from textwrap.wrap(item.whole, width, initial_indent="- ", subsequent_indent="  ")
            for c in item.citations:
                said = f"“{shortened(c.quote, LONGEST_QUOTE)}” [{c.place}]"
                indent = "    " if item.whole else "- "
                yield from textwrap.wrap(said, width, initial_indent=indent, subsequent_indent="    ")
        if section.left_out:
            yield f"- and {section.left_out} more"


def to_markdown(one: Page) -> str:
    """The page as Markdown; nothing in a quote is taken for markup."""
    lines = [f"# {_md(one.title)}", "", _md(one.summary)]
    for section in one.sections:
        lines += ["", f"## {_md(section.title)}", ""]
        for item in section.items:
            cited = [f"“{_md(shortened(c.quote, LONGEST_QUOTE))}” ({_md(_source(c))})" for c in item.citations]
            head, rest = (item.whole and _md(item.whole), cited) if item.whole else (cited[0], cited[1:])
            lines += [f"- {head}", *(f"  - {quote}" for quote in rest)]
        if section.left_out:
            lines.append(f"- and {section.left_out} more")
    return "\n".join(lines) + "\n"


def to_html(one: Page) -> str:
    """The page as a whole HTML document without scripts; everything that comes from a report is escaped."""
    parts = [
        "<!doctype html>",
        f'<html lang="en"><head><meta charset="utf-8"><title>{html.escape(one.title)}</title>',
        f"<style>{STYLE}</style></head><body>",
        f"<h1>{html.escape(one.title)}</h1>",
        f"<p>{html.escape(one.summary)}</p>",
    ]
    for section in one.sections:
        parts += [f"<h2>{html.escape(section.title)}</h2>", "<ul>"]
        for item in section.items:
            quotes = "".join(
                f"<blockquote>“{html.escape(shortened(c.quote, LONGEST_QUOTE))}” "
                f"<cite>{html.escape(_source(c))}</cite></blockquote>"
                for c in item.citations
            )
            parts.append(f"<li>{html.escape(item.whole)}{quotes}</li>")
        if section.left_out:
            parts.append(f"<li>and {section.left_out} more</li>")
        parts.append("</ul>")
    return "\n".join([*parts, "</body></html>"]) + "\n"


def _source(c: Citation) -> str:
    return ", ".join(part for part in (c.publisher, c.published, c.place) if part)


def _md(words: str) -> str:
    return MARKDOWN.sub(r"\\\1", " ".join(words.split()))
