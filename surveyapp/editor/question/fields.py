"""A question's page as its form prints it: a row for each thing that it says, a box for each wording of it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from flask_babel import gettext

from surveyapp.editing.choices import is_on_scale
from surveyapp.editing.wordings import Piece, in_language, is_fixed, pieces
from surveyapp.model.questionnaire import Choice, Question, Questionnaire
from surveyapp.model.symbols import SYMBOLS
from surveyapp.web.forms import later

WORDINGS = {
    "standard": later("In full"),
    "easy": later("Easy words"),
    "short": later("Short, beside a symbol"),
}


@dataclass(frozen=True, slots=True)
class Box:
    """One field: what stands in it, what it translates, what somebody else saved meanwhile, what is wrong with it."""

    name: str
    label: str
    value: str
    original: str = ""
    saved: str | None = None
    error: str = ""
    is_fixed: bool = False
    is_missing: bool = False


@dataclass(frozen=True, slots=True)
class WordingRow:
    """One thing that a question says; an answer has its code, its symbol and what can be done to it."""

    part: str
    heading: str
    boxes: tuple[Box, ...]
    choice: Choice | None = None
    symbol: str = ""
    stays: bool = False


@dataclass(frozen=True, slots=True)
class FilledFields:
    """What stands in a form beside what is stored: typed words, what is wrong, what somebody else saved."""

    typed: Mapping[str, str] = field(default_factory=dict)
    errors: Mapping[str, str] = field(default_factory=dict)
    saved: Mapping[str, str] = field(default_factory=dict)


def wording_rows(
    questionnaire: Questionnaire, question: Question, language: str, filled: FilledFields
) -> list[WordingRow]:
    """The rows of a question in a language: its words, its help, its answers."""
    own = questionnaire.language
    choices = {f"choice-{choice.code}": choice for choice in question.choices}
    return [
        _row(question, piece, choices.get(piece.part), _FormContext(own, language, filled))
        for piece in pieces(question)
    ]


def shown_symbols(question: Question) -> list[str]:
    """The symbols that a question's page draws, each once."""
    names = {question.symbol, *(choice.symbol for choice in question.choices)}
    return sorted(name for name in names if name in SYMBOLS)


@dataclass(frozen=True, slots=True)
class _FormContext:
    own: str
    language: str
    filled: FilledFields


def _row(question: Question, piece: Piece, choice: Choice | None, page: _FormContext) -> WordingRow:
    symbol = choice.symbol if choice else question.symbol if piece.part == "words" else ""
    return WordingRow(
        part=piece.part,
        heading=_heading(question, choice, page.own) if choice else _HEADINGS[piece.part],
        boxes=tuple(_boxes(question, piece, page)),
        choice=choice,
        symbol=symbol if symbol in SYMBOLS else "",
        stays=choice is not None and (is_on_scale(question, choice.code) or question.fixed_wording),
    )


_HEADINGS: Mapping[str, str] = {"words": later("The question"), "help": later("Help, if it needs some")}


def _heading(question: Question, choice: Choice, own: str) -> str:
    number = question.choices.index(choice) + 1
    words = in_language(choice.words, own).standard
    return gettext("Answer %(number)s: %(words)s", number=number, words=words or gettext("no words yet"))


def _boxes(question: Question, piece: Piece, page: _FormContext) -> Iterator[Box]:
    stored, own = in_language(piece.words, page.language), in_language(piece.words, page.own)
    says_something = piece.part != "help" or any((own.standard, own.easy))
    for wording in piece.wordings:
        name = f"{piece.part}-{wording}"
        value = page.filled.typed.get(name, getattr(stored, wording))
        yield Box(
            name=name,
            label=str(WORDINGS[wording]),
            value=value,
            original=getattr(own, wording) if page.language != page.own else "",
            saved=page.filled.saved.get(name),
            error=page.filled.errors.get(name, ""),
            is_fixed=page.language == page.own and is_fixed(question, piece.part, wording),
            is_missing=says_something and not value.strip() and _is_needed(wording, page),
        )


def _is_needed(wording: str, page: _FormContext) -> bool:
    """Full and easy words are marked where they lack; a translation may do with one of them, as people's pages do."""
    return wording == "standard" or (wording == "easy" and page.language == page.own)
