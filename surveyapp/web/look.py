"""How a page looks to one person: read from the address, never from a cookie."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from flask import g, request

from surveyapp.model.questionnaire import VIEWS
from surveyapp.web.i18n import interface_languages, use_language

SIZES = ("1", "2", "3")
COLOURS = ("auto", "cream", "dark", "contrast")


@dataclass(frozen=True, slots=True)
class Look:
    """How the page looks to one person: view, language tag, size 1 to 3, colour `auto` `cream` `dark` `contrast`."""

    view: str = "standard"
    language: str = "en"
    size: int = 1
    colour: str = "auto"

    @property
    def has_symbols(self) -> bool:
        """Whether words stand beside symbols."""
        return self.view != "standard"


def look_from(
    asked: Mapping[str, str],
    languages: Sequence[str],
    default_views: Iterable[str | None] = (),
    default_languages: Iterable[str | None] = (),
) -> Look:
    """What a query asks for, else the first default that can be had; what can't be had is passed over."""
    return Look(
        view=_first_allowed((asked.get("view"), *default_views), VIEWS),
        language=_first_allowed((asked.get("lang"), *default_languages), languages),
        size=int(_first_allowed((asked.get("size"),), SIZES)),
        colour=_first_allowed((asked.get("colour"),), COLOURS),
    )


def look_of_request() -> Look:
    """The look that the address asks for where no survey is known: error pages keep it, too.

    A form that failed says its page's language itself.
    """
    look = look_from({"lang": g.get("language", ""), **request.args}, interface_languages())
    use_language(look.language)
    return look


def _first_allowed(wanted: Iterable[str | None], allowed: Sequence[str]) -> str:
    return next((value for value in wanted if value in allowed and value is not None), allowed[0])
