"""A paper form as it is keyed in: a field a question, for the marks that are printed beside the ticked boxes."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from flask_babel import gettext

from surveyapp.model.answers import Raw, read_answers
from surveyapp.model.kinds.reading import Unreadable
from surveyapp.model.paper import Typed
from surveyapp.model.questionnaire import Questionnaire
from surveyapp.rendering.answer_errors import sentence
from surveyapp.rendering.paper import PaperQuestion, box_mark, paper_questions
from surveyapp.web.look import Look

PREFIX = "q-"  # of the fields' names, so that no question is called like a field of ours


@dataclass(frozen=True, slots=True)
class ChoiceMark:
    """What is printed beside a box, the answer's words, and whether words of their own may stand beside it."""

    mark: str
    code: str
    label: str
    takes_words: bool


@dataclass(frozen=True, slots=True)
class Field:
    """One question's field: what may be typed (`marks`, empty for words and numbers), what was, and what is wrong."""

    number: int
    name: str
    label: str
    marks: tuple[ChoiceMark, ...]
    several: bool
    value: str
    other_name: str
    other_value: str
    error: str

    @property
    def goes_on_at(self) -> str:
        """The marks after which the keyboard may go on by itself; none where more may follow."""
        return "" if self.several else " ".join(mark.mark for mark in self.marks)

    @property
    def goes_to_words_at(self) -> str:
        """The marks beside which somebody may have written words."""
        return " ".join(mark.mark for mark in self.marks if mark.takes_words)


@dataclass(frozen=True, slots=True)
class KeyedSheet:
    """What was typed of one sheet: its answers' fields, and by question what couldn't be read."""

    typed: Typed
    errors: Mapping[str, str]
    is_empty: bool


def fields_of(questionnaire: Questionnaire, sent: Raw, errors: Mapping[str, str] | None = None) -> tuple[Field, ...]:
    """The fields with what was typed into them (`sent`, by their names)."""
    return tuple(_field(question, sent, errors or {}) for question in _questions(questionnaire))


def read_sheet(questionnaire: Questionnaire, sent: Raw) -> KeyedSheet:
    """Read the marks that were typed into answers' codes, and the answers by the edition's kinds."""
    typed: Typed = {}
    errors: dict[str, str] = {}
    for question in _questions(questionnaire):
        shown = question.shown
        try:
            codes = _codes(question, _sent(sent, shown.key))
        except Unreadable as error:
            errors[shown.key] = _what_to_type(question, error)
            continue
        if codes:
            typed[shown.key] = codes
        if words := _sent(sent, shown.other_name) if shown.other_name else "":
            typed[shown.other_name] = [words]
    reading = read_answers(questionnaire, typed)
    by_key = {question.key: question for question in questionnaire.asking}
    errors |= {key: sentence(error, by_key.get(key)) for key, error in reading.errors.items() if key not in errors}
    return KeyedSheet(typed, errors, not (reading.answers or reading.unlinked))


def sent_of(questionnaire: Questionnaire, typed: Raw) -> dict[str, list[str]]:
    """What has to be typed for a sheet's answers: the other way round."""
    sent: dict[str, list[str]] = {}
    for question in _questions(questionnaire):
        shown = question.shown
        values = typed.get(shown.key, ())
        marks = {mark.code: mark.mark for mark in _marks(question)}
        sent[PREFIX + shown.key] = [" ".join(marks.get(value, value) for value in values)]
        if shown.other_name:
            sent[PREFIX + shown.other_name] = [*typed.get(shown.other_name, ())]
    return sent


@dataclass(frozen=True, slots=True)
class Difference:
    """A field of a sheet that was keyed in two ways, in words."""

    name: str
    label: str
    first: str
    second: str


def sheet_differences(
    questionnaire: Questionnaire, first: Raw, second: Raw, names: Sequence[str]
) -> Iterator[Difference]:
    """The fields with these names as somebody would read them off the sheet, in the order of the questions."""
    for question in _questions(questionnaire):
        shown = question.shown
        label = f"{shown.number}. {shown.label.text}"
        marks = {
            mark.code: f"{mark.mark} – {mark.label}" if mark.mark != mark.label else mark.mark
            for mark in _marks(question)
        }
        for name in (shown.key, shown.other_name):
            if name and name in names:
                read = [
                    ", ".join(marks.get(value, value) for value in typed.get(name, ())) for typed in (first, second)
                ]
                yield Difference(name, label, *(said or gettext("nothing") for said in read))


def _questions(questionnaire: Questionnaire) -> tuple[PaperQuestion, ...]:
    return paper_questions(questionnaire, Look("standard", questionnaire.language))


def _marks(question: PaperQuestion) -> tuple[ChoiceMark, ...]:
    return tuple(
        ChoiceMark(box_mark(one.shown.code, place), one.shown.code, one.shown.label.text, one.shown.other_text)
        for place, one in enumerate(question.choices)
    )


def _field(question: PaperQuestion, sent: Raw, errors: Mapping[str, str]) -> Field:
    shown = question.shown
    return Field(
        number=shown.number,
        name=PREFIX + shown.key,
        label=shown.label.text,
        marks=_marks(question),
        several=shown.choosing == "several",
        value=_sent(sent, shown.key),
        other_name=PREFIX + shown.other_name if shown.other_name else "",
        other_value=_sent(sent, shown.other_name) if shown.other_name else "",
        error=errors.get(shown.key, "") or errors.get(shown.other_name, ""),
    )


def _sent(sent: Raw, name: str) -> str:
    return next(iter(sent.get(PREFIX + name, ())), "").strip()


def _codes(question: PaperQuestion, text: str) -> list[str]:
    """The codes of the marks that were typed, or the words and figures themselves. Raises Unreadable."""
    if not text or not question.choices:
        return [text] if text else []
    by_mark = {mark.mark: mark.code for mark in _marks(question)}
    if question.shown.choosing != "several" and text.upper() in by_mark:
        return [by_mark[text.upper()]]
    marks = [mark for part in text.upper().replace(",", " ").split() for mark in _parted(part, by_mark)]
    if question.shown.choosing != "several":
        raise Unreadable("one_choice_only")
    return [*dict.fromkeys(by_mark[mark] for mark in marks)]


def _parted(typed: str, marks: Mapping[str, str]) -> Iterator[str]:
    """The marks of which a word is made, the longest first: ACD, or 10. Raises Unreadable."""
    at, lengths = 0, range(max(map(len, marks)), 0, -1)
    while at < len(typed):
        mark = next((typed[at : at + length] for length in lengths if typed[at : at + length] in marks), "")
        if not mark:
            raise Unreadable("not_a_choice")
        at += len(mark)
        yield mark


def _what_to_type(question: PaperQuestion, error: Unreadable) -> str:
    marks = ", ".join(mark.mark for mark in _marks(question))
    if error.code == "one_choice_only":
        return gettext(
            "Question %(n)s takes one answer. Type one of %(marks)s, or leave it empty if it isn't clear.",
            n=question.shown.number,
            marks=marks,
        )
    return gettext("Question %(n)s: type one of %(marks)s.", n=question.shown.number, marks=marks)
