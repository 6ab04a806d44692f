"""The operators' command line. Exit 0 done, 1 refused with a sentence, 2 wrong usage."""

import argparse
import getpass
import sys
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

from sqlalchemy import Engine

from config import Config
from surveyapp import operate, record, serve
from surveyapp.db import migrations as schema
from surveyapp.db import sessions as db
from surveyapp.db.sessions import UnsafeDatabaseError
from surveyapp.export import commands as packages
from surveyapp.media.speech import Voice
from surveyapp.settings import SettingError
from surveyapp.storage.kept import Store, store_of
from surveyapp.storage.refusals import StoreGoneError

REFUSALS = (
    operate.RefusedError,
    packages.NotExportedError,
    record.NotRecordedError,
    serve.CannotListenError,
    SettingError,
    StoreGoneError,
    UnsafeDatabaseError,
)
Command = Callable[[Config, argparse.Namespace], str]


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code."""
    asked = _parser().parse_args(arguments)
    try:
        config = Config.from_environment()
        said = COMMANDS[asked.command](config, asked)
    except REFUSALS as refusal:
        print(refusal, file=sys.stderr)
        return 1
    print(said)
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="surveyapp", description="Event surveys that anyone can answer.")
    commands = parser.add_subparsers(dest="command", required=True)
    commands.add_parser("demo", help="load the demonstration event")
    organiser = commands.add_parser("add-organiser", help="add a person who organises")
    organiser.add_argument("email")
    organiser.add_argument("--name", default="")
    organiser.add_argument("--password-stdin", action="store_true", help="read the password from standard input")
    importing = commands.add_parser("import", help="make a draft survey of a document, an XLSForm or pasted text")
    importing.add_argument("file", type=Path)
    importing.add_argument("--organiser", metavar="EMAIL")
    commands.add_parser("backup", help="copy the database and what is kept into a new file").add_argument(
        "file", type=Path
    )
    commands.add_parser("restore", help="put a backup in the database's place").add_argument("file", type=Path)
    exporting = commands.add_parser("export", help="write everything of one survey into a package")
    exporting.add_argument("code", help="the code of any card of the survey")
    exporting.add_argument("--out", type=Path, required=True, metavar="FILE.zip")
    commands.add_parser("check-export", help="say whether a package is whole").add_argument("file", type=Path)
    commands.add_parser("purge", help="delete answers whose time is over, and files that no survey names")
    recording = commands.add_parser("record", help="have a computer voice read the questions that have no recording")
    recording.add_argument("code", help="the code of any card of the survey")
    recording.add_argument("--language", action="append", default=[], metavar="TAG", help="this language only")
    serving = commands.add_parser("serve", help="serve")
    serving.add_argument("--host")
    serving.add_argument("--port", type=int)
    return parser


def _demo(config: Config, _asked: argparse.Namespace) -> str:
    return operate.demo(_engine(config))


def _add_organiser(config: Config, asked: argparse.Namespace) -> str:
    password = sys.stdin.readline().rstrip("\n") if asked.password_stdin else getpass.getpass("Password: ")
    return operate.add_organiser(_engine(config), asked.email, asked.name, password)


def _import(config: Config, asked: argparse.Namespace) -> str:
    return operate.import_document(_engine(config), asked.file, asked.organiser)


def _backup(config: Config, asked: argparse.Namespace) -> str:
    return operate.backup(_engine(config), asked.file, _store(config))


def _restore(config: Config, asked: argparse.Namespace) -> str:
    return operate.restore(db.make_engine(config.database_url), asked.file, _store(config))


def _export(config: Config, asked: argparse.Namespace) -> str:
    return packages.export(_engine(config), asked.code, asked.out)


def _check_export(_config: Config, asked: argparse.Namespace) -> str:
    return packages.check_export(asked.file)


def _purge(config: Config, _asked: argparse.Namespace) -> str:
    return operate.purge(_engine(config), _store(config))


def _serve(config: Config, asked: argparse.Namespace) -> str:
    serve.main(replace(config, host=asked.host or config.host, port=asked.port or config.port))
    return "Stopped."


def _record(config: Config, asked: argparse.Namespace) -> str:
    voice = Voice(config.speech_program, _store(config))
    return record.record(_engine(config), asked.code, voice, asked.language)


def _store(config: Config) -> Store:
    return store_of(config.media_url, config.media_endpoint, config.instance)


def _engine(config: Config) -> Engine:
    engine = db.make_engine(config.database_url)
    schema.upgrade(engine)
    return engine


COMMANDS: dict[str, Command] = {
    "demo": _demo,
    "add-organiser": _add_organiser,
    "import": _import,
    "backup": _backup,
    "restore": _restore,
    "export": _export,
    "check-export": _check_export,
    "purge": _purge,
    "record": _record,
    "serve": _serve,
}

if __name__ == "__main__":
    sys.exit(main())
