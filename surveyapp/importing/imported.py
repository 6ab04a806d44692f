"""What was brought in from elsewhere, what of it could not be kept, and the refusal where nothing could be read."""

import json
from dataclasses import dataclass

from surveyapp.model.questionnaire import Questionnaire
from surveyapp.model.validation import faults

MEGABYTE = 1024 * 1024
MOST_BYTES = 5 * MEGABYTE
MOST_WRITTEN = 2 * MEGABYTE
MOST_QUESTIONS = 400
MOST_CHOICES = 10_000


class NotReadError(ValueError):
    """Nothing can be read of it; the message says why and what to do, in plain words."""


class FileTooLargeError(NotReadError):
    """It is larger than anything that is read."""


@dataclass(frozen=True, slots=True)
class Imported:
    """A questionnaire, and a plain sentence for each thing that could not be kept as it was."""

    questionnaire: Questionnaire
    left_out: tuple[str, ...] = ()


def within_limits(questionnaire: Questionnaire) -> Questionnaire:
    """The questionnaire, if it isn't longer than a survey may be and breaks no rule. Raises NotReadError."""
    number = len(questionnaire.questions)
    if number > MOST_QUESTIONS:
        raise FileTooLargeError(
            f"It has {number} questions. A survey can have {MOST_QUESTIONS}. Take some out and try again."
        )
    if len(json.dumps(questionnaire.to_json())) > MOST_WRITTEN:
        raise FileTooLargeError("It has more words than a survey can hold. Make it shorter and try again.")
    problems = faults(questionnaire)
    if problems:
        raise NotReadError(" ".join(problems))
    return questionnaire
