"""Asking who somebody is: only when the organiser has read what it does, however such a question comes in."""

import io
from dataclasses import replace
from urllib.parse import urlsplit

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from surveyapp.importing.detect import questionnaire_from_file, written_document
from surveyapp.importing.pasted import read_pasted
from surveyapp.importing.xlsform.reading import read_xlsform
from surveyapp.importing.xlsform.writing import written_xlsform
from surveyapp.model.asking_who import asking_who, not_accepted, suspects
from surveyapp.model.document import read_questionnaire
from surveyapp.model.questionnaire import AsksWho, KindName, Question, Questionnaire, Wording
from surveyapp.model.survey import CannotOpenError, Survey
from surveyapp.model.team import Team
from surveyapp.model.validation import faults
from tests.factories import make_choice, make_question, make_questionnaire, make_survey, words
from tests.visitor import Page, Visitor, filled_in

NAME = make_question("who", "comment", "What is your name?")
REFUSED = "Question 2 seems to ask who somebody is. Say whether it does, and that people may read so."
IDLE = "Doesn't ask who somebody is, though it is marked so: no answer to it can tell: “All well?”."
OTHER = (make_choice("yes"), make_choice("mail", "Yes, my email is", other_text=True))
SMUGGLED = {
    "by the words beside a choice": make_question("who", "single", "Shall we write to you?", choices=OTHER),
    "by an easy wording alone": replace(NAME, words={"en": Wording("About you", easy="What is your name?")}),
    "by a short wording alone": replace(NAME, words={"en": Wording("About you", short="Name")}),
    "by a translation alone": replace(
        NAME, words={"en": Wording("About you"), "pl": Wording("Imię i nazwisko", "Imię i nazwisko", "Imię")}
    ),
    "by its help": replace(NAME, words=words("About you"), help=words("Write your full name.")),
    "as a number": make_question("who", "number", "Your phone number"),
    "by a list of names": make_question("who", "single", "What is your name?"),
}


def asked(*more: Question) -> Questionnaire:
    return make_questionnaire(make_question(), *more)


def draft_of(session: Session, team: Team, *more: Question, **fields: object) -> Survey:
    return make_survey(session, team, asked(*more), state="draft", **fields)


def opened(olu: Visitor, survey: Survey, status: int = 303) -> Page:
    return olu.submit(olu.get(f"/surveys/{survey.id}"), {}, "/open", status)


def saved(olu: Visitor, survey: Survey, key: str = "who", **typed: str) -> None:
    page = f"/surveys/{survey.id}/edit/{key}"
    olu.submit(olu.get(page), typed, page)


def titled(session: Session, title: str) -> Survey:
    session.rollback()
    return session.scalars(select(Survey).where(Survey.title == title)).one()


@pytest.mark.parametrize("how", SMUGGLED)
def test_survey_does_not_open_before_it_is_accepted(olu: Visitor, session: Session, team: Team, how: str) -> None:
    survey = draft_of(session, team, SMUGGLED[how])

    page = opened(olu, survey, 422)

    assert REFUSED in page.text
    address = next(link for link in page.links() if link.endswith("#asks-who"))
    there = olu.get(urlsplit(address).path)
    assert there.tree.find(".//section[@id='asks-who']") is not None


def test_a_note_above_a_question_asks_it_too(session: Session, team: Team) -> None:
    note = make_question("hello", "note", "Please write your name below.")
    survey = draft_of(session, team, note, make_question("free", "comment", "Here:"))

    assert survey.missing_to_open() == ["who:free"]


def test_organiser_reads_what_it_does_and_accepts_it(olu: Visitor, session: Session, team: Team) -> None:
    survey = draft_of(session, team, NAME)
    page = olu.get(f"/surveys/{survey.id}/edit/who").text
    assert "Answers to this question tell who somebody is." in page
    assert "People will read that their answers are not anonymous." in page

    saved(olu, survey, asks_who="accepted")

    opened(olu, survey)
    session.refresh(survey)
    assert survey.state == "open"


def test_saving_alone_accepts_nothing(olu: Visitor, session: Session, team: Team) -> None:
    survey = draft_of(session, team, NAME)

    saved(olu, survey, **{"words-easy": "Who?"})

    opened(olu, survey, 422)


def test_organiser_may_say_that_it_does_not_ask_it(olu: Visitor, session: Session, team: Team) -> None:
    survey = draft_of(session, team, make_question("who", "comment", "Did you like your name?"))

    saved(olu, survey, asks_who="no")

    session.refresh(survey)
    assert survey.questionnaire.question("who").asks_who == "no"
    opened(olu, survey)


@pytest.mark.parametrize("typed", [{"words-standard": "What is your name?"}, {"words-easy": "Your email?"}])
def test_that_it_does_not_ask_it_holds_for_the_words_of_then(
    olu: Visitor, session: Session, team: Team, typed: dict[str, str]
) -> None:
    survey = draft_of(session, team, make_question("who", "comment", "What was good?", asks_who="no"))

    saved(olu, survey, **typed, asks_who="no")

    session.refresh(survey)
    assert survey.questionnaire.question("who").asks_who is None
    opened(olu, survey, 422)


def test_a_question_that_nobody_would_suspect_can_be_marked(olu: Visitor, session: Session, team: Team) -> None:
    survey = draft_of(session, team, make_question("who", "comment", "Tell us about yourself"))

    saved(olu, survey, asks_who="accepted")

    session.refresh(survey)
    assert asking_who(survey.questionnaire) == ("who",)


def test_changes_of_an_open_survey_are_not_shown_before_it_is_accepted(
    olu: Visitor, session: Session, team: Team
) -> None:
    survey = make_survey(session, team, asked(make_question("who", "comment", "What was good?")))
    saved(olu, survey, **{"words-standard": "What is your name?"})

    shown = olu.submit(olu.get(f"/surveys/{survey.id}/edit"), {}, "/show-changes")

    assert REFUSED in olu.follow(shown).text
    session.refresh(survey)
    assert len(survey.editions) == 1


def test_after_an_edition_that_asked_it_all_say_so(olu: Visitor, session: Session, team: Team) -> None:
    survey = make_survey(session, team, asked(replace(NAME, asks_who="accepted")))
    saved(olu, survey, **{"words-standard": "What was good?", "words-easy": "", "words-short": ""}, asks_who="no")

    olu.submit(olu.get(f"/surveys/{survey.id}/edit"), {}, "/show-changes")

    session.expire_all()
    newest = survey.editions[-1].questionnaire
    assert (len(survey.editions), asking_who(newest), newest.asked_who) == (2, (), True)
    assert survey.publish() is None


@pytest.mark.parametrize("mark", [None, "no", "yes", "accepted"])
def test_the_mark_is_kept_by_the_document(mark: AsksWho | None) -> None:
    marked = replace(asked(replace(NAME, asks_who=mark)), asked_who=mark == "no")

    assert read_questionnaire(marked.to_json()) == marked


@pytest.mark.parametrize(("mark", "kept"), [(None, None), ("no", "no"), ("yes", "yes"), ("accepted", "yes")])
def test_a_spreadsheet_keeps_the_mark_and_accepts_nothing(mark: AsksWho | None, kept: AsksWho | None) -> None:
    read = read_xlsform(written_xlsform(asked(replace(NAME, asks_who=mark))))

    assert read.questionnaire.question("who").asks_who == kept


def test_what_is_only_counted_cannot_ask_it() -> None:
    marked = make_question("who", "single", linked=False, asks_who="accepted")

    assert faults(make_questionnaire(marked)) == ["Question “who” is only counted, so it can't ask who somebody is."]


@pytest.mark.parametrize("kind", ["yes_no", "rating5", "nps"])
@pytest.mark.parametrize("mark", ["yes", "accepted"])
def test_a_mark_that_no_answer_could_bear_out_is_left_out_and_said_so(kind: KindName, mark: AsksWho) -> None:
    marked = make_questionnaire(make_question("who", kind, "All well?", asks_who=mark))

    for read in (
        questionnaire_from_file(written_document(marked).encode()),
        questionnaire_from_file(written_xlsform(marked)),
    ):
        assert read.questionnaire.question("who").asks_who is None
        assert read.left_out == (IDLE,)


def test_a_draft_with_such_a_mark_can_be_opened(session: Session, team: Team) -> None:
    survey = draft_of(session, team, make_question("who", "yes_no", "All well?", asks_who="yes"))

    assert survey.missing_to_open() == []


@pytest.mark.parametrize("mark", ["no", "accepted"])
def test_a_document_from_elsewhere_accepts_and_denies_nothing(olu: Visitor, session: Session, mark: AsksWho) -> None:
    document = written_document(asked(replace(NAME, asks_who=mark)))
    (token,) = filled_in(olu.get("/surveys/new/file").form("/surveys/new/file"))["csrf_token"]
    sent = {"file": (io.BytesIO(document.encode()), "questions.json"), "csrf_token": token}
    assert olu.client.post("/surveys/new/file", data=sent).status_code == 200

    details = olu.post("/surveys/new", {"document": document, "csrf_token": token}, 200)
    olu.submit(details, {"title": "From elsewhere"}, "/surveys/new")

    assert not_accepted(titled(session, "From elsewhere").questionnaire) == ("who",)


def test_pasted_questions_ask_it_too() -> None:
    read = read_pasted("How was the day?\n- Good\n- Bad\n\nWhat is your name?\n").questionnaire

    assert len(not_accepted(read)) == 1


@pytest.mark.parametrize(("mark", "left"), [("accepted", ("who",)), ("no", ())])
def test_last_times_questions_are_accepted_anew(
    olu: Visitor, session: Session, team: Team, mark: AsksWho, left: tuple[str, ...]
) -> None:
    last = make_survey(session, team, asked(replace(NAME, asks_who=mark)))

    olu.submit(olu.get(f"/surveys/new?again={last.id}"), {"title": "Next time"}, "/surveys/new")

    made = titled(session, "Next time")
    assert not_accepted(made.questionnaire) == left
    assert not made.questionnaire.asked_who


def test_a_copy_of_a_denied_question_is_asked_about_anew(olu: Visitor, session: Session, team: Team) -> None:
    survey = draft_of(session, team, replace(NAME, asks_who="no"))

    olu.submit(olu.get(f"/surveys/{survey.id}/edit"), {"do": "copy:who"}, "/edit")

    session.refresh(survey)
    assert len(suspects(survey.questionnaire)) == 2
    assert len(not_accepted(survey.questionnaire)) == 1


def test_nothing_opens_it_in_another_way(session: Session, team: Team) -> None:
    survey = draft_of(session, team, NAME)

    with pytest.raises(CannotOpenError):
        survey.open(survey.created_on, "key")  # type: ignore[arg-type]  # it is refused before any moment matters


def test_changes_that_wait_for_it_say_so(olu: Visitor, session: Session, team: Team) -> None:
    survey = make_survey(session, team, asked())
    saved(olu, survey, "overall", **{"words-easy": "How was it?"})
    added = {"words": "What is your email?", "kind": "comment"}
    olu.submit(olu.get(f"/surveys/{survey.id}/edit/new-question"), added, "/new-question")

    told = olu.follow(olu.submit(olu.get(f"/surveys/{survey.id}/edit"), {}, "/show-changes"))

    assert "People don't see your changes yet." in told.text
    assert REFUSED in told.text


def test_next_step_leads_to_the_questions(olu: Visitor, session: Session, team: Team) -> None:
    survey = draft_of(session, team, NAME)
    page = olu.get(f"/surveys/{survey.id}")

    assert "Finish the questions" in page.text
    listed = olu.get(f"/surveys/{survey.id}/edit")
    assert "It seems to ask who somebody is." in listed.text
    assert f"/surveys/{survey.id}/edit/who#asks-who" in listed.links()


def test_undo_takes_an_acceptance_back(olu: Visitor, session: Session, team: Team) -> None:
    survey = draft_of(session, team, NAME)
    saved(olu, survey, asks_who="accepted")

    olu.submit(olu.get(f"/surveys/{survey.id}/edit"), {}, "/undo-last")

    session.refresh(survey)
    assert survey.missing_to_open() == ["who:who"]


def test_more_words_beside_an_answer_bring_the_question_back(olu: Visitor, session: Session, team: Team) -> None:
    choices = (make_choice("yes"), make_choice("mail", "Yes, like this", other_text=True))
    survey = draft_of(session, team, make_question("who", "single", "Shall we write?", choices=choices, asks_who="no"))

    saved(olu, survey, **{"choice-mail-easy": "Yes, my email is"})

    session.refresh(survey)
    assert survey.missing_to_open() == ["who:who"]
