"""The tests. Programs that they start many times are compiled once, though the surroundings may say otherwise."""

import os
import sys

os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
sys.dont_write_bytecode = False
