"""A small case on a desk, without a network: requests go straight into the application."""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from standoff.case.adding import store
from standoff.case.readings import record_reading
from standoff.case.store import create
from standoff.web.app import application
from standoff.web.desk import Desk, open_desk

sys.path.insert(0, str(Path(__file__).parent))

from harbour import HOSTILE, KEYS, PORT, Browser, ledgers


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "port.standoff"
    with create(path, f"Port {HOSTILE}", by="ana") as case:
        made = ledgers()
        action = store(case, [ledger.document for ledger in made], "ana").action
        for ledger in made:
            record_reading(case, ledger, "test model 1", action)
    return path


@pytest.fixture
def address(path: Path) -> Iterator[str]:
    """Where the desk of the case answers as a program of its own; the way in with its token."""
    start = [sys.executable, "-c", "from standoff.cli.main import main; main()"]
    command = [*start, "desk", str(path), "--no-browser", "--by", "ana"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as server:
        assert server.stdout is not None
        yield server.stdout.readline().strip()
        server.terminate()
        server.wait(20)


@pytest.fixture
def desk(path: Path) -> Iterator[Desk]:
    opened = open_desk(path, "ana")
    opened.patience = None  # every page waits for the newest answer
    yield opened
    opened.close()


@pytest.fixture
def browser(desk: Desk) -> Iterator[Browser]:
    with Browser(application(desk, KEYS, PORT), f"http://127.0.0.1:{PORT}", follow_redirects=False) as client:
        client.get("/?token=the-token")
        yield client
