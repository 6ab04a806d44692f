"""`check`: whether what the settings name is there and works, a line each."""

import click

from config import Config
from surveyapp.cli import checks
from surveyapp.cli.settings import read_settings
from surveyapp.refused import RefusedError

LINES = {
    "settings": checks.settings_check,
    "database": checks.database,
    "counters": checks.counters,
    "folders": checks.folders,
    "media": checks.media,
    "proxy": checks.proxy,
    "redis": checks.redis,
    "mail": checks.mail,
    "sign-in": checks.sign_in,
}


@click.command("check")
def check_command() -> None:
    """Say whether settings, database, folders, proxy and mail are as they must be; exit 1 where something is wrong."""
    config = read_settings()
    wrong = [name for name in LINES if not _said(name, config)]
    if wrong:
        raise RefusedError(f"Something is wrong: {', '.join(wrong)}.")


def _said(name: str, config: Config) -> bool:
    """Print one line; whether all is well."""
    try:
        click.echo(f"{name + ':':<10}{LINES[name](config)}")
    except checks.CheckFailedError as wrong:
        click.echo(f"{name + ':':<10}WRONG: {wrong}")
        return False
    return True
