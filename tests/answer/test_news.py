"""You said, we did, as attendees read it: at its own address, and on pages that have nothing else to ask."""

import random
from datetime import UTC, date, datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from surveyapp.editing.library import ready_surveys
from surveyapp.model.survey import Survey
from surveyapp.model.team import Team
from surveyapp.model.team_cards import TeamCard
from tests.factories import EVENT_DAY, card_of, make_entry, make_survey, make_team
from tests.visitor import Page, Visitor

OWN = "What we did with what you said"


def tell(session: Session, survey: Survey, *said: str, **fields: object) -> None:
    """Publish entries of a survey."""
    session.add_all([make_entry(survey, number=n, you_said=words, **fields) for n, words in enumerate(said, 1)])
    session.commit()


def told(page: Page) -> list[str]:
    """What a page says that people said."""
    words = page.tree.findall(".//ul[@class='news']/li/p[@class='spoken']")
    return ["".join(one.itertext()) for one in words][::2]


def headings(page: Page) -> list[str]:
    return [" ".join("".join(one.itertext()).split()) for one in page.tree.iter("h2")]


def test_each_view_has_its_words_and_every_heading_its_symbol(ana: Visitor, session: Session, team: Team) -> None:
    """C3: plain words, or easy words where there are some, under "You said" and what came of it."""
    survey = make_survey(session, team)
    entries = [
        make_entry(survey, number=1, people=12),
        make_entry(survey, number=2, what="will_do", people=9, you_said_easy="", we_did_easy=""),
        make_entry(survey, number=3, what="cannot"),
        make_entry(survey, number=4, you_said="A secret", published_on=None, people=50),
    ]
    session.add_all(entries)
    session.commit()
    code = card_of(survey).code

    plain, easy = ana.get(f"/s/{code.upper()}/news"), ana.get(f"/s/{code}/news?view=easy")

    assert told(plain) == ["Parking was hard to find."] * 3
    assert told(easy) == ["It was hard to park.", "Parking was hard to find.", "It was hard to park."]
    assert [plain.text.count(words) for words in ("We did this", "We will do this", "We can't do this")] == [1, 1, 1]
    assert (plain.text.count("people said this."), "12 people said this." in plain.text) == (1, True)
    assert "secret" not in plain.text + easy.text
    uses = [one.get("href") for one in easy.tree.findall(".//ul[@class='news']//{*}use")]
    assert uses == ["#sym-comment", "#sym-finish", "#sym-comment", "#sym-time", "#sym-comment", "#sym-no"]
    assert plain.tree.findall(".//ul[@class='news']//{*}svg") == []


def test_nothing_told_is_404_with_a_way_on(ana: Visitor, session: Session, team: Team) -> None:
    """AD6: `/s/<code>/news` once something is published."""
    code = card_of(make_survey(session, team)).code

    page = ana.get(f"/s/{code}/news", 404)

    assert "There is nothing here yet. Come back later." in page.text
    assert f"/s/{code}" in page.links()
    assert "We can't find this survey" in ana.get("/s/zzzzzz/news", 404).text


def test_the_organisers_words_are_marked_where_the_page_is_in_another_language(
    ana: Visitor, session: Session, team: Team
) -> None:
    survey = make_survey(session, team, ready_surveys()["quick_card"], state="closed")
    tell(session, survey, "The food ran out.", people=11)
    code = card_of(survey).code

    for address, status in ((f"/s/{code}/news?lang=ar", 200), (f"/s/{code}?lang=ar", 410)):
        page = ana.get(address, status)
        words = page.tree.findall(".//p[@class='spoken']")
        assert page.tree.get("dir") == "rtl"
        assert {(one.get("lang"), one.get("dir")) for one in words} == {("en", "ltr")}


def test_a_closed_survey_shows_its_own_then_its_series_then_its_teams(
    ana: Visitor, session: Session, team: Team
) -> None:
    """C3: what was done after an earlier event, under that event's name."""
    closed = make_survey(session, team, state="closed", series="Carers", title="This year")
    other = make_survey(session, team, title="A walk", state="closed")
    page = f"/s/{card_of(closed).code}"
    assert told(ana.get(page, 410)) == []

    tell(session, other, "Of the team", published_on=EVENT_DAY + timedelta(days=9))
    assert headings(ana.get(page, 410))[-1] == "What we did after A walk"
    series = make_survey(session, team, title="Last year", series="Carers", state="closed")
    tell(session, series, "Of the series")
    assert told(ana.get(page, 410)) == ["Of the series"]
    tell(session, closed, "Its own")
    assert told(ana.get(page, 410)) == ["Its own"]


@pytest.mark.parametrize("state", ["draft", "scheduled"])
def test_a_survey_that_is_not_open_shows_five_of_the_newest_and_the_way_to_all(
    ana: Visitor, session: Session, team: Team, state: str
) -> None:
    later = {"opens_at": None} if state == "draft" else {"opens_at": datetime.now(UTC) + timedelta(days=1)}
    waiting = make_survey(session, team, state="draft" if state == "draft" else "open", **later)
    old, new = (make_survey(session, team, title=title, state="closed") for title in ("Old", "New"))
    tell(session, old, "Old words")
    tell(session, new, *"ABCDEFG", published_on=EVENT_DAY + timedelta(days=1))

    page = ana.get(f"/s/{card_of(waiting).code}?view=easy&lang=en")

    assert len(told(page)) == 5
    (way,) = (link for link in page.links() if "/news" in link)
    assert headings(page)[-1] == "What we did after New"
    assert way.startswith(f"/s/{card_of(new, 'Link').code}/news")
    assert len(told(ana.get(way))) == 7


def test_a_card_without_a_survey_shows_its_teams_and_an_unknown_code_the_only_teams(
    ana: Visitor, session: Session, team: Team
) -> None:
    session.add(TeamCard(code="k7q4mx", team_id=team.id, label="Table 1", position=1))
    survey = make_survey(session, team, state="closed")
    tell(session, survey, "Of the team")
    assert told(ana.get("/s/zzzzzz", 404)) == ["Of the team"]
    assert told(ana.get("/s/nonsense", 404)) == []  # no code at all: the database isn't asked

    make_team(session, "Another")

    assert told(ana.get("/s/zzzzzz", 404)) == []
    assert told(ana.get("/s/k7q4mx")) == ["Of the team"]


def test_thanks_lead_to_news_only_where_there_is_some(ana: Visitor, session: Session, team: Team) -> None:
    survey = make_survey(session, team)
    shared = survey.add_card("Tablet", source="shared")
    session.commit()
    address = f"/s/{card_of(survey).code}/thanks"
    link = "See what was done with what people said"
    assert link not in ana.get(address).text

    tell(session, survey, "Its own")

    assert link in ana.get(address).text
    assert link not in ana.get(f"/s/{shared.code}/thanks").text


def test_the_open_surveys_page_does_not_change_by_a_byte(ana: Visitor, session: Session, team: Team) -> None:
    survey = make_survey(session, team)
    address = f"/s/{card_of(survey).code}"
    lines = [one for one in ana.get(address).response.get_data().splitlines() if b"hidden" not in one]

    tell(session, survey, "Its own", people=12)

    assert [one for one in ana.get(address).response.get_data().splitlines() if b"hidden" not in one] == lines


def test_what_was_typed_too_late_stands_alone(ana: Visitor, session: Session, team: Team) -> None:
    survey = make_survey(session, team, state="closed")
    tell(session, survey, "Its own")

    page = ana.post(f"/s/{card_of(survey).code}", {"best": "The soup", "finish": "1"}, 410)

    assert "The soup" in page.text
    assert told(page) == []


def test_a_greater_limit_takes_back_numbers(app: Flask, ana: Visitor, session: Session, team: Team) -> None:
    survey = make_survey(session, team)
    tell(session, survey, "Its own", people=12)
    app.config["SMALL_GROUP"] = 20

    assert "said this" not in ana.get(f"/s/{card_of(survey).code}/news").text


def test_no_page_ever_tells_of_another_team_or_of_few(ana: Visitor, session: Session) -> None:
    """Random teams, series, states and entries: each page has its own team's words alone, and no small number."""
    chance = random.Random(7)  # noqa: S311 -- chance for a test, no secret
    surveys = []
    for place in range(3):
        team = make_team(session, f"Team {place}")
        for number in range(4):
            state = chance.choice(["draft", "open", "closed"])
            made = make_survey(session, team, state=state, series=chance.choice(["", "A"]), title=f"E{place}{number}")
            surveys.append((place, made))
            for entry in range(chance.randrange(4)):
                words = {"you_said": f"team{place} number{entry}", "you_said_easy": "", "people": chance.randrange(20)}
                session.add(
                    make_entry(made, number=entry, published_on=chance.choice([None, date(2026, 11, 1)]), **words)
                )
    session.commit()
    shown = 0
    for place, survey in surveys:
        for ending in ("", "/news", "/thanks"):
            text = ana.client.get(f"/s/{card_of(survey).code}{ending}").get_data(as_text=True)
            assert not [other for other in range(3) if other != place and f"team{other}" in text]
            assert not [few for few in range(10) if f">{few} people said" in text or f">{few} person" in text]
            shown += f"team{place}" in text
    assert shown > 5
