"""What one answer adds to the counters: facts, each a question's key and what was answered.

Where no code stands, a name in brackets does; no code has brackets or a capital.
"""

from collections.abc import Callable, Sequence

from surveyapp.model.comments import is_nothing_to_add
from surveyapp.model.kinds.reading import Answer, codes_of
from surveyapp.model.questionnaire import MISSING_CODES, Question

PEOPLE = "(people)"  # chose something of several choices, and something that always counts
ONLY = "(only)"  # chose nothing but these, which may be left out of figures: "(only)dont_know+not_sure"
WROTE, NOTHING = "(wrote)", "(nothing to add)"

Fact = tuple[str, str]
"""A question's key (empty: of the response itself) and what was answered."""

FactsOf = Callable[[Answer], Sequence[Fact]]


def of_one_choice(question: Question) -> FactsOf:
    """The code, if it is one of the question's."""
    known = {code: ((question.key, code),) for code in question.codes}
    return lambda answer: known.get(str(answer), ())


def of_several_choices(question: Question) -> FactsOf:
    """Each code, and once the person: by what they chose alone where that may be left out of figures."""
    key, known = question.key, frozenset(question.codes)

    def facts(answer: Answer) -> Sequence[Fact]:
        codes = known.intersection(codes_of(answer))
        if not codes:
            return ()
        person = PEOPLE if codes - MISSING_CODES else ONLY + "+".join(sorted(codes))
        return [(key, person), *((key, code) for code in codes)]

    return facts


def of_a_number(question: Question) -> FactsOf:
    """The number itself."""
    key = question.key
    return lambda answer: ((key, str(answer)),)


def of_a_comment(question: Question) -> FactsOf:
    """Whether it says something; the words are counted nowhere."""
    wrote, nothing = ((question.key, WROTE),), ((question.key, NOTHING),)
    return lambda answer: nothing if is_nothing_to_add(str(answer)) else wrote


def of_nothing(_question: Question) -> FactsOf:
    """A kind without answers."""
    return lambda _answer: ()
