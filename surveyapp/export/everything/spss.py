"""`import.sps`: how SPSS and PSPP read `responses.csv`, with the words of questions and answers.

Codes of choices become numbers with labels, since a text can't have four words and a blank declared as missing. Nothing
that is no answer is valid: a blank is missing everywhere, “Don't know” and the like are user-missing, and whoever chose
nothing that counts of several choices is missing in each of them. Several choices are a multiple-response set.

Names are at most 64 bytes there and some words are taken, so a few variables get another name than their column. Text
is as wide as the longest cell, since what doesn't fit would be cut. Labels longer than these programs hold are cut;
`codebook.csv` has them whole.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from surveyapp.export.dictionary import ColumnDescription
from surveyapp.export.everything.numeric_codes import (
    MISSING,
    NO_ITEM,
    NO_ITEM_LABEL,
    MultipleChoice,
    code_numbers,
    has_mean,
    is_coded,
    is_friends_and_family,
    several,
)
from surveyapp.export.export_counts import ExportCounts

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
_FRIENDS_AND_FAMILY = """* The Friends and Family question has no mean. Published shares are of all, “don't know” too:
* here that is a blank, and answers.csv says which blank it is.
"""

Names = Mapping[str, str]


def import_sps(columns: Sequence[ColumnDescription], counted: ExportCounts) -> bytes:
    """The file, UTF-8 with a byte order mark: these programs would guess."""
    return "".join(_lines(columns, counted)).encode("utf-8-sig")


def spss_names(columns: Sequence[ColumnDescription]) -> dict[str, str]:
    """The variable of each column: its own name, unless that is too long or taken."""
    return {column.name: _variable(column.name, place) for place, column in enumerate(columns, start=1)}


def _variable(name: str, place: int) -> str:
    if name in TAKEN:
        return f"{name}_{place}"
    return name if len(name) <= NAME_BYTES else f"{name[: NAME_BYTES - 8]}_{place}"


def _lines(columns: Sequence[ColumnDescription], counted: ExportCounts) -> Iterator[str]:
    names = spss_names(columns)
    # What is read as a text and becomes a number has another name until then; no key begins with this sign.
    texts = {one.name: f"@{place}" for place, one in enumerate(columns, start=1) if is_coded(one)}
    yield _HEAD
    yield _listed(f"{texts.get(one.name, names[one.name])} {_format(one, counted)}" for one in columns)
    for column in columns:
        if is_coded(column):
            yield from _recoded(column, texts[column.name], names[column.name])
    if texts:
        yield f"MATCH FILES /FILE=* /KEEP=\n{_listed(names.values())}"
    yield "VARIABLE LABELS\n" + _listed(f"{names[one.name]} {_quoted(one.heading, LABEL_BYTES)}" for one in columns)
    for column in columns:
        yield from _value_labels(column, names[column.name])
    yield from _missing(columns, names)
    for question in several(columns):
        yield from _set(question, names)
    yield from (f"VARIABLE LEVEL {names[one.name]} ({_level(one)}).\n" for one in columns if one.holds != "fixed")
    yield from _printed(columns, names)


def _recoded(column: ColumnDescription, text: str, name: str) -> Iterator[str]:
    """The codes as numbers, under the column's own name; a blank matches none and stays empty."""
    codes = [f"({_quoted(value.code, NAME_BYTES)}={number})" for number, value in code_numbers(column)]
    yield f"RECODE {text}\n" + "\n".join(f"    {code}" for code in codes) + f"\n    INTO {name}.\n"
    yield f"FORMATS {name} (F4.0).\n"


def _format(column: ColumnDescription, counted: ExportCounts) -> str:
    if column.type == "integer":
        return "F10.0"
    if column.type == "date":
        return "SDATE10"
    codes = max((len(value.code) for value in column.values), default=0)
    return f"A{min(max(1, codes, counted.cells[column.name].longest), WIDEST)}"


def _value_labels(column: ColumnDescription, name: str) -> Iterator[str]:
    if is_coded(column):
        labels = [(str(number), value.label) for number, value in code_numbers(column)]
    else:
        is_number = column.type == "integer"
        labels = [
            (value.code if is_number else _quoted(value.code, NAME_BYTES), value.label) for value in column.categories
        ]
    if labels:
        yield f"VALUE LABELS {name}\n" + _listed(
            f"{code} {_quoted(words, VALUE_LABEL_BYTES)}" for code, words in labels
        )


def _missing(columns: Sequence[ColumnDescription], names: Names) -> Iterator[str]:
    """What is there and is no answer; an empty number is missing by itself."""
    for column in columns:
        if is_coded(column):
            if column.missing:
                yield f"MISSING VALUES {names[column.name]} ({min(MISSING.values())} THRU {max(MISSING.values())}).\n"
        elif column.type == "string":
            yield f"MISSING VALUES {names[column.name]} ('').\n"
    for question in several(columns):
        if question.others and question.counting:
            yield from _without_an_item(question, names)


def _without_an_item(question: MultipleChoice, names: Names) -> Iterator[str]:
    """Whoever chose only what doesn't count gave no answer to any choice that does."""
    items = [names[item.name] for item in question.counting]
    listed = "\n    ".join(items)
    yield "DO IF (SUM(\n    " + ",\n    ".join(items) + ") = 0).\n"
    yield f"RECODE\n    {listed} (0={NO_ITEM}).\nEND IF.\n"
    yield f"MISSING VALUES\n    {listed} ({NO_ITEM}).\n"
    yield f"ADD VALUE LABELS\n    {listed} {NO_ITEM} {_quoted(NO_ITEM_LABEL, VALUE_LABEL_BYTES)}.\n"


def _set(question: MultipleChoice, names: Names) -> Iterator[str]:
    if question.counting:
        key = question.key[: NAME_BYTES - 1]
        yield f"MRSETS /MDGROUP NAME=${key} LABEL={_quoted(question.words, LABEL_BYTES)} CATEGORYLABELS=VARLABELS\n"
        yield f"  VALUE=1 VARIABLES=\n{_listed(names[item.name] for item in question.counting)}"


def _level(column: ColumnDescription) -> str:
    if column.is_ordered:
        return "ORDINAL"
    return "SCALE" if column.holds in ("number", "point") else "NOMINAL"


def _printed(columns: Sequence[ColumnDescription], names: Names) -> Iterator[str]:
    """The means of the ratings; of the Friends and Family question how many said what."""
    ratings = [names[column.name] for column in columns if has_mean(column)]
    if ratings:
        yield "DESCRIPTIVES VARIABLES=" + "\n    ".join(ratings) + " /STATISTICS=MEAN MIN MAX.\n"
    shares = [names[column.name] for column in columns if is_friends_and_family(column)]
    if shares:
        yield _FRIENDS_AND_FAMILY + "FREQUENCIES VARIABLES=" + "\n    ".join(shares) + " /STATISTICS=NONE.\n"


def _listed(parts: Iterable[str]) -> str:
    return "\n".join(f"    {part}" for part in parts) + ".\n"


def _quoted(text: str, most: int) -> str:
    """On one line, no longer than so many bytes, in quotes; what can't be printed could make PSPP guess wrongly."""
    one_line = " ".join("".join(sign if sign.isprintable() else " " for sign in text).split()) or " "
    cut = one_line.encode()[:most].decode(errors="ignore")
    return "'" + cut.replace("'", "''") + "'"
