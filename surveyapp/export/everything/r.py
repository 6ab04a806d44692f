r"""`import.R`: how R, with nothing but itself, reads both tables of answers, with labels and what is missing.

Choices become factors of the answers that count; what doesn't count is NA, and `why_missing(key)` says why from
`answers.csv`. The file is ASCII: R reads words in the encoding of the machine, and `\u` means the same everywhere.
"""

from collections.abc import Iterable, Iterator, Sequence

from surveyapp.export.dictionary import ColumnDescription, Value
from surveyapp.export.everything.numeric_codes import MultipleChoice, has_mean, is_coded, is_friends_and_family, several

NAME = "import.R"
_HEAD = """# Reads responses.csv and answers.csv: go to their folder with setwd(), then source("import.R").
# responses: a row for each response. Answers that don't count ("not sure", ...) and blanks are NA.
# answers: a row for each answer. why_missing("key") says how many answered, skipped, said "not sure", ...

answers <- read.csv("answers.csv", encoding = "UTF-8", na.strings = "", colClasses = "character")
why_missing <- function(key) table(answers$state[answers$question_key == key])
half_up <- function(part, whole, places) floor((2 * 10^places * part + whole) / (2 * whole)) / 10^places

responses <- read.csv("responses.csv", encoding = "UTF-8", na.strings = "", check.names = FALSE, colClasses = c(
"""
_MEAN = """given <- responses[[{key}]][!is.na(responses[[{key}]])]
n <- length(given)
if (n) cat(sprintf("%s: mean %.2f of %d answers\\n", {key}, half_up(sum(given), n, 2), n))
"""
_FRIENDS_AND_FAMILY = """# The Friends and Family question has no mean; its shares are of all answers, "don't know" too.
given <- answers$question_key == {key} & !(answers$state %in% c("skipped", "not_shown", "blanked"))
if (any(given)) cat(sprintf("%s: %.0f%% positive, %.0f%% negative of %d answers\\n", {key},
  half_up(100 * sum(answers$value_number[given] %in% c("5", "4")), sum(given), 0),
  half_up(100 * sum(answers$value_number[given] %in% c("2", "1")), sum(given), 0), sum(given)))
"""


def import_r(columns: Sequence[ColumnDescription]) -> bytes:
    """The file, in ASCII."""
    return "".join(_lines(columns)).encode("ascii")


def _lines(columns: Sequence[ColumnDescription]) -> Iterator[str]:
    yield _HEAD
    yield ",\n".join(f"  {_quoted(column.name)} = {_quoted(_class(column))}" for column in columns) + "\n))\n\n"
    for question in several(columns):
        if question.others and question.counting:
            yield from _without_an_item(question)
    for column in columns:
        yield from _labelled(column)
    yield "\n"
    for column in columns:
        if has_mean(column):
            yield _MEAN.format(key=_quoted(column.name))
        if is_friends_and_family(column):
            yield _FRIENDS_AND_FAMILY.format(key=_quoted(column.name))


def _class(column: ColumnDescription) -> str:
    if column.type == "date":
        return "Date"
    if column.holds == "number":
        return "numeric"
    return "integer" if column.type == "integer" else "character"


def _without_an_item(question: MultipleChoice) -> Iterator[str]:
    """Whoever chose only what doesn't count gave no answer to any choice that does."""
    yield f"items <- {_vector(_quoted(item.name) for item in question.counting)}\n"
    yield "responses[items][rowSums(responses[items], na.rm = TRUE) == 0, ] <- NA\n"


def _labelled(column: ColumnDescription) -> Iterator[str]:
    cell = f"responses[[{_quoted(column.name)}]]"
    if is_coded(column):
        levels = _vector(_quoted(value.code) for value in column.categories)
        yield f"{cell} <- factor({cell}, {levels},\n  {_vector(map(_quoted, _unlike(column.categories)))})\n"
    elif column.is_ordered:
        codes = _vector(f"{value.code}L" for value in column.categories)
        labels = _vector(_quoted(value.label) for value in column.categories)
        yield f'attr({cell}, "labels") <- setNames({codes},\n  {labels})\n'
    yield f'attr({cell}, "label") <- {_quoted(column.heading)}\n'


def _unlike(values: Sequence[Value]) -> Iterator[str]:
    """The labels; those that are alike have their code beside them, since R would make one answer of them."""
    labels = [value.label for value in values]
    for value in values:
        yield value.label if labels.count(value.label) == 1 else f"{value.label} [{value.code}]"


def _vector(parts: Iterable[str]) -> str:
    return f"c({', '.join(parts)})"


def _quoted(text: str) -> str:
    return '"' + "".join(map(_sign, text)) + '"'


def _sign(sign: str) -> str:
    if sign in '"\\':
        return f"\\{sign}"
    if sign.isascii() and sign.isprintable():
        return sign
    return f"\\U{ord(sign):08x}" if ord(sign) > 0xFFFF else f"\\u{ord(sign):04x}"
