"""Edits of a questionnaire: each is a function from one document to the next, which keeps every rule.

An edit that can't be made raises CannotEditError with a sentence that says what to do. Nothing is stored here.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace

from surveyapp.model.asking_who import without_outdated_denials
from surveyapp.model.names import Names, key_from_words
from surveyapp.model.questionnaire import Check, Choice, Question, Questionnaire, ShowIf, localized
from surveyapp.model.validation import faults

QUESTIONS_LIMIT = 400
MOST_MINUTES = 120


class CannotEditError(ValueError):
    """The edit can't be made; the message says why and what to do, in plain words."""


@dataclass(frozen=True, slots=True)
class UsedCodes:
    """What a survey's editions have used: keys, each with its codes. Nothing of it may come to mean something else."""

    codes: Mapping[str, frozenset[str]] = field(default_factory=dict)

    @property
    def is_opened(self) -> bool:
        """Whether there is an edition that people may have answered."""
        return bool(self.codes)


def past_of(editions: Iterable[Questionnaire]) -> UsedCodes:
    """The keys and codes that editions have used."""
    codes: dict[str, frozenset[str]] = {}
    for edition in editions:
        for question in edition.questions:
            codes[question.key] = codes.get(question.key, frozenset()).union(question.codes)
    return UsedCodes(codes)


def sound(before: Questionnaire, after: Questionnaire) -> Questionnaire:
    """What an edit made, without the checks and marks of wording that it outdates.

    Raises CannotEditError for a broken rule.
    """
    broken = faults(after)
    if broken:
        raise CannotEditError(" ".join(broken))
    after = without_outdated_denials(before, after)
    kept = tuple(check for check in after.checked if _still_checked(before, after, check))
    return after if kept == after.checked else replace(after, checked=kept)


def question_name(questionnaire: Questionnaire, key: str) -> str:
    """What people call a question: its number, or its words where it is a note. Raises KeyError."""
    question = questionnaire.question(key)
    if question.asks:
        return f"Question {questionnaire.asking.index(question) + 1}"
    words, _language = localized(question.words, questionnaire.language, "standard")
    return f"The note “{words[:40]}”"


def position_of(questionnaire: Questionnaire, key: str) -> int:
    """A question's place in the document, from 0. Raises CannotEditError where it is gone."""
    for place, question in enumerate(questionnaire.questions):
        if question.key == key:
            return place
    raise CannotEditError("This question is not there any more. Somebody may have removed it.")


def added(questionnaire: Questionnaire, question: Question, after: str = "") -> Questionnaire:
    """A question more, below another one or at the end."""
    if len(questionnaire.questions) >= QUESTIONS_LIMIT:
        raise CannotEditError(f"A survey can hold {QUESTIONS_LIMIT} questions. Remove one first.")
    place = position_of(questionnaire, after) + 1 if after else len(questionnaire.questions)
    questions = (*questionnaire.questions[:place], question, *questionnaire.questions[place:])
    return sound(questionnaire, replace(questionnaire, questions=questions))


def moved(questionnaire: Questionnaire, key: str, step: int) -> Questionnaire:
    """A question one place up (-1) or down (+1); never above the question that decides who sees it."""
    place = position_of(questionnaire, key)
    target = place + step
    questions = list(questionnaire.questions)
    if not 0 <= target < len(questions):
        end = "first" if step < 0 else "last"
        raise CannotEditError(f"{question_name(questionnaire, key)} is the {end} one already.")
    upper, lower = questions[min(place, target)], questions[max(place, target)]
    if lower.show_if and lower.show_if.key == upper.key:
        raise CannotEditError(
            f"{question_name(questionnaire, lower.key)} is only shown after an answer to the question above it, "
            "so it must stay below."
        )
    questions[place], questions[target] = questions[target], questions[place]
    return sound(questionnaire, replace(questionnaire, questions=tuple(questions)))


def copied(questionnaire: Questionnaire, key: str, past: UsedCodes) -> Questionnaire:
    """A question and, below it, its copy under a key of its own; wording that is fixed can be asked only once."""
    question = questionnaire.questions[position_of(questionnaire, key)]
    if question.fixed_wording:
        raise CannotEditError("The wording of this question is fixed, so it can be asked only once.")
    words, _language = localized(question.words, questionnaire.language, "standard")
    copy = replace(question, key=key_from_words(words or key, Names(taken_keys(questionnaire, past))))
    return added(questionnaire, copy, after=key)


def removed(questionnaire: Questionnaire, key: str) -> Questionnaire:
    """The questionnaire without a question; everybody sees the questions that depended on it."""
    place = position_of(questionnaire, key)
    left = questionnaire.questions[:place] + questionnaire.questions[place + 1 :]
    freed = tuple(replace(one, show_if=None) if one.show_if and one.show_if.key == key else one for one in left)
    return sound(questionnaire, replace(questionnaire, questions=freed))


def changed(questionnaire: Questionnaire, key: str, change: Callable[[Question], Question]) -> Questionnaire:
    """The questionnaire with one question changed; its key, kind and way of counting stay."""
    place = position_of(questionnaire, key)
    before = questionnaire.questions[place]
    after = change(before)
    if (before.key, before.kind, before.linked, before.scoring) != (after.key, after.kind, after.linked, after.scoring):
        raise ValueError("an edit keeps a question's key, kind and way of counting")
    questions = (*questionnaire.questions[:place], after, *questionnaire.questions[place + 1 :])
    return sound(questionnaire, replace(questionnaire, questions=questions))


def with_condition(questionnaire: Questionnaire, key: str, condition: ShowIf | None) -> Questionnaire:
    """A question shown to everybody, or only after some answers to an earlier question."""
    if condition is None:
        return changed(questionnaire, key, lambda question: replace(question, show_if=None))
    allowed = {asked.key for asked in may_depend_on(questionnaire, key)}
    if condition.key not in allowed:
        raise CannotEditError("Choose a question that comes earlier and has answers to choose from.")
    if not condition.codes:
        raise CannotEditError("Choose one or more answers.")
    asked = questionnaire.question(condition.key)
    codes = tuple(code for code in asked.codes if code in condition.codes)
    return changed(questionnaire, key, lambda question: replace(question, show_if=ShowIf(asked.key, codes)))


def may_depend_on(questionnaire: Questionnaire, key: str) -> tuple[Question, ...]:
    """The earlier questions whose answers may decide who sees a question."""
    place = position_of(questionnaire, key)
    linked = questionnaire.questions[place].linked
    earlier = questionnaire.questions[:place]
    return tuple(asked for asked in earlier if asked.choices and (asked.linked or not linked))


def checked_by(questionnaire: Questionnaire, check: Check) -> Questionnaire:
    """The questionnaire with who checked one view in one language, instead of whoever did before."""
    if not check.by.strip():
        raise CannotEditError("Write who checked the words.")
    others = tuple(one for one in questionnaire.checked if (one.language, one.view) != (check.language, check.view))
    return replace(questionnaire, checked=(*others, check))


def lasting(questionnaire: Questionnaire, typed: str) -> Questionnaire:
    """The questionnaire with how many minutes it takes, as it was typed; empty for not said."""
    figures = typed.strip()
    if not figures:
        return replace(questionnaire, minutes=None)
    if not (figures.isascii() and figures.isdigit() and len(figures) <= 4 and 1 <= int(figures) <= MOST_MINUTES):
        raise CannotEditError(f"Write the minutes in figures, 1 to {MOST_MINUTES}. For example: 5.")
    return replace(questionnaire, minutes=int(figures))


def taken_keys(questionnaire: Questionnaire, past: UsedCodes) -> frozenset[str]:
    """The keys that no new question may have: those of now and of every edition."""
    return frozenset(past.codes).union(question.key for question in questionnaire.questions)


def with_choices(question: Question, choices: Iterable[Choice]) -> Question:
    """A question with other choices."""
    return replace(question, choices=tuple(choices))


def _still_checked(before: Questionnaire, after: Questionnaire, check: Check) -> bool:
    """Whether nothing is said now, in that view and language, that was not there when it was checked."""
    return not _texts(after, check) - _texts(before, check)


def _texts(questionnaire: Questionnaire, check: Check) -> Counter[str]:
    wordings = [words[check.language] for words in questionnaire.texts() if check.language in words]
    return Counter(text for text in (getattr(one, _FIELD[check.view]) for one in wordings) if text)


_FIELD = {"standard": "standard", "easy": "easy", "symbols": "short"}
