"""Every question kind by its name in a document; a name without its kind is a type error."""

from collections.abc import Mapping
from typing import assert_never, get_args

from surveyapp.model.kinds.comment import COMMENT
from surveyapp.model.kinds.kind import Kind
from surveyapp.model.kinds.multiple import MULTIPLE
from surveyapp.model.kinds.note import NOTE
from surveyapp.model.kinds.nps import NPS
from surveyapp.model.kinds.number import NUMBER
from surveyapp.model.kinds.rating5 import RATING5
from surveyapp.model.kinds.single import SINGLE
from surveyapp.model.kinds.yes_no import YES_NO
from surveyapp.model.questionnaire import KindName, Question


def _named(name: KindName) -> Kind:  # noqa: C901, PLR0911 -- a line a kind, and the type checker misses none
    match name:
        case "rating5":
            return RATING5
        case "yes_no":
            return YES_NO
        case "single":
            return SINGLE
        case "multiple":
            return MULTIPLE
        case "comment":
            return COMMENT
        case "number":
            return NUMBER
        case "nps":
            return NPS
        case "note":
            return NOTE
        case _:
            assert_never(name)


KIND_NAMES: tuple[KindName, ...] = get_args(KindName)
KINDS: Mapping[KindName, Kind] = {name: _named(name) for name in KIND_NAMES}


def kind_of(question: Question) -> Kind:
    """The kind of a question."""
    return KINDS[question.kind]
