"""What stands between a person and the database: a server, a line that can fail, and a phone; each can die at once."""

import os
import re
import signal
import socket
import subprocess
import sys
import threading
import time
from contextlib import suppress
from pathlib import Path
from typing import Any

from playwright.sync_api import BrowserContext, Error, Page, Playwright

from tests.chromium import CHROMIUM_FLAGS, chromium_path

PHONE: dict[str, Any] = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}
STATE = """() => ({
  thanked: Boolean(document.querySelector('h2')?.textContent.includes('We have your answers.')),
  step: document.querySelector('.step.now')?.id, text: document.querySelector('#steps textarea')?.value,
  kind: document.querySelector('.step.now textarea') ? 'comment' : 'choice',
  chosen: Boolean(document.querySelector('.step.now :checked')), is: document.getElementById('status')?.textContent,
})"""
KEPT = """() => new Promise(done => {
  const asking = indexedDB.open('survey', 1)
  asking.onsuccess = () => {
    const all = asking.result.transaction('drafts').objectStore('drafts').getAll()
    all.onsuccess = () => { asking.result.close(); done(JSON.stringify(all.result)) }
  }
})"""
LENGTH = re.compile(rb"\r\ncontent-length: *(\d+)", re.IGNORECASE)
CONNECTION = re.compile(rb"\r\nconnection: *[^\r]*", re.IGNORECASE)


class Server:
    """`surveyapp serve` in a process of its own, always on the same port."""

    def __init__(self, database: Path, said: int | None = None) -> None:
        """`said` is where its log goes, as `subprocess` takes it."""
        self._said = said
        with socket.create_server(("127.0.0.1", 0)) as free:
            self.port: int = free.getsockname()[1]
        settings = {"DATABASE_URL": f"sqlite:///{database}", "SECRET_KEY": "k" * 40, "DEMO": "off"}
        self._environment = {**os.environ, **settings, "PORT": str(self.port)}
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start it, and wait until it answers."""
        command = [sys.executable, "-m", "surveyapp", "serve"]
        self._process = subprocess.Popen(  # noqa: S603 -- its words stand above
            command, env=self._environment, stdout=subprocess.DEVNULL, stderr=self._said
        )
        for _ in range(1_200):
            with suppress(OSError), socket.create_connection(("127.0.0.1", self.port), timeout=1):
                return
            time.sleep(0.1)
        raise TimeoutError("the server does not answer")

    @property
    def process(self) -> int:
        """The id of its process. Raises LookupError where it wasn't started."""
        if self._process is None:
            raise LookupError("the server was not started")
        return self._process.pid

    def kill(self) -> None:
        """SIGKILL: nothing is finished."""
        if self._process is not None:
            self._process.kill()
            self._process.wait()


class Line:
    """A line to the server, one request a connection, that can be cut and can lose replies to what was sent."""

    def __init__(self, port: int) -> None:
        self._to = port
        self._lost = 0
        self.is_cut = False
        self._listening = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._listening.getsockname()[1]
        threading.Thread(target=self._listen, daemon=True).start()

    def cut(self) -> None:
        """No signal from now on, also for what is on its way."""
        self.is_cut = True

    def mend(self) -> None:
        """Signal again."""
        self.is_cut = False

    def lose(self, count: int) -> None:
        """Lose the replies to the next saves."""
        self._lost = count

    def close(self) -> None:
        """Take the line away."""
        self._listening.close()

    def _listen(self) -> None:
        with suppress(OSError):
            while True:
                caller, _address = self._listening.accept()
                threading.Thread(target=self._carry, args=(caller,), daemon=True).start()

    def _carry(self, caller: socket.socket) -> None:
        with suppress(OSError), caller:
            request = _whole_request(caller)
            if self.is_cut or not request:
                return
            with socket.create_connection(("127.0.0.1", self._to), timeout=15) as server:
                server.sendall(CONNECTION.sub(b"\r\nConnection: close", request, count=1))
                reply = b"".join(iter(lambda: server.recv(65_536), b""))
            if request.startswith(b"POST") and self._lost:
                self._lost -= 1
            elif not self.is_cut:
                caller.sendall(reply)


def _whole_request(caller: socket.socket) -> bytes:
    """One request with its body; nothing when the caller hangs up."""
    request = b""
    while b"\r\n\r\n" not in request:
        part = caller.recv(65_536)
        if not part:
            return b""
        request += part
    head = request.partition(b"\r\n\r\n")[0]
    found = LENGTH.search(head)
    whole = len(head) + 4 + (int(found[1]) if found else 0)
    while len(request) < whole:
        request += caller.recv(65_536)
    return request


class Phone:
    """A Chromium with a profile that outlives it."""

    def __init__(self, playwright: Playwright, profile: Path) -> None:
        self._playwright = playwright
        self._profile = profile
        self._context: BrowserContext | None = None
        self.page: Page
        self._was_killed = True
        self.gone_at = 0.0  # when it died last, by the clock that never goes back
        self.open_again()
        self._was_killed = False

    def open_again(self) -> bool:
        """A browser with a page, a new one if it was killed; whether it was."""
        is_gone = self._context is not None and self.page.is_closed()  # Chromium can crash by itself, too
        if not self._was_killed:
            self.gone_at = time.monotonic()
        was_killed, self._was_killed = self._was_killed or is_gone, False
        if was_killed:
            with suppress(Error):
                if self._context is not None:
                    self._context.close()
            for lock in self._profile.glob("Singleton*"):
                lock.unlink()
            self._context = self._playwright.chromium.launch_persistent_context(
                self._profile, executable_path=str(chromium_path()), args=list(CHROMIUM_FLAGS), **PHONE
            )
            self.page = self._context.pages[0]
        return was_killed

    def told(self) -> str:
        """What is on the screen and what is kept, for whoever has to find out what went wrong."""
        with suppress(Error):
            return f"{self.page.url} {self.page.evaluate(KEPT)}"
        return "nothing"

    def kill(self) -> None:
        """SIGKILL to every process of the browser that names the profile."""
        self._was_killed = True
        self.gone_at = time.monotonic()
        for process in Path("/proc").glob("[0-9]*/cmdline"):
            with suppress(OSError):
                if str(self._profile).encode() in process.read_bytes():
                    os.kill(int(process.parent.name), signal.SIGKILL)
