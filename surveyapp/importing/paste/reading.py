"""How the lines of a paste are taken: rules, the first that takes a line wins."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from surveyapp.importing.paste.answers_known import is_answer
from surveyapp.importing.paste.headings import heading, title, words_to_read
from surveyapp.importing.paste.marked import item, marked_line, number_alone, numbered
from surveyapp.importing.paste.outside import as_chosen, nothing, phrase, signature
from surveyapp.importing.paste.parser import Draft, ParsedLine, PasteParser
from surveyapp.importing.paste.source_lines import SourceLine, source_lines
from surveyapp.importing.paste.tables import above_table, answers_in_columns, answers_on_a_line, table_head, table_row
from surveyapp.importing.paste.unmarked import question, unmarked_answer

_LEAST_STYLED = 2
Rule = Callable[[PasteParser, SourceLine], bool]


@dataclass(frozen=True, slots=True)
class Understood:
    """The questions, notes and title of a paste, and what each of its lines was taken for."""

    drafts: tuple[Draft, ...]
    taken: tuple[ParsedLine, ...]


def understood(text: str, chosen: Mapping[int, str] | None = None) -> Understood:
    """Take each line for what it is; `chosen` says what somebody took some for, by the line's number."""
    lines = _apart(source_lines(text), chosen or {})
    reading = PasteParser(lines, chosen or {})
    reading.is_numbered = sum(_is_top_number(line) for line in lines) >= _LEAST_STYLED
    reading.is_bold = sum(line.is_bold for line in lines) >= _LEAST_STYLED
    for line in lines:
        next(rule for rule in RULES if rule(reading, line))
    _with_kinds_by_shape(reading)
    return Understood(tuple(reading.drafts), tuple(reading.taken))


def _apart(lines: list[SourceLine], chosen: Mapping[int, str]) -> list[SourceLine]:
    """The lines, and those on their own again of which somebody said that they are no part of the line above."""
    apart: list[SourceLine] = []
    for line in lines:
        kept: list[SourceLine] = []
        apart.append(line)
        for rest in line.rest:
            (apart if rest.number in chosen else kept).append(rest)
        if len(kept) < len(line.rest):
            own = line.words[: -sum(len(rest.words) + 1 for rest in line.rest)]
            line.rest, line.words = kept, " ".join([own, *(rest.words for rest in kept)])
    return apart


def _is_top_number(line: SourceLine) -> bool:
    return line.mark.kind == "number" and len(line.mark.count) < 2 and not is_answer(line.words)


def _with_kinds_by_shape(reading: PasteParser) -> None:
    """Where a form has round and square boxes, square ones mean that several answers may be given."""
    boxes = [line.mark for line in reading.lines if line.mark.kind == "box"]
    if len({bool(mark.count) for mark in boxes}) < 2:
        return
    for draft in reading.drafts:
        if draft.squares and draft.several is None:
            draft.several = True


RULES: tuple[Rule, ...] = (
    as_chosen, nothing, signature, phrase, above_table, table_head, table_row, answers_in_columns, answers_on_a_line,
    heading, number_alone, item, marked_line, numbered, unmarked_answer, title, words_to_read, question,
)  # fmt: skip
