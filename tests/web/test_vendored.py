"""What was written elsewhere is exactly what its authors published."""

import hashlib
from pathlib import Path

import surveyapp

VENDORED = Path(surveyapp.__file__).parent / "static" / "vendor"
HTMX = "d6fdc75f204e6bdefa99b69bf1e6d4ac69b8a364f77929f45c13476b4000f717"


def test_htmx_is_the_published_file() -> None:
    content = (VENDORED / "htmx-2.0.11.min.js").read_bytes()
    assert hashlib.sha256(content).hexdigest() == HTMX


def test_htmx_keeps_its_licence() -> None:
    assert (VENDORED / "htmx-LICENSE").read_text().startswith("Zero-Clause BSD")
