"""Random questionnaires that keep every rule, and random ways to fill them in.

What is drawn from is made once: Hypothesis checks each strategy anew, which took longer than drawing.
"""

from functools import cache
from string import ascii_lowercase, digits
from typing import Any, get_args

from hypothesis import strategies as st

from surveyapp.model.kinds.rating5 import RATINGS
from surveyapp.model.questionnaire import (
    MISSING_CODES,
    VIEWS,
    Check,
    Choice,
    KindName,
    Picture,
    Question,
    Questionnaire,
    Report,
    Scoring,
    ShowIf,
    Wording,
    Words,
)
from surveyapp.model.validation import RESERVED_KEYS, faults

LANGUAGES = ("en", "cy", "pt-BR", "zh-Hant", "ur")

letters = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=20)
names = st.from_regex(
    r"[a-z][a-z0-9]{0,6}(_[a-z0-9]{1,6})?", fullmatch=True, alphabet=ascii_lowercase + digits + "_"
).filter(lambda name: name not in RESERVED_KEYS | MISSING_CODES | {"other_text", "yes", "no"})
wordings = st.builds(Wording, standard=letters, easy=letters, short=letters)
media_names = st.from_regex(r"[0-9a-f]{64}\.(webp|mp3)", fullmatch=True, alphabet=ascii_lowercase + digits + ".")
videos = st.sampled_from(["", "https://example.org/bsl/1", "https://example.org/ask?question=2&sign=bsl"])
checks = st.builds(
    Check,
    language=st.sampled_from(LANGUAGES),
    view=st.sampled_from(VIEWS),
    by=letters,
    on=st.dates().map(str),
)
booleans = st.booleans()
language_lists = st.lists(st.sampled_from(LANGUAGES), unique=True, min_size=1)
missing_codes = st.lists(st.sampled_from(sorted(MISSING_CODES)), unique=True, max_size=2)
reports: st.SearchStrategy[Report] = st.sampled_from(get_args(Report))
scorings: st.SearchStrategy[Scoring] = st.sampled_from(get_args(Scoring))
question_keys = st.lists(names, unique=True, max_size=5)
durations = st.none() | st.floats(0, 60)
check_lists = st.lists(checks, max_size=2)
ranges = st.tuples(st.none() | st.integers(-5, 5), st.none() | st.integers(6, 99))


@cache
def words(languages: tuple[str, ...]) -> st.SearchStrategy[Words]:
    """Wording in some of the languages."""
    return st.dictionaries(st.sampled_from(languages), wordings, max_size=len(languages))


@cache
def pictures(languages: tuple[str, ...]) -> st.SearchStrategy[Picture | None]:
    """A picture described in some of the languages, or none."""
    return st.none() | st.builds(Picture, name=media_names, words=words(languages))


@cache
def recordings(languages: tuple[str, ...]) -> st.SearchStrategy[dict[str, str]]:
    """Recordings in some of the languages."""
    return st.dictionaries(st.sampled_from(languages), media_names, max_size=2)


@st.composite
def choices(draw: st.DrawFn, kind: str, linked: bool, languages: tuple[str, ...]) -> tuple[Choice, ...]:
    """Two or more choices that a kind may have; none for a kind without."""
    codes = draw(_CODES[kind]) if kind in _CODES else []
    missing = draw(missing_codes) if codes else []
    other = draw(st.sampled_from([None, *codes])) if linked else None
    return tuple(
        Choice(
            code=code,
            words=draw(words(languages)),
            symbol=draw(letters),
            missing=code in missing,
            exclusive=kind == "multiple" and draw(booleans),
            other_text=code == other,
        )
        for code in [*codes, *missing]
    )


_CODES: dict[str, st.SearchStrategy[list[str]]] = {
    "rating5": st.lists(st.sampled_from(RATINGS), unique=True, min_size=2).map(lambda codes: sorted(codes)[::-1]),
    "yes_no": st.just(["yes", "no"]),
    "single": st.lists(names, unique=True, min_size=2, max_size=4),
    "multiple": st.lists(names, unique=True, min_size=2, max_size=4),
}
_KINDS: st.SearchStrategy[KindName] = st.sampled_from(get_args(KindName))


@st.composite
def question(draw: st.DrawFn, key: str, earlier: tuple[Question, ...], languages: tuple[str, ...]) -> Question:
    """A question that may depend on an earlier one."""
    kind = draw(_KINDS)
    linked = kind not in (*_CODES, "note") or draw(booleans)
    low, high = draw(ranges) if kind == "number" else (None, None)
    flags: dict[str, Any] = {"linked": linked, "minimum": low, "maximum": high, "signed": draw(videos)}
    return Question(
        key=key,
        kind=kind,
        words=draw(words(languages)),
        help=draw(words(languages)),
        symbol=draw(letters),
        choices=draw(choices(kind, linked, languages)),
        report=draw(reports),
        scoring=draw(scorings),
        fixed_wording=draw(booleans),
        show_if=draw(show_if(linked, earlier)),
        picture=draw(pictures(languages)),
        recordings=draw(recordings(languages)),
        **flags,
    )


@st.composite
def show_if(draw: st.DrawFn, linked: bool, earlier: tuple[Question, ...]) -> ShowIf | None:
    """No condition, or one on an earlier question that may carry it."""
    possible = [asked for asked in earlier if asked.choices and (asked.linked or not linked)]
    if not possible or draw(booleans):
        return None
    asked = draw(st.sampled_from(possible))
    return ShowIf(asked.key, tuple(draw(st.lists(st.sampled_from(asked.codes), unique=True, min_size=1))))


@st.composite
def questionnaires(draw: st.DrawFn) -> Questionnaire:
    """A whole document."""
    languages = tuple(draw(language_lists))
    made: tuple[Question, ...] = ()
    for key in draw(question_keys):
        made = (*made, draw(question(key, made, languages)))
    questionnaire = Questionnaire(
        title=draw(words(languages)),
        questions=made,
        languages=languages,
        key=draw(letters),
        purpose=draw(letters),
        minutes=draw(durations),
        checked=tuple(draw(check_lists)),
    )
    assert not faults(questionnaire)
    return questionnaire


def raw_answers(questionnaire: Questionnaire) -> st.SearchStrategy[dict[str, list[str]]]:
    """Anything a form of this questionnaire could send: mostly codes, sometimes what nobody can read."""
    codes = sorted({code for question in questionnaire.asking for code in question.codes})
    values = st.lists(st.sampled_from([*codes, "", "7", "-3"]) | letters, max_size=3)
    keys = [question.key for question in questionnaire.asking]
    return st.dictionaries(st.sampled_from([*keys, "revision"]), values)
