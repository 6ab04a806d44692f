"""The way from any attendee's page to another look or language, and back to the very same page.

What stands in a page's address goes along in the address: no cookie, no script. A way back leads only to one of our own
pages that are listed here, whatever an address asks for.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

PLACES: Mapping[str, tuple[str, tuple[str, ...]]] = {
    "survey": ("/s/{code}", ("response",)),
    "thanks": ("/s/{code}/thanks", ("receipt", "late")),
    "contact": ("/c/{code}", ("done",)),
    "paper": ("/s/{code}/paper", ()),
    "news": ("/s/{code}/news", ()),
    "home": ("/", ("code",)),
    "withdraw": ("/withdraw", ("receipt", "done", "code")),
    "privacy": ("/privacy", ("code",)),
    "accessibility": ("/accessibility", ("code",)),
}
LONGEST = 100


@dataclass(frozen=True, slots=True)
class WayBack:
    """Where a change of look leads to, and what it takes along in the address beside the look."""

    address: str
    kept: Mapping[str, str]

    def unchanged(self, look: Mapping[str, str]) -> str:
        """The address of the way back in the look that was there before."""
        query = urlencode({**self.kept, **look})
        return f"{self.address}?{query}" if query else self.address


def way_back(asked: Mapping[str, str], code: str) -> WayBack:
    """The page that an address names by `to`; where it names none of ours, the card's survey, else the first page."""
    name = asked.get("to", "")
    address, names = PLACES.get(name, PLACES["survey"])
    if "{code}" in address and not code:
        address, names = PLACES["home"][0], ()
    found = {one: asked.get(one, "") for one in names}
    kept = {one: value for one, value in found.items() if value and value.isprintable() and len(value) <= LONGEST}
    return WayBack(address.format(code=code), kept)


def look_page(to: str, look: Mapping[str, str], card: str = "", **kept: str) -> str:
    """The address of the page that changes how a page looks; that of a card's survey knows the survey's languages."""
    at = f"/s/{card}/look" if card else "/look"
    query = urlencode({name: value for name, value in {"to": to, **kept, **look}.items() if value})
    return f"{at}?{query}"
