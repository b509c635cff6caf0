"""A case file goes in; its desk is served on loopback until somebody stops it."""

import socket
import threading
import webbrowser
from collections.abc import Callable
from pathlib import Path

import uvicorn

from standoff.errors import InputError
from standoff.web import asked
from standoff.web.app import application
from standoff.web.desk import open_desk
from standoff.web.guard import new_keys

HOST = "127.0.0.1"
USUAL_PORT = 8321
"""Taken if it is free, so that what a browser still has to send after a restart finds its desk again."""


def serve(
    path: Path,
    by: str,
    port: int | None,
    tell: Callable[[str], None],
    browser: bool = True,
    model: Path | None = None,
    blind: bool = False,
) -> None:
    """Serve until interrupted. port: where to listen; a usual or else a free one if None; tell: is given the address;
    model: a file with a conflict, to be shown in place of the draft from the case; blind: for coding blind alone.

    Raises CaseError for a bad case, InputError if the port is taken.
    """
    desk = open_desk(path, by)
    desk.model, desk.blind = model, blind
    try:
        if not blind:
            desk.think_ahead(asked.ahead)
        listener = _listen(port)
        number = listener.getsockname()[1]
        keys = new_keys()
        address = f"http://{HOST}:{number}/?token={keys.token}"
        server = _Server(address, tell, browser, application(desk, keys, number))
        server.run(sockets=[listener])
    finally:
        desk.close()


class _Server(uvicorn.Server):
    """Tells its address as soon as it answers."""

    def __init__(self, address: str, tell: Callable[[str], None], browser: bool, app: object) -> None:
        # No log of addresses: they hold the token and ids of reports.
        super().__init__(uvicorn.Config(app, log_level="warning", access_log=False, server_header=False))  # type: ignore[arg-type]
        self.address, self.tell, self.browser = address, tell, browser

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        self.tell(self.address)
        if self.browser:
            threading.Thread(target=webbrowser.open, args=(self.address,), daemon=True).start()


def _listen(port: int | None) -> socket.socket:
    for wanted in (USUAL_PORT, 0) if port is None else (port,):
        listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listener.bind((HOST, wanted))
            listener.listen()  # only who listens has the port: two desks may be started at the same moment
            return listener
        except OSError as error:
            listener.close()
            if port is not None:
                raise InputError(f"port {port}: cannot be listened on ({error.strerror or error})") from error
    raise InputError("no free port on this machine")
