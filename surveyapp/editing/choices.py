"""Edits of a question's answers: add, order, remove, a symbol, and one scale for the whole survey."""

from collections.abc import Mapping
from dataclasses import replace

from surveyapp.editing.questions import CannotEditError, UsedCodes, changed, position_of, sound, with_choices
from surveyapp.model.kinds.registry import kind_of
from surveyapp.model.known_answers import asks_for_words, is_exclusive, missing_code, without_line
from surveyapp.model.names import Names, code_from_words
from surveyapp.model.questionnaire import MISSING_CODES, Choice, Question, Questionnaire, ShowIf, Wording, localized
from surveyapp.model.symbols import SYMBOLS

CHOICES_LIMIT = 30
TOO_MANY = f"A question can have {CHOICES_LIMIT} answers. Remove one first."
SCALES: Mapping[int, tuple[str, ...]] = {5: ("5", "4", "3", "2", "1"), 3: ("5", "3", "1")}
_OLD_CODE = {(5, 3): {"5": "4", "3": "3", "1": "2"}, (3, 5): {"4": "5", "3": "3", "2": "1"}}
_FACES = {
    "5": ("very_good", Wording("Very good", "Very good", "Very good")),
    "4": ("good", Wording("Good", "Good", "Good")),
    "3": ("okay", Wording("Neither good nor poor", "OK", "OK")),
    "2": ("bad", Wording("Poor", "Bad", "Bad")),
    "1": ("very_bad", Wording("Very poor", "Very bad", "Very bad")),
}
_APART = {
    "not_sure": ("not_sure", Wording("Not sure", "I am not sure", "Not sure")),
    "dont_know": ("not_sure", Wording("I don't know", "I do not know", "Don't know")),
    "not_applicable": ("not_used", Wording("I did not use or go to this", "I did not do this", "Did not do")),
    "prefer_not_to_say": ("private", Wording("Prefer not to say", "I do not want to say", "Rather not say")),
}
_SIMPLE = {
    "yes": ("yes", Wording("Yes", "Yes", "Yes")),
    "no": ("no", Wording("No", "No", "No")),
    "other": ("", Wording("Something else", "Something else", "Something else")),
}


def scale_points(questionnaire: Questionnaire) -> int:
    """How many points the survey's scale has: 5, or 3 where every rating has three."""
    ratings = [question for question in questionnaire.questions if kind_of(question).choices_from == "scale"]
    return 3 if ratings and all(len(question.counting_codes) == 3 for question in ratings) else 5


def scale(points: int) -> tuple[Choice, ...]:
    """The answers of a new rating, best first."""
    if points == 5:
        return tuple(_ready(code, _FACES) for code in SCALES[5])
    return tuple(replace(_ready(old, _FACES), code=code) for code, old in _OLD_CODE[5, 3].items())


def yes_no() -> tuple[Choice, ...]:
    """The answers of a new question of fact."""
    return _ready("yes", _SIMPLE), _ready("no", _SIMPLE), _ready("not_sure", _APART)


def one_scale(questionnaire: Questionnaire, points: int, past: UsedCodes) -> Questionnaire:
    """Every rating on five points or on three, wording that is fixed apart; only before people can answer.

    Three points are coded 5, 3 and 1, so that the best answer counts the same on both scales.
    """
    if past.is_opened:
        raise CannotEditError("People may have answered already, so the scale stays as it is.")
    if points not in SCALES:
        raise CannotEditError("Choose five answers or three.")
    questions = tuple(
        _on_scale(question, points)
        if kind_of(question).choices_from == "scale" and not question.fixed_wording
        else question
        for question in questionnaire.questions
    )
    return sound(questionnaire, _conditions_mended(replace(questionnaire, questions=questions)))


def choice_added(questionnaire: Questionnaire, key: str, words: str, past: UsedCodes) -> Questionnaire:
    """A new answer with words in the survey's own language, and a code made from them."""
    question = questionnaire.questions[position_of(questionnaire, key)]
    if "" not in may_add(question):
        raise CannotEditError("The answers to this question are given.")
    if not words:
        raise CannotEditError("Write the new answer.")
    taken = Names(past.codes.get(key, frozenset()).union(question.codes))
    return _extended(questionnaire, key, choice_from_words(words, questionnaire.language, question, taken))


def choice_from_words(words: str, language: str, question: Question, taken: Names) -> Choice:
    """A new answer of a question by its words, as it would be if it were pasted or read from a file."""
    known = missing_code(words)
    code = known if known and known not in taken else code_from_words(words, taken)
    is_missing = code in MISSING_CODES
    asks = asks_for_words(words) and not any(choice.other_text for choice in question.choices)
    return Choice(
        code=code,
        words={language: Wording(without_line(words) if asks else words)},
        symbol=_APART[code][0] if is_missing else "",
        missing=is_missing,
        exclusive=kind_of(question).choosing == "several" and is_exclusive(code, [words]),
        other_text=asks,
    )


def ready_choice_added(questionnaire: Questionnaire, key: str, code: str, past: UsedCodes) -> Questionnaire:
    """A ready answer: one that is counted apart, such as `not_sure`, or `other` for words of one's own."""
    question = questionnaire.questions[position_of(questionnaire, key)]
    if not code or code not in may_add(question):
        raise CannotEditError("This answer can't be added to this question.")
    if code in MISSING_CODES:
        choice = replace(_ready(code, _APART), exclusive=kind_of(question).choosing == "several")
        return _extended(questionnaire, key, choice)
    taken = past.codes.get(key, frozenset()).union(question.codes)
    unused = code if code not in taken else code_from_words(code, Names(taken))
    return _extended(questionnaire, key, replace(_ready(code, _SIMPLE), code=unused, other_text=True))


def choice_copied(questionnaire: Questionnaire, key: str, code: str, past: UsedCodes) -> Questionnaire:
    """An answer and, below it, its copy under a code of its own; what is there once only can't be copied."""
    question = questionnaire.questions[position_of(questionnaire, key)]
    choices = list(question.choices)
    place = _place(choices, code)
    copy = choices[place]
    if "" not in may_add(question) or copy.missing or copy.other_text:
        raise CannotEditError("A question has this answer only once.")
    if len(choices) >= CHOICES_LIMIT:
        raise CannotEditError(TOO_MANY)
    words, _language = localized(copy.words, questionnaire.language, "standard")
    taken = past.codes.get(key, frozenset()).union(question.codes)
    choices.insert(place + 1, replace(copy, code=code_from_words(words or code, Names(taken))))
    return changed(questionnaire, key, lambda asked: with_choices(asked, choices))


def choice_moved(questionnaire: Questionnaire, key: str, code: str, step: int) -> Questionnaire:
    """An answer one place up (-1) or down (+1) among its like: what counts apart stays below the others."""
    choices = list(questionnaire.questions[position_of(questionnaire, key)].choices)
    place = _place(choices, code)
    target = place + step
    if not 0 <= target < len(choices) or choices[target].missing != choices[place].missing:
        end = "first" if step < 0 else "last"
        raise CannotEditError(f"This answer is the {end} of its kind already.")
    if is_on_scale(questionnaire.question(key), code):
        raise CannotEditError("The faces go from the best to the worst.")
    choices[place], choices[target] = choices[target], choices[place]
    return changed(questionnaire, key, lambda asked: with_choices(asked, choices))


def choice_removed(questionnaire: Questionnaire, key: str, code: str) -> Questionnaire:
    """A question without an answer; a question that only this answer led to is shown to everybody."""
    question = questionnaire.questions[position_of(questionnaire, key)]
    choices = list(question.choices)
    del choices[_place(choices, code)]
    if is_on_scale(question, code) or question.fixed_wording:
        raise CannotEditError("This answer belongs to the scale, so it stays.")
    if len(choices) < 2:
        raise CannotEditError("A question needs two or more answers.")
    place = position_of(questionnaire, key)
    questions = list(questionnaire.questions)
    questions[place] = with_choices(question, choices)
    return sound(questionnaire, _conditions_mended(replace(questionnaire, questions=tuple(questions))))


def is_on_scale(question: Question, code: str) -> bool:
    """Whether an answer is one of a scale, whose order and number are the survey's."""
    return kind_of(question).choices_from in ("scale", "yes_no") and not question.choice(code).missing


def with_symbol(questionnaire: Questionnaire, key: str, code: str, symbol: str) -> Questionnaire:
    """Another symbol (or none) for a question, or for one of its answers."""
    if symbol and symbol not in SYMBOLS:
        raise CannotEditError("Choose one of the symbols.")
    if not code:
        return changed(questionnaire, key, lambda asked: replace(asked, symbol=symbol))
    choices = list(questionnaire.questions[position_of(questionnaire, key)].choices)
    place = _place(choices, code)
    choices[place] = replace(choices[place], symbol=symbol)
    return changed(questionnaire, key, lambda asked: with_choices(asked, choices))


def may_add(question: Question) -> tuple[str, ...]:
    """What can be added to a question: a new answer (empty), `other` for words of one's own, and what counts apart."""
    if not question.choices or question.fixed_wording:
        return ()
    is_list = kind_of(question).choices_from == "own"
    has_room = is_list and question.linked and question.other_choice is None
    own = ("", *(("other",) if has_room and "other" not in question.codes else ())) if is_list else ()
    return (*own, *(code for code in _APART if code not in question.codes))


def _extended(questionnaire: Questionnaire, key: str, choice: Choice) -> Questionnaire:
    if len(questionnaire.question(key).choices) >= CHOICES_LIMIT:
        raise CannotEditError(TOO_MANY)
    return changed(questionnaire, key, lambda asked: with_choices(asked, _with(asked, choice)))


def _with(question: Question, new: Choice) -> tuple[Choice, ...]:
    """What counts apart goes to the end, everything else before it."""
    if new.missing:
        return (*question.choices, new)
    first_apart = next((place for place, one in enumerate(question.choices) if one.missing), len(question.choices))
    return (*question.choices[:first_apart], new, *question.choices[first_apart:])


def _on_scale(question: Question, points: int) -> Question:
    codes = SCALES[points]
    if question.counting_codes == codes:
        return question
    old = _OLD_CODE.get((len(question.counting_codes), points), {})
    scale_choices = [_kept(question, code, old.get(code, code)) for code in codes]
    return with_choices(question, (*scale_choices, *(choice for choice in question.choices if choice.missing)))


def _kept(question: Question, code: str, old: str) -> Choice:
    """The answer that said the same on the scale before, or a ready one."""
    return replace(question.choice(old), code=code) if old in question.counting_codes else _ready(code, _FACES)


def _conditions_mended(questionnaire: Questionnaire) -> Questionnaire:
    """Conditions without the answers that are gone; one that has none left is no condition any more."""
    codes = {question.key: question.codes for question in questionnaire.questions}
    return replace(questionnaire, questions=tuple(_mended(one, codes) for one in questionnaire.questions))


def _mended(question: Question, codes: Mapping[str, tuple[str, ...]]) -> Question:
    condition = question.show_if
    if condition is None:
        return question
    left = tuple(code for code in condition.codes if code in codes.get(condition.key, ()))
    return replace(question, show_if=ShowIf(condition.key, left) if left else None)


def _ready(code: str, ready: Mapping[str, tuple[str, Wording]]) -> Choice:
    symbol, wording = ready[code]
    return Choice(code, {"en": wording}, symbol, missing=code in MISSING_CODES)


def _place(choices: list[Choice], code: str) -> int:
    for place, choice in enumerate(choices):
        if choice.code == code:
            return place
    raise CannotEditError("This answer is not there any more. Somebody may have removed it.")
