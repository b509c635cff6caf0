"""Where tests run unattended, the drawn examples are the same each time; elsewhere chance looks for new ones."""

import os

from hypothesis import settings

settings.register_profile("attended", deadline=None)  # how long an example takes depends on what else the machine does
settings.register_profile("unattended", derandomize=True, deadline=None)
settings.load_profile("attended")
if os.environ.get("CI"):
    settings.load_profile("unattended")
