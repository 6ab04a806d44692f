"""What the screens of people who answer hold to, line by line of the list, as the server sends them."""

import shutil
from datetime import UTC, datetime
from pathlib import Path
from xml.etree.ElementTree import Element

import pytest
from sqlalchemy.orm import Session

from surveyapp.editing.library import ready_surveys
from surveyapp.model.survey import OPENLY, Survey
from surveyapp.model.team import Team
from tests.factories import card_of, every_kind, make_survey
from tests.visitor import Page, Visitor

VIEWS = ("standard", "easy", "symbols")
TOGETHER_SAYS = (
    "Nobody can see your answers until the survey is over. Then the team reads them. Your name is not there."
)
OPENLY_SAYS = "We may guess which answers are yours. You can skip any question."


@pytest.fixture
def database_url(migrated_sqlite: Path, tmp_path: Path) -> str:
    """SQLite alone: what a page says does not depend on the database."""
    return f"sqlite:///{shutil.copy(migrated_sqlite, tmp_path / 'answers.sqlite3')}"


@pytest.fixture
def card(session: Session, team: Team) -> str:
    """The address of a survey with a question of every kind."""
    return f"/s/{card_of(make_survey(session, team, every_kind())).code}"


def said(element: Element | None) -> str:
    """All that an element says."""
    assert element is not None
    return " ".join("".join(element.itertext()).split())


def part(page: Page, path: str) -> Element:
    """The one element of a page that a path leads to."""
    (found,) = page.tree.findall(f".//{path}")
    return found


def test_heading_is_the_events_name_on_every_page_of_a_survey(ana: Visitor, card: str) -> None:
    """A2: one h1, the event's name, a title, a language with its direction, and a link past the header."""
    for place in ("", "/thanks", "/look", "/paper"):
        page = ana.get(card + place)
        first = next(link for link in page.tree.iter("a"))

        assert (page.h1, page.title[-12:]) == ("Carers' day", " Carers' day" if place else "Carers' day")
        assert (page.tree.get("lang"), page.tree.get("dir")) == ("en", "ltr")
        assert (first.get("class"), first.get("href")) == ("skip", "#main")
        assert part(page, "main").get("id") == "main"


def test_nobody_is_asked_who_they_are(ana: Visitor, card: str) -> None:
    """A7: no account, no captcha, no name; a comment says what not to write, and where help is now."""
    page = ana.get(card)
    kinds = {field.get("type", "text") for field in page.tree.iter("input")}

    assert kinds <= {"hidden", "radio", "checkbox", "text"}
    assert not [field.get("autocomplete") for field in page.tree.iter("input") if field.get("autocomplete")]
    comment = said(part(page, "section[@id='q-best']"))
    assert "Do not write your name." in comment
    assert "We do not read this straight away." in comment
    assert "tell a member of staff, or call 111 or 999." in comment


def test_footer_says_who_helps_and_leads_on(ana: Visitor, card: str) -> None:
    """A5: Help, Privacy, Accessibility at the foot of every page of a survey."""
    for place in ("", "/thanks", "/look"):
        footer = part(ana.get(card + place), "footer")

        assert said(footer) == "Help: Ask a helper. Privacy Accessibility"


def start_lines(ana: Visitor, survey: Survey, view: str) -> list[str]:
    """What the start of a survey's first card says, line by line."""
    page = ana.get(f"/s/{survey.cards[0].code}?view={view}")
    return [said(line) for line in part(page, "section[@id='start']").iter("li")]


@pytest.mark.parametrize("view", VIEWS)
def test_start_says_six_short_things_at_most(ana: Visitor, session: Session, team: Team, view: str) -> None:
    """C1: who asks, about what, how many questions, how long, who reads it when, stop or skip."""
    survey = make_survey(session, team, ready_surveys()["carers_event"], expected=81)

    lines = start_lines(ana, survey, view)

    assert ana.get(f"/s/{survey.cards[0].code}?view={view}").h1 == "Carers' day"
    assert lines[0] == "Events team wants to know what you think. There are no right or wrong answers."
    assert "questions. It takes about" in lines[1]
    assert lines[2:] == [TOGETHER_SAYS, "You can skip a question. You can stop at any time."]


@pytest.mark.parametrize("view", VIEWS)
def test_start_of_a_survey_that_is_shown_openly_says_so(ana: Visitor, session: Session, team: Team, view: str) -> None:
    openly = make_survey(session, team, sharing=OPENLY, expected=40)
    small = make_survey(session, team, expected=12)

    assert start_lines(ana, openly, view)[2] == OPENLY_SAYS
    assert start_lines(ana, small, view)[2] == f"{OPENLY_SAYS} We are a small group."


@pytest.mark.parametrize("view", VIEWS)
def test_start_says_which_room_the_answers_keep(ana: Visitor, session: Session, team: Team, view: str) -> None:
    in_a_room, elsewhere = (make_survey(session, team, expected=81) for _ in range(2))
    in_a_room.cards[0].group = "Room <2>"
    session.commit()

    lines = start_lines(ana, in_a_room, view)

    assert lines[3] == "We keep this with your answers: Room <2>."
    assert len(lines) <= 6
    assert not [line for line in start_lines(ana, elsewhere, view) if "with your answers" in line]


def test_comment_box_says_when_the_team_can_read_it(ana: Visitor, session: Session, team: Team) -> None:
    together = make_survey(session, team, every_kind(), expected=81)
    openly = make_survey(session, team, every_kind(), sharing=OPENLY)

    boxes = [said(part(ana.get(f"/s/{one.cards[0].code}"), "section[@id='q-best']")) for one in (together, openly)]

    assert "The team can read what you write when the survey is over. We do not read this straight away." in boxes[0]
    assert "The team can read what you write. We do not read this straight away." in boxes[1]


def test_thanks_say_who_reads_when(ana: Visitor, session: Session, team: Team) -> None:
    together = make_survey(session, team, expected=81)
    openly = make_survey(session, team, sharing=OPENLY)

    thanks = [said(part(ana.get(f"/s/{one.cards[0].code}/thanks"), "main")) for one in (together, openly)]

    assert TOGETHER_SAYS in thanks[0]
    assert "The team can read your answers from now on." in thanks[1]
    assert "until the survey is over" not in thanks[1]


def test_paper_says_that_somebody_of_the_team_reads_it(ana: Visitor, session: Session, team: Team) -> None:
    together = make_survey(session, team, expected=81)
    openly = make_survey(session, team, sharing=OPENLY)
    openly.cards[0].group = "Morning"
    session.commit()

    sheets = [said(part(ana.get(f"/s/{one.cards[0].code}/paper"), "main")) for one in (together, openly)]

    assert all("Do not write your name. Somebody of the team reads this paper." in sheet for sheet in sheets)
    assert OPENLY_SAYS not in sheets[0]
    assert OPENLY_SAYS in sheets[1]
    assert "We keep this with your answers: Morning." in sheets[1]


@pytest.mark.parametrize("view", VIEWS)
def test_three_ways_to_answer_are_offered_on_every_card(ana: Visitor, card: str, view: str) -> None:
    """C2: the same three choices whatever the card presets, and which of them is in use."""
    page = ana.get(f"{card}?view={view}")
    ways = list(part(page, "div[@class='ways']").iter("button"))

    assert [said(way) for way in ways] == ["Words", "Easy words and pictures", "Mostly pictures"]
    assert [way.get("aria-current") for way in ways] == ["true" if one == view else None for one in VIEWS]


def test_page_that_takes_no_answers_is_no_dead_end(ana: Visitor, session: Session, team: Team) -> None:
    """C3: plain words, the date where there is one, somebody to ask, and a way on."""
    soon = make_survey(session, team, opens_at=datetime(2099, 7, 4, 8, 30, tzinfo=UTC))
    over = make_survey(session, team, closes_at=datetime(2026, 1, 10, 21, 0, tzinfo=UTC))

    not_open, closed = ana.get(f"/s/{card_of(soon).code}"), ana.get(f"/s/{card_of(over).code}", 410)
    unknown = ana.get("/s/zzzzzz", 404)

    assert "You can answer from Saturday 4 July 2099" in not_open.text
    assert f"/s/{card_of(soon).code}" in not_open.links()
    assert "It closed on Saturday 10 January 2026" in closed.text
    assert "You can still tell Events team what you think." in closed.text
    assert all("Ask a helper." in page.text for page in (not_open, closed))
    assert "ask a helper. You can also ask for the survey on paper." in unknown.text
    assert "/" in unknown.links()


@pytest.mark.parametrize("view", VIEWS)
def test_question_is_a_group_with_its_words_first_and_no_hint_tied_to_it(
    ana: Visitor, session: Session, team: Team, view: str
) -> None:
    """D1, D5: the question is the legend, with its symbol in easy and symbols; help stands before the answers."""
    page = ana.get(f"/s/{card_of(make_survey(session, team, ready_surveys()['fft_2020'])).code}?view={view}")
    steps = [step for step in page.tree.iter("section") if step.get("data-key")]

    assert steps
    for step in steps:
        for group in step.iter("fieldset"):
            assert (group[0].tag, group.get("aria-describedby")) == ("legend", None)
            assert any(one.tag.endswith("svg") for one in group[0].iter()) == (view != "standard")
            order = [
                one.tag if one.tag != "p" else one.get("class") for one in group.iter() if one.tag in ("p", "input")
            ]
            assert "help" not in order[order.index("input") :]


def test_heading_of_a_step_names_its_group_and_is_described_by_notes_and_help(
    ana: Visitor, session: Session, team: Team
) -> None:
    """D4: what has the focus after each step says the question; notes and help come after it and are read with it."""
    page = ana.get(f"/s/{card_of(make_survey(session, team, ready_surveys()['fft_2020'])).code}")
    steps = [step for step in page.tree.iter("section") if step.get("data-key")]

    for step in steps:
        (heading,) = step.iter("h2")
        assert heading.get("tabindex") == "-1"
        told = [one for one in step.iter("p") if one.get("class") in ("help", "note")]
        described = step.find(f".//div[@id='{heading.get('aria-describedby')}']")
        assert [said(one) for one in (described if described is not None else ())] == [said(one) for one in told]


@pytest.mark.parametrize("view", VIEWS)
def test_answers_are_words_best_first_with_not_sure_after_a_line(ana: Visitor, card: str, view: str) -> None:
    """D2: words always, a face beside them in easy and symbols, nothing chosen yet, and a way to clear."""
    page = ana.get(f"{card}?view={view}")
    tiles = [one for one in part(page, "section[@id='q-overall']").iter("div") if "tile" in one.get("class", "")]

    assert [said(tile) for tile in tiles[:5]] == ["Very good", "Good", "OK", "Bad", "Very bad"]
    assert [tile.get("class") for tile in tiles] == ["tile"] * 5 + ["tile apart"]
    pictures = [next((one for one in tile.iter() if one.tag.endswith("svg")), None) for tile in tiles]
    assert [picture is not None for picture in pictures] == [view != "standard"] * 6
    assert all(picture is None or picture.get("aria-hidden") == "true" for picture in pictures)
    assert not [one for one in page.tree.iter("input") if one.get("checked") is not None]
    (clear,) = (one for one in page.tree.iter("button") if one.get("type") == "reset")
    assert said(clear) == "Clear my answers"


def test_comment_has_room_and_says_how_else_to_write(ana: Visitor, card: str) -> None:
    """D7: 4 rows, 5,000 letters, the keyboard's microphone, a helper; never asked for."""
    page = ana.get(card)
    box = part(page, "textarea")

    assert (box.get("rows"), box.get("data-limit"), box.get("dir")) == ("4", "5000", "auto")
    described = " ".join(said(part(page, f"p[@id='{name}']")) for name in str(box.get("aria-describedby")).split())
    assert "use the microphone on your keyboard. A helper can write for you." in described
    assert described.endswith("If you need help now, tell a member of staff, or call 111 or 999.")
    before = page.text.partition("<textarea")[0]
    assert "call 111 or 999" in before
    assert page.text.count("call 111 or 999") == 1
