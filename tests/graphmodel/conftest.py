"""Lets the tests here import their two neighbours: the definitions word for word and the random conflicts."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
