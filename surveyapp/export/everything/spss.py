"""`import.sps`: how SPSS and PSPP read `responses.csv`, with the words of questions and answers.

Names are at most 64 bytes there and some words are taken, so a few variables get another name than their column. Text
is as wide as the longest cell, since what doesn't fit would be cut. Labels longer than these programs hold are cut;
`codebook.csv` has them whole.
"""

from collections.abc import Iterator, Sequence

from surveyapp.export.counted import Counted
from surveyapp.export.dictionary import Described, Value

NAME = "import.sps"
NAME_BYTES = 64
LABEL_BYTES = 250
VALUE_LABEL_BYTES = 120
WIDEST = 32_767
TAKEN = frozenset({"all", "and", "by", "eq", "ge", "gt", "le", "lt", "ne", "not", "or", "to", "with"})
_HEAD = """* Reads responses.csv: put both in one folder and make it the current one (CD) before you run this.
SET DECIMAL=DOT.
GET DATA /TYPE=TXT /FILE="responses.csv" /ENCODING="UTF-8"
  /ARRANGEMENT=DELIMITED /DELCASE=LINE /FIRSTCASE=2 /DELIMITERS="," /QUALIFIER='"'
  /VARIABLES=
"""


def import_sps(columns: Sequence[Described], counted: Counted) -> bytes:
    """The file, UTF-8 with a byte order mark: these programs would guess."""
    return "".join(_lines(columns, counted)).encode("utf-8-sig")


def variable_names(columns: Sequence[Described]) -> dict[str, str]:
    """The variable of each column: its own name, unless that is too long or taken."""
    return {column.name: _variable(column.name, place) for place, column in enumerate(columns, start=1)}


def _variable(name: str, place: int) -> str:
    if name in TAKEN:
        return f"{name}_{place}"
    return name if len(name) <= NAME_BYTES else f"{name[: NAME_BYTES - 8]}_{place}"


def _lines(columns: Sequence[Described], counted: Counted) -> Iterator[str]:
    names = variable_names(columns)
    yield _HEAD
    yield "\n".join(f"    {names[column.name]} {_format(column, counted)}" for column in columns) + ".\n"
    yield "VARIABLE LABELS\n"
    yield "\n".join(f"    {names[one.name]} {_quoted(one.heading, LABEL_BYTES)}" for one in columns) + ".\n"
    for column in columns:
        if column.values:
            yield f"VALUE LABELS {names[column.name]}\n"
            yield "\n".join(_value_label(column, value) for value in _values(column)) + ".\n"
    yield from (f"VARIABLE LEVEL {names[one.name]} (ORDINAL).\n" for one in columns if one.is_ordered)
    if any(column.is_ordered for column in columns):
        ratings = " ".join(names[column.name] for column in columns if column.is_ordered)
        yield f"DESCRIPTIVES VARIABLES={ratings} /STATISTICS=MEAN MIN MAX.\n"


def _format(column: Described, counted: Counted) -> str:
    if column.type == "integer":
        return "F10.0"
    if column.type == "date":
        return "SDATE10"
    codes = max((len(value.code) for value in column.values), default=0)
    return f"A{min(max(1, codes, counted.cells[column.name].longest), WIDEST)}"


def _values(column: Described) -> tuple[Value, ...]:
    return (*column.categories, *column.missing)


def _value_label(column: Described, value: Value) -> str:
    code = value.code if column.type == "integer" else _quoted(value.code, NAME_BYTES)
    return f"    {code} {_quoted(value.label, VALUE_LABEL_BYTES)}"


def _quoted(text: str, most: int) -> str:
    """On one line, no longer than so many bytes, in quotes; what can't be printed could make PSPP guess wrongly."""
    one_line = " ".join("".join(sign if sign.isprintable() else " " for sign in text).split()) or " "
    cut = one_line.encode()[:most].decode(errors="ignore")
    return "'" + cut.replace("'", "''") + "'"
