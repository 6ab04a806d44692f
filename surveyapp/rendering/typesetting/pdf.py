"""A document as a PDF; what people typed reaches Typst as data, never as markup."""

import json
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from threading import Semaphore
from typing import Any

from surveyapp.rendering.typesetting.fonts import missing_letters

TYPESET = (sys.executable, "-I", str(Path(__file__).with_name("typeset.py")))
SECONDS = 120  # 200 cards take one
ONE_AT_A_TIME = Semaphore(1)  # a sheet takes memory: two people who press at once wait for each other


class NoFontError(Exception):
    """There are letters for which no font is shipped: they would be printed as boxes."""


def typeset(template: Path, data: Mapping[str, Any], said: str) -> bytes:
    """The PDF of a template with its data; `said` is everything that is printed of it. Raises NoFontError."""
    if missing_letters(said):
        raise NoFontError(missing_letters(said))
    sent = json.dumps(data).encode()
    with ONE_AT_A_TIME:
        done = subprocess.run([*TYPESET, template], input=sent, capture_output=True, check=True, timeout=SECONDS)  # noqa: S603 -- ours
    return done.stdout
