"""Reading a questionnaire document from JSON, strictly, with a sentence for whatever is wrong."""

import json
import re
from collections.abc import Callable, Mapping
from typing import Any, cast, get_args

from surveyapp.model.asking_who import without_idle_mark
from surveyapp.model.questionnaire import (
    FORMAT,
    VIEWS,
    AsksWho,
    Check,
    Choice,
    KindName,
    Picture,
    Question,
    Questionnaire,
    Report,
    Scoring,
    ShowIf,
    View,
    Wording,
    Words,
)
from surveyapp.model.validation import LANGUAGE, faults

MOST_MINUTES = 1_000
UNSTORABLE = re.compile("[\0\ud800-\udfff]")  # databases take no NUL, and UTF-8 has no half characters


class DocumentError(ValueError):
    """The document can't be read; the message says what and where, in plain words."""


def questionnaire_from_text(text: str | bytes) -> Questionnaire:
    """Read a JSON text. Raises DocumentError."""
    try:
        data = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise DocumentError("This is not a questionnaire document: it is not JSON.") from error
    return read_questionnaire(data)


def read_questionnaire(data: Any) -> Questionnaire:
    """Read a JSON value and hold it to the rules of `rules.faults`. Raises DocumentError.

    A mark that a question asks who somebody is isn't taken where no answer to it can tell: nobody could accept it.
    """
    fields = _fields(data, "the document")
    if fields.pop("format", None) != FORMAT:
        raise DocumentError(f"This is not a questionnaire document: it does not say {FORMAT}.")
    questionnaire = Questionnaire(
        title=_words(fields.pop("title", {}), "the title"),
        questions=tuple(_question(item) for item in _items(fields.pop("questions", []), "questions")),
        languages=_strings(fields.pop("languages", ["en"]), "languages") or ("en",),
        key=_text(fields.pop("key", ""), "key"),
        purpose=_text(fields.pop("purpose", ""), "purpose"),
        minutes=_minutes(fields.pop("minutes", None)),
        checked=tuple(_check(item) for item in _items(fields.pop("checked", []), "checked")),
        asked_who=_flag(fields.pop("asked_who", False), "asked_who"),
    )
    _nothing_left(fields, "the document")
    problems = faults(questionnaire)
    if problems:
        raise DocumentError(" ".join(problems))
    return questionnaire


def _question(data: Any) -> Question:
    fields = _fields(data, "a question")
    key = _text(fields.pop("key", ""), "a question's key")
    where = f"question “{key}”"
    question = Question(
        key=key,
        kind=cast(KindName, _one_of(fields.pop("kind", None), get_args(KindName), f"the kind of {where}")),
        words=_words(fields.pop("words", {}), where),
        help=_words(fields.pop("help", {}), f"the help of {where}"),
        symbol=_text(fields.pop("symbol", ""), f"the symbol of {where}"),
        choices=tuple(_choice(item, where) for item in _items(fields.pop("choices", []), f"choices of {where}")),
        report=cast(Report, _one_of(fields.pop("report", "none"), get_args(Report), f"report of {where}")),
        scoring=cast(Scoring, _one_of(fields.pop("scoring", "mean"), get_args(Scoring), f"scoring of {where}")),
        fixed_wording=_flag(fields.pop("fixed_wording", False), f"fixed_wording of {where}"),
        linked=_flag(fields.pop("linked", True), f"linked of {where}"),
        describes_people=_flag_or_none(fields.pop("describes_people", None), f"describes_people of {where}"),
        asks_who=_asks_who(fields.pop("asks_who", None), f"asks_who of {where}"),
        show_if=_show_if(fields.pop("show_if", None), where),
        minimum=_number(fields.pop("min", None), f"min of {where}"),
        maximum=_number(fields.pop("max", None), f"max of {where}"),
        picture=_picture(fields.pop("picture", None), f"the picture of {where}"),
        recordings=_recordings(fields.pop("recordings", {}), f"the recordings of {where}"),
        signed=_text(fields.pop("signed", ""), f"the signed video of {where}"),
    )
    _nothing_left(fields, where)
    return without_idle_mark(question)


def _choice(data: Any, where: str) -> Choice:
    fields = _fields(data, f"a choice of {where}")
    code = _text(fields.pop("code", ""), f"a code of {where}")
    choice = Choice(
        code=code,
        words=_words(fields.pop("words", {}), f"choice “{code}” of {where}"),
        symbol=_text(fields.pop("symbol", ""), f"a symbol of {where}"),
        missing=_flag(fields.pop("missing", False), f"missing of {where}"),
        exclusive=_flag(fields.pop("exclusive", False), f"exclusive of {where}"),
        other_text=_flag(fields.pop("other_text", False), f"other_text of {where}"),
    )
    _nothing_left(fields, f"choice “{code}” of {where}")
    return choice


def _check(data: Any) -> Check:
    fields = _fields(data, "a check of wording")
    check = Check(
        language=_text(fields.pop("language", ""), "the language of a check"),
        view=cast(View, _one_of(fields.pop("view", None), VIEWS, "the view of a check")),
        by=_text(fields.pop("by", ""), "who checked"),
        on=_text(fields.pop("on", ""), "the day of a check"),
    )
    _nothing_left(fields, "a check of wording")
    return check


def _picture(data: Any, where: str) -> Picture | None:
    if data is None:
        return None
    fields = _fields(data, where)
    picture = Picture(_text(fields.pop("name", ""), where), _words(fields.pop("words", {}), where))
    _nothing_left(fields, where)
    return picture


def _recordings(data: Any, where: str) -> Mapping[str, str]:
    return {tag: _text(name, where) for tag, name in _fields(data, where).items()}


def _show_if(data: Any, where: str) -> ShowIf | None:
    if data is None:
        return None
    fields = _fields(data, f"show_if of {where}")
    condition = ShowIf(_text(fields.pop("key", ""), where), _strings(fields.pop("in", []), where))
    _nothing_left(fields, f"show_if of {where}")
    return condition


def _words(data: Any, where: str) -> Words:
    fields = _fields(data, where)
    if not all(LANGUAGE.fullmatch(tag) for tag in fields):
        raise DocumentError(f"A language of {where} is not a language tag.")
    return {tag: _wording(value, where) for tag, value in fields.items()}


def _wording(data: Any, where: str) -> Wording:
    fields = _fields(data, where)
    parts = {name: _text(fields.pop(name, ""), where) for name in ("standard", "easy", "short")}
    _nothing_left(fields, where)
    return Wording(**parts)


def _reader(kind: type | tuple[type, ...], expected: str) -> Callable[[Any, str], Any]:
    """A function that lets a value of a type through and says in a sentence when it is another."""

    def read(value: Any, where: str) -> Any:
        if not isinstance(value, kind) or (isinstance(value, bool) and kind is not bool):
            raise DocumentError(f"Expected {expected} for {where}.")
        return value

    return read


_flag: Callable[[Any, str], bool] = _reader(bool, "true or false")
_items: Callable[[Any, str], list[Any]] = _reader(list, "a list")
_mapping: Callable[[Any, str], Mapping[str, Any]] = _reader(dict, "an object")
_string: Callable[[Any, str], str] = _reader(str, "text")
_whole: Callable[[Any, str], int] = _reader(int, "a whole number")
_amount: Callable[[Any, str], float] = _reader((int, float), "a number")


def _fields(value: Any, where: str) -> dict[str, Any]:
    return dict(_mapping(value, where))


def _text(value: Any, where: str) -> str:
    text = _string(value, where)
    if UNSTORABLE.search(text):
        raise DocumentError(f"A character of {where} can't be stored.")
    return text


def _strings(value: Any, where: str) -> tuple[str, ...]:
    return tuple(_text(item, where) for item in _items(value, where))


def _flag_or_none(value: Any, where: str) -> bool | None:
    return None if value is None else _flag(value, where)


def _asks_who(value: Any, where: str) -> AsksWho | None:
    return None if value is None else cast(AsksWho, _one_of(value, get_args(AsksWho), where))


def _number(value: Any, where: str) -> int | None:
    return None if value is None else _whole(value, where)


def _minutes(value: Any) -> float | None:
    if value is not None and not 0 <= _amount(value, "minutes") <= MOST_MINUTES:
        raise DocumentError(f"Expected a number from 0 to {MOST_MINUTES} for minutes.")
    return cast(float | None, value)


def _one_of(value: Any, allowed: tuple[str, ...], where: str) -> str:
    if value not in allowed:
        raise DocumentError(f"Expected one of {', '.join(allowed)} for {where}.")
    return str(value)


def _nothing_left(fields: dict[str, Any], where: str) -> None:
    if fields:
        names = ", ".join(sorted(fields)).encode(errors="replace").decode()
        raise DocumentError(f"Unknown in {where}: {names}.")
