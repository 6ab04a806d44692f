"""A questionnaire as an XLSForm spreadsheet, for a spreadsheet program, Kobo, ODK and the like, and for us again.

What XLSForm has no column for stands in columns of our own (`ea_…`), which other programs pass over. Pictures,
recordings and who checked the wording are not in it: the JSON document has them.
"""

import io
import json
from collections.abc import Iterator, Sequence
from datetime import datetime

import xlsxwriter

from surveyapp.importing.languages import column_header
from surveyapp.importing.xlsform.columns import OWN
from surveyapp.model.kinds.registry import kind_of
from surveyapp.model.questionnaire import Choice, Question, Questionnaire, Words, other_text_key

PARTS = ("standard", "easy", "short")
OWN_COLUMNS = (
    "kind", "symbol", "report", "scoring", "linked", "describes_people", "asks_who", "fixed_wording", "signed",
)  # fmt: skip
OWN_CHOICES = ("symbol", "missing", "exclusive", "other_text")
LONGEST_CELL = 32_767
MADE = datetime(2026, 1, 1)  # noqa: DTZ001 -- Excel knows no zones; the same questions are the same bytes

FormRow = dict[str, str]
Lists = Sequence[tuple[str, tuple[Choice, ...]]]
WordsColumn = tuple[str, str, str]
"""A column of words: the language and the wording that it holds, and its name in the header."""


def written_xlsform(questionnaire: Questionnaire) -> bytes:
    """The workbook's bytes: the sheets survey, choices and settings."""
    lists, columns = _lists(questionnaire), _columns(questionnaire)
    helped = any(_is_said(question.help) for question in questionnaire.questions)
    meanings = ("label", "hint") if helped else ("label",)
    heads = ["type", "name", *(f"{meaning}::{name}" for meaning in meanings for _tag, _part, name in columns)]
    heads += ["relevant", "constraint", "parameters", "appearance", *(f"{OWN}{name}" for name in OWN_COLUMNS)]
    survey = [line for one in questionnaire.questions for line in _lines(questionnaire, one, lists, columns)]
    choice_heads = ["list_name", "name", *(f"label::{name}" for _tag, _part, name in columns)]
    choice_heads += [f"{OWN}{name}" for name in OWN_CHOICES]
    choices = [_choice_line(name, choice, columns) for name, offered in lists for choice in offered]
    settings = _settings(questionnaire)
    return _workbook(
        [("survey", heads, survey), ("choices", choice_heads, choices), ("settings", [*settings], [settings])]
    )


def _lists(questionnaire: Questionnaire) -> Lists:
    """Each list of answers once, under the key of the first question that offers it."""
    lists: list[tuple[str, tuple[Choice, ...]]] = []
    for question in questionnaire.questions:
        if question.choices and all(question.choices != offered for _name, offered in lists):
            lists.append((question.key, question.choices))
    return lists


def _columns(questionnaire: Questionnaire) -> list[WordsColumn]:
    """The columns of words: every language in full, and each other wording that any words have."""
    used = {
        (tag, part)
        for words in questionnaire.texts()
        for tag, wording in words.items()
        for part in PARTS
        if getattr(wording, part)
    }
    tags = dict.fromkeys([*questionnaire.languages, *sorted(tag for tag, _part in used)])
    wanted = [(tag, part) for tag in tags for part in PARTS if part == "standard" or (tag, part) in used]
    return [(tag, part, column_header(tag, part)) for tag, part in wanted]


def _lines(
    questionnaire: Questionnaire, question: Question, lists: Lists, columns: Sequence[WordsColumn]
) -> Iterator[FormRow]:
    """A question's row and, where an answer asks for other words, a row for these."""
    line = {"type": _type(question, lists), "name": question.key}
    line |= _said("label", question.words, columns) | _said("hint", question.help, columns)
    line |= {"relevant": _relevant(questionnaire, question), "constraint": _constraint(question)}
    points = kind_of(question).points
    line |= {"parameters": f"start={points[0]} end={points[-1]} step=1"} if points else {}
    line |= {"appearance": "multiline"} if kind_of(question).control == "textarea" else {}
    yield line | _own(question)
    if question.other_choice:
        relevant = _is_chosen(question, question.other_choice.code)
        words = _said("label", question.other_choice.words, columns)
        yield {"type": "text", "name": other_text_key(question.key), "relevant": relevant} | words


def _type(question: Question, lists: Lists) -> str:
    written = kind_of(question).xlsform
    if not question.choices:
        return written
    return f"{written} {next(name for name, offered in lists if offered == question.choices)}"


def _own(question: Question) -> FormRow:
    fields = {
        "kind": question.kind,
        "symbol": question.symbol,
        "report": question.report,
        "scoring": "" if question.scoring == "mean" else question.scoring,
        "linked": "" if question.linked else "no",
        "describes_people": {None: "", True: "yes", False: "no"}[question.describes_people],
        "asks_who": {None: "", "accepted": "yes"}.get(question.asks_who, question.asks_who or ""),
        "fixed_wording": "yes" if question.fixed_wording else "",
        "signed": question.signed,
    }
    return {f"{OWN}{name}": text for name, text in fields.items()}


def _choice_line(name: str, choice: Choice, columns: Sequence[WordsColumn]) -> FormRow:
    flags = {flag: "yes" if getattr(choice, flag) else "" for flag in OWN_CHOICES[1:]}
    own = {f"{OWN}{column}": text for column, text in {"symbol": choice.symbol, **flags}.items()}
    return {"list_name": name, "name": choice.code} | _said("label", choice.words, columns) | own


def _relevant(questionnaire: Questionnaire, question: Question) -> str:
    if question.show_if is None:
        return ""
    asked = questionnaire.question(question.show_if.key)
    return " or ".join(_is_chosen(asked, code) for code in question.show_if.codes)


def _is_chosen(asked: Question, code: str) -> str:
    if kind_of(asked).choosing == "several":
        return f"selected(${{{asked.key}}}, '{code}')"
    return f"${{{asked.key}}} = '{code}'"


def _constraint(question: Question) -> str:
    """The range of a number; that an answer which excludes the others stands alone."""
    rules = [f"not(selected(., '{one.code}') and count-selected(.) > 1)" for one in question.choices if one.exclusive]
    rules += [f". >= {question.minimum}"] if question.minimum is not None else []
    rules += [f". <= {question.maximum}"] if question.maximum is not None else []
    return " and ".join(rules)


def _said(meaning: str, words: Words, columns: Sequence[WordsColumn]) -> FormRow:
    texts = {name: getattr(words[tag], part) for tag, part, name in columns if tag in words}
    return {f"{meaning}::{name}": text for name, text in texts.items() if text}


def _is_said(words: Words) -> bool:
    return any(wording.standard or wording.easy or wording.short for wording in words.values())


def _settings(questionnaire: Questionnaire) -> FormRow:
    title = questionnaire.title.get(questionnaire.language)
    every = {tag: {part: getattr(wording, part) for part in PARTS} for tag, wording in questionnaire.title.items()}
    return {
        "form_title": title.standard if title else "",
        "form_id": questionnaire.key if questionnaire.key.isidentifier() and questionnaire.key.isascii() else "survey",
        "default_language": column_header(questionnaire.language),
        f"{OWN}title": json.dumps(every, ensure_ascii=False),
        f"{OWN}key": questionnaire.key,
        f"{OWN}purpose": questionnaire.purpose,
        f"{OWN}minutes": "" if questionnaire.minutes is None else repr(questionnaire.minutes),
    }


def _workbook(sheets: Sequence[tuple[str, Sequence[str], Sequence[FormRow]]]) -> bytes:
    """Text in every cell: nothing is a formula, a link or a number."""
    content = io.BytesIO()
    with xlsxwriter.Workbook(content, {"in_memory": True}) as book:
        book.set_properties({"created": MADE})
        bold = book.add_format({"bold": True})
        wrapped = book.add_format({"text_wrap": True, "valign": "top"})
        for name, heads, lines in sheets:
            page = book.add_worksheet(name)
            page.freeze_panes(1, 0)
            for column, head in enumerate(heads):
                page.set_column(column, column, 44 if "::" in head else 18)
                page.write_string(0, column, head, bold)
                for row, line in enumerate(lines, start=1):
                    if text := line.get(head, "")[:LONGEST_CELL]:
                        page.write_string(row, column, text, wrapped)
    return content.getvalue()
