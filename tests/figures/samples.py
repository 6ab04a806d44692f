"""Small surveys and made-up responses for the figures' tests."""

from collections.abc import Iterable, Mapping, Sequence
from itertools import count
from typing import Any

from surveyapp.figures.survey_figures import Audience, CountedResponse, Facts, Figures, Tally, figures_of
from surveyapp.model.kinds.reading import Answer
from surveyapp.model.questionnaire import MISSING_CODES, KindName, Question
from tests.factories import make_choice, make_question, make_questionnaire

ORGANISER = Audience(public=False)
PUBLIC = Audience(public=True)
OVERALL = make_question("overall")
_numbers = count(1)


def choosing(key: str, kind: KindName, *codes: str, linked: bool = True) -> Question:
    """A question with these choices; the codes that may be left out of figures are."""
    choices = tuple(make_choice(code, missing=code in MISSING_CODES) for code in codes)
    return make_question(key, kind, choices=choices, linked=linked)


def answered(answers: Mapping[str, Answer], group: str | None = None, edition: int = 1) -> CountedResponse:
    """One finished response."""
    return CountedResponse(f"{next(_numbers):016x}", answers, group=group, edition=edition)


def each(key: str, values: Iterable[Answer], group: str | None = None) -> list[CountedResponse]:
    """A response for each value, answering one question."""
    return [answered({key: value}, group) for value in values]


def seen(
    asked: Question, responses: Sequence[CountedResponse], audience: Audience = ORGANISER, facts: Facts | None = None
) -> Figures:
    """The figures of a survey of one question."""
    return figures_of(Tally(make_questionnaire(asked)).fold(responses), facts or Facts(), audience)


def one(asked: Question, responses: Sequence[CountedResponse], audience: Audience = ORGANISER) -> Any:
    """That question's figures, of whatever kind it is."""
    return seen(asked, responses, audience).questions[asked.key]
