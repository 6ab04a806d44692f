"""Pasted lines as an organiser sees them: what each was taken for, and what else it may be."""

from collections.abc import Mapping
from dataclasses import dataclass

from flask_babel import gettext

from surveyapp.editor.questions import question_summaries
from surveyapp.importing.paste.parser import ParsedLine
from surveyapp.importing.paste.source_lines import SourceLine as PastedLine
from surveyapp.importing.pasted import KINDS_CHOSEN, PastedQuestionnaire
from surveyapp.model.kinds.registry import KINDS
from surveyapp.model.questionnaire import KindName
from surveyapp.web.forms import later

# What a line may be: the word that is sent → words for what it was taken for.
TAKES = {
    "question": later("Question"),
    "answer": later("Answer"),
    "heading": later("Heading"),
    "out": later("Left out"),
}
LABELS = {
    **TAKES,
    "title": later("What the survey is called"),
    "answers": later("Answers"),
    "heading": later("Words to read"),
    "part": later("Goes on with the line above"),
}
BUTTONS = {**TAKES, "out": later("Leave out")}
WHY = {
    "line": later("a line to write on or to look at"),
    "instruction": later("how to fill in paper"),
    "program": later("from the program"),
    "mail": later("from the email"),
    "thanks": later("thanks"),
    "number": later("a number alone"),
    "chosen": later("you chose so"),
}
MOST_CHANGES = 2_000


@dataclass(frozen=True, slots=True)
class Button:
    """One thing that a line may be instead, and whether it is that now."""

    value: str
    words: str
    pressed: bool


@dataclass(frozen=True, slots=True)
class ShownLine:
    """A pasted line: what it was taken for, how its question is answered, and what one tap makes of it.

    `who` says that its question asks who somebody is, or seems to.
    """

    number: int
    pasted: str
    taken_for: str
    take: str
    way: str = ""
    who: str = ""
    takes: tuple[Button, ...] = ()
    kinds: tuple[Button, ...] = ()


def shown_lines(read: PastedQuestionnaire) -> list[ShownLine]:
    """Every line that was pasted and says something, in order; those that a program broke, too."""
    listed = {line.key: line for line in question_summaries(read.imported.questionnaire)}
    kinds = {question.key: question.kind for question in read.imported.questionnaire.questions}
    shown: list[ShownLine] = []
    for taken in read.taken:
        key = read.keys.get(taken.line.number, "") if taken.take == "question" else ""
        said = listed.get(key)
        way = ": ".join(filter(None, (said.way, " · ".join(said.choices)))) if said else ""
        shown.append(
            ShownLine(
                number=taken.line.number,
                pasted=taken.line.pasted,
                taken_for=_label(taken),
                take=taken.take,
                way=way,
                who=said.who if said else "",
                takes=_takes(taken.line, "heading" if taken.take == "title" else taken.take),
                kinds=_kinds(taken.line, kinds[key]) if said else (),
            )
        )
        shown += [
            ShownLine(one.number, one.pasted, str(LABELS["part"]), "part", takes=_takes(one, "part"))
            for one in taken.line.rest
        ]
    return shown


def chosen_of(text: str, change: str = "") -> dict[int, str]:
    """What somebody took lines for, as a form's hidden field has it (`3:out 7:question.multiple`), with one change."""
    chosen: dict[int, str] = {}
    for one in [*text.split()[:MOST_CHANGES], change]:
        number, _, take = one.partition(":")
        name, _, kind = take.partition(".")
        if number.isascii() and number.isdigit() and len(number) < 7 and name in TAKES and kind in ("", *KINDS_CHOSEN):
            chosen[int(number)] = take
    return chosen


def written_choices(chosen: Mapping[int, str]) -> str:
    """What somebody took lines for, as a form's hidden field keeps it."""
    return " ".join(f"{number}:{take}" for number, take in chosen.items())


def _label(taken: ParsedLine) -> str:
    label = str(LABELS[taken.take])
    return gettext("%(label)s: %(why)s", label=label, why=WHY[taken.why]) if taken.why else label


def _takes(line: PastedLine, take: str) -> tuple[Button, ...]:
    now = "answer" if take == "answers" else take
    return tuple(Button(f"{line.number}:{name}", str(words), name == now) for name, words in BUTTONS.items())


def _kinds(line: PastedLine, kind: KindName) -> tuple[Button, ...]:
    return tuple(Button(f"{line.number}:question.{name}", str(_KINDS[name]), name == kind) for name in KINDS_CHOSEN)


_KINDS: Mapping[KindName, str] = {
    "rating5": later(KINDS["rating5"].label),
    "yes_no": later(KINDS["yes_no"].label),
    "single": later("One"),
    "multiple": later("Several"),
    "comment": later("Own words"),
    "number": later("Number"),
    "nps": later("0 to 10"),
}
