"""A client that checks every page it fetches, and goes on as a browser would: by links and forms."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode
from xml.etree.ElementTree import Element

from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests.html_checks import faults, parsed

Fields = Mapping[str, str | Sequence[str]]


@dataclass
class Page:
    """One answer of the server; `tree` is there for pages of HTML."""

    response: TestResponse
    tree: Element = field(default_factory=lambda: Element("html"))

    @property
    def status(self) -> int:
        """The HTTP status."""
        return self.response.status_code

    @property
    def text(self) -> str:
        """What a reader sees, spaces folded."""
        body = self.tree.find(".//body")
        return " ".join("".join(body.itertext()).split()) if body is not None else self.response.get_data(as_text=True)

    @property
    def location(self) -> str:
        """Where it redirects to."""
        return self.response.headers.get("Location", "")

    @property
    def title(self) -> str:
        """The page's title."""
        return (self.tree.findtext(".//title") or "").strip()

    @property
    def h1(self) -> str:
        """The page's heading."""
        heading = self.tree.find(".//h1")
        return " ".join("".join(heading.itertext()).split()) if heading is not None else ""

    def links(self) -> list[str]:
        """Where its links lead."""
        return [link.get("href", "") for link in self.tree.iter("a")]

    def form(self, action: str = "") -> Element:
        """The form with an action, or the only one that posts. Raises AssertionError."""
        forms = [one for one in self.tree.iter("form") if one.get("method", "").lower() == "post"]
        found = [one for one in forms if not action or one.get("action", "").split("?")[0].endswith(action)]
        assert len(found) == 1, f"{len(found)} forms of {[one.get('action') for one in forms]} end with {action!r}"
        return found[0]


@dataclass
class Visitor:
    """A person's browser without script."""

    client: FlaskClient
    takes_cookies: bool = True

    def get(self, path: str, status: int = 200, **options: Any) -> Page:
        """Fetch a page, check it, and check its status."""
        return self._checked(self.client.get(path, **options), status)

    def post(self, path: str, fields: Fields | None = None, status: int = 303, **options: Any) -> Page:
        """Send a form, check what comes back."""
        body = urlencode(fields or {}, doseq=True, errors="surrogatepass")
        options.setdefault("content_type", "application/x-www-form-urlencoded")
        return self._checked(self.client.post(path, data=body, **options), status)

    def submit(self, page: Page, fields: Fields, action: str = "", status: int = 303) -> Page:
        """Fill a page's form in and send it, hidden fields and all."""
        form = page.form(action)
        return self.post(form.get("action", ""), {**filled_in(form), **fields}, status)

    def follow(self, page: Page, status: int = 200) -> Page:
        """Go where a page redirects to."""
        return self.get(page.location, status)

    def _checked(self, response: TestResponse, status: int) -> Page:
        assert response.status_code == status, f"{response.status_code}: {response.get_data(as_text=True)[:2000]}"
        if not self.takes_cookies:
            assert "Set-Cookie" not in response.headers
        if response.mimetype != "text/html" or response.status_code in (301, 302, 303, 307, 308):
            return Page(response)
        page = Page(response, parsed(response.get_data(as_text=True)))
        found = faults(page.tree)
        assert not found, f"{response.request.path}: {found}"
        return page


def filled_in(form: Element) -> dict[str, list[str]]:
    """What a browser would send of a form as it stands, buttons apart."""
    sent: dict[str, list[str]] = {}
    for element in form.iter():
        name = element.get("name")
        if name and _is_sent(element):
            sent.setdefault(name, []).extend(_values(element))
    return sent


def _is_sent(element: Element) -> bool:
    if element.tag == "input":
        kind = element.get("type", "text")
        return kind not in ("submit", "reset", "button") and (
            kind not in ("radio", "checkbox") or element.get("checked") is not None
        )
    return element.tag in ("textarea", "select")


def _values(element: Element) -> list[str]:
    if element.tag == "textarea":
        return ["".join(element.itertext())]
    if element.tag == "select":
        options = list(element.iter("option"))
        chosen = [option for option in options if option.get("selected") is not None] or options[:1]
        return [option.get("value", "") for option in chosen]
    return [element.get("value", "on" if element.get("type") == "checkbox" else "")]
