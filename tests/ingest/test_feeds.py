"""Feeds and addresses become reports; nothing is fetched but what was named."""

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest

from standoff.errors import InputError
from standoff.ingest import feeds
from standoff.ingest.feeds import plain_text, read_address, read_all, read_feed
from standoff.report import Report

FEED = """<?xml version="1.0" encoding="utf-8"?>
<rss version="2.0"><channel><title>Harbour News</title>
<item><title>Dockers &amp; owners to meet</title><link>http://example.org/1</link>
<pubDate>Mon, 29 Apr 2024 23:30:00 +0200</pubDate>
<description>&lt;p&gt;The dockers' union and the owners will meet in Hull.&lt;/p&gt;&lt;p&gt;Pay is the
issue &amp;amp; nothing else.&lt;/p&gt;</description></item>
<item><title>Empty</title><description></description></item>
</channel></rss>"""


def test_the_entries_of_a_feed_are_reports_and_an_empty_one_is_an_error_in_its_place() -> None:
    first, second = read_feed(FEED.encode(), "harbour.rss")
    assert isinstance(first, Report) and isinstance(second, InputError)
    assert first.text == "The dockers' union and the owners will meet in Hull.\n\nPay is the issue & nothing else."
    assert (first.title, first.publisher, first.url) == (
        "Dockers & owners to meet",
        "Harbour News",
        "http://example.org/1",
    )
    assert (first.id, first.published) == ("2024-04-29-dockers-owners-to-meet", "2024-04-29")
    assert "entry 2" in str(second)


def test_a_feed_file_is_read_beside_other_files(tmp_path: Path) -> None:
    (tmp_path / "harbour.rss").write_text(FEED, encoding="utf-8")
    (tmp_path / "note.txt").write_text("The owners will not talk about pay today.", encoding="utf-8")
    items = list(read_all([str(tmp_path / "harbour.rss"), str(tmp_path / "note.txt"), str(tmp_path / "none.txt")]))
    assert [item.id for item in items if isinstance(item, Report)] == ["2024-04-29-dockers-owners-to-meet", "note"]
    assert len([item for item in items if isinstance(item, InputError)]) == 2


@pytest.mark.parametrize(
    ("data", "cause"),
    [(b" ", "empty"), (b"no feed at all", "no feed"), (b"<rss version='2.0'><channel/></rss>", "without any entry")],
)
def test_what_is_no_feed_is_told(data: bytes, cause: str) -> None:
    with pytest.raises(InputError, match=cause):
        read_feed(data, "x.rss")


def test_pieces_of_html_keep_all_their_words() -> None:
    assert plain_text("One<br>two <b>three</b><ul><li>four</li></ul>") == "One\n\ntwo three\n\nfour"


PAGE = (
    "<html><body><article><h1>Pay</h1><p>The dockers' union demands a pay rise of five per cent and will strike on "
    "Monday unless it gets it.</p></article></body></html>"
)


class Server(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        pages = {
            "/feed": ("application/rss+xml", FEED),
            "/page": ("text/html", PAGE),
        }  # fmt: skip
        if self.path not in pages:
            self.send_error(404)
            return
        kind, text = pages[self.path]
        self.send_response(200)
        self.send_header("Content-Type", kind)
        self.end_headers()
        self.wfile.write(text.encode())

    def log_message(self, format: str, *args: object) -> None:
        pass


@pytest.fixture
def address() -> Iterator[str]:
    server = HTTPServer(("127.0.0.1", 0), Server)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


def test_an_address_is_a_feed_or_a_page_by_what_the_server_says(address: str) -> None:
    assert isinstance(read_address(f"{address}/feed")[0], Report)
    (page,) = read_address(f"{address}/page")
    assert isinstance(page, Report)
    assert "pay rise of five per cent" in page.text and page.url == f"{address}/page"
    with pytest.raises(InputError, match="404"):
        read_address(f"{address}/none")


def test_a_server_that_is_not_there_or_sends_too_much_is_told(address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(InputError, match="cannot be fetched"):
        read_address("http://127.0.0.1:9/x")
    monkeypatch.setattr(feeds, "MAX_BYTES", 10)
    with pytest.raises(InputError, match="limit"):
        read_address(f"{address}/page")
