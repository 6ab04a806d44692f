"""`figures.csv`: every count that may be public, a line each, with small groups withheld.

The smallest and the largest number typed are left out, being one person's each, and so is every comment.
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from surveyapp.export.csv_bytes import csv_bytes
from surveyapp.export.guard import guarded_line
from surveyapp.figures.survey_figures import WITHOUT
from surveyapp.model.questionnaire import Question, localized

HEADER = ("group", "question_key", "question", "measure", "value", "value_label", "figure", "withheld")
NO_GROUP = "(no group)"
BY_VALUE = {"counts": "count", "not_counted": "not_counted", "shares": "share"}
ALONE = ("n", "skipped", "not_shown", "nothing_to_add", "mean", "top", "positive", "negative", "score")


class FigureCell(NamedTuple):
    """One figure: what it measures, of which answer (empty: of all), and the figure; None where it is withheld."""

    measure: str
    value: str
    figure: object


def figures_csv(document: Mapping[str, Any], questions: Iterable[Question], language: str) -> bytes:
    """The file of a frozen document, UTF-8: the whole event first, then by group; of an empty one its header alone."""
    asked = {question.key: question for question in questions}
    lines = [*_event(document), *_questions("", document["questions"], asked, language), *_changes(document["changes"])]
    for name, part in document["groups"].items():
        group = NO_GROUP if name == WITHOUT else guarded_line(name) or ""
        lines.append(_line(group, FigureCell("responses", "", part["responses"])))
        lines += _questions(group, part["questions"], asked, language)
    return b"".join(csv_bytes(HEADER, [lines]))


def _event(document: Mapping[str, Any]) -> Iterator[tuple[object, ...]]:
    if "responses" not in document:
        return
    yield _line("", FigureCell("responses", "", document["responses"]))
    if document["attendance"] is not None:
        yield _line("", FigureCell("attendance", "", document["attendance"]))
    if document["response_rate"]:
        yield _line("", FigureCell("response_rate", "", document["response_rate"]["percent"]))


def _questions(
    group: str, shown: Mapping[str, Any], asked: Mapping[str, Question], language: str
) -> Iterator[tuple[object, ...]]:
    for key, figures in shown.items():
        question = asked[key]
        words = {choice.code: localized(choice.words, language, "standard")[0] for choice in question.choices}
        title = guarded_line(localized(question.words, language, "standard")[0])
        for cell in _cells(question, figures):
            yield _line(group, cell, key, title, guarded_line(words.get(cell.value)))


def _cells(question: Question, figures: Mapping[str, Any]) -> Iterator[FigureCell]:
    """A question's figures. What has none for another reason than few answers has no line."""
    is_held = bool(figures.get("withheld"))
    for name in ALONE:
        if name in figures and (figures[name] is not None or (is_held and name == "n")):
            yield FigureCell(name, "", figures[name])
    for name, measure in BY_VALUE.items():
        codes = figures.get(name) or (dict.fromkeys(question.codes) if is_held and name == "counts" else {})
        yield from (
            FigureCell(measure, code, figure) for code, figure in codes.items() if figure is not None or is_held
        )


def _changes(changes: Mapping[str, Any]) -> Iterator[tuple[object, ...]]:
    """Before and now, in the same person's answers."""
    for stem, change in changes.items():
        for name in ("up", "same", "down"):
            yield _line("", FigureCell(f"change_{name}", "", change and change[name]), f"{stem}_now")


def _line(
    group: str, cell: FigureCell, key: str = "", title: str | None = "", label: str | None = None
) -> tuple[object, ...]:
    return (group, key, title, cell.measure, cell.value, label, cell.figure, int(cell.figure is None))
