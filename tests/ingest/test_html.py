"""HTML: the article without its boilerplate, facts from the metadata, encodings as declared."""

import pytest

from standoff.errors import InputError
from standoff.ingest import read_bytes

ARTICLE = """<article><h1>Talks to begin on Monday</h1>
<p>The foreign minister said on Friday that the talks would begin on Monday, with all parties around the table.</p>
<p>“We shall not attend,” the café owners’ union said, “unless the dismissals are withdrawn in the next few days.”</p>
<p>The foreign minister said on Friday that the talks would begin on Monday, with all parties around the table.</p>
</article>"""


def page(head: str = "", article: str = ARTICLE) -> str:
    return (
        f"<!DOCTYPE html><html><head>{head}</head><body><nav><ul><li><a href='/'>Home</a></li><li><a href='/w'>World"
        f"</a></li></ul></nav>{article}"
        "<footer><p>All rights reserved. Cookies. Subscribe to our newsletter.</p></footer>"
        "</body></html>"
    )


def test_the_article_is_found_and_the_boilerplate_dropped() -> None:
    (report,) = read_bytes(page("<title>Talks | The Desk</title>").encode(), "talks.html")
    paragraphs = report.text.split("\n\n")
    assert paragraphs[0] == "Talks to begin on Monday"
    assert paragraphs[2].startswith("“We shall not attend,” the café owners’ union said")
    assert "newsletter" not in report.text
    assert "Home" not in report.text
    assert report.title == "Talks to begin on Monday"


def test_a_sentence_that_stands_twice_is_kept_twice() -> None:
    for _ in range(4):
        (report,) = read_bytes(page().encode(), "talks.html")
        assert report.text.count("talks would begin on Monday") == 2


def test_open_graph_facts() -> None:
    head = (
        '<meta property="og:title" content="Talks begin"><meta property="og:site_name" content="The Desk">'
        '<meta property="article:published_time" content="2016-01-15T23:30:00-05:00">'
        '<meta property="og:url" content="https://desk.example/talks">'
    )
    (report,) = read_bytes(page(head).encode(), "x.html")
    assert (report.title, report.publisher, report.published) == ("Talks begin", "The Desk", "2016-01-15")
    assert report.url == "https://desk.example/talks"


def test_linked_data_facts() -> None:
    head = """<script type="application/ld+json">{"@context": "https://schema.org", "@graph": [
      {"@type": "Organization", "name": "Nobody"},
      {"@type": ["NewsArticle"], "headline": "Talks begin", "datePublished": "2016-01-15T08:00:00Z",
       "publisher": {"@type": "Organization", "name": "The Desk"}}]}</script>
      <script type="application/ld+json">{broken</script>"""
    (report,) = read_bytes(page(head).encode(), "x.html")
    assert (report.title, report.publisher, report.published) == ("Talks begin", "The Desk", "2016-01-15")


def test_a_time_element_or_the_address_tells_the_day() -> None:
    dated = ARTICLE.replace("<h1>", '<time datetime="2016-01-15T08:00">15 January</time><h1>')
    assert read_bytes(page(article=dated).encode(), "x.html")[0].published == "2016-01-15"
    address = '<link rel="canonical" href="https://desk.example/2016/01/15/talks">'
    assert read_bytes(page(address).encode(), "x.html")[0].published == "2016-01-15"


def test_a_date_still_to_come_is_kept() -> None:
    head = '<meta property="article:published_time" content="2099-01-15">'
    assert read_bytes(page(head).encode(), "x.html")[0].published == "2099-01-15"


def test_no_date_is_guessed_from_the_prose() -> None:
    dated = ARTICLE.replace("on Friday", "on 8 January 2016")
    assert read_bytes(page(article=dated).encode(), "x.html")[0].published is None


def test_an_impossible_date_is_refused() -> None:
    head = '<meta property="article:published_time" content="2016-02-30T10:00:00Z">'
    with pytest.raises(InputError, match=r"^x\.html: impossible publication date '2016-02-30'"):
        read_bytes(page(head).encode(), "x.html")


@pytest.mark.parametrize(
    ("declared", "codec"), [("windows-1252", "cp1252"), ("ISO-8859-1", "cp1252"), ("utf-8", "utf-8")]
)
def test_a_declared_encoding_is_believed(declared: str, codec: str) -> None:
    (report,) = read_bytes(page(f"<meta charset='{declared}'>").encode(codec), "x.html")
    assert "“We shall not attend,” the café" in report.text


@pytest.mark.parametrize(
    ("head", "codec", "cause"),
    [
        ("<meta charset=utf-8>", "cp1252", "the page declares utf-8 but byte 0x93"),
        ("<meta charset=klingon>", "utf-8", "the page declares an unknown encoding, 'klingon'"),
        ("", "cp1252", "not UTF-8: byte 0x93"),
    ],
)
def test_a_wrong_encoding_is_refused(head: str, codec: str, cause: str) -> None:
    with pytest.raises(InputError) as caught:
        read_bytes(page(head).encode(codec), "x.html")
    assert str(caught.value).startswith(f"x.html: {cause}")


@pytest.mark.parametrize("article", ["", "<script>var talks = 1;</script>", "<div></div>", "<nav>Home</nav>"])
def test_a_page_without_an_article_is_refused(article: str, capfd: pytest.CaptureFixture[str]) -> None:
    data = f"<!DOCTYPE html><html><head><title>Log in</title></head><body>{article}</body></html>".encode()
    with pytest.raises(InputError, match=r"^x\.html: no article found"):
        read_bytes(data, "x.html")
    assert capfd.readouterr().err == ""


def test_a_page_without_a_suffix_is_known_by_its_first_tag() -> None:
    (report,) = read_bytes(b"\n<!-- saved -->\n" + page().encode(), "download")
    assert "newsletter" not in report.text


@pytest.mark.parametrize(
    ("stated", "day"),
    [
        ("2016/01/15 08:00", "2016-01-15"),
        ("20160115", "2016-01-15"),
        ("Fri, 15 Jan 2016 08:00:00 GMT", "2016-01-15"),
        ("January 5th, 2016", "2016-01-05"),
        ("Friday 15 January 2016", "2016-01-15"),
        ("01/02/2016", None),
        ("January 2016", None),
        ("15 Nivose 2016", None),
    ],
)
def test_a_stated_day_in_many_forms(stated: str, day: str | None) -> None:
    head = f'<meta name="pubdate" content="{stated}">'
    assert read_bytes(page(head).encode(), "x.html")[0].published == day
