"""A real Chromium on a real server; every page is watched for errors, cookies and requests to elsewhere."""

import os
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from typing import Any

import pytest
from flask import Flask
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Request, expect, sync_playwright

from tests.chromium import CHROMIUM_FLAGS, chromium_path
from tests.npm import node_path
from tests.running import running

PHONE: dict[str, Any] = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}
NETWORK = ("net::ERR_", "Failed to load resource", "An unknown error occurred when fetching the script.")

PATIENCE = 40_000  # milliseconds until something is called missing: a busy machine is slow, and nothing is wrong

MakePage = Callable[..., Page]


@dataclass
class LiveServer:
    """The app on a server as shipped; `stop` and `start` are a server that goes away and comes back."""

    app: Flask
    url: str = ""
    port: int = 0
    _running: list[ExitStack] = field(default_factory=list)

    def start(self) -> None:
        """Listen, on the same port as before if there was one."""
        started = ExitStack()
        self.port = started.enter_context(running(self.app, self.port)).port
        self.url = f"http://127.0.0.1:{self.port}"
        self._running.append(started)

    def stop(self) -> None:
        """Close the listening socket and every connection."""
        while self._running:
            self._running.pop().close()


@dataclass
class Watch:
    """What a browser did that it shouldn't have."""

    home: str
    faults: list[str] = field(default_factory=list)
    requests: list[str] = field(default_factory=list)

    def console(self, message: ConsoleMessage) -> None:
        """Note errors and refusals by the policy; a network that is cut on purpose is none."""
        if message.type == "error" and not any(part in message.text for part in NETWORK):
            self.faults.append(message.text)

    def request(self, request: Request) -> None:
        """Note where every request goes."""
        self.requests.append(request.url)
        if not request.url.startswith((self.home, "data:", "blob:")):
            self.faults.append(f"a request to {request.url}")


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One Chromium a worker."""
    os.environ["PLAYWRIGHT_NODEJS_PATH"] = str(node_path())
    expect.set_options(timeout=PATIENCE)
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=str(chromium_path()), args=list(CHROMIUM_FLAGS))
        yield launched
        launched.close()


@pytest.fixture
def live(app: Flask) -> Iterator[LiveServer]:
    """The app on a real server."""
    server = LiveServer(app)
    server.start()
    app.config["PUBLIC_URL"] = server.url
    yield server
    server.stop()


@pytest.fixture
def live_url(live: LiveServer) -> str:
    """Where the server listens."""
    return live.url


@pytest.fixture
def make_page(browser: Browser, live: LiveServer) -> Iterator[MakePage]:
    """A function that opens a fresh browser context (options as Playwright's) and gives its page."""
    watch = Watch(live.url)
    contexts: list[BrowserContext] = []

    def make(**options: Any) -> Page:
        context = browser.new_context(base_url=live.url, **{**PHONE, **options})
        context.set_default_timeout(PATIENCE)
        contexts.append(context)
        page = context.new_page()
        context.on("console", watch.console)
        context.on("request", watch.request)
        page.on("pageerror", lambda error: watch.faults.append(str(error)))
        return page

    yield make
    for context in contexts:
        context.close()
    assert watch.faults == []


@pytest.fixture
def phone(make_page: MakePage) -> Page:
    """A phone, held upright, that takes no cookie from attendees' pages."""
    return make_page()
