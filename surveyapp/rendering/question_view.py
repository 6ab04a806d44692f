"""A questionnaire as a page prints it: one view, one language, with what was typed and what is wrong with it.

Every view is the same questions and the same codes: standard words, easy words beside symbols, or big symbols with
one or two words.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from surveyapp.model.answers import Answers, Raw
from surveyapp.model.asking_who import marked_keys
from surveyapp.model.kinds.kind import Choosing, Control
from surveyapp.model.kinds.reading import Unreadable
from surveyapp.model.kinds.registry import kind_of
from surveyapp.model.questionnaire import Choice, Question, Questionnaire, Words, localized, other_text_key
from surveyapp.model.symbols import SYMBOLS
from surveyapp.rendering.attachments import Attachments, attachments_of
from surveyapp.web.look import Look


@dataclass(frozen=True, slots=True)
class ViewText:
    """Words as printed; `lang` is empty unless they are in another language than the page."""

    text: str = ""
    lang: str = ""


@dataclass(frozen=True, slots=True)
class ChoiceView:
    """One answer that can be chosen; `apart` ones stand after a divider, `exclusive` ones clear the others."""

    id: str
    code: str
    label: ViewText
    symbol: str = ""
    apart: bool = False
    exclusive: bool = False
    other_text: bool = False
    checked: bool = False


@dataclass(frozen=True, slots=True)
class QuestionView:
    """One question on the page: its words, its controls, and what was typed into them.

    `field_id` is the id of the first control, where an error links to.
    `notes` stand before it, `closing` after it (only after the last question).
    """

    number: int
    key: str
    field_id: str
    control: Control
    choosing: Choosing
    label: ViewText
    help: ViewText
    symbol: str
    choices: tuple[ChoiceView, ...]
    notes: tuple[ViewText, ...]
    closing: tuple[ViewText, ...]
    value: str
    other_name: str
    other_value: str
    error: Unreadable | None
    show_if_key: str
    show_if_codes: tuple[str, ...]
    linked: bool
    asks_who: bool
    minimum: int | None
    maximum: int | None
    beside: Attachments

    @property
    def is_answered(self) -> bool:
        """Whether something was chosen or typed."""
        return bool(self.value or self.other_value or any(choice.checked for choice in self.choices))


def questions_for(
    questionnaire: Questionnaire, look: Look, raw: Raw | None = None, errors: Mapping[str, Unreadable] | None = None
) -> tuple[QuestionView, ...]:
    """Every question that asks, in order, with the notes that stand before it."""
    page = _PageBuilder(questionnaire, look, raw or {}, errors or {}, frozenset(marked_keys(questionnaire)))
    views: list[QuestionView] = []
    notes: list[ViewText] = []
    closing = page.closing_notes()
    for question in questionnaire.questions:
        if not question.asks:
            notes += page.note(question)
            continue
        is_last = question is questionnaire.asking[-1]
        views.append(page.question(question, len(views) + 1, tuple(notes), closing if is_last else ()))
        notes = []
    return tuple(views)


def symbols_of(questions: tuple[QuestionView, ...]) -> tuple[str, ...]:
    """The names of the symbols that these questions show, each once."""
    names = [name for question in questions for name in (question.symbol, *(c.symbol for c in question.choices))]
    return tuple(sorted({name for name in names if name}))


def raw_of(answers: Answers) -> dict[str, list[str]]:
    """Stored answers as the fields that would send them again."""
    return {
        key: [str(part) for part in answer] if isinstance(answer, list) else [str(answer)]
        for key, answer in answers.items()
    }


def typed_texts(questionnaire: Questionnaire, look: Look, raw: Raw) -> tuple[tuple[ViewText, str], ...]:
    """Everything that was answered as (question, answer) in the page's words, for a person to copy."""
    questions = questions_for(questionnaire, look, raw)
    return tuple((question.label, _spoken(question)) for question in questions if question.is_answered)


def _spoken(question: QuestionView) -> str:
    chosen = [choice.label.text for choice in question.choices if choice.checked]
    return ", ".join([*chosen, *(text for text in (question.value, question.other_value) if text)])


@dataclass(frozen=True, slots=True)
class _PageBuilder:
    """What is the same for every question of one page."""

    questionnaire: Questionnaire
    look: Look
    raw: Raw
    errors: Mapping[str, Unreadable]
    asking_who: frozenset[str]

    def said(self, words: Words, view: str = "") -> ViewText:
        look = self.look
        text, tag = localized(words, look.language, view or look.view, self.questionnaire.language)
        return ViewText(text, "" if tag == look.language else tag)

    def note(self, question: Question) -> Iterator[ViewText]:
        """A note's words and help: always in sentences, since one or two words can't say it."""
        view = "easy" if self.look.has_symbols else "standard"
        return (words for words in (self.said(question.words, view), self.said(question.help, view)) if words.text)

    def closing_notes(self) -> tuple[ViewText, ...]:
        """The notes after the last question."""
        closing: list[ViewText] = []
        for question in reversed(self.questionnaire.questions):
            if question.asks:
                break
            closing[:0] = self.note(question)
        return tuple(closing)

    def values(self, name: str) -> list[str]:
        return [value for value in self.raw.get(name, ()) if value != ""]

    def question(
        self, question: Question, number: int, notes: tuple[ViewText, ...], closing: tuple[ViewText, ...]
    ) -> QuestionView:
        choices = tuple(self.choices(question))
        values = self.values(question.key)
        other = other_text_key(question.key) if question.other_choice else ""
        condition = question.show_if
        return QuestionView(
            number=number,
            key=question.key,
            field_id=choices[0].id if choices else f"a-{question.key}",
            control=kind_of(question).control,
            choosing=kind_of(question).choosing,
            label=self.said(question.words),
            help=self.help(question),
            symbol=self.symbol(question.symbol),
            choices=choices,
            notes=notes,
            closing=closing,
            value=values[0] if values and not choices else "",
            other_name=other,
            other_value=next(iter(self.values(other)), ""),
            error=self.errors.get(question.key),
            show_if_key=condition.key if condition else "",
            show_if_codes=condition.codes if condition else (),
            linked=question.linked,
            asks_who=question.key in self.asking_who,
            minimum=question.minimum,
            maximum=question.maximum,
            beside=attachments_of(question, self.look.language, self.questionnaire.language),
        )

    def symbol(self, name: str) -> str:
        """A symbol that we have a drawing of, in a view with pictures; an imported document may name others."""
        return name if self.look.has_symbols and name in SYMBOLS else ""

    def help(self, question: Question) -> ViewText:
        """The help under a question; mostly pictures go without, unless numbers would mean nothing."""
        if self.look.view == "symbols" and kind_of(question).control != "points":
            return ViewText()
        return self.said(question.help)

    def choices(self, question: Question) -> Iterator[ChoiceView]:
        chosen = self.values(question.key)
        for point in kind_of(question).points:
            label = ViewText(str(point))
            yield ChoiceView(f"a-{question.key}-{point}", str(point), label, checked=str(point) in chosen)
        for choice in question.choices:
            yield self.choice(question, choice, choice.code in chosen)

    def choice(self, question: Question, choice: Choice, is_checked: bool) -> ChoiceView:
        return ChoiceView(
            id=f"a-{question.key}-{choice.code}",
            code=choice.code,
            label=self.said(choice.words),
            symbol=self.symbol(choice.symbol),
            apart=choice.missing,
            exclusive=choice.exclusive,
            other_text=choice.other_text,
            checked=is_checked,
        )
