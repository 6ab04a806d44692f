"""`serve`: serve until told to stop."""

import socket

import click

from config import Config
from surveyapp.cli.settings import read_settings
from surveyapp.refused import RefusedError
from surveyapp.server import serve


@click.command("serve")
@click.option("--host", help="The address to listen on.")
@click.option("--port", type=click.IntRange(1, 65_535), help="The port to listen on.")
def serve_command(host: str | None, port: int | None) -> None:
    """Serve: bring the database up to date, and say where to go."""
    words = {"HOST": host or "", "PORT": str(port or "")}
    config = read_settings({name: word for name, word in words.items() if word})
    _check_known(config)
    serve.main(config)
    click.echo("Stopped.")


def _check_known(config: Config) -> None:
    """Raises RefusedError for a name that leads to no address."""
    try:
        socket.getaddrinfo(config.host, config.port, type=socket.SOCK_STREAM)
    except OSError:
        raise RefusedError(
            f"HOST is {config.host}, which is no address that this machine knows. Write 127.0.0.1 for this machine "
            "alone, or 0.0.0.0 for whoever can reach it."
        ) from None
