"""The easy-read report: one page, whole numbers, faces, in a language of the survey."""

from dataclasses import dataclass
from fractions import Fraction

from flask_babel import gettext

from surveyapp.figures.rounding import half_up
from surveyapp.figures.suppression import ENOUGH
from surveyapp.model.questionnaire import localized
from surveyapp.report.content import Report
from surveyapp.report.findings import GOOD, MARKS, QuestionFinding
from surveyapp.web.i18n import direction, use_language

MOST = 4


@dataclass(frozen=True, slots=True)
class Face:
    """An answer with its face; `lang` is empty where its words are in the page's language."""

    symbol: str
    words: str
    lang: str


@dataclass(frozen=True, slots=True)
class EasyFinding:
    """One rating: the question, its whole number's face, how many gave the best answers, and their faces."""

    title: str
    lang: str
    number: str
    face: str
    people: str
    faces: tuple[Face, ...]


@dataclass(frozen=True, slots=True)
class Easy:
    """The page in one language."""

    language: str
    direction: str
    heading: str
    came: str
    answered: str
    few: str
    findings: tuple[EasyFinding, ...]
    did: str
    actions: tuple[tuple[str, str], ...]
    words_lang: str

    @property
    def symbols(self) -> tuple[str, ...]:
        """The names of the pictures on the page, each once."""
        faces = (face.symbol for one in self.findings for face in one.faces)
        return tuple(sorted({*faces, *(one.face for one in self.findings if one.face)}))


def easy_of(report: Report, language: str) -> Easy:
    """The page; until the caller says otherwise, this request speaks the language from now on."""
    use_language(language)
    shown = [one for one in report.headlines if one.good is not None and one.n] if report.shows_figures else []
    first = report.survey.questionnaire.language
    return Easy(
        language=language,
        direction=direction(language),
        heading=gettext("What people told us"),
        came=gettext("People who came: %(n)s", n=report.attendance)
        if report.attendance and not report.has_too_many_answers
        else "",
        answered=gettext("People who answered: %(n)s", n=report.responses),
        few="" if shown else gettext("Too few people answered. So we show no numbers."),
        findings=tuple(_easy(one, language) for one in shown[:MOST]),
        did=gettext("What we did with what you said") if report.actions else "",
        actions=tuple(
            (one.you_said_easy or one.you_said, one.we_did_easy or one.we_did) for one in report.actions[:MOST]
        ),
        words_lang="" if first == language else first,
    )


def _easy(one: QuestionFinding, language: str) -> EasyFinding:
    title, lang = localized(one.question.words, language, "easy")
    whole = half_up(Fraction(one.mean)) if one.mean and (one.n or 0) >= ENOUGH else ""
    faces = []
    for code in GOOD:
        choice = next((each for each in one.question.choices if each.code == code), None)
        if choice is not None:
            words, tag = localized(choice.words, language, "easy")
            faces.append(Face(choice.symbol or MARKS[code], words, "" if tag == language else tag))
    return EasyFinding(
        title=title,
        lang="" if lang == language else lang,
        number=gettext("%(number)s out of 5", number=whole) if whole else "",
        face=MARKS[whole] if whole else "",
        people=gettext("People who said this: %(part)s of %(n)s", part=one.good, n=one.n),
        faces=tuple(faces),
    )
