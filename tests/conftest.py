"""Where tests run unattended, the drawn examples are the same each time; elsewhere chance looks for new ones."""

import os

from hypothesis import settings

settings.register_profile("unattended", derandomize=True)
if os.environ.get("CI"):
    settings.load_profile("unattended")
