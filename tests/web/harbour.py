"""A dispute in a harbour, with one hostile report; somebody who looks at its desk."""

import html
import re
from html.parser import HTMLParser

from starlette.testclient import TestClient

from standoff.ledger import Actor, Ledger, Meeting, Position, Precondition, Statement
from standoff.report import Report
from standoff.web.guard import Keys

PORT = 8321
KEYS = Keys("the-token", "the-csrf")

ASKING = "The dockers' union demands a pay rise of five per cent. Holt, its leader, told the radio so on Monday."
REFUSING = "Port owners refuse a pay rise. They will talk only if the dockers' union calls off the strike in Hull."
MEETING = "The dockers' union and the port owners are to meet in Hull on 4 May 2024."
TURNING = "Port owners support a pay rise now, their speaker 🚢 said <b>on</b> Thursday."
HOSTILE = '</script><script>alert(1)</script>"><img src=x onerror=alert(2)>{{7*7}}'


def span(text: str, words: str) -> tuple[int, int]:
    start = text.index(words)
    return start, start + len(words)


def ledgers() -> list[Ledger]:
    asked = span(ASKING, "The dockers' union demands a pay rise of five per cent")
    union, owners = Actor("a1", "Dockers' union", "union"), Actor("a2", "Port owners", "company")
    hostile = f"A report says {HOSTILE} about it.\r\nThe harbour \x00 board demands {HOSTILE} at once."
    return [
        Ledger(
            Report("asking", ASKING, "Dockers ask for more", "2024-04-29", "Hull Courier"),
            (union, Actor("a3", "Holt", "person", "a1")),
            (Statement("s1", "a3", (span(ASKING, "Holt"),), (span(ASKING, "told"),),
                       (asked,), "indirect", by="test"),),
            (Position("p1", "a1", "a3", "demand", span(ASKING, "a pay rise of five per cent"), None,
                      asked, "s1", by="test", confidence=0.4),),
        ),
        Ledger(
            Report("refusing", REFUSING, "Owners say no", "2024-04-30", "Hull Courier"),
            (union, owners),
            (),
            (Position("p1", "a2", None, "refuse", span(REFUSING, "a pay rise"), None, (0, 30), by="test"),),
            (Precondition("c1", "a2", span(REFUSING, "the dockers' union calls off the strike in Hull"),
                          span(REFUSING, "talk"), (31, len(REFUSING)), by="test"),),
        ),
        Ledger(
            Report("meeting", MEETING, "They are to meet", "2024-05-01", "Port Gazette"),
            (union, owners),
            meetings=(Meeting("m1", "talks", ("a1", "a2"), "Hull", "2024-05-04", None, "planned",
                              (0, len(MEETING)), by="test"),),
        ),
        Ledger(
            Report("turning", TURNING, "Owners turn round", "2024-05-02", "Port Gazette"),
            (owners,),
            (),
            (Position("p1", "a2", None, "support", span(TURNING, "a pay rise"), None, (0, 36), by="test"),),
        ),
        Ledger(
            Report('h/"o>stile?', hostile, HOSTILE, "2024-05-02", HOSTILE, "javascript:alert(3)"),
            (Actor("a1", HOSTILE, "other"),),
            (),
            (Position("p1", "a1", None, "demand", (hostile.rindex("</script><"), len(hostile) - 9), None,
                      (hostile.index("The harbour"), len(hostile)), by=HOSTILE),),
        ),
    ]  # fmt: skip


class Browser(TestClient):
    """Somebody at the desk: has the cookie, and sends the second token with each change."""

    def decide(self, address: str, **fields: str) -> dict[str, object]:
        """What the desk answers to a change that it takes."""
        response = self.post(address, json=fields, headers={"x-desk-csrf": KEYS.csrf})
        assert response.status_code == 200, response.text
        data: dict[str, object] = response.json()
        return data

    def page(self, address: str) -> str:
        """A page that is there."""
        response = self.get(address)
        assert response.status_code == 200, response.text
        return response.text


def words(page: str) -> str:
    """What a person reads of a page."""
    return " ".join(html.unescape(re.sub(r"<[^>]*>", "", page)).split())


OURS = frozenset(
    [
        "html",
        "head",
        "meta",
        "title",
        "link",
        "script",
        "body",
        "a",
        "header",
        "p",
        "form",
        "label",
        "input",
        "button",
        "nav",
        "ul",
        "li",
        "ol",
        "main",
        "div",
        "dialog",
        "h1",
        "h2",
        "h3",
        "time",
        "span",
        "section",
        "article",
        "blockquote",
        "cite",
        "q",
        "aside",
        "table",
        "thead",
        "tbody",
        "tr",
        "th",
        "td",
        "kbd",
        "dl",
        "dt",
        "dd",
        "details",
        "summary",
        "datalist",
        "option",
        "select",
        "fieldset",
        "legend",
        "b",
        "u",
        "i",
        "code",
        "br",
        "svg",
        "g",
        "path",
        "rect",
        "line",
        "text",
        "circle",
        "ellipse",
        "polygon",
        "polyline",
        "defs",
        "marker",
        "desc",
        "figure",
        "figcaption",
        "caption",
        "tspan",
        "small",
        "textarea",
        "em",
        "output",
    ]
)
"""Tags that the desk's own templates use; `img` and `iframe` are not among them."""


class _Tags(HTMLParser):
    def __init__(self, where: str) -> None:
        super().__init__()
        self.where = where

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert tag in OURS, f"{self.where}: <{tag}>"
        for name, value in attrs:
            assert not name.startswith("on") and name != "style", f"{self.where}: {name}={value}"
            if name in ("href", "src", "action"):
                assert re.match(r"[/#?]", value or ""), f"{self.where}: {name}={value}"
        if tag == "script":
            assert re.fullmatch(r"/static/[a-z]+\.js", dict(attrs).get("src") or ""), f"{self.where}: foreign script"


def assert_harmless(page: str, where: str) -> None:
    """Nothing on the page is markup that came out of a report, and nothing needs inline script or style."""
    assert "{{" in words(page) or "7*7" not in page, f"{where}: a template ran what was in a report"
    _Tags(where).feed(page)
