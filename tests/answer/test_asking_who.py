"""Pages of a survey that asks who somebody is say so, where others promise that nobody's name is there."""

from dataclasses import replace

import pytest
from sqlalchemy.orm import Session

from surveyapp.editing.rehearsal import begin_rehearsal
from surveyapp.model.languages import TRANSLATED
from surveyapp.model.questionnaire import Questionnaire
from surveyapp.model.survey import OPENLY, REHEARSAL, TOGETHER, Survey
from surveyapp.model.team import Team
from surveyapp.translations.catalogues import path_of
from tests.factories import card_of, make_question, make_questionnaire, make_survey
from tests.visitor import Visitor

SAID = "This survey asks who you are. If you tell us, the team knows which answers are yours. You can skip that."
PROMISES = ("Your name is not there.", "Do not write your name.", "Your name, unless", "nly this code shows")
NAME = make_question("who", "comment", "What is your name?", asks_who="accepted")
ASKED = make_questionnaire(make_question(), NAME)
NOT_ASKED = make_questionnaire(make_question(), replace(NAME, asks_who="no"))

UNMARKED = make_questionnaire(make_question(), replace(NAME, asks_who=None))


def survey_of(session: Session, team: Team, asked: Questionnaire, sharing: str = TOGETHER) -> Survey:
    return make_survey(session, team, asked, sharing=sharing)


def pages_of(survey: Survey) -> list[str]:
    code = card_of(survey).code
    views = [f"/s/{code}?view={view}" for view in ("standard", "easy", "symbols")]
    paper = [f"/s/{code}/paper?view={view}" for view in ("standard", "easy", "symbols")]
    return [*views, *paper, f"/privacy?code={code}", f"/withdraw?code={code}", f"/s/{code}/thanks"]


@pytest.mark.parametrize("sharing", [TOGETHER, OPENLY])
def test_no_page_promises_that_no_name_is_there(ana: Visitor, session: Session, team: Team, sharing: str) -> None:
    for address in pages_of(survey_of(session, team, ASKED, sharing)):
        text = ana.get(address).text
        assert not [promise for promise in PROMISES if promise in text], address


def test_start_paper_and_privacy_say_what_telling_us_does(ana: Visitor, session: Session, team: Team) -> None:
    for address in pages_of(survey_of(session, team, ASKED))[:7]:
        assert SAID in ana.get(address).text, address


def test_thanks_says_that_the_team_knows(ana: Visitor, session: Session, team: Team) -> None:
    code = card_of(survey_of(session, team, ASKED)).code
    thanks = ana.follow(ana.submit(ana.get(f"/s/{code}"), {"overall": "5", "finish": "1"}))

    assert "If you told us who you are, the team knows which answers are yours." in thanks.text
    assert "Your name is not there." not in thanks.text


def test_openly_still_says_that_the_team_may_guess(ana: Visitor, session: Session, team: Team) -> None:
    code = card_of(survey_of(session, team, ASKED, OPENLY)).code
    text = ana.get(f"/s/{code}").text

    assert f"We may guess which answers are yours. You can skip any question. {SAID}" in text


def test_other_surveys_promise_it_as_before(ana: Visitor, session: Session, team: Team) -> None:
    for address in pages_of(survey_of(session, team, NOT_ASKED)):
        text = ana.get(address).text
        assert [promise for promise in PROMISES if promise in text], address
        assert SAID not in text


def test_open_survey_from_before_there_were_marks_promises_it_as_before(
    ana: Visitor, session: Session, team: Team
) -> None:
    for address in pages_of(survey_of(session, team, UNMARKED)):
        text = ana.get(address).text
        assert [promise for promise in PROMISES if promise in text], address
        assert SAID not in text


def test_rehearsal_of_a_draft_says_what_its_words_seem_to_ask(ana: Visitor, session: Session, team: Team) -> None:
    survey = make_survey(session, team, UNMARKED, state="draft")
    begin_rehearsal(survey)
    session.commit()
    code = next(card.code for card in survey.cards if card.source == REHEARSAL)

    for address in (f"/s/{code}", f"/privacy?code={code}"):
        assert SAID in ana.get(address).text, address


def test_privacy_page_follows_what_people_see_and_not_the_draft(ana: Visitor, session: Session, team: Team) -> None:
    survey = survey_of(session, team, ASKED)
    survey.draft = NOT_ASKED.to_json()
    session.commit()

    assert SAID in ana.get(f"/privacy?code={card_of(survey).code}").text


def test_later_editions_say_it_too(ana: Visitor, session: Session, team: Team) -> None:
    survey = survey_of(session, team, ASKED)
    survey.draft = NOT_ASKED.to_json()
    survey.publish()
    session.commit()
    code = card_of(survey).code

    assert survey.editions[-1].number == 2
    for address in (f"/s/{code}", f"/privacy?code={code}", f"/s/{code}/paper"):
        assert SAID in ana.get(address).text, address


@pytest.mark.parametrize("tag", TRANSLATED)
def test_it_is_said_in_every_language(tag: str) -> None:
    catalogue = path_of(tag).read_text("utf-8")

    said = catalogue.partition(f'msgid "{SAID}"\nmsgstr "')[2].partition('"')[0]
    assert said, tag
