"""Every reader of what a person sends: time in proportion to the text, and no error but its own."""

import csv
import io
import json
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from uuid import UUID
from xml.sax.saxutils import escape

import pytest

from surveyapp.answer.forms import read_envelope
from surveyapp.answer.front import takes_gzip
from surveyapp.answer.opened_token import read_opened_token
from surveyapp.cards.place_names import clean_lines, place_names
from surveyapp.editing.easyread import remarks_on
from surveyapp.editing.questions import CannotEditError, UsedCodes, lasting
from surveyapp.editing.wordings import new_question, with_range
from surveyapp.editor.list.forms import written_answers
from surveyapp.export.excel_csv import _as_text
from surveyapp.export.guard import guarded, guarded_line
from surveyapp.importing.answers.table import read_table
from surveyapp.importing.answers.target_columns import placed
from surveyapp.importing.detect import questionnaire_from_file, read_document
from surveyapp.importing.imported import NotReadError
from surveyapp.importing.languages import column_header, column_language, languages_of
from surveyapp.importing.pasted import read_pasted
from surveyapp.importing.plain import on_one_line, storable_text, without_markup
from surveyapp.importing.scales import Option, coded
from surveyapp.importing.workbook import LONGEST_CELL
from surveyapp.importing.xlsform.columns import column_of
from surveyapp.importing.xlsform.conditions import bounds_of, condition_of
from surveyapp.importing.xlsform.reading import _minutes, _own_title
from surveyapp.importing.xlsform.types import row_type
from surveyapp.keying.sheet import fields_of, read_sheet
from surveyapp.model.asking_who import suspects
from surveyapp.model.codes import read_card_code, read_receipt
from surveyapp.model.comments import is_nothing_to_add, traced, traces
from surveyapp.model.document import DocumentError, questionnaire_from_text
from surveyapp.model.kinds.reading import Unreadable
from surveyapp.model.kinds.registry import KINDS
from surveyapp.model.known_answers import asks_for_words
from surveyapp.model.names import Names, code_from_name, code_from_words, key_from_name, key_from_words
from surveyapp.model.questionnaire import FORMAT, Question, Questionnaire, Wording
from surveyapp.model.urgent_words import sounds_urgent
from surveyapp.results.comments.listing import CommentFilter, listing
from surveyapp.results.comments.queries import CommentedQuestion, Note
from surveyapp.results.comments.routes import FIND_LENGTH
from surveyapp.web import forms as web_forms
from surveyapp.web.access import is_own_path
from surveyapp.web.proxies import read_address
from tests.factories import every_kind
from tests.house.growth import SIZES, TIMES_AS_MUCH, grows_linearly
from tests.importing.test_word_document import document as docx
from tests.importing.test_word_document import paragraph, table
from tests.importing.workbooks import form, workbook

OWN_ERRORS = (Unreadable, CannotEditError, DocumentError, NotReadError)
LARGEST = 8_192
SURVEY = UUID(int=7)
NUMBER = Question(key="people", kind="number", words={})
EMPTY = Questionnaire(title={})
PAPER = every_kind()
SECRET = b"a secret of thirty-two characters"


def _document(text: str) -> None:
    """A document whose every text is the one that was sent."""
    words = {"en": {"standard": text, "easy": text}}
    check = {"language": "en", "view": "easy", "by": text, "on": text}
    choices = [{"code": "a", "words": words}, {"code": "b", "words": words}]
    asked = {"key": "asked", "kind": "single", "words": words, "choices": choices}
    questionnaire_from_text(json.dumps({"format": FORMAT, "title": words, "questions": [asked], "checked": [check]}))


def _many_questions(text: str) -> None:
    """A document with a question for each hundred letters, each asked on condition of the one before."""
    asked: list[dict[str, object]] = [{"key": f"q_{number}", "kind": "yes_no"} for number in range(len(text) // 100)]
    asked = [{**one, "show_if": {"key": f"q_{number - 1}", "in": ["yes"]}} for number, one in enumerate(asked)]
    questionnaire_from_text(json.dumps({"format": FORMAT, "questions": asked}))


def _words(text: str) -> dict[str, Wording]:
    return {"en": Wording(text)}


def _word_document(text: str) -> None:
    """A Word document with a paragraph a line, a list item a line, and a table of a cell a line."""
    lines = [escape("".join(filter(_in_xml, line))) for line in text.splitlines()]
    items = [paragraph(line, listed="5") for line in lines]
    questionnaire_from_file(docx(*map(paragraph, lines), *items, table(*((line, line) for line in lines))))


def _in_xml(letter: str) -> bool:
    return letter in "\t" or (letter >= " " and not "\ud800" <= letter <= "\udfff")


def _xlsform(text: str) -> None:
    """An XLSForm with a question a line, and every cell of its first one as it was sent."""
    cell, lines = "".join(filter(_in_xml, text))[:LONGEST_CELL], text.splitlines()
    sent = [cell] * 6
    rows = [("text", f"q_{number}", "".join(filter(_in_xml, line))) for number, line in enumerate(lines[:400])]
    head = ("type", "name", "label", "relevant", "constraint", "hint")
    questionnaire_from_file(form(sent, *rows, head=head, settings=[("form_title", "default_language"), (cell, cell)]))


def _sheet(text: str) -> None:
    """A sheet with questions in its first column."""
    questionnaire_from_file(
        workbook({"Sheet1": [["".join(filter(_in_xml, line))] for line in text.splitlines()] or [[""]]})
    )


def _keyed(text: str) -> None:
    """A sheet of paper whose every field was keyed as it was sent."""
    fields = fields_of(PAPER, {})
    read_sheet(PAPER, {name: [text] for one in fields for name in (one.name, one.other_name) if name})


def _found(text: str) -> None:
    """A comment that is looked through for its own words."""
    note = Note(theme=text[:60])
    comments = [CommentedQuestion(str(n), b"", "improve", text[n:], "en", may_quote=True, note=note) for n in range(3)]
    listing(comments, CommentFilter(find=text[:FIND_LENGTH], theme=text, question=text, saved=text))
    listing(comments, CommentFilter(find=text[:FIND_LENGTH]))


def _old_answers(text: str) -> None:
    """A table of answers whose headings and cells are as they were sent."""
    file = io.StringIO()
    keys = [question.key for question in PAPER.questions][:3]
    csv.writer(file).writerows(
        [[text[:200], *keys], *([line, *[line] * len(keys)] for line in (text, *text.split("\n")))]
    )
    placed(read_table(file.getvalue().encode("utf-8", "replace")), PAPER)


READERS: dict[str, Callable[[str], object]] = {
    "a keyed sheet": _keyed,
    "comments that are looked for": _found,
    "old answers": _old_answers,
    "words of need": sounds_urgent,
    "the very words that tell": traced,
    "a question that asks who": lambda text: suspects(Questionnaire({}, (Question("asked", "comment", _words(text)),))),
    "compression": takes_gzip,
    "a proxy's addresses": read_address,
    "a card's code": read_card_code,
    "a receipt": read_receipt,
    "a page's opening": partial(read_opened_token, SECRET, SURVEY),
    "a response's id": lambda text: read_envelope({"response": [text]}),
    "a revision": lambda text: read_envelope({"revision": [text]}),
    "many fields": lambda text: read_envelope({"x": list(text), text: [text]}),
    "a comment": lambda text: KINDS["comment"].read(NUMBER, [text]),
    "a number": lambda text: KINDS["number"].read(NUMBER, [text]),
    "nought to ten": lambda text: KINDS["nps"].read(NUMBER, [text]),
    "a choice": lambda text: KINDS["single"].read(NUMBER, [text]),
    "choices": lambda text: KINDS["multiple"].read(NUMBER, list(text)),
    "nothing to add": is_nothing_to_add,
    "traces of a person": traces,
    "a guarded cell": guarded,
    "a cell on one line": guarded_line,
    "a cell of text": _as_text,
    "minutes": partial(lasting, EMPTY),
    "a range": lambda text: with_range(NUMBER, text, text),
    "a question's key": lambda text: key_from_words(text, Names()),
    "an answer's code": lambda text: code_from_words(text, Names()),
    "a new question": lambda text: new_question(EMPTY, "single", text, written_answers(text), UsedCodes()),
    "easy words": lambda text: remarks_on(text, "question", "en"),
    "easy words of a note": lambda text: remarks_on(text, "note", "cy"),
    "places": lambda text: place_names(clean_lines(text)),
    "pasted questions": read_pasted,
    "a file": lambda text: questionnaire_from_file(text.encode("utf-8", "replace")),
    "a document": read_document,
    "a document's texts": _document,
    "a document's questions": _many_questions,
    "stored text": storable_text,
    "text with markup": without_markup,
    "text of several lines": web_forms.several_lines,
    "text of one line": on_one_line,
    "a language's name": column_language,
    "a language's tag": column_header,
    "headers' languages": lambda text: languages_of(text.split()),
    "an imported key": lambda text: key_from_name(text, Names()),
    "an imported code": lambda text: code_from_name(text, Names()),
    "imported answers": lambda text: coded([Option("", (line,)) for line in text.splitlines()], several=False),
    "another answer": asks_for_words,
    "a column's header": column_of,
    "a condition": condition_of,
    "bounds": bounds_of,
    "a type": row_type,
    "a form's minutes": _minutes,
    "a form's title": _own_title,
    "an own path": is_own_path,
}
FILES: dict[str, Callable[[str], object]] = {
    "a Word document": _word_document,
    "an XLSForm": _xlsform,
    "a sheet of questions": _sheet,
}
"""Files take long to be made, whatever is in them: they are fed less, since the texts in them have readers above."""
IN_FILES = ("letters", "spaces", "words", "the same line", "lines", "an answer each line", "ors")
FED: dict[str, Callable[[int], str]] = {
    "letters": lambda size: "a" * size,
    "figures": lambda size: "9" * size,
    "a negative": lambda size: "-" + "9" * size,
    "figures of Arabic": lambda size: "٣" * size,
    "a question and spaces": lambda size: "Why" + " " * size + "?",
    "spaces": lambda size: " " * size,
    "words": lambda size: "Was it good or bad? " * (size // 20),
    "the same line": lambda size: "Why?\n" * (size // 5),
    "lines": lambda size: "\n".join(f"Why {number}?" for number in range(size // 9)),
    "an answer each line": lambda size: "Which?\n" + "\n".join(f"- tea {number}" for number in range(size // 10)),
    "the same answer": lambda size: "Which?\n" + "- tea!\n" * (size // 7),
    "colons": lambda size: "Which" + ": " * (size // 2) + "/",
    "colons far from a slash": lambda size: "Which" + ": " * (size // 2) + "a" * 70 + "/b",
    "slashes": lambda size: "Which: " + "a/" * (size // 2),
    "opened brackets": lambda size: "[(" * (size // 2),
    "opened braces": lambda size: '{"a":' * (size // 5),
    "brackets in lists": lambda size: "[" * size,
    "a great letter": lambda size: "<b>&#" + "9" * size + ";</b>",
    "tags": lambda size: "<b " * (size // 3),
    "stars": lambda size: "*a" * (size // 2),
    "addresses": lambda size: "a@" * (size // 2),
    "dots": lambda size: "a." * (size // 2),
    "hyphens": lambda size: "a-" * (size // 2),
    "underscores": lambda size: "en_" * (size // 3),
    "quotes": lambda size: "${a} = '" * (size // 8),
    "ors": lambda size: "${a} = 1 or " * (size // 12),
    "ands": lambda size: ". > 1 and " * (size // 10),
    "tabs": lambda size: "a\t" * (size // 2),
    "empty lines": lambda size: "\n" * size,
    "carriage returns": lambda size: "\r" * size,
    "accents": lambda size: "e\u0301" * (size // 2),
    "marks of answers": lambda size: "A" * size,
    "marks, then none": lambda size: "AB" * (size // 2) + "?",
    "half letters": lambda size: "\ud800" * size,
}


@pytest.mark.parametrize("name", READERS)
def test_a_reader_is_linear_and_refuses_in_its_own_words(name: str) -> None:
    slow = [fed for fed, text in FED.items() if not grows_linearly(partial(_reading, READERS[name], text), LARGEST)]
    assert slow == []


@pytest.mark.parametrize("name", FILES)
def test_a_file_is_read_in_linear_time(name: str) -> None:
    sizes = (SIZES[-1] // TIMES_AS_MUCH, SIZES[-1])
    slow = [
        fed for fed in IN_FILES if not grows_linearly(partial(_reading, FILES[name], FED[fed]), LARGEST // 4, sizes)
    ]
    assert slow == []


def test_a_reader_that_is_slow_is_found() -> None:
    def read(text: str) -> list[str]:
        return [one for one in text if text.count(one) > 1]

    assert not grows_linearly(partial(_reading, read, FED["letters"]), LARGEST)


def test_a_reader_that_falls_over_is_found() -> None:
    with pytest.raises(ValueError, match="4300 digits"):
        grows_linearly(partial(_reading, int, FED["figures"]), LARGEST)


def _reading(read: Callable[[str], object], text: Callable[[int], str], size: int) -> Callable[[], object]:
    sent = text(size)

    def work() -> None:
        with suppress(*OWN_ERRORS):
            read(sent)

    return work
