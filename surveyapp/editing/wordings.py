"""Edits of what a question says: its words, its help and its answers, in each wording and language.

A piece of wording is typed into fields called `<part>-<wording>`: `words-easy`, `help-standard`, `choice-tea-short`.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import assert_never

from surveyapp.editing.choices import CHOICES_LIMIT, choice_from_words, scale, yes_no
from surveyapp.editing.questions import CannotEditError, UsedCodes, taken_keys
from surveyapp.model.kinds.reading import NUMBER
from surveyapp.model.kinds.registry import KIND_NAMES, KINDS, kind_of
from surveyapp.model.names import Names, key_from_words
from surveyapp.model.questionnaire import Choice, KindName, Question, Questionnaire, Wording, Words

QUESTION_LENGTH = 300
HELP_LENGTH = 500
CHOICE_LENGTH = 150
SHORT_LENGTH = 60
WORDINGS = ("standard", "easy", "short")

Typed = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of wording of a question: where it is typed, what it says, and how long it may be."""

    part: str
    words: Words
    limit: int
    wordings: tuple[str, ...] = WORDINGS


def pieces(question: Question) -> Iterator[Piece]:
    """All that a question says, in the order of its page; help is never said in one or two words."""
    yield Piece("words", question.words, QUESTION_LENGTH)
    yield Piece("help", question.help, HELP_LENGTH, WORDINGS[:2])
    for choice in question.choices:
        yield Piece(f"choice-{choice.code}", choice.words, CHOICE_LENGTH)


def retyped(question: Question, language: str, typed: Typed) -> Question:
    """A question with the words that were typed in a language; a field that is not there changes nothing."""
    said = {piece.part: _retyped(piece, language, typed) for piece in pieces(question)}
    choices = tuple(replace(choice, words=said[f"choice-{choice.code}"]) for choice in question.choices)
    return replace(question, words=said["words"], help=said["help"], choices=choices)


def with_range(question: Question, least: str, greatest: str) -> Question:
    """A number with the smallest and greatest value that were typed; empty means any. Raises CannotEditError."""
    minimum, maximum = _whole(least), _whole(greatest)
    if minimum is not None and maximum is not None and minimum > maximum:
        raise CannotEditError("The smallest number is greater than the greatest. Change one of them.")
    return replace(question, minimum=minimum, maximum=maximum)


def too_long(question: Question, language: str, typed: Typed) -> dict[str, str]:
    """The fields that hold more than they may, and what to do; what was that long before may stay."""
    return {
        name: f"Use {limit} characters or fewer. It is {len(typed[name]) - limit} too long."
        for piece in pieces(question)
        for name, before, limit in _fields(piece, language)
        if len(typed.get(name, "")) > limit and typed[name] != before
    }


def in_language(words: Words, language: str) -> Wording:
    """The wording in a language, empty where there is none."""
    return words.get(language, Wording(""))


def is_fixed(question: Question, part: str, wording: str) -> bool:
    """Whether a piece of wording is fixed by whoever asks for it: the full words, not how they are made easy."""
    return question.fixed_wording and wording == "standard" and part != "help"


def new_question(questionnaire: Questionnaire, kind: str, words: str, answers: list[str], past: UsedCodes) -> Question:
    """A question of a kind with its usual answers, or with those that were written. Raises CannotEditError."""
    if kind not in KIND_NAMES:
        raise CannotEditError("Choose how people answer.")
    made = Question(
        key=key_from_words(words, Names(taken_keys(questionnaire, past))),
        kind=_KIND[kind],
        words={questionnaire.language: Wording(words)},
        report=KINDS[_KIND[kind]].report,
    )
    return replace(made, choices=_usual_choices(questionnaire, made, answers))


_KIND: Mapping[str, KindName] = {kind: kind for kind in KIND_NAMES}


def _usual_choices(questionnaire: Questionnaire, question: Question, answers: list[str]) -> tuple[Choice, ...]:
    match kind_of(question).choices_from:
        case "scale":
            return _scale_of(questionnaire)
        case "yes_no":
            return yes_no()
        case "nowhere":
            return ()
        case "own":
            return _own_choices(questionnaire, question, answers)
        case unknown:
            assert_never(unknown)


def _own_choices(questionnaire: Questionnaire, question: Question, answers: list[str]) -> tuple[Choice, ...]:
    if len(answers) < 2:
        raise CannotEditError("Write two or more answers, one on each line.")
    if len(answers) > CHOICES_LIMIT:
        raise CannotEditError(f"A question can have {CHOICES_LIMIT} answers. Take some out.")
    taken = Names()
    choices: list[Choice] = []
    for answer in answers:
        choices.append(
            choice_from_words(answer, questionnaire.language, replace(question, choices=tuple(choices)), taken)
        )
        taken.add(choices[-1].code)
    return tuple(choices)


def _scale_of(questionnaire: Questionnaire) -> tuple[Choice, ...]:
    """The answers that the survey's first rating has, so that one scale goes through the whole survey."""
    ratings = (one for one in questionnaire.questions if kind_of(one).choices_from == "scale")
    first = next((rating for rating in ratings if not rating.fixed_wording), None)
    return tuple(choice for choice in first.choices if not choice.missing) if first else scale(5)


def _retyped(piece: Piece, language: str, typed: Typed) -> Words:
    before = in_language(piece.words, language)
    after = Wording(**{one: typed.get(f"{piece.part}-{one}", getattr(before, one)) for one in WORDINGS})
    if after == before:
        return piece.words
    others = {tag: wording for tag, wording in piece.words.items() if tag != language}
    return others if after == Wording("") else {**others, language: after}


def _fields(piece: Piece, language: str) -> Iterator[tuple[str, str, int]]:
    before = in_language(piece.words, language)
    for one in piece.wordings:
        yield f"{piece.part}-{one}", getattr(before, one), SHORT_LENGTH if one == "short" else piece.limit


def _whole(typed: str) -> int | None:
    digits = typed.strip().replace(",", "")
    if not digits:
        return None
    figures = digits.removeprefix("-").removeprefix("−")
    if not (figures.isascii() and figures.isdigit() and len(figures) <= 9):
        raise CannotEditError("Write a whole number in figures. For example: 12.")
    number = -int(figures) if figures != digits else int(figures)
    return max(NUMBER[0], min(NUMBER[1], number))
