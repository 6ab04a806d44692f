"""The page on which paper forms are keyed in: one form a sheet, the next one on Enter, until the sitting is ended.

Second keying of a sample is beside it: the sheet is keyed blind, and where the two differ somebody decides.
"""

from datetime import UTC, datetime
from uuid import UUID

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from sqlalchemy import select

from surveyapp.db import sessions as db
from surveyapp.keying import sheet as sheets
from surveyapp.keying.forms import PileForm
from surveyapp.keying.words import ended_message, kept_message, which_sheet
from surveyapp.model.paper import (
    PaperSheet,
    PaperSitting,
    SheetTakenError,
    begin_sitting,
    check_sheet,
    decide,
    differing,
    draw_sample,
    end_sitting,
    keep_sheet,
    mend_sheet,
    same_as,
    sheets_of,
    sitting_of,
    take_out_last,
    to_check,
    to_decide,
)
from surveyapp.model.questionnaire import Questionnaire
from surveyapp.model.release import waiting
from surveyapp.model.survey import Edition, Phase, Survey
from surveyapp.model.team import Account
from surveyapp.model.traces import remove_traces
from surveyapp.web import access

bp = Blueprint("keying", __name__)
LAST = 5  # sheets that the page names, so that they can be put right
LONGEST_NUMBER = 6  # digits


@bp.get("/surveys/<uuid:survey_id>/paper")
def paper(survey_id: UUID) -> ResponseReturnValue:
    """Show an empty form for the next sheet, or `sheet` to put it right; before that, ask what the pile is."""
    survey = access.own_survey(survey_id, "editor", with_editions=True)
    sitting = _own_sitting(survey)
    if sitting is None or "pile" in request.args:
        return _begin_page(survey, _pile_form(survey, sitting), sitting)
    wanted = _numbered(sheets_of(db.session(), sitting), request.args.get("sheet", ""))
    if wanted is None:
        return _sheet_page(survey, sitting)
    sent = sheets.sent_of(_questionnaire(sitting), wanted.first)
    return _sheet_page(survey, sitting, wanted, sent)


@bp.post("/surveys/<uuid:survey_id>/paper/pile")
def begin(survey_id: UUID) -> ResponseReturnValue:
    """Begin a sitting, or say something else of its pile."""
    survey = access.own_survey(survey_id, "editor", with_editions=True)
    if not _takes_paper(survey):
        return _to_page(survey)
    form = PileForm()
    form.offer(survey)
    if not form.validate_on_submit():
        return _begin_page(survey, form, _own_sitting(survey)), 422
    begin_sitting(db.session(), survey, access.signed_in().id, form.as_pile(), datetime.now(UTC))
    db.session().commit()
    return _to_page(survey)


@bp.post("/surveys/<uuid:survey_id>/paper")
def key_in(survey_id: UUID) -> ResponseReturnValue:
    """Keep a sheet, a new one or one that is put right, and go on to the next."""
    survey = access.own_survey(survey_id, "editor", with_editions=True)
    sitting = _own_sitting(survey)
    if sitting is None:
        return _without_sitting(survey)
    number, sent, now = _number(), request.form.to_dict(flat=False), datetime.now(UTC)
    again = _numbered(sheets_of(db.session(), sitting), str(number)) if "again" in request.form else None
    read = sheets.read_sheet(_questionnaire(sitting), sent)
    if read.errors or read.is_empty:
        return _sheet_page(survey, sitting, again, sent, read), 422
    try:
        if again is None:
            keep_sheet(db.session(), sitting, number, read.typed, now)
        else:
            mend_sheet(sitting, again, read.typed, now)
    except SheetTakenError:
        flash(gettext("Sheet %(n)s was keyed in already, in another window. This one has the next number.", n=number))
        return _sheet_page(survey, sitting, None, sent), 409
    there = sheets_of(db.session(), sitting)
    kept = next(one for one in there if one.number == number)
    flash(kept_message(number, same_as(there, kept)))
    db.session().commit()
    return _to_page(survey)


@bp.post("/surveys/<uuid:survey_id>/paper/undo")
def undo(survey_id: UUID) -> ResponseReturnValue:
    """Take the last sheet out again; what was typed stands in the form once more."""
    survey = access.own_survey(survey_id, "editor", with_editions=True)
    sitting = _own_sitting(survey)
    if sitting is None:
        return _without_sitting(survey)
    last = take_out_last(db.session(), sitting, datetime.now(UTC))
    if last is None:
        flash(gettext("There is nothing to undo."))
        return _to_page(survey)
    db.session().commit()
    flash(gettext("Sheet %(n)s is taken out. What you typed stands below: put it right, or clear it.", n=last.number))
    return _sheet_page(survey, sitting, None, sheets.sent_of(_questionnaire(sitting), last.first))


@bp.post("/surveys/<uuid:survey_id>/paper/end")
def end(survey_id: UUID) -> ResponseReturnValue:
    """End the sitting: its sheets are answers from now on."""
    survey = access.own_survey(survey_id, "editor", with_editions=True)
    sitting = _own_sitting(survey)
    if sitting is None:
        return _without_sitting(survey)
    ended = end_sitting(db.session(), sitting, datetime.now(UTC))
    flash(ended_message(survey, ended, waiting(db.session(), survey).paper))
    db.session().commit()
    remove_traces(db.engine())
    return _to_page(survey)


@bp.post("/surveys/<uuid:survey_id>/paper/sample")
def sample(survey_id: UUID) -> ResponseReturnValue:
    """Choose which sheets are keyed a second time."""
    survey = access.own_survey(survey_id, "editor", with_editions=True)
    sitting = _any_sitting(survey)
    if sitting is None:
        return _without_sitting(survey)
    draw_sample(sheets_of(db.session(), sitting))
    db.session().commit()
    return _to_check(sitting)


@bp.get("/surveys/<uuid:survey_id>/paper/check")
def check(survey_id: UUID) -> ResponseReturnValue:
    """Ask for the next sheet of the sample once more, or who is right; at the end, how many differed."""
    survey = access.own_survey(survey_id, "editor", with_editions=True)
    sitting = _any_sitting(survey)
    if sitting is None:
        return _begin_page(survey, _pile_form(survey, None), None)
    return _check_page(survey, sitting)


@bp.post("/surveys/<uuid:survey_id>/paper/check")
def key_again(survey_id: UUID) -> ResponseReturnValue:
    """Compare a sheet with its second keying, or keep what somebody decided where the two differ."""
    survey = access.own_survey(survey_id, "editor", with_editions=True)
    sitting = _any_sitting(survey)
    if sitting is None:
        return _without_sitting(survey)
    there, number, now = sheets_of(db.session(), sitting), str(_number()), datetime.now(UTC)
    if (unsure := _numbered(to_decide(there), number)) and "decided" in request.form:
        decide(
            sitting, unsure, [name for name in differing(unsure) if request.form.get(f"right-{name}") == "second"], now
        )
    elif (asked := _numbered(to_check(there), number)) and "decided" not in request.form:
        sent = request.form.to_dict(flat=False)
        read = sheets.read_sheet(_questionnaire(sitting), sent)
        if read.errors or read.is_empty:
            return _check_page(survey, sitting, sent, read), 422
        check_sheet(sitting, asked, read.typed, now)
    db.session().commit()
    return _to_check(sitting)


def _takes_paper(survey: Survey) -> bool:
    """Whether sheets may be keyed in: people could answer, and the answers weren't deleted since."""
    return survey.deleted_on is None and survey.times.phase(datetime.now(UTC)) in (Phase.OPEN, Phase.CLOSED)


def _own_sitting(survey: Survey) -> PaperSitting | None:
    return sitting_of(db.session(), survey.id, access.signed_in().id)


def _any_sitting(survey: Survey) -> PaperSitting | None:
    """The sitting that the address names, a colleague's perhaps, or one's own."""
    named = request.args.get("sitting", "")
    if not named:
        return _own_sitting(survey)
    found = next((one for one, _name in _sittings(survey) if str(one.id) == named), None)
    if found is None:
        abort(404)
    return found


def _sittings(survey: Survey) -> list[tuple[PaperSitting, str]]:
    rows = db.session().execute(
        select(PaperSitting, Account.name).outerjoin(Account).where(PaperSitting.survey_id == survey.id)
    )
    return [(sitting, name or gettext("Somebody")) for sitting, name in rows]


def _questionnaire(sitting: PaperSitting) -> Questionnaire:
    return db.session().get_one(Edition, (sitting.survey_id, sitting.edition)).questionnaire


def _number() -> int:
    number = request.form.get("sheet", "")
    if not (number.isascii() and number.isdigit() and 0 < len(number) <= LONGEST_NUMBER):
        abort(400)
    return int(number)


def _numbered(among: list[PaperSheet], number: str) -> PaperSheet | None:
    return next((one for one in among if str(one.number) == number), None)


def _pile_form(survey: Survey, sitting: PaperSitting | None) -> PileForm:
    data = {"view": survey.default_view, "language": survey.questionnaire.language}
    if sitting is not None:
        data = {name: getattr(sitting, name) for name in ("view", "language", "card", "pile")}
        data["edition"] = str(sitting.edition)
    form = PileForm(formdata=None, data=data)
    form.offer(survey)
    return form


def _begin_page(survey: Survey, form: PileForm, sitting: PaperSitting | None) -> str:
    others = [(other, name, len(sheets_of(db.session(), other))) for other, name in _sittings(survey)]
    return render_template(
        "keying/begin.html",
        survey=survey,
        form=form,
        sitting=sitting,
        takes_paper=_takes_paper(survey),
        others=[one for one in others if one[2] and (sitting is None or one[0].id != sitting.id)],
        waits=0 if survey.shows_openly else waiting(db.session(), survey).paper,
    )


def _sheet_page(
    survey: Survey,
    sitting: PaperSitting,
    again: PaperSheet | None = None,
    sent: dict[str, list[str]] | None = None,
    read: sheets.KeyedSheet | None = None,
) -> str:
    there = sheets_of(db.session(), sitting)
    next_number = there[-1].number + 1 if there else 1
    errors = dict(read.errors) if read else {}
    return render_template(
        "keying/sheet.html",
        survey=survey,
        sitting=sitting,
        number=again.number if again else next_number,
        is_again=again is not None,
        fields=sheets.fields_of(_questionnaire(sitting), sent or {}, errors),
        errors=errors,
        is_empty=bool(read and read.is_empty and not read.errors),
        count=len(there),
        last=there[-LAST:][::-1],
        which=which_sheet(survey, sitting),
        has_sample=any(one.is_sample for one in there),
    )


def _check_page(
    survey: Survey,
    sitting: PaperSitting,
    sent: dict[str, list[str]] | None = None,
    read: sheets.KeyedSheet | None = None,
) -> str:
    there, questionnaire = sheets_of(db.session(), sitting), _questionnaire(sitting)
    todo, unsure = to_check(there), to_decide(there)
    done = [one for one in there if one.is_sample and one.differed is not None]
    shown = unsure[0] if unsure else None
    both = sheets.sheet_differences(questionnaire, shown.first, shown.second or {}, differing(shown)) if shown else ()
    return render_template(
        "keying/check.html",
        survey=survey,
        sitting=sitting,
        unsure=shown,
        differences=list(both),
        asked=todo[0] if todo and not unsure else None,
        left=len(todo),
        fields=sheets.fields_of(questionnaire, sent or {}, read.errors if read else {}),
        errors=dict(read.errors) if read else {},
        is_empty=bool(read and read.is_empty and not read.errors),
        checked=len(done),
        compared=len(done) * len(questionnaire.asking),
        differed=sum(one.differed or 0 for one in done),
        can_check_more=any(not one.is_sample for one in there),
    )


def _without_sitting(survey: Survey) -> ResponseReturnValue:
    flash(gettext("Your sitting has ended: nothing was keyed in for an hour, or you ended it. Begin a new one."))
    return _to_page(survey)


def _to_page(survey: Survey) -> ResponseReturnValue:
    return redirect(url_for("keying.paper", survey_id=survey.id), 303)


def _to_check(sitting: PaperSitting) -> ResponseReturnValue:
    return redirect(url_for("keying.check", survey_id=sitting.survey_id, sitting=sitting.id), 303)
