"""The sheet `choices` of an XLSForm: lists of answers, and what kind of question a list makes."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from surveyapp.importing.imported import MOST_CHOICES, FileTooLargeError
from surveyapp.importing.plain import quoted
from surveyapp.importing.scales import SYMBOLS, Coded, Option, coded
from surveyapp.importing.workbook import SheetRow
from surveyapp.importing.xlsform.columns import MEDIA, OWN, FormTable
from surveyapp.importing.xlsform.left_out import LeftOut
from surveyapp.importing.xlsform.words import WordsReader
from surveyapp.model.kinds.registry import KINDS
from surveyapp.model.known_answers import is_exclusive
from surveyapp.model.names import raw_name
from surveyapp.model.questionnaire import MISSING_CODES, Choice, KindName, Wording, Words

KNOWN = ("list_name", "name", "label", *MEDIA)
FLAGS = ("missing", "exclusive", "other_text")
OWN_COLUMNS = tuple(f"{OWN}{name}" for name in ("symbol", *FLAGS))


@dataclass(frozen=True, slots=True)
class ListedChoice:
    """One row of a list: its name, its words, and our own columns beside them."""

    name: str
    words: Words
    own: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Answers:
    """A list as a question offers it: the kind it makes, its choices, and the form's names of them."""

    kind: KindName
    choices: tuple[Choice, ...]
    codes: Mapping[str, str]
    against: bool = False


def lists_of(table: FormTable, words: WordsReader, left_out: LeftOut) -> dict[str, tuple[ListedChoice, ...]]:
    """The lists by name; a row without a list's name belongs to the list above it."""
    lists: dict[str, dict[str, ListedChoice]] = {}
    name = ""
    for row in table.rows:
        name = " ".join(table.text(row, "list_name").split()) or name
        one = _listed(table, row, words)
        if not name or not (one.name or one.words):
            continue
        known = lists.setdefault(name, {})
        if one.name and one.name in known:
            left_out.add("twice", f"{quoted(one.name)} in {name}")
        else:
            known[one.name or f"row {row.number}"] = one
        if any(table.text(row, medium) for medium in MEDIA):
            left_out.words("media", _shown(one))
    return {name: tuple(known.values()) for name, known in lists.items()}


def answers_of(listed: Sequence[ListedChoice], *, several: bool, own: bool) -> Answers:
    """What a list offers; our own form's flags and codes are taken as they are."""
    options = [Option(one.name, _labels(one.words)) for one in listed]
    found = _as_named(options, several=several) if own else coded(options, several=several)
    made = [_choice(one, code, found.kind, own=own) for one, code in zip(listed, found.codes, strict=True)]
    codes = {one.name: code for one, code in zip(listed, found.codes, strict=True)}
    return Answers(found.kind, tuple(made[place] for place in found.order), codes, found.against)


def tell(answers: Answers, listed: Sequence[ListedChoice], list_name: str, label: str, left_out: LeftOut) -> None:
    """Say what became of a question's answers."""
    names = [one.name for one in listed]
    changed = [f"{name} → {code}" for name, code in answers.codes.items() if name != code]
    if answers.kind == "rating5" and changed:
        left_out.words("one_rating", label)
    elif changed:
        left_out.add("code", *(f"{change} ({list_name})" for change in changed))
    if answers.against:
        left_out.words("against", label)
    elif answers.kind == "single" and sorted(names) == ["1", "2", "3", "4", "5"]:
        left_out.words("numbered", label)
    left_out.words("apart", *(_shown(one) for one in listed if answers.codes[one.name] in MISSING_CODES))


def counted(total: int, more: int) -> int:
    """The number of choices so far. Raises TooLargeError."""
    if total + more > MOST_CHOICES:
        raise FileTooLargeError(
            f"The form offers more than {MOST_CHOICES:,} answers in all. Take some out and try again."
        )
    return total + more


def _listed(table: FormTable, row: SheetRow, words: WordsReader) -> ListedChoice:
    own = {column: table.text(row, f"{OWN}{column}") for column in ("symbol", *FLAGS)}
    name = raw_name(table.text(row, "name"))
    said = words.read(table, row, "label")
    if name and not said and not words.own:
        said = {words.languages.tags[0]: Wording(name.replace("_", " "))}
    return ListedChoice(name, said, own)


def _choice(one: ListedChoice, code: str, kind: KindName, *, own: bool) -> Choice:
    if own:
        flags = {flag: one.own.get(flag) == "yes" for flag in FLAGS}
        return Choice(code=code, words=one.words, symbol=one.own.get("symbol", ""), **flags)
    known = KINDS[kind].choices_from in ("scale", "yes_no") or code in MISSING_CODES
    return Choice(
        code=code,
        words=one.words,
        symbol=SYMBOLS.get(code, "") if known else "",
        missing=code in MISSING_CODES,
        exclusive=KINDS[kind].choosing == "several" and is_exclusive(code, _labels(one.words)),
    )


def _as_named(options: Sequence[Option], *, several: bool) -> Coded:
    """Codes that are the names, where every name can be one."""
    found = coded([Option(option.name, ()) for option in options], several=several)
    return Coded("multiple" if several else found.kind, found.codes)


def _labels(words: Words) -> tuple[str, ...]:
    """English words: scales are known in English only."""
    said = next((wording for tag, wording in words.items() if tag.partition("-")[0] == "en"), None)
    return tuple(filter(None, (said.standard, said.easy))) if said else ()


def _shown(one: ListedChoice) -> str:
    return next((wording.standard or wording.easy for wording in one.words.values()), "") or one.name
