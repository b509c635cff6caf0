"""Where Debian's Chromium is on this machine, and how it is started for tests."""

import shutil

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
MISSING = "no Chromium on this machine: `apt-get install chromium`"
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"]
PATIENCE = 30_000
"""Milliseconds: a busy machine is slow, not wrong."""
