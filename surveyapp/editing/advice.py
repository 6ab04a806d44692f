"""What is worth a look in a survey before it opens: shown to its organisers, never in their way.

Limits: `reference/accessibility.md` K6 (more than 8 questions, more than 2 open ones), one scale for a survey
(Hartley & MacLean 2006), and "don't over-use people": more than 3 surveys in 90 days.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from functools import cache
from typing import Literal

from surveyapp.editing.library import MODULES, module
from surveyapp.model.kinds.registry import kind_of
from surveyapp.model.questionnaire import Questionnaire

MANY_QUESTIONS = 8
MANY_OPEN = 2
MANY_SURVEYS = 3
OFTEN = timedelta(days=90)

Matter = Literal["questions", "open", "scales", "surveys"]


@dataclass(frozen=True, slots=True)
class Advice:
    """One thing that is worth a look, and how many of it there are."""

    matter: Matter
    number: int = 0


def advice_on(questionnaire: Questionnaire, surveys: int = 1) -> Iterator[Advice]:
    """All that is worth a look; `surveys` is how many the team asks within OFTEN, this one among them."""
    own = [question for question in questionnaire.asking if question.key not in _of_modules()]
    written = [question for question in own if kind_of(question).control == "textarea"]
    if len(own) > MANY_QUESTIONS:
        yield Advice("questions", len(own))
    if len(written) > MANY_OPEN:
        yield Advice("open", len(written))
    if len({question.counting_codes for question in own if kind_of(question).choices_from == "scale"}) > 1:
        yield Advice("scales")
    if surveys > MANY_SURVEYS:
        yield Advice("surveys", surveys)


@cache
def _of_modules() -> frozenset[str]:
    return frozenset(question.key for name in MODULES for question in module(name).questions)
