"""`standoff desk`: a bad case is told in one line; a good one is served on this machine only."""

import re
import subprocess
import sys
import urllib.error
import urllib.request
from pathlib import Path

import pytest

from standoff.case.store import create
from standoff.cli.main import main


def test_a_bad_case_is_told_in_one_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "text.standoff").write_text("no case")
    for name, words in (
        ("nothing.standoff", "no such case file"),
        ("text.standoff", "no case file"),
        (".", "a folder"),
    ):
        with pytest.raises(SystemExit) as ended:
            main(["desk", str(tmp_path / name), "--no-browser"])
        assert ended.value.code == 1
        told = capsys.readouterr().err.strip().splitlines()
        assert len(told) == 1 and words in told[0]


def test_a_taken_port_is_told_in_one_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    import socket

    create(tmp_path / "a.standoff").close()
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        with pytest.raises(SystemExit):
            main(["desk", str(tmp_path / "a.standoff"), "--no-browser", "--port", str(taken.getsockname()[1])])
    assert "cannot be listened on" in capsys.readouterr().err


def test_the_desk_is_served_and_ends_when_interrupted(tmp_path: Path) -> None:
    import signal

    create(tmp_path / "a.standoff", "Harbour").close()
    start = [sys.executable, "-c", "from standoff.cli.main import main; main()"]
    command = [*start, "desk", str(tmp_path / "a.standoff"), "--no-browser"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as server:
        assert server.stdout is not None
        address = server.stdout.readline().strip()
        try:
            assert re.fullmatch(r"http://127\.0\.0\.1:\d+/\?token=[\w-]{40,}", address)
            opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor())
            assert "Harbour" in opener.open(address).read().decode()
            with pytest.raises(urllib.error.HTTPError):
                urllib.request.urlopen(address.partition("?")[0])
        finally:
            server.send_signal(signal.SIGINT)
            server.wait(20)
