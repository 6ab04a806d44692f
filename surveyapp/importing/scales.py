"""Answers that are known by their words: yes and no, five points from good to bad, and “I don't know”.

Numbers say nothing: answers coded 1 to 5 may be regions, and 1 may be the best. A scale is one only where every word of
it is known and no number says the contrary; agreeing is none, because agreeing with bad news is not good news.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from surveyapp.model.kinds.rating5 import RATINGS
from surveyapp.model.kinds.registry import KINDS, kind_of
from surveyapp.model.known_answers import folded, missing_code
from surveyapp.model.names import Names, code_from_name, code_from_words
from surveyapp.model.questionnaire import MISSING_CODES, KindName, Question

SCALES = (
    ("very good|excellent", "good",
     "ok|okay|fair|average|so-so|neutral|neither|neither good nor poor|neither good nor bad",
     "bad|poor|not good", "very bad|very poor|terrible|awful"),
    ("very satisfied", "satisfied", "ok|okay|neutral|neither|neither satisfied nor dissatisfied",
     "dissatisfied|unsatisfied", "very dissatisfied|very unsatisfied"),
    ("very easy", "easy", "ok|okay|neutral|neither|neither easy nor difficult|neither easy nor hard",
     "difficult|hard", "very difficult|very hard"),
    ("very happy", "happy", "ok|okay|neutral|neither|neither happy nor unhappy|neither happy nor sad",
     "unhappy|sad", "very unhappy|very sad"),
)  # fmt: skip
SYMBOLS = {
    "5": "very_good", "4": "good", "3": "okay", "2": "bad", "1": "very_bad", "yes": "yes", "no": "no",
    "not_sure": "not_sure", "dont_know": "not_sure", "not_applicable": "not_used", "prefer_not_to_say": "private",
}  # fmt: skip
_SCALE_WORDS = tuple(
    {words: code for code, listed in zip(RATINGS, scale, strict=True) for words in listed.split("|")}
    for scale in SCALES
)


@dataclass(frozen=True, slots=True)
class Option:
    """An answer as it came: its name, if it has one, and the words that may tell what it is."""

    name: str
    labels: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Coded:
    """What a list of answers is: its kind, each answer's code, and whether its numbers run against its words."""

    kind: KindName
    codes: tuple[str, ...]
    against: bool = False

    @property
    def order(self) -> list[int]:
        """The answers' places: a rating runs from best to worst, and what doesn't count stands last."""
        if KINDS[self.kind].choices_from != "scale":
            return list(range(len(self.codes)))
        return sorted(
            range(len(self.codes)), key=lambda place: (self.codes[place] in MISSING_CODES, _rank(self.codes[place]))
        )


def coded(options: Sequence[Option], *, several: bool) -> Coded:
    """Give a list of answers its kind and its codes."""
    missing = _missing(options)
    counting = [option for option, code in zip(options, missing, strict=True) if not code]
    kind, known, against = _known(counting, several=several)
    given = iter(known)
    taken = Names([*missing, *known])
    codes: list[str] = []
    for option, code in zip(options, missing, strict=True):
        own = code or next(given)
        codes.append(own or _code_of(option, taken))
        taken.add(codes[-1])
    return Coded(kind, tuple(codes), against)


def _code_of(option: Option, taken: Names) -> str:
    if option.name:
        return code_from_name(option.name, taken)
    return code_from_words(next(iter(option.labels), ""), taken)


def with_headline(questions: Sequence[Question]) -> list[Question]:
    """The questions, the first rating of them as the report's headline."""
    first = next((place for place, question in enumerate(questions) if kind_of(question).figures == "rating"), None)
    return [replace(one, report="headline") if place == first else one for place, one in enumerate(questions)]


def is_known_answer(words: str) -> bool:
    """Whether words alone are an answer that everybody knows: `Yes`, `Very good`, `I don't know`."""
    said = folded(words)
    return said in ("yes", "no") or bool(missing_code(words)) or any(said in scale for scale in _SCALE_WORDS)


def rating_between(one_end: str, other_end: str) -> tuple[str, ...]:
    """The five words, from best to worst, of a scale of which the ends are these; none where nobody knows it."""
    ends = (folded(one_end), folded(other_end))
    for scale, known in zip(SCALES, _SCALE_WORDS, strict=True):
        sides = {known.get(end, "3") > "3" for end in ends}
        if len(sides) == 2 and all(known.get(end, "3") != "3" for end in ends):
            return tuple(words.partition("|")[0].capitalize() if words[:2] != "ok" else "OK" for words in scale)
    return ()


def _known(options: Sequence[Option], *, several: bool) -> tuple[KindName, list[str], bool]:
    """The kind of the answers that count, their codes ("" for one that keeps its own), and if numbers contradict."""
    own = [""] * len(options)
    if several:
        return "multiple", own, False
    answers = [_yes_or_no(option) for option in options]
    if sorted(answers) == ["no", "yes"]:
        return "yes_no", answers, False
    codes = _ratings(options)
    against = bool(codes) and _contradicts(options, codes)
    return ("rating5", codes, False) if codes and not against else ("single", own, against)


def _missing(options: Sequence[Option]) -> list[str]:
    """The code of each answer that doesn't count, by its name or its words; "" for the others."""
    found: list[str] = []
    for option in options:
        words = map(missing_code, option.labels)
        code = option.name if option.name in MISSING_CODES else next(filter(None, words), "")
        found.append("" if code in found else code)
    return found


def _yes_or_no(option: Option) -> str:
    names = {folded(label) for label in option.labels} or {option.name.lower()}
    return next((answer for answer in ("yes", "no") if answer in names), "")


def _ratings(options: Sequence[Option]) -> list[str]:
    """The codes of five answers that are one scale's words; none for anything else."""
    if len(options) != len(RATINGS):
        return []
    for scale in _SCALE_WORDS:
        codes = [next((scale[word] for word in map(folded, one.labels) if word in scale), "") for one in options]
        if set(codes) == set(RATINGS):
            return codes
    return []


def _contradicts(options: Sequence[Option], codes: Sequence[str]) -> bool:
    """Whether the answers' own numbers run the other way than their words."""
    numbers = [option.name for option in options]
    return all(name.isdecimal() for name in numbers) and not _rises(numbers, codes)


def _rises(numbers: Sequence[str], codes: Sequence[str]) -> bool:
    pairs = sorted((int(code), int(number[:9])) for code, number in zip(codes, numbers, strict=True))
    return all(one[1] < other[1] for one, other in pairwise(pairs))


def _rank(code: str) -> int:
    return -int(code) if code in RATINGS else 0
