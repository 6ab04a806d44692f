"""The examples for nginx and Caddy, run: a phone answers by HTTPS through them, and an organiser can sign in."""

import os
import shutil
import socket
import ssl
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing, contextmanager, suppress
from http.client import HTTPResponse, HTTPSConnection
from pathlib import Path
from urllib.parse import urlencode

import pytest
from sqlalchemy.orm import Session

from surveyapp.db import sessions as db
from tests.factories import card_of, make_survey, make_team
from tests.house.project_files import ROOT

pytestmark = pytest.mark.proxies
SITE = "feedback.example.org"
PATIENCE = 30
ID = "8a3b3c1e-0d8b-4f7c-9a51-0d8b4f7c9a51"
NGINX = """daemon off;
user {user};
pid {folder}/nginx.pid;
error_log {folder}/error.log;
events {{}}
http {{
    client_body_temp_path {folder}/body;
    proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi;
    scgi_temp_path {folder}/scgi;
    include {folder}/site.conf;
}}
"""


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        number: int = free.getsockname()[1]
    return number


@contextmanager
def running(command: list[str], folder: Path, port: int, **environment: str) -> Iterator[None]:
    """A program, from when it listens on its port."""
    with (folder / "said.log").open("w") as said:
        process = subprocess.Popen(command, cwd=ROOT, env=os.environ | environment, stdout=said, stderr=said)  # noqa: S603 -- our words
    try:
        end = time.monotonic() + PATIENCE
        while True:
            assert process.poll() is None, (folder / "said.log").read_text()
            assert time.monotonic() < end
            with suppress(OSError), closing(socket.create_connection(("127.0.0.1", port), 1)):
                break
            time.sleep(0.05)
        yield
    finally:
        process.terminate()
        process.wait(PATIENCE)


@pytest.fixture
def card(migrated_sqlite: Path, tmp_path: Path) -> str:
    """The code of an open survey's card."""
    shutil.copy(migrated_sqlite, tmp_path / "answers.sqlite3")
    engine = db.make_engine(f"sqlite:///{tmp_path / 'answers.sqlite3'}")
    with Session(db.writing(engine), expire_on_commit=False) as session:
        code = card_of(make_survey(session, make_team(session))).code
    engine.dispose()
    return code


def nginx(folder: Path, port: int, app: int) -> list[str]:
    """nginx with the example, on a port of its own and with a certificate that it made itself."""
    key, certificate = folder / "feedback.key", folder / "feedback.pem"
    made = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", f"/CN={SITE}"]
    subprocess.run([*made, "-keyout", str(key), "-out", str(certificate)], check=True, capture_output=True)  # noqa: S603 -- our words
    text = (ROOT / "deploy" / "proxy" / "nginx.conf").read_text("utf-8")
    for before, after in (
        ("/etc/ssl/feedback.pem", str(certificate)), ("/etc/ssl/feedback.key", str(key)),
        ("listen 443 ", f"listen {port} "), ("    listen [::]:443 ssl http2;\n", ""),
        ("listen 80;", f"listen {free_port()};"), ("    listen [::]:80;\n", ""), ("127.0.0.1:8000", f"127.0.0.1:{app}"),
    ):  # fmt: skip
        assert before in text
        text = text.replace(before, after)
    (folder / "site.conf").write_text(text)
    user = "root" if os.geteuid() == 0 else "nobody"
    (folder / "nginx.conf").write_text(NGINX.format(folder=folder, user=user))
    return ["nginx", "-p", str(folder), "-c", str(folder / "nginx.conf")]


def caddy(folder: Path, port: int, app: int) -> list[str]:
    """Caddy with the example, on a port of its own and with a certificate of its own authority."""
    text = (ROOT / "deploy" / "proxy" / "Caddyfile").read_text("utf-8")
    assert f"\n{SITE} {{" in text
    options = "{\n\tadmin off\n\tskip_install_trust\n\tauto_https disable_redirects\n}\n"
    site = text.replace(f"\n{SITE} {{", f"\nhttps://{SITE}:{port} {{\n\ttls internal")
    (folder / "Caddyfile").write_text(options + site.replace("127.0.0.1:8000", f"127.0.0.1:{app}"))
    return ["caddy", "run", "--config", str(folder / "Caddyfile"), "--adapter", "caddyfile"]


@pytest.fixture(params=[nginx, caddy])
def proxy(request: pytest.FixtureRequest, tmp_path: Path, card: str) -> Iterator[int]:
    """The port of a proxy with the server behind it, as the operators' page says."""
    make: Callable[[Path, int, int], list[str]] = request.param
    port, app = free_port(), free_port()
    settings = {
        "DATABASE_URL": f"sqlite:///{tmp_path / 'answers.sqlite3'}", "INSTANCE": str(tmp_path / "instance"),
        "PUBLIC_URL": f"https://{SITE}", "TRUSTED_PROXIES": "127.0.0.1", "DEMO": "off", "PORT": str(app),
    }  # fmt: skip
    for name in ("server", "proxy"):
        (tmp_path / name).mkdir()
    with ExitStack() as stack:
        server = [sys.executable, "-m", "surveyapp", "serve"]
        stack.enter_context(running(server, tmp_path / "server", app, **settings))
        home = {"XDG_DATA_HOME": str(tmp_path / "proxy"), "XDG_CONFIG_HOME": str(tmp_path / "proxy")}
        command = make(tmp_path / "proxy", port, app)
        stack.enter_context(running(command, tmp_path / "proxy", port, **home))
        yield port


def asked(port: int, method: str, path: str, body: bytes = b"", **headers: str) -> tuple[HTTPResponse, bytes]:
    """What a browser gets that believes the proxy's certificate."""
    context = ssl._create_unverified_context()  # noqa: S323 -- the certificate was made for the test
    connection = HTTPSConnection("127.0.0.1", port, context=context, timeout=PATIENCE)
    connection.sock = context.wrap_socket(socket.create_connection(("127.0.0.1", port), PATIENCE), server_hostname=SITE)
    with closing(connection):
        connection.request(method, path, body or None, {"Host": SITE, **headers})
        answer = connection.getresponse()
        return answer, answer.read()


def test_a_phone_answers_through_the_proxy(proxy: int, card: str) -> None:
    page, words = asked(proxy, "GET", f"/s/{card}")
    assert (page.status, b"<form" in words) == (200, True)
    assert "Set-Cookie" not in page.headers

    body = urlencode({"response": ID, "revision": "1", "overall": "5", "finish": "1"})
    form = {"Content-Type": "application/x-www-form-urlencoded", "Accept": "application/json"}
    kept, _ = asked(proxy, "POST", f"/s/{card}", body.encode(), **form)

    assert kept.headers["X-Saved"] == f"{ID}:1"


def test_an_organiser_signs_in_by_https_and_the_cookie_stays_on_it(proxy: int) -> None:
    page, words = asked(proxy, "GET", "/sign-in")

    assert page.status == 200
    assert b'name="password"' in words
    assert "Secure" in page.headers["Set-Cookie"]


def test_what_the_server_takes_passes_and_what_is_larger_is_refused(proxy: int, card: str) -> None:
    form = {"Content-Type": "application/x-www-form-urlencoded"}

    assert asked(proxy, "POST", f"/s/{card}", b"a" * 600_000, **form)[0].status == 413
    with suppress(OSError):  # a proxy may cut the line before it has read all
        assert asked(proxy, "POST", f"/s/{card}", b"a" * 20_000_000, **form)[0].status == 413
