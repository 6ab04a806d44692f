"""The ready surveys and the modules that can be added to one: a document file each, read once."""

from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from types import MappingProxyType

from surveyapp.editing.library.translation import translated, translations
from surveyapp.model.document import questionnaire_from_text
from surveyapp.model.questionnaire import Questionnaire

READY = (
    "quick_card",
    "patients_carers_conference",
    "coproduction_workshop",
    "carers_event",
    "course_session",
    "course_end",
    "online_event",
    "fft_2020",
)
MODULES = ("who_are_you", "quote_permission", "equality", "equality_more", "stopped_coming")


@cache
def ready_surveys() -> Mapping[str, Questionnaire]:
    """The ready surveys by key, in the order in which they are offered."""
    return MappingProxyType({key: _read(f"{key}.json") for key in READY})


@cache
def module(name: str) -> Questionnaire:
    """The questions of one of MODULES, to be put at the end of a survey. Raises KeyError."""
    if name not in MODULES:
        raise KeyError(name)
    return _read(f"modules/{name}.json")


@cache
def originals() -> tuple[Questionnaire, ...]:
    """Every ready survey and module as it was written, in English alone."""
    paths = (*(f"{key}.json" for key in READY), *(f"modules/{name}.json" for name in MODULES))
    return tuple(_original(path) for path in paths)


def _read(path: str) -> Questionnaire:
    return translated(_original(path), translations())


def _original(path: str) -> Questionnaire:
    return questionnaire_from_text(files(__name__).joinpath(path).read_bytes())
