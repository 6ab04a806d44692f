"""Questions as people write them down: one a line, the answers below, beside each other, or in a table.

What a question is follows from its answers: none means that people write; yes and no, or five known words from good to
bad, are what they are; others are one to choose, or several where it says so.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from surveyapp.importing.imported import MEGABYTE, FileTooLargeError, Imported, NotReadError, within_limits
from surveyapp.importing.paste.answers_known import NO, YES
from surveyapp.importing.paste.foreign import refuse_foreign
from surveyapp.importing.paste.inline_answers import Points, points_of
from surveyapp.importing.paste.parsed_question import RATING, recommends
from surveyapp.importing.paste.parser import Draft, ParsedLine
from surveyapp.importing.paste.reading import understood
from surveyapp.importing.plain import on_one_line, quoted
from surveyapp.importing.scales import (
    SYMBOLS,
    Option,
    coded,
    rating_between,
    with_headline,
)
from surveyapp.model.kinds.registry import KIND_NAMES, KINDS, kind_of
from surveyapp.model.known_answers import asks_for_words, folded, is_exclusive, without_line
from surveyapp.model.names import Names, key_from_words
from surveyapp.model.questionnaire import MISSING_CODES, Choice, KindName, Question, Questionnaire, Wording, Words

MOST_LETTERS = MEGABYTE // 4
MOST_LINES = 2_000
LANGUAGE = "en"
NOTHING_ASKED = "There are no questions in it. Write one question a line, and each answer below with a dash."
KINDS_CHOSEN = tuple(name for name in KIND_NAMES if KINDS[name].control != "nothing")
_MOST_POINTS = 7
_YES_NO = ("Yes", "No")
_RATES = re.compile(r"(?:please\s+)?(?:rate|score)\b", re.IGNORECASE)
_OTHER = frozenset({"other", "others", "something else"})


@dataclass(frozen=True, slots=True)
class PastedQuestionnaire:
    """A paste as it was understood: the questionnaire, what of it is different, and what each line was taken for.

    `keys` has the key of the question that a line became, by the line's number.
    """

    imported: Imported
    taken: tuple[ParsedLine, ...]
    keys: Mapping[int, str]


def read_pasted(text: str) -> Imported:
    """Read questions. Raises NotReadError where there are none."""
    return with_questions(read_lines(text).imported)


def with_questions(imported: Imported, *, may_be_empty: bool = False) -> Imported:
    """What was read, if anything in it is asked. Raises NotReadError."""
    if not (may_be_empty or imported.questionnaire.asking):
        raise NotReadError(NOTHING_ASKED)
    return imported


def read_lines(text: str, chosen: Mapping[int, str] | None = None) -> PastedQuestionnaire:
    """Read questions line by line; `chosen` is what somebody took some lines for. Raises NotReadError."""
    if len(text) > MOST_LETTERS:
        raise FileTooLargeError("That is more text than a survey can hold. Paste only the questions and their answers.")
    refuse_foreign(text)
    if sum(1 for line in text.splitlines() if line.strip()) > MOST_LINES:
        raise FileTooLargeError(f"It has more than {MOST_LINES:,} lines. Paste only the questions and their answers.")
    made = understood(text, chosen)
    title = next((on_one_line(draft.words) for draft in made.drafts if draft.says == "title"), "")
    left_out: list[str] = []
    keys = Names()
    drafts = [draft for draft in made.drafts if draft.says != "title"]
    questions = [_question(draft, keys, left_out) for draft in drafts]
    by_line = {draft.number: question.key for draft, question in zip(drafts, questions, strict=True)}
    questionnaire = Questionnaire(title=_said(title) if title else {}, questions=tuple(with_headline(questions)))
    return PastedQuestionnaire(
        Imported(within_limits(questionnaire), tuple(dict.fromkeys(left_out))), made.taken, by_line
    )


def _question(draft: Draft, keys: Names, left_out: list[str]) -> Question:
    key = key_from_words(on_one_line(draft.words), keys)
    keys.add(key)
    question = Question(key=key, kind="comment", words=_said(draft.words))
    if draft.says == "note":
        return replace(question, kind="note")
    question = (
        _as_chosen(question, draft, left_out) if draft.kind in KINDS_CHOSEN else _as_written(question, draft, left_out)
    )
    return replace(question, report=kind_of(question).report)


def _as_written(question: Question, draft: Draft, left_out: list[str]) -> Question:
    points = draft.points or points_of(draft.answers)
    if points:
        return _with_points(question, points, left_out)
    answers = _offered(draft, left_out)
    if len(answers) < 2:
        return replace(question, kind="number") if draft.ending == "number" else _rated(question, draft, left_out)
    return _with_choices(question, answers, several=bool(draft.several), left_out=left_out)


def _rated(question: Question, draft: Draft, left_out: list[str]) -> Question:
    """A question without answers; five faces where it says that something is rated."""
    if draft.ending or draft.answers or not _RATES.match(draft.words):
        return question
    left_out.append(f"{quoted(draft.words)} says nothing of its answers, so it is asked with five faces.")
    return _with_choices(question, RATING, several=False, left_out=left_out)


def _as_chosen(question: Question, draft: Draft, left_out: list[str]) -> Question:
    """A question answered in the way that somebody chose, with the answers that are there where these fit."""
    points = draft.points or points_of(draft.answers)
    answers = list(points.numbers) if points else _offered(draft, [])
    if draft.kind in ("single", "multiple"):
        answers = answers if len(answers) > 1 else list(_YES_NO)
        return _with_choices(question, answers, several=draft.kind == "multiple", left_out=left_out, as_single=True)
    if draft.kind in ("rating5", "yes_no"):
        found = _with_choices(question, answers, several=False, left_out=[]) if len(answers) > 1 else question
        usual = RATING if draft.kind == "rating5" else _YES_NO
        return found if found.kind == draft.kind else _with_choices(question, usual, several=False, left_out=[])
    if draft.kind == "number" and points:
        return replace(
            question, kind="number", minimum=min(points.first, points.last), maximum=max(points.first, points.last)
        )
    return replace(question, kind=draft.kind)  # type: ignore[arg-type]  # one of KINDS_CHOSEN


def _offered(draft: Draft, left_out: list[str]) -> list[str]:
    """The answers, each once."""
    said = [on_one_line(answer) for answer in draft.answers]
    offered = list(dict.fromkeys(answer for answer in said if answer))
    if len(offered) < len(draft.answers):
        left_out.append(f"An answer to {quoted(draft.words)} stands there twice, and is offered once.")
    if len(offered) == 1:
        left_out.append(f"{quoted(draft.words)} has one answer only, so people write in their own words.")
    return offered


def _with_points(question: Question, points: Points, left_out: list[str]) -> Question:
    """A scale of numbers: nought to ten, five faces where its ends are known, or its numbers to choose from."""
    words = question.words[LANGUAGE].standard
    low, high = min(points.first, points.last), max(points.first, points.last)
    ends = (points.first_words, points.last_words)
    if (low, high) == (0, 10) and recommends(words):
        return replace(question, kind="nps", help=_ends_said(points))
    rating = rating_between(*ends) if high - low == 4 else ()
    if rating:
        left_out.append(f"{quoted(words)} was a scale from {low} to {high}. It is asked with five faces.")
        return _with_choices(question, rating, several=False, left_out=left_out)
    if high - low >= _MOST_POINTS:
        return replace(question, kind="number", minimum=low, maximum=high, help=_ends_said(points))
    said = dict(zip((points.numbers[0], points.numbers[-1]), ends, strict=True))
    answers = [f"{number} – {said[number]}" if said.get(number) else number for number in points.numbers]
    left_out.append(f"{quoted(words)} has no average, because numbers don't say which end is good.")
    return _with_choices(question, answers, several=False, left_out=left_out)


def _ends_said(points: Points) -> Words:
    ends = ((points.first, points.first_words), (points.last, points.last_words))
    said = ". ".join(f"{number}: {words}" for number, words in ends if words)
    return _said(f"{said}.") if said else {}


def _with_choices(
    question: Question, answers: Sequence[str], *, several: bool, left_out: list[str], as_single: bool = False
) -> Question:
    """The question with answers to choose from; `as_single` keeps it from being a rating or yes and no."""
    found = coded([Option("", _ways_to_say(answer)) for answer in answers], several=several)
    kind: KindName = "single" if as_single and not several else found.kind
    other = next((place for place, answer in enumerate(answers) if _takes_words(answer)), -1)
    made = [
        _choice(answer, code, kind, asks=place == other)
        for place, (answer, code) in enumerate(zip(answers, found.codes, strict=True))
    ]
    return replace(question, kind=kind, choices=tuple(made[place] for place in found.order))


def _ways_to_say(answer: str) -> tuple[str, ...]:
    """An answer, and each half of one that stands there in two languages: `Da iawn / Very good`."""
    halves = [half.strip() for half in answer.split("/")]
    ways = (answer, *halves) if len(halves) == 2 and all(halves) else (answer,)
    said = set(map(folded, ways))
    known = [word for word, spoken in (("Yes", YES), ("No", NO)) if said & spoken and not said & {"yes", "no"}]
    return (*ways, *known) if len(known) == 1 else ways


def _takes_words(answer: str) -> bool:
    return asks_for_words(answer) or folded(answer.rstrip(" :_.…")) in _OTHER


def _choice(answer: str, code: str, kind: KindName, *, asks: bool) -> Choice:
    known = KINDS[kind].choices_from in ("scale", "yes_no") or code in MISSING_CODES
    return Choice(
        code=code,
        words=_said(without_line(answer) if asks else answer),
        symbol=SYMBOLS.get(code, "") if known else "",
        missing=code in MISSING_CODES,
        exclusive=kind == "multiple" and is_exclusive(code, [answer]),
        other_text=asks,
    )


def _said(words: str) -> Words:
    return {LANGUAGE: Wording(words)}
