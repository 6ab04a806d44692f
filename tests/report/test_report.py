"""A report says what may be passed on, in every part, and nothing before the answers are shown."""

import re
from datetime import date
from xml.etree.ElementTree import fromstring

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from surveyapp.demo import load_demo
from surveyapp.editing.library import module
from surveyapp.model.comment_note import CommentNote
from surveyapp.model.languages import TRANSLATED
from surveyapp.model.response import Response
from surveyapp.model.survey import OPENLY, Survey
from surveyapp.model.team import Account, Membership, Team
from tests.conftest import signed_in
from tests.export.packages import unzipped
from tests.export.samples import file_of
from tests.factories import CHEAP_HASH, make_entry, make_question, make_questionnaire, make_survey
from tests.figures.samples import choosing
from tests.report import recount
from tests.report.samples import close_and_show, report_of
from tests.results.answering import Answers, answer, rate
from tests.visitor import Visitor

PARTS = ("board", "easy", "all", "sheet", "sentences")
ROLE = choosing("role", "multiple", "patient", "carer", "peer")
ASKED = make_questionnaire(make_question("overall"), make_question("best", "comment"), ROLE).extended_by(
    module("quote_permission")
)


@pytest.fixture
def demo(app: Flask, session: Session) -> tuple[Visitor, Survey]:
    """The demonstration's last event, and its organiser."""
    survey = load_demo(session).last_time
    account = Account(email="dan@example.org", password_hash=CHEAP_HASH)
    session.add(Membership(team_id=survey.team_id, account=account, role="owner", full_files=True))
    session.commit()
    return signed_in(app, "dan@example.org"), survey


def quote(session: Session, survey: Survey) -> None:
    """Choose every comment as a quote."""
    for response in session.scalars(select(Response).where(Response.survey_id == survey.id)):
        if "best" in response.answers:
            note = {"response_key": response.key, "question": "best", "status": "read", "is_quote": True}
            session.add(CommentNote(survey_id=survey.id, **note))
    session.commit()


def test_before_the_answers_are_shown_there_is_no_report(olu: Visitor, session: Session, team: Team) -> None:
    survey = make_survey(session, team)
    rate(session, survey, [5] * 12)

    page = olu.get(report_of(survey))

    assert "There is a report when the survey is over" in page.text
    assert "5.00" not in page.text
    olu.get(f"/surveys/{survey.id}/report/overall.svg", 404)


def test_every_number_is_worked_out_again_from_the_full_files(demo: tuple[Visitor, Survey]) -> None:
    dan, survey = demo
    package = unzipped(file_of(dan, survey, "everything.zip?full=1"))
    rows = recount.rows_of(package["responses.csv"].decode())

    board, everything = dan.get(report_of(survey)), dan.get(report_of(survey, "all")).text
    table = board.tree.find(".//table[@class='ratings']")
    assert table is not None
    short = [[cell.text for cell in row.iter("td")] for row in table.iter("tr")]
    told = dan.get(report_of(survey, "sentences")).text

    assert f"{len(rows)} of 81 people answered ({recount.share(len(rows), 81)}%)." in board.text
    ratings = ("overall", "guidance", "access", "speakers", "breakout_1", "breakout_2", "venue", "food")
    for key in ratings:
        counts = recount.rated(rows, key)
        n, good = counts.total(), counts[5] + counts[4]
        assert f"{recount.mean(counts)} out of 5 ({n} answers)" in everything
        bound = (recount.share(good, 81), recount.share(good + 81 - n, 81))
        assert f"({recount.share(good, n)}%)" in everything
        assert "Of all 81 who came, between {}% and {}% think so.".format(*bound) in everything
        assert [recount.mean(counts), str(n), f"{good} of {n}"] in short
        assert f"{good} of {n} people said" in told


def test_a_report_says_nothing_that_the_safe_files_do_not(demo: tuple[Visitor, Survey]) -> None:
    dan, survey = demo
    figures = unzipped(file_of(dan, survey, "safe.zip"))["figures.csv"].decode()
    numbers = {line.split(",")[-2] for line in figures.splitlines()[1:]}

    tree = dan.get(report_of(survey, "all")).tree

    cells = [cell.text or "" for cell in tree.iter("td") if cell.get("class") == "number"]
    assert cells
    assert {cell for cell in cells if cell.isdigit()} <= numbers


@pytest.mark.parametrize("part", PARTS)
def test_each_part_is_a_page(demo: tuple[Visitor, Survey], part: str) -> None:
    dan, survey = demo
    assert dan.get(report_of(survey, part)).h1


@pytest.mark.parametrize("language", ["en", *TRANSLATED])
def test_easy_read_speaks_each_language_of_the_survey(demo: tuple[Visitor, Survey], language: str) -> None:
    dan, survey = demo
    page = dan.get(report_of(survey, "easy") + f"&lang={language}")

    easy = page.tree.find(".//div[@class='easy']")
    assert easy is not None
    assert easy.get("lang") == language
    said = " ".join("".join(easy.itertext()).split())
    assert re.search(r"\b81\b", said)
    assert re.search(r"\b31\b.*\b37\b|\b37\b.*\b31\b", said)
    assert ("What people told us" in said) is (language == "en")
    assert not re.search(r"\d\.\d", said)


def test_easy_read_uses_short_sentences(demo: tuple[Visitor, Survey]) -> None:
    dan, survey = demo
    easy = dan.get(report_of(survey, "easy")).tree.find(".//div[@class='easy']")
    assert easy is not None
    for line in (*easy.iter("p"), *easy.iter("h3"), *easy.iter("span")):
        for sentence in re.split(r"[.?!]", " ".join(line.itertext())):
            assert len(sentence.split()) <= 12


def test_a_figure_is_a_drawing_with_its_words(demo: tuple[Visitor, Survey]) -> None:
    dan, survey = demo
    answer_ = dan.get(f"/surveys/{survey.id}/report/overall.svg").response

    assert answer_.mimetype == "image/svg+xml"
    drawing = fromstring(answer_.get_data(as_text=True))  # noqa: S314 -- ours
    texts = [" ".join((one.text or "").split()) for one in drawing]
    assert texts[0] == "Overall, how would you rate the conference?"
    assert texts[1].startswith("Very good: 17 (46%). Good: 14 (38%).")


def test_quotes_need_permission_and_a_role_of_ten(olu: Visitor, session: Session, team: Team) -> None:
    """FI20: a quote needs permission, and a role beside it ten people."""
    survey = make_survey(session, team, ASKED)
    people: list[Answers] = [{"overall": "5", "role": ["patient"]} for _ in range(10)]
    people += [{"overall": "4", "role": ["carer"]} for _ in range(9)]
    people[0] = {**people[0], "best": "The tea was warm", "quote_ok": "yes"}
    people[1] = {**people[1], "best": "Do not print this", "quote_ok": "no"}
    people[10] = {**people[10], "best": "I could rest", "quote_ok": "yes"}
    answer(session, survey, *people)
    close_and_show(session, survey)
    quote(session, survey)

    for part in ("board", "all"):
        page = olu.get(report_of(survey, part))
        quotes = [" ".join("".join(one.itertext()).split()) for one in page.tree.iter("li")]
        assert "The tea was warmPatient" in [one.replace("warm Patient", "warmPatient") for one in quotes]
        assert "I could rest" in quotes
        assert "Do not print this" not in page.text


def test_right_to_left_quotes_stand_beside_english_ones(demo: tuple[Visitor, Survey], session: Session) -> None:
    dan, survey = demo
    quoted = select(Response).where(Response.survey_id == survey.id).order_by(Response.key)
    written = [one for one in session.scalars(quoted) if "best" in one.answers and one.answers.get("quote_ok") == "yes"]
    written[0].language, written[0].answers = "ur", {**written[0].answers, "best": "سب بہت اچھا تھا"}
    quote(session, survey)

    found = [one.find("p") for one in dan.get(report_of(survey, "all")).tree.iter("blockquote")]

    assert {one.get("dir") for one in found if one is not None} == {"auto"}
    assert {one.get("lang") for one in found if one is not None} >= {None, "ur"}


def test_nobody_answered(olu: Visitor, session: Session, team: Team) -> None:
    survey = make_survey(session, team, sharing=OPENLY)
    close_and_show(session, survey)
    for part in PARTS:
        page = olu.get(report_of(survey, part))
        assert "0 of 81 people answered (0%)." in page.text or "People who answered: 0" in page.text


def test_four_answered(olu: Visitor, session: Session, team: Team) -> None:
    survey = make_survey(session, team, sharing=OPENLY)
    rate(session, survey, [5] * 4)
    close_and_show(session, survey)
    for part in PARTS:
        text = olu.get(report_of(survey, part)).text
        assert "4 of 81 people answered (5%)." in text or "People who answered: 4" in text
        assert "5.0" not in text
        assert "“" not in text.replace("“Between", "")


def test_seven_answered_are_counted_and_not_averaged(olu: Visitor, session: Session, team: Team) -> None:
    survey = make_survey(session, team)
    rate(session, survey, [5] * 4 + [3] * 3)
    close_and_show(session, survey)
    text = olu.get(report_of(survey, "all")).text
    assert "4 of 7 people said" in text
    assert "4.1" not in text
    assert "57%" not in text


def test_everybody_said_the_same(olu: Visitor, session: Session, team: Team) -> None:
    survey = make_survey(session, team, attendance=12)
    rate(session, survey, [5] * 12)
    close_and_show(session, survey)
    text = olu.get(report_of(survey, "all")).text
    assert "12 of 12 people answered (100%). Everybody answered." in text
    assert "probably between 5.00" not in text


def test_attendance_under_the_answers_gives_no_rate(olu: Visitor, session: Session, team: Team) -> None:
    survey = make_survey(session, team, attendance=7)
    rate(session, survey, [4] * 12)
    close_and_show(session, survey)
    text = olu.get(report_of(survey)).text
    assert "12 people answered. There are more answers than people: check the attendance." in text
    assert "171" not in text
    assert "think so" not in text


def test_small_groups_are_withheld_with_the_next_smallest(olu: Visitor, session: Session, team: Team) -> None:
    survey = make_survey(session, team)
    rate(session, survey, [5] * 14, "Morning")
    rate(session, survey, [4] * 12, "Noon")
    rate(session, survey, [1] * 6, "Night")
    close_and_show(session, survey)
    table = olu.get(report_of(survey, "all")).tree.find(".//table[@class='by-group']")
    assert table is not None
    cells = [" ".join("".join(cell.itertext()).split()) for cell in table.iter("td")]
    assert cells == ["5.00 (14)", "withheld", "withheld"]


def test_a_published_report_is_read_by_anybody_until_it_is_taken_down(
    ana: Visitor, olu: Visitor, session: Session, team: Team
) -> None:
    """AD7: `/r/<key>` is the public report until it is taken down."""
    survey = make_survey(session, team)
    sent = answer(session, survey, *[{"overall": "5"} for _ in range(12)])
    close_and_show(session, survey)
    session.add(make_entry(survey, published_on=date(2026, 10, 20)))
    session.commit()
    olu.submit(olu.get(report_of(survey)), {}, "/publish")
    (address,) = [link for link in olu.get(report_of(survey)).links() if link.startswith("/r/")]
    assert len(address) == len("/r/") + 32

    before = ana.get(address)
    assert "12 of 81 people answered (15%)." in before.text
    assert "Set-Cookie" not in before.response.headers
    assert "Easy read" in before.text
    assert "People who answered: 12" in ana.get(address + "?part=easy").text

    from_phone = session.scalars(select(Response).where(Response.survey_id == survey.id)).first()
    assert from_phone is not None
    assert sent
    from_phone.withdrawn, from_phone.answers = True, {}
    session.commit()
    assert ana.get(address).text == before.text  # figures are frozen: the difference would tell who took theirs back

    olu.submit(olu.get(report_of(survey)), {}, "/take-down")
    ana.get(address, 404)
    olu.submit(olu.get(report_of(survey)), {}, "/publish")
    assert address not in olu.get(report_of(survey)).links()


def test_a_key_that_nobody_made_leads_nowhere(ana: Visitor) -> None:
    assert "There is no report here" in ana.get("/r/" + "0" * 32, 404).text


def test_viewers_read_the_report_and_do_not_publish_it(vic: Visitor, session: Session, team: Team) -> None:
    survey = make_survey(session, team)
    rate(session, survey, [5] * 12)
    close_and_show(session, survey)
    assert "Publish the report" not in vic.get(report_of(survey)).text
