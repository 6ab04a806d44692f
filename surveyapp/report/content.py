"""A report put together: what was frozen, with the attendance, quotes and actions of today."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from flask_babel import gettext, ngettext
from sqlalchemy.orm import Session

from surveyapp.figures.frozen import Document, frozen_document
from surveyapp.figures.rounding import percent
from surveyapp.figures.suppression import FEW, Audience
from surveyapp.figures.survey_figures import WITHOUT
from surveyapp.model.action import Action, public_people_count
from surveyapp.model.kinds.registry import kind_of
from surveyapp.model.survey import Survey
from surveyapp.rendering.localized_text import localized_text
from surveyapp.report import queries
from surveyapp.report.findings import QuestionFinding, finding, good_sentence, mean_sentence
from surveyapp.report.queries import ROLE, Quote

QUOTES_IN_SHORT = 4
ACTIONS_IN_SHORT = 5


@dataclass(frozen=True, slots=True)
class QuoteGroup:
    """A quote as it is printed: the words, their language where it isn't English, and the role, if that is told."""

    question: str
    text: str
    lang: str
    role: str


@dataclass(frozen=True, slots=True)
class AnswerGroup:
    """One group beside the others; `findings` by question. None where the group is hidden."""

    name: str
    responses: int | None
    findings: Mapping[str, QuestionFinding]


@dataclass(frozen=True, slots=True)
class Report:
    """Everything that any part of a report shows; `made_on` is the day on which the figures were frozen."""

    survey: Survey
    made_on: date
    responses: int
    attendance: int | None
    findings: tuple[QuestionFinding, ...]
    groups: tuple[AnswerGroup, ...]
    quotes: tuple[QuoteGroup, ...]
    actions: Sequence[Action]
    small_group: int

    @property
    def headlines(self) -> tuple[QuestionFinding, ...]:
        """The ratings that are told first: those marked so, else the first two."""
        ratings = [one for one in self.findings if one.is_rating and one.question.linked]
        marked = [one for one in ratings if one.question.report == "headline"]
        return tuple(marked or ratings[:2])

    @property
    def ratings(self) -> tuple[QuestionFinding, ...]:
        """Every rating that has an answer."""
        return tuple(one for one in self.findings if one.is_rating and not one.is_empty)

    @property
    def choices(self) -> tuple[QuestionFinding, ...]:
        """Every question with choices that is told to the board: it has answers and isn't withheld."""
        shown = [one for one in self.findings if kind_of(one.question).figures == "choices"]
        return tuple(one for one in shown if one.n and one.question.report != "none" and one.question.linked)

    @property
    def shows_figures(self) -> bool:
        """Whether enough people answered to show anything but their number."""
        return self.responses >= FEW

    @property
    def has_too_many_answers(self) -> bool:
        """Whether the attendance can't be right."""
        return self.attendance is not None and self.responses > self.attendance

    @property
    def rate(self) -> str:
        """37 of 81 people answered (46%)."""
        if self.attendance and not self.has_too_many_answers:
            share = percent(self.responses, self.attendance)
            said = {"n": self.responses, "people": self.attendance, "percent": share}
            return gettext("%(n)s of %(people)s people answered (%(percent)s%%).", **said)
        return ngettext("%(num)s person answered.", "%(num)s people answered.", self.responses)

    @property
    def others(self) -> str:
        """The sentence on those who did not answer."""
        if self.has_too_many_answers:
            return gettext("There are more answers than people: check the attendance.")
        if not self.attendance:
            return gettext("Nobody wrote down how many people came.")
        left = self.attendance - self.responses
        if not left:
            return gettext("Everybody answered.")
        return ngettext("The other person may think differently.", "The other %(num)s may think differently.", left)

    def of(self, key: str) -> QuestionFinding | None:
        """The finding of a question."""
        return next((one for one in self.findings if one.key == key), None)

    def said_by(self, action: Action) -> str:
        """How many people said what an action answers, where that may be told."""
        told = public_people_count(action.people, self.small_group)
        return ngettext("%(num)s person said this.", "%(num)s people said this.", told) if told else ""


def report_of(session: Session, survey: Survey, small_group: int, language: str = "en") -> Report | None:
    """The report; None before the final release, and until its figures are frozen."""
    kept = queries.frozen_figures(session, survey.id)
    document = frozen_document(kept)
    if kept is None or document is None or survey.released_on is None:
        return None
    limit = Audience(public=True, small_group=small_group).sensitive_limit
    questions = queries.reportable_questions(queries.editions(session, survey.id))
    shown = [one for one in questions if one.key in document["questions"]]
    came = survey.attendance if survey.attendance and survey.attendance >= document["responses"] else None
    findings = tuple(finding(one, document["questions"][one.key], came, language) for one in shown)
    chosen = queries.quotes(session, survey.id, questions, queries.roles_of_many(document, limit))
    return Report(
        survey=survey,
        made_on=kept.made_on,
        responses=document["responses"],
        attendance=survey.attendance,
        findings=findings,
        groups=_groups(document, findings, language),
        quotes=tuple(_said(quote, findings) for quote in chosen) if document["responses"] >= FEW else (),
        actions=queries.public_actions(session, survey.id),
        small_group=small_group,
    )


def _groups(document: Document, findings: Sequence[QuestionFinding], language: str) -> tuple[AnswerGroup, ...]:
    """The groups by name, those in none at the end; nothing where there is only one."""
    parts = sorted(document["groups"].items(), key=lambda named: (named[0] == WITHOUT, named[0]))
    return tuple(
        AnswerGroup(
            gettext("No group") if name == WITHOUT else name,
            part["responses"],
            {
                one.key: finding(one.question, part["questions"][one.key], None, language)
                for one in findings
                if part["responses"] is not None and one.key in part["questions"]
            },
        )
        for name, part in parts
    )


def _said(quote: Quote, findings: Sequence[QuestionFinding]) -> QuoteGroup:
    roles = next((one.question.choices for one in findings if one.key == ROLE), ())
    role = next((localized_text(choice.words).text for choice in roles if choice.code == quote.role), "")
    lang = "" if quote.language.partition("-")[0] == "en" else quote.language
    return QuoteGroup(quote.question, quote.text, lang, role)


def sentences(report: Report) -> list[str]:
    """Sentences to copy into an email, minutes or a bid: each true without the others."""
    title = report.survey.title
    if not report.shows_figures:
        return [f"{title}: {report.rate}"]
    told = [f"{title}: {report.rate} {report.others}".strip()]
    for one in report.ratings:
        parts = [mean_sentence(one), good_sentence(one)]
        whole = ". ".join(part.removesuffix(".") for part in parts if part)
        if whole:
            told.append(f"{one.title.text} {whole}.")
    did = "People said: %(said)s We did: %(did)s"
    return [*told, *(gettext(did, said=action.you_said, did=action.we_did) for action in report.actions)]
