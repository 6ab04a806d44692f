"""How a row of an XLSForm is answered, and which of its other columns can't be kept."""

import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from surveyapp.importing.xlsform.choices import Answers, answers_of, counted, tell
from surveyapp.importing.xlsform.columns import MEDIA
from surveyapp.importing.xlsform.conditions import NumberRange, bounds_of
from surveyapp.importing.xlsform.form import Form
from surveyapp.importing.xlsform.rows import NO, Item
from surveyapp.importing.xlsform.words import PIPED
from surveyapp.model.kinds.registry import KINDS
from surveyapp.model.questionnaire import Choice, KindName, Wording

RANGE = {"start": "1", "end": "10", "step": "1"}
POINTS: Mapping[tuple[float, ...], KindName] = {
    (kind.points[0], kind.points[-1], 1): name for name, kind in KINDS.items() if kind.points
}
NAMED = {
    "default": "starts_empty",
    "calculation": "starts_empty",
    "guidance_hint": "guidance",
    "choice_filter": "all_choices",
    **dict.fromkeys(MEDIA, "media"),
}
OTHER = {
    "en": "Other", "ar": "أخرى", "bn": "অন্যান্য", "ckb": "هیتر", "cy": "Arall", "da": "Andet", "de": "Anderes",
    "es": "Otro", "fa": "سایر", "fr": "Autre", "ga": "Eile", "gu": "અન્ય", "hi": "अन्य", "it": "Altro", "nl": "Anders",
    "pa": "ਹੋਰ", "pl": "Inne", "pt": "Outro", "ro": "Altele", "so": "Kale", "tr": "Diğer", "uk": "Інше", "ur": "دیگر",
}  # fmt: skip
EXCLUSIVE = re.compile(r"not\(selected\(\., '[a-z0-9_]+'\) and count-selected\(\.\) > 1\)( and .*)?")
_PARAMETER = re.compile(r"(start|end|step)\s*=\s*(-?[0-9]{1,9}(?:\.[0-9]{1,6})?)")


@dataclass(frozen=True, slots=True)
class AnswerType:
    """How a row is answered, and the form's own names of its answers."""

    kind: KindName
    choices: tuple[Choice, ...] = ()
    bounds: NumberRange = field(default_factory=NumberRange)
    codes: Mapping[str, str] = field(default_factory=dict)

    @property
    def fields(self) -> dict[str, Any]:
        """As a question's fields."""
        low, high = self.bounds.low, self.bounds.high
        return {
            "kind": self.kind,
            "choices": self.choices,
            "minimum": low,
            "maximum": high,
            "report": KINDS[self.kind].report,
        }


def shape_of(form: Form, item: Item) -> AnswerType | None:
    """The kind, and the choices or the range, that a row makes; None where it can't be asked."""
    what = item.asked.what
    if what in ("single", "multiple"):
        return _heading(form, item) or _choosing(form, item)
    if what in ("integer", "decimal", "range"):
        return _number(form, item)
    if what == "date":
        form.left_out.words("date", item.label)
    is_read = form.text(item.row, "read_only").lower() not in NO
    if what != "note" and is_read and form.text(item.row, "calculation"):
        form.left_out.words("worked_out", item.label)
        return None
    _say_what_else(form, item)
    return AnswerType("note" if what == "note" or is_read else "comment")


def _heading(form: Form, item: Item) -> AnswerType | None:
    """The head of a table: its words are there to be read, the rows below it are questions of their own."""
    if "label" not in form.text(item.row, "appearance").split():
        return None
    form.left_out.words("heading", item.label)
    return AnswerType("note")


def _choosing(form: Form, item: Item) -> AnswerType | None:
    listed = form.lists.get(item.asked.name, ())
    own = bool(form.own(item.row, "kind"))
    answers = answers_of(listed, several=item.asked.what == "multiple", own=own)
    if item.asked.or_other:
        answers = _with_other(answers, form.words.languages.tags)
        without = (tag for tag in form.words.languages.tags if tag.partition("-")[0] not in OTHER)
        left_out_of = [tag for tag in without if tag not in answers.choices[-1].words]
        form.left_out.add("other_words", *left_out_of)
    if len(answers.choices) < 2:
        form.left_out.words("too_few" if listed else "no_list", item.label)
        return None
    if not own:
        tell(answers, listed, item.asked.name, item.label, form.left_out)
    form.choices = counted(form.choices, len(answers.choices))
    _say_what_else(form, item)
    return AnswerType(answers.kind, answers.choices, codes=answers.codes)


def _with_other(answers: Answers, tags: Sequence[str]) -> Answers:
    """The answers with one that asks for other words."""
    if any(choice.code == "other" for choice in answers.choices):
        choices = tuple(replace(choice, other_text=choice.code == "other") for choice in answers.choices)
    else:
        known = {tag: Wording(OTHER[tag.partition("-")[0]]) for tag in tags if tag.partition("-")[0] in OTHER}
        choices = (*answers.choices, Choice("other", known or {tags[0]: Wording("Other")}, other_text=True))
    kind: KindName = "multiple" if answers.kind == "multiple" else "single"
    return Answers(kind, choices, {**answers.codes, "other": "other"})


def _number(form: Form, item: Item) -> AnswerType:
    rule = form.text(item.row, "constraint")
    bounds = bounds_of(rule) if rule else NumberRange()
    is_whole = item.asked.what != "decimal"
    if item.asked.what == "range":
        found = dict(_PARAMETER.findall(form.text(item.row, "parameters")))
        span = tuple(float(found.get(name, usual)) for name, usual in RANGE.items())
        if span in POINTS:
            return AnswerType(POINTS[span])
        is_whole = all(number.is_integer() for number in span)
        bounds = NumberRange(math.ceil(span[0]), math.floor(span[1])) if span[0] <= span[1] else None
    if not is_whole:
        form.left_out.words("whole", item.label)
    _say_what_else(form, item, understood=bounds is not None)
    return AnswerType("number", bounds=bounds or NumberRange())


def _say_what_else(form: Form, item: Item, *, understood: bool = False) -> None:
    """Name the other columns of a row that can't be kept."""
    said = {base: form.text(item.row, base) for base in NAMED}
    rule, needed = form.text(item.row, "constraint"), form.text(item.row, "required").lower()
    reasons = [NAMED[base] for base, text in said.items() if text]
    if rule and not understood and not EXCLUSIVE.fullmatch(rule):
        reasons.append("any_answer")
    if needed not in NO:
        reasons.append("needed")
    if PIPED.search(form.text(item.row, "label") + form.text(item.row, "hint")):
        reasons.append("piped")
    for reason in reasons:
        form.left_out.words(reason, item.label)
    if form.text(item.row, "appearance").replace("multiline", "").strip():
        form.left_out.add("layout")
