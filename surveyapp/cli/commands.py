"""Which commands there are, and in which module: a command's module is imported when it is typed, and no other.

This is the one place that imports by name: what one command needs takes half a second that another need not wait.
"""

from importlib import import_module
from types import MappingProxyType

import click

COMMANDS = MappingProxyType(
    {
        "serve": "serving",
        "check": "checking",
        "demo": "demo",
        "add-organiser": "people",
        "people": "people",
        "import": "importing",
        "import-answers": "old_answers",
        "record": "recording",
        "export": "exporting",
        "check-export": "exporting",
        "backup": "backups",
        "restore": "backups",
        "copy": "copying",
        "purge": "purging",
    }
)


class LateGroup(click.Group):
    """A group whose commands are imported when they are asked for; the function has the command's name."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The commands' names, the most wanted first."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """A command from its module, or nothing."""
        if cmd_name not in COMMANDS:
            return None
        found = vars(import_module(f"surveyapp.cli.{COMMANDS[cmd_name]}"))[f"{cmd_name.replace('-', '_')}_command"]
        return found if isinstance(found, click.Command) else None
