"""The same eight questions in django-survey-and-report: page and finish, a new connection a phone, 128 at once.

The peer is installed from PyPI into a virtual environment of its own and served as its users do, by gunicorn with two
workers, ours as it is shipped; either may use every core. They take turns, and the ratio is the median of the rounds'
own.
"""

import os
import re
import statistics
import subprocess
import sys
import tempfile
import textwrap
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from http.client import HTTPConnection
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from bench import attendee, export
from bench.load import get
from bench.phones import MANY, Came, Steps, asks, come, finishes
from tests.server.phones import free_port

PINNED = ("django-survey-and-report==1.5.0", "Django==5.2.19", "gunicorn==27.0.1")
ENVIRONMENT = Path(__file__).resolve().parent.parent / "build" / "peer"
ROUNDS = 3
SECONDS = 5.0
PATIENCE = 60
WELL = frozenset({b"200", b"302"})  # it answers a form by leading on
TOKEN = re.compile(rb'name="csrfmiddlewaretoken" value="([^"]+)"')
COOKIE = re.compile(rb"(?i)set-cookie: ([^;\r]+)")
QUESTION = re.compile(rb'name="(question_\d+)"')

SETTINGS = """
    from pathlib import Path
    HERE = Path(__file__).parent
    SECRET_KEY = "a key for measuring"
    DEBUG = False
    ALLOWED_HOSTS = ["*"]
    ROOT_URLCONF = "peer_urls"
    INSTALLED_APPS = ["django.contrib.auth", "django.contrib.contenttypes", "django.contrib.sessions",
                      "django.contrib.messages", "django.contrib.staticfiles", "survey"]
    CONTRIB = "django.contrib"
    MIDDLEWARE = ["django.middleware.security.SecurityMiddleware", f"{CONTRIB}.sessions.middleware.SessionMiddleware",
                  "django.middleware.common.CommonMiddleware", "django.middleware.csrf.CsrfViewMiddleware",
                  f"{CONTRIB}.auth.middleware.AuthenticationMiddleware",
                  f"{CONTRIB}.messages.middleware.MessageMiddleware"]
    CONTEXT = "django.template.context_processors"
    TEMPLATES = [{"BACKEND": "django.template.backends.django.DjangoTemplates", "APP_DIRS": True, "OPTIONS": {
        "context_processors": [f"{CONTEXT}.request", f"{CONTEXT}.static", f"{CONTRIB}.auth.context_processors.auth",
                               f"{CONTRIB}.messages.context_processors.messages"]}}]
    DATABASES = {"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": HERE / "peer.sqlite3",
                             "OPTIONS": {"timeout": 30, "transaction_mode": "IMMEDIATE",
                                         "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL"}}}
    DEFAULT_AUTO_FIELD = "django.db.models.AutoField"
    USE_TZ = True
    STATIC_URL = "/static/"
    SURVEY_DEFAULT_PIE_COLOR = "red!50"
    CHOICES_SEPARATOR = ","
    USER_DID_NOT_ANSWER = "Left blank"
    EXCEL_COMPATIBLE_CSV = False
    CSV_DIRECTORY = TEX_DIRECTORY = HERE
"""
URLS = """
    from django.urls import include, path
    urlpatterns = [path("survey/", include("survey.urls"))]
"""
FILL = """
    import os, sys
    sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
    os.environ["DJANGO_SETTINGS_MODULE"] = "peer_settings"
    import django
    django.setup()
    from django.core.management import call_command
    call_command("migrate", verbosity=0)
    from survey.models import Question, Survey
    made = Survey.objects.create(name="Bench", description="Bench", is_published=True, need_logged_user=False,
                                 editable_answers=False, display_method=Survey.ALL_IN_ONE_PAGE)
    for n in range(1, 7):
        Question.objects.create(survey=made, text=f"Rating {n}", order=n, required=False, type=Question.RADIO,
                                choices="5,4,3,2,1")
    Question.objects.create(survey=made, text="Role", order=7, required=False, type=Question.RADIO,
                            choices="carer,patient,nurse,other")
    Question.objects.create(survey=made, text="Improve", order=8, required=False, type=Question.TEXT)
    print(made.pk)
"""
COUNT = """
import sqlite3
print(sqlite3.connect("peer.sqlite3").execute("SELECT count(*) FROM survey_response").fetchone()[0])
"""


def run() -> dict[str, Any]:
    """Ours over the peer's, by turns."""
    with tempfile.TemporaryDirectory() as name:
        folder, peers = Path(name), Path(name) / "peer"
        peers.mkdir()
        _survey_id, code = attendee.survey_in(folder, export.questionnaire())
        with _peer(peers) as (port, address), attendee.serving("ours", name, is_pinned=False) as server:
            ours = lambda: (asks(code), finishes(code))  # noqa: E731 -- the peer's counterpart stands below
            rounds = [
                (come(port, lambda: _person(address), MANY, SECONDS, WELL), come(server.port, ours, MANY, SECONDS))
                for _ in range(ROUNDS)
            ]
            stored = _said(peers, "-c", COUNT)
    return {
        "times": round(statistics.median(our.rate / peer.rate for peer, our in rounds), 1),
        "ours": _told([our for _peer, our in rounds]),
        "peer": _told([peer for peer, _our in rounds]) | {"stored": int(stored)},
    }


def _told(each: list[Came]) -> dict[str, Any]:
    return {
        "flows_a_second": round(statistics.median(one.rate for one in each), 1),
        "p99": round(statistics.median(one.wait(0.99) for one in each), 3),
        "finished": sum(one.flows for one in each),
        "wrong": sum(sum(one.wrong.values()) for one in each),
    }


def _person(address: str) -> Steps:
    """Open the page, then send its form back with its cookie and its token."""

    def finish(page: bytes) -> bytes:
        token, cookie = TOKEN.search(page), COOKIE.search(page)
        assert token is not None
        assert cookie is not None
        asked = list(dict.fromkeys(name.decode() for name in QUESTION.findall(page)))
        answers = dict(zip(asked, attendee.answers().values(), strict=True))
        body = urlencode({"csrfmiddlewaretoken": token[1].decode(), **answers}).encode()
        return (
            f"POST {address} HTTP/1.1\r\nHost: localhost\r\nCookie: {cookie[1].decode()}\r\n"
            f"Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {len(body)}\r\n\r\n"
        ).encode() + body

    return (lambda _nothing: get(address), finish)


@contextmanager
def _peer(folder: Path) -> Iterator[tuple[int, str]]:
    """The peer with a survey of the same questions: its port, and the survey's address."""
    _install()
    for name, text in (("peer_settings", SETTINGS), ("peer_urls", URLS), ("fill", FILL)):
        (folder / f"{name}.py").write_text(textwrap.dedent(text))
    address, port = f"/survey/{int(_said(folder, 'fill.py'))}/", free_port()
    command = [
        str(ENVIRONMENT / "bin" / "gunicorn"),
        "django.core.wsgi:get_wsgi_application()",
        f"--bind=127.0.0.1:{port}",
    ]
    workers = ["--workers=2", "--worker-class=gthread", "--threads=4", "--backlog=2048", "--log-level=error"]
    environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "peer_settings", "PYTHONPATH": str(folder)}
    process = subprocess.Popen([*command, *workers], cwd=folder, env=environment)  # noqa: S603 -- its words stand above
    try:
        _wait_for(port, address)
        yield port, address
    finally:
        process.terminate()
        process.wait(PATIENCE)


def _install() -> None:
    """Make the peer's environment once."""
    if (ENVIRONMENT / "bin" / "gunicorn").exists():
        return
    subprocess.run([sys.executable, "-m", "venv", "--clear", str(ENVIRONMENT)], check=True)  # noqa: S603 -- our words
    command = [str(ENVIRONMENT / "bin" / "pip"), "install", "--quiet", "--disable-pip-version-check", *PINNED]
    subprocess.run(command, check=True)  # noqa: S603 -- our words


def _said(folder: Path, *words: str) -> str:
    python = str(ENVIRONMENT / "bin" / "python")
    return subprocess.run([python, *words], cwd=folder, check=True, capture_output=True, text=True).stdout.strip()  # noqa: S603 -- our words


def _wait_for(port: int, address: str) -> None:
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        with suppress(OSError):
            connection = HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
            connection.request("GET", address)
            if connection.getresponse().status == 200:
                return
        time.sleep(0.1)
    raise TimeoutError("the peer does not answer")
