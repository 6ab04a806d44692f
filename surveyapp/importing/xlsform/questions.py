"""One row of an XLSForm as a question."""

from dataclasses import replace
from typing import Any, get_args

from surveyapp.importing.plain import on_one_line
from surveyapp.importing.xlsform.answer_types import shape_of
from surveyapp.importing.xlsform.conditions import condition_of
from surveyapp.importing.xlsform.form import Form
from surveyapp.importing.xlsform.rows import Item
from surveyapp.model.asking_who import without_idle_mark
from surveyapp.model.names import key_from_name, key_from_words, raw_name
from surveyapp.model.questionnaire import (
    KindName,
    Question,
    Questionnaire,
    Report,
    Scoring,
    ShowIf,
    Wording,
    Words,
    other_text_key,
)
from surveyapp.model.validation import faults


def add_question(form: Form, item: Item) -> None:
    """Read one row, and say what of it can't be kept."""
    if _is_other_text(form, item):
        return
    shape = shape_of(form, item)
    if shape is None:
        return
    key = key_from_name(item.name, form.keys) if item.name else key_from_words(on_one_line(item.label), form.keys)
    question = Question(key=key, words=_words(form, item), help=_help(form, item), **shape.fields)
    question = replace(question, show_if=_show_if(form, item), **_own_fields(form, item, question))
    if not _is_sound(question):
        form.left_out.words("unsound", item.label)
        return
    if item.name and item.name != key:
        form.left_out.add("key", f"{item.name} → {key}")
    is_known = bool(shape.codes) and item.name not in form.asked  # a name that stands twice says nothing
    form.asked[item.name] = (key, shape.codes) if is_known else None
    form.questions.append(question)
    form.keys.add(key)
    form.depths[key] = (item.depth, item.is_heading)


def without_idle_headings(form: Form) -> list[Question]:
    """The questions, without headings of groups in which nothing is left."""
    kept: list[Question] = []
    below = -1
    for question in reversed(form.questions):
        depth, is_heading = form.depths[question.key]
        if not is_heading or below > depth:
            kept.append(question)
            below = depth
    return kept[::-1]


def _show_if(form: Form, item: Item) -> ShowIf | None:
    """When it is asked; None, and a word about it, for whatever isn't one simple rule on a question before it."""
    if not item.rules:
        return None
    condition = condition_of(item.rules[0]) if len(item.rules) == 1 else None
    known = form.asked.get(condition.name) if condition else None
    if condition and known and known[0] in form.keys:
        codes = tuple(dict.fromkeys(known[1].get(raw_name(value), "") for value in condition.values))
        if "" not in codes:
            return ShowIf(known[0], codes)
    form.left_out.words("always", item.label)
    return None


def _words(form: Form, item: Item) -> Words:
    """Its label, or else its hint, or else its name."""
    words = form.words.read(form.table, item.row, "label")
    if words or form.words.own:
        return words
    name = item.name.replace("_", " ").strip()
    hint = form.words.read(form.table, item.row, "hint")
    return hint or ({form.words.languages.tags[0]: Wording(name)} if name else {})


def _help(form: Form, item: Item) -> Words:
    words = form.words.read(form.table, item.row, "hint")
    return words if form.words.own or form.text(item.row, "label") else {}


def _own_fields(form: Form, item: Item, question: Question) -> dict[str, Any]:
    """What our own columns say, as far as it makes sense."""
    row = item.row
    fields: dict[str, Any] = {"symbol": form.own(row, "symbol"), "signed": form.own(row, "signed")}
    for name, allowed in (("kind", get_args(KindName)), ("report", get_args(Report)), ("scoring", get_args(Scoring))):
        if form.own(row, name) in allowed:
            fields[name] = form.own(row, name)
    fields["linked"] = form.own(row, "linked") != "no"
    fields["describes_people"] = {"yes": True, "no": False}.get(form.own(row, "describes_people"))
    fields["asks_who"] = {"yes": "yes", "no": "no"}.get(form.own(row, "asks_who"))
    if without_idle_mark(marked := replace(question, **fields)) != marked:
        fields["asks_who"] = None
        form.left_out.words("idle_mark", item.label)
    fields["fixed_wording"] = form.own(row, "fixed_wording") == "yes"
    while fields and not _is_sound(replace(question, show_if=None, **fields)):
        fields.popitem()
    return fields


def _is_sound(question: Question) -> bool:
    alone = replace(question, show_if=None)
    return not faults(Questionnaire(title={}, questions=(alone,)))


def _is_other_text(form: Form, item: Item) -> bool:
    """Whether a row holds the words beside a choice of ours that asks for them."""
    return form.words.own and any(
        item.name == other_text_key(question.key) and question.other_choice for question in form.questions
    )
