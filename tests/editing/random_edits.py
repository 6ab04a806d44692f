"""Random edits of a questionnaire, as an organiser's buttons and forms make them."""

from collections.abc import Callable

from hypothesis import strategies as st

from surveyapp.editing.choices import (
    choice_added,
    choice_copied,
    choice_moved,
    choice_removed,
    one_scale,
    ready_choice_added,
    with_symbol,
)
from surveyapp.editing.library.known import spoken_in
from surveyapp.editing.questions import (
    UsedCodes,
    added,
    changed,
    checked_by,
    copied,
    moved,
    removed,
    with_condition,
)
from surveyapp.editing.wordings import new_question, retyped
from surveyapp.model.kinds.registry import KIND_NAMES
from surveyapp.model.languages import LANGUAGES
from surveyapp.model.questionnaire import VIEWS, Check, Questionnaire, ShowIf
from tests.model.random_questionnaires import letters

Edit = Callable[[Questionnaire], Questionnaire]

KINDS = sorted(KIND_NAMES)
READY = ["other", "not_sure", "dont_know", "not_applicable", "prefer_not_to_say", "nonsense", ""]
steps = st.sampled_from([-1, 1])
spoken = st.sampled_from(["How was the food?", "The food", "كيف كان", "1", "", "response", "x" * 80]) | letters


@st.composite
def edit(draw: st.DrawFn, questionnaire: Questionnaire, past: UsedCodes) -> Edit:
    """Any edit, mostly of something that is there."""
    keys = [question.key for question in questionnaire.questions] or ["gone"]
    key = draw(st.sampled_from(keys))
    codes = [code for question in questionnaire.questions if question.key == key for code in question.codes]
    code = draw(st.sampled_from([*codes, "gone"]))
    words, number = draw(spoken), draw(steps)
    other = draw(st.sampled_from(keys))
    field = draw(st.sampled_from(["words-standard", "words-easy", "help-easy", f"choice-{code}-short"]))
    language = draw(st.sampled_from(questionnaire.languages))
    check = Check(language, draw(st.sampled_from(VIEWS)), words, "2026-10-07")
    new = new_question(questionnaire, draw(st.sampled_from(KINDS)), words, ["Tea", "Tea", words], past)
    edits: list[Edit] = [
        lambda before: added(before, new, draw(st.sampled_from(["", key]))),
        lambda before: moved(before, key, number),
        lambda before: copied(before, key, past),
        lambda before: removed(before, key),
        lambda before: with_condition(before, key, ShowIf(other, (code,))),
        lambda before: with_condition(before, key, None),
        lambda before: changed(before, key, lambda asked: retyped(asked, language, {field: words})),
        lambda before: choice_added(before, key, words, past),
        lambda before: ready_choice_added(before, key, draw(st.sampled_from(READY)), past),
        lambda before: choice_copied(before, key, code, past),
        lambda before: choice_moved(before, key, code, number),
        lambda before: choice_removed(before, key, code),
        lambda before: one_scale(before, draw(st.sampled_from([3, 5, 4])), past),
        lambda before: with_symbol(before, key, "", draw(st.sampled_from(["food", "nonsense", ""]))),
        lambda before: checked_by(before, check),
        lambda before: spoken_in(before, draw(st.lists(st.sampled_from(LANGUAGES), max_size=3))),
    ]
    return draw(st.sampled_from(edits))
