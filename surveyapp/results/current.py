"""A survey's results at one moment, read from its counters in one snapshot of the database."""

import hmac
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import Connection, Engine

from surveyapp.db import sessions as db
from surveyapp.figures.counters import SurveyCounts, survey_counts
from surveyapp.figures.survey_figures import Audience, Facts, Figures, Tally, figures_of
from surveyapp.model.counting import LANGUAGE, VIEW
from surveyapp.model.installation import comment_key
from surveyapp.model.questionnaire import Question
from surveyapp.model.survey import Survey
from surveyapp.results import queries
from surveyapp.results.queries import CardCount


@dataclass(frozen=True, slots=True)
class Results:
    """What an audience may see; `views` and `languages` count responses, `stamp` changes with any figure.

    `telling` are the keys of the questions whose answers tell who somebody is.
    """

    figures: Figures
    questions: tuple[Question, ...]
    cards: Sequence[CardCount]
    views: Mapping[str, int]
    languages: Mapping[str, int]
    stamp: str
    telling: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class CurrentResults:
    """A survey at one moment: ask for its stamp first, then for its results."""

    counted: SurveyCounts
    facts: Facts
    cards: Sequence[CardCount]
    key: bytes

    @property
    def stamp(self) -> str:
        """How many responses count, and a mark of everything that the results are made of.

        The mark is made with the installation's key: without it, whoever has a page could try out what is withheld in
        it until the mark is the same.
        """
        tally = self.counted.tally
        asked = [question.key for question in tally.questions]
        listed = [sorted(tally.whole.counts[key].comments) for key in asked]
        beside = (self.facts.attendance, self.facts.unfinished, sorted(self.facts.unlinked.items()), self.cards)
        made_of = (asked, sorted(self.counted.counts.items()), listed, beside)
        mark = hmac.digest(self.key, repr(made_of).encode(), "sha256").hex()
        return f"{tally.whole.responses}-{mark[:16]}"

    def results(self, audience: Audience) -> Results:
        """Everything that an audience may see."""
        return Results(
            figures=figures_of(self.counted.tally, self.facts, audience),
            questions=self.counted.tally.questions,
            cards=self.cards,
            views=self.counted.responses_by(VIEW),
            languages=self.counted.responses_by(LANGUAGE),
            stamp=self.stamp,
            telling=self.counted.tally.telling,
        )


def results_now(engine: Engine, survey_id: UUID, *, comments: bool = True) -> CurrentResults:
    """A survey as it is now; without its comments for whoever may not read them."""
    with db.read_snapshot(engine) as connection:
        return CurrentResults(
            survey_counts(connection, survey_id, comments=comments),
            queries.facts(connection, survey_id),
            queries.card_counts(connection, survey_id),
            comment_key(connection),
        )


def tried_results(connection: Connection, survey: Survey, audience: Audience) -> Results | None:
    """What the organisers' own tries come to, counted by themselves and kept nowhere; None where there are none."""
    draft = survey.rehearsed
    tried = queries.tried(connection, survey.id, draft)
    if not tried:
        return None
    tally = Tally(draft, comment_key=comment_key(connection)).fold(tried)
    return Results(
        figures=figures_of(tally, Facts(), audience),
        questions=tally.questions,
        cards=(),
        views=Counter(one.view for one in tried),
        languages=Counter(one.language for one in tried),
        stamp="",
        telling=tally.telling,
    )
