"""The questionnaire: one immutable document that every survey, template, edition and import is.

A document is a tree of small frozen dataclasses that reads from and writes to plain JSON.
Words are kept by language tag (BCP 47), and each language has up to three wordings of the same thing.
"""

from collections.abc import Iterator, Mapping
from dataclasses import MISSING, Field, dataclass, field, fields, is_dataclass, replace
from typing import Any, Literal

FORMAT = "surveyapp-questionnaire/1"
VIEWS = ("standard", "easy", "symbols")
MISSING_CODES = frozenset({"not_sure", "dont_know", "not_applicable", "prefer_not_to_say"})
OTHER_TEXT = "other_text"

View = Literal["standard", "easy", "symbols"]
KindName = Literal["rating5", "yes_no", "single", "multiple", "comment", "number", "nps", "note"]
Report = Literal["headline", "rating", "share", "list", "none"]
Scoring = Literal["mean", "fft"]
AsksWho = Literal["no", "yes", "accepted"]


@dataclass(frozen=True, slots=True)
class Wording:
    """One thing said three ways: in full, in easy words, and in one or two words beside a symbol."""

    standard: str
    easy: str = ""
    short: str = ""

    def in_view(self, view: str) -> str:
        """The words for a view; a wording that is not there falls back to the fuller one."""
        if view == "symbols":
            return self.short or self.easy or self.standard
        if view == "easy":
            return self.easy or self.standard
        return self.standard


Words = Mapping[str, Wording]


@dataclass(frozen=True, slots=True)
class Choice:
    """One answer that can be chosen; `missing` alone decides whether it counts in figures."""

    code: str
    words: Words
    symbol: str = ""
    missing: bool = False
    exclusive: bool = False
    other_text: bool = False


@dataclass(frozen=True, slots=True)
class Picture:
    """An uploaded photo by the name it is kept under, and what can be seen on it."""

    name: str
    words: Words


@dataclass(frozen=True, slots=True)
class ShowIf:
    """Show a question only when an earlier question was answered with one of these codes."""

    key: str
    codes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Question:
    """One question (or a note, which asks nothing); its key names its column for ever.

    `recordings` are names of kept audio files by language tag; `signed` is the https address of a video in BSL.
    `describes_people` says that answers tell people apart, as a role or an age does; None leaves it to its words.
    `asks_who` says whether it asks who somebody is, as for a name: "accepted" where the organiser was told what that
    does and wants it all the same; None leaves it to its words.
    """

    key: str
    kind: KindName
    words: Words
    help: Words = field(default_factory=dict)
    symbol: str = ""
    choices: tuple[Choice, ...] = ()
    report: Report = "none"
    scoring: Scoring = "mean"
    fixed_wording: bool = False
    linked: bool = True
    describes_people: bool | None = None
    asks_who: AsksWho | None = None
    show_if: ShowIf | None = None
    minimum: int | None = None
    maximum: int | None = None
    picture: Picture | None = None
    recordings: Mapping[str, str] = field(default_factory=dict)
    signed: str = ""

    @property
    def asks(self) -> bool:
        """Whether it takes an answer."""
        return self.kind != "note"

    @property
    def codes(self) -> tuple[str, ...]:
        """The choices' codes in document order."""
        return tuple(choice.code for choice in self.choices)

    @property
    def counting_codes(self) -> tuple[str, ...]:
        """The codes that count in means and shares."""
        return tuple(choice.code for choice in self.choices if not choice.missing)

    @property
    def other_choice(self) -> Choice | None:
        """The choice that asks for words beside it, if there is one."""
        return next((choice for choice in self.choices if choice.other_text), None)

    def choice(self, code: str) -> Choice:
        """The choice of a code. Raises KeyError."""
        for choice in self.choices:
            if choice.code == code:
                return choice
        raise KeyError(code)


def other_text_key(key: str) -> str:
    """Where the words of a choice that asks for them are kept, sent and exported."""
    return f"{key}__{OTHER_TEXT}"


@dataclass(frozen=True, slots=True)
class Check:
    """Who read the wording of one view in one language and found it right, and on which day (YYYY-MM-DD)."""

    language: str
    view: View
    by: str
    on: str


@dataclass(frozen=True, slots=True)
class Questionnaire:
    """A whole survey's questions, in order, in all its languages.

    `asked_who` where an edition before it asked who somebody is: its pages go on saying so.
    """

    title: Words
    questions: tuple[Question, ...] = ()
    languages: tuple[str, ...] = ("en",)
    key: str = ""
    purpose: str = ""
    minutes: float | None = None
    checked: tuple[Check, ...] = ()
    asked_who: bool = False

    @property
    def language(self) -> str:
        """The language it was written in: the first."""
        return self.languages[0]

    @property
    def asking(self) -> tuple[Question, ...]:
        """The questions that take an answer."""
        return tuple(question for question in self.questions if question.asks)

    @property
    def linked(self) -> tuple[Question, ...]:
        """The questions whose answers are kept with the response."""
        return tuple(question for question in self.asking if question.linked)

    @property
    def unlinked(self) -> tuple[Question, ...]:
        """The questions whose answers are only ever counted apart (equality monitoring)."""
        return tuple(question for question in self.asking if not question.linked)

    def question(self, key: str) -> Question:
        """The question of a key. Raises KeyError."""
        for question in self.questions:
            if question.key == key:
                return question
        raise KeyError(key)

    def extended_by(self, module: "Questionnaire") -> "Questionnaire":
        """This questionnaire with a module's questions at its end."""
        return replace(self, questions=self.questions + module.questions)

    def to_json(self) -> dict[str, Any]:
        """Plain JSON that `read_questionnaire` reads back to an equal value; defaults are left out."""
        return {"format": FORMAT, **_written(self)}

    def texts(self) -> Iterator[Words]:
        """Every piece of wording in it."""
        yield self.title
        for question in self.questions:
            yield question.words
            yield question.help
            if question.picture:
                yield question.picture.words
            for choice in question.choices:
                yield choice.words


def localized(words: Words, language: str, view: str, fallback: str = "en") -> tuple[str, str]:
    """The words in a language and view, and the language that they are really in."""
    for tag in (language, fallback, *words):
        if tag in words:
            return words[tag].in_view(view), tag
    return "", language


_NAMES = {"minimum": "min", "maximum": "max", "codes": "in"}
_ALWAYS = frozenset({"questions", "languages"})


def _written(value: Any) -> Any:
    """A dataclass, mapping or tuple as JSON, leaving out what is as it is by default."""
    if isinstance(value, tuple):
        return [_written(item) for item in value]
    if isinstance(value, Mapping):
        return {key: _written(item) for key, item in value.items()}
    if not is_dataclass(value):
        return value
    return {
        _NAMES.get(part.name, part.name): _written(getattr(value, part.name))
        for part in fields(value)
        if part.name in _ALWAYS or getattr(value, part.name) != _default(part)
    }


def _default(part: Field[Any]) -> Any:
    return part.default if part.default_factory is MISSING else part.default_factory()
