"""The one module that imports lazily: heavy packages that few commands and pages use are loaded at their first use.

A start would take a third longer with them. Write `from surveyapp.lazy import openpyxl`, and put annotations that
name such a package in quotes. `tests/test_starting.py` holds what a start may load.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any


class AtFirstUse:
    """A module that is imported when something of it is used; importing is locked, so threads may come together."""

    def __init__(self, name: str) -> None:
        self._name = name

    def __getattr__(self, attribute: str) -> Any:
        """Return the module's attribute."""
        return getattr(import_module(self._name), attribute)


if TYPE_CHECKING:
    import openpyxl
    from alembic import command as alembic_command
    from alembic import config as alembic_config
    from alembic import util as alembic_util
    from cryptography.hazmat.primitives.asymmetric import ed25519
else:
    openpyxl = AtFirstUse("openpyxl")
    alembic_command = AtFirstUse("alembic.command")
    alembic_config = AtFirstUse("alembic.config")
    alembic_util = AtFirstUse("alembic.util")
    ed25519 = AtFirstUse("cryptography.hazmat.primitives.asymmetric.ed25519")

__all__ = ["alembic_command", "alembic_config", "alembic_util", "ed25519", "openpyxl"]
