"""`import.do`: how Stata (14 and later) reads `responses.csv`, with labels and what is missing.

An answer that doesn't count is one of Stata's named missing values: .a not sure, .b don't know, .c not applicable,
.d would rather not say, .e chose nothing that counts of several choices; a blank is the plain one. Names are at most 32
letters there and some words are taken, so a few variables get another name than their column.
"""

from collections.abc import Iterator, Mapping, Sequence

from surveyapp.export.dictionary import ColumnDescription
from surveyapp.export.everything.numeric_codes import (
    MISSING,
    NO_ITEM_LABEL,
    MultipleChoice,
    code_numbers,
    has_mean,
    is_coded,
    is_friends_and_family,
    several,
)

NAME = "import.do"
NAME_LENGTH = 32
LABEL_LENGTH = 80
NO_ITEM = ".e"
TAKEN = frozenset({"byte", "double", "float", "if", "in", "int", "long", "using", "with"})
_NAMED = {number: f".{letter}" for number, letter in zip(MISSING.values(), "abcd", strict=True)}
_HEAD = """* Reads responses.csv: make its folder the current one with cd, then: do import.do
version 14
clear
import delimited using "responses.csv", varnames(nonames) rowrange(2) stringcols(_all) ///
    encoding("utf-8") bindquote(strict)
rename v# R#
"""
_FRIENDS_AND_FAMILY = """* The Friends and Family question has no mean. Published shares are of all, don't know too:
* here that is a blank, and answers.csv says which blank it is.
"""

Names = Mapping[str, str]


def import_do(columns: Sequence[ColumnDescription]) -> bytes:
    """The file, UTF-8."""
    return "".join(_lines(columns)).encode()


def stata_names(columns: Sequence[ColumnDescription]) -> dict[str, str]:
    """The variable of each column: its own name, unless that is too long or taken."""
    return {column.name: _variable(column.name, place) for place, column in enumerate(columns, start=1)}


def _variable(name: str, place: int) -> str:
    if name in TAKEN or (name.startswith("str") and name[3:].isdigit()):
        return f"{name}_{place}"
    return name if len(name) <= NAME_LENGTH else f"{name[: NAME_LENGTH - 6]}_{place}"


def _lines(columns: Sequence[ColumnDescription]) -> Iterator[str]:
    names = stata_names(columns)
    yield _HEAD
    for place, column in enumerate(columns, start=1):
        yield from _variable_lines(column, names[column.name], place)
    for question in several(columns):
        if question.others and question.counting:
            yield from _without_an_item(question, names)
    yield "compress\n"
    for column in columns:
        if has_mean(column):
            yield f"summarize {names[column.name]}\n"
        if is_friends_and_family(column):
            yield f"{_FRIENDS_AND_FAMILY}tabulate {names[column.name]}\n"


def _variable_lines(column: ColumnDescription, name: str, place: int) -> Iterator[str]:
    """Make the variable of what stands in a column, and label it."""
    text = f"R{place}"
    if is_coded(column):
        yield f"generate int {name} = .\n"
        for number, value in code_numbers(column):
            yield f'replace {name} = {_number(number)} if {text} == "{value.code}"\n'
        yield f"drop {text}\n"
    elif column.type == "date":
        yield f'generate long {name} = date({text}, "YMD")\nformat {name} %td\ndrop {text}\n'
    elif column.type == "integer":
        yield f"generate double {name} = real({text})\ndrop {text}\n"
    else:
        yield f"rename {text} {name}\n"
    yield f"label variable {name} {_quoted(column.heading)}\n"
    yield from _value_labels(column, name, f"L{place}")


def _value_labels(column: ColumnDescription, name: str, called: str) -> Iterator[str]:
    labels = []
    if is_coded(column):
        labels = [(_number(number), value.label) for number, value in code_numbers(column)]
    elif column.type == "integer":
        labels = [(value.code, value.label) for value in column.categories]
        labels += [(NO_ITEM, NO_ITEM_LABEL)] if column.item else []
    for code, label in labels:
        yield f"label define {called} {code} {_quoted(label)}, add\n"
    if labels:
        yield f"label values {name} {called}\n"


def _without_an_item(question: MultipleChoice, names: Names) -> Iterator[str]:
    """Whoever chose only what doesn't count gave no answer to any choice that does."""
    yield "generate byte Chosen = 0\n"
    yield from (f"replace Chosen = 1 if {names[item.name]} == 1\n" for item in question.counting)
    for item in question.counting:
        yield f"replace {names[item.name]} = {NO_ITEM} if {names[item.name]} == 0 & Chosen == 0\n"
    yield "drop Chosen\n"


def _number(number: int) -> str:
    return _NAMED.get(number, str(number))


def _quoted(text: str) -> str:
    """On one line, as long as Stata holds; what would end the text or be taken for a macro is made harmless."""
    one_line = " ".join("".join(sign if sign.isprintable() else " " for sign in text).split())[:LABEL_LENGTH]
    return '"' + one_line.replace('"', "'").replace("`", "'").replace("$", "\\$") + '"'
