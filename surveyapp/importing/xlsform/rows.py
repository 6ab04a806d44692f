"""The rows of the sheet `survey` in order, with what the groups around them say."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from surveyapp.importing.workbook import SheetRow
from surveyapp.importing.xlsform.columns import FormTable
from surveyapp.importing.xlsform.conditions import ALWAYS, NEVER
from surveyapp.importing.xlsform.left_out import LeftOut
from surveyapp.importing.xlsform.types import RowType, row_type
from surveyapp.importing.xlsform.words import PIPED
from surveyapp.model.names import raw_name

NO = frozenset({"", "no", "false", "false()", "0"})


@dataclass(frozen=True, slots=True)
class Item:
    """A row that may be asked: what it is, its name and a label to speak of it by, and the rules that must all hold.

    `depth` is how many groups it stands in; a heading is what a group is called.
    """

    row: SheetRow
    asked: RowType
    name: str
    label: str
    rules: tuple[str, ...] = ()
    depth: int = 0
    is_heading: bool = False


def items_of(table: FormTable, left_out: LeftOut) -> Iterator[Item]:
    """The rows that may be asked or read; groups are opened up, their headings become words to read."""
    around: list[tuple[str, ...]] = []
    for row in table.rows:
        item = replace(_item(table, row, around[-1] if around else ()), depth=len(around))
        if item.asked.what == "end":
            del around[-1:]
        elif _is_left_out(table, item, left_out):
            continue
        elif item.asked.what == "begin":
            around.append(item.rules)
            if item.asked.name == "repeat":
                left_out.words("repeat", item.label)
            if table.text(row, "label"):
                yield replace(item, asked=RowType("note"), is_heading=True)
        else:
            yield item


def _item(table: FormTable, row: SheetRow, around: Sequence[str]) -> Item:
    rule = " ".join(table.text(row, "relevant").split())
    rules = [*around, rule] if rule and rule.lower() not in ALWAYS else list(around)
    name = raw_name(table.text(row, "name"))
    label = PIPED.sub("…", table.text(row, "label")) or name or table.text(row, "hint") or f"row {row.number}"
    return Item(row, row_type(table.text(row, "type")), name, label, tuple(dict.fromkeys(rules)))


def _is_left_out(table: FormTable, item: Item, left_out: LeftOut) -> bool:
    """Whether a row is none that anybody is asked; says so."""
    kind = table.text(item.row, "type")
    if not kind or kind.startswith("#"):
        left_out.words("no_type", *([item.label] if item.name or table.text(item.row, "label") else []))
        return True
    reason = {"collected": "collected", "worked_out": "worked_out", "unknown": "unknown"}.get(item.asked.what, "")
    if table.text(item.row, "disabled").lower() not in NO:
        reason = "disabled"
    elif not reason and any(rule.lower() in NEVER for rule in item.rules) and item.asked.what != "begin":
        reason = "never"
    if reason:
        left_out.words(reason, item.label)
    elif item.asked.what == "not_asked":
        left_out.words("not_asked", item.label, because=item.asked.reason)
    return bool(reason) or item.asked.what == "not_asked"
