"""Requests go in; only those of this browser on this machine get through, and every answer leaves with strict headers.

The server listens on loopback only; the `Host` must be one of its names (no DNS rebinding); the first address carries
a random token, which becomes a cookie that scripts cannot read and other sites cannot send; whoever changes something
must also send a second token that only our own pages know.
"""

import hashlib
import hmac
import secrets
from collections.abc import Collection
from dataclasses import dataclass
from urllib.parse import parse_qs, urlencode

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from standoff.ingest.sources import MAX_BYTES

LOOPBACK = ("127.0.0.1", "localhost", "[::1]")
CSRF_HEADER = "x-desk-csrf"
CSRF_FIELD = "csrf"
SAFE = ("GET", "HEAD")
MOST_BODY = 1_000_000
"""Bytes of a request: decisions are small. A larger one is refused before it is read."""
MOST_FILE = MAX_BYTES
"""Bytes of a file that is given to the desk: what the reading of files takes."""

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; connect-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
HEADERS = {
    "content-security-policy": POLICY,
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
}


@dataclass(frozen=True, slots=True)
class Keys:
    """The secrets of one run of the desk. `token` opens it; `csrf` goes with every change."""

    token: str
    csrf: str


def new_keys() -> Keys:
    """Fresh random keys (256 bits)."""
    token = secrets.token_urlsafe(32)
    csrf = hmac.new(secrets.token_bytes(32), token.encode(), hashlib.sha256).hexdigest()
    return Keys(token, csrf)


class Guard:
    """ASGI middleware around the desk. port: on which it listens, for the `Host` and the cookie's name; uploads: the
    addresses that take files."""

    def __init__(self, app: ASGIApp, keys: Keys, port: int, uploads: Collection[str] = ()) -> None:
        self.app = app
        self.keys = keys
        self.uploads = uploads
        self.hosts = {f"{name}:{port}" for name in LOOPBACK}
        self.cookie = f"standoff-desk-{port}"  # cookies know no ports: two desks must not share one

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return

        async def guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in HEADERS.items():
                    headers[name] = value
                if "cache-control" not in headers:  # what stands in a case is not left in the browser's cache
                    headers["cache-control"] = "no-store"
            await send(message)

        answer = self.refusal(scope)
        await (answer or self.app)(scope, receive, guarded)

    def refusal(self, scope: Scope) -> Response | None:
        """What is answered in the desk's place; None for a request that may pass."""
        headers = Headers(scope=scope)
        host = headers.get("host", "")
        if host not in self.hosts:
            return PlainTextResponse("The desk answers only to this machine's own name.\n", 421)
        given = parse_qs(scope["query_string"].decode("latin-1")).get("token", [""])[0]
        if given and scope["method"] in SAFE:
            return self._let_in(scope, given)
        if not _same(_cookie(headers, self.cookie), self.keys.token):
            return PlainTextResponse(
                "This desk opens with the whole address that `standoff desk` printed, token included.\n", 403
            )
        if scope["method"] not in SAFE:
            most = MOST_FILE if scope["path"] in self.uploads else MOST_BODY
            return self._refused_change(headers, host, most)
        return None

    def _let_in(self, scope: Scope, given: str) -> Response:
        if not _same(given, self.keys.token):
            return PlainTextResponse("A wrong or old token: take the address of the desk that runs now.\n", 403)
        query = parse_qs(scope["query_string"].decode("latin-1"))
        rest = urlencode({name: values for name, values in query.items() if name != "token"}, doseq=True)
        path = "/" + scope["path"].lstrip("/\\")  # never `//elsewhere`
        response = RedirectResponse(f"{path}?{rest}" if rest else path, 303)
        response.set_cookie(self.cookie, self.keys.token, httponly=True, samesite="strict", path="/")
        return response

    def _refused_change(self, headers: Headers, host: str, most: int) -> Response | None:
        origin = headers.get("origin")
        if origin is not None and origin != f"http://{host}":
            return PlainTextResponse("A change that another site asked for is not made.\n", 403)
        if headers.get("sec-fetch-site", "same-origin") not in ("same-origin", "none"):
            return PlainTextResponse("A change that another site asked for is not made.\n", 403)
        if not _same(headers.get(CSRF_HEADER, ""), self.keys.csrf):
            return PlainTextResponse("This page is of an earlier run of the desk: reload it.\n", 403)
        length = headers.get("content-length", "")
        if not length.isdecimal() or int(length) > most:
            return PlainTextResponse(f"Too much for one step: the limit is {most:,} bytes.\n", 413)
        return None


def _same(given: str, wanted: str) -> bool:
    return secrets.compare_digest(given.encode("utf-8", "replace"), wanted.encode())


def _cookie(headers: Headers, name: str) -> str:
    for part in headers.get("cookie", "").split(";"):
        key, _, value = part.strip().partition("=")
        if key == name:
            return value
    return ""
