"""The page of files to take away, and the files themselves, streamed."""

import errno
from collections.abc import Callable, Generator, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import chain
from uuid import UUID

from flask import Blueprint, Response, abort, current_app, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from sqlalchemy import Engine

from surveyapp.db import sessions as db
from surveyapp.export import queries
from surveyapp.export.answers_csv import answers_csv
from surveyapp.export.choosing import check_choice, edition_in, keys_in
from surveyapp.export.codebook_csv import codebook_csv
from surveyapp.export.comments_csv import comments_csv
from surveyapp.export.contacts_csv import NAME as CONTACTS
from surveyapp.export.contacts_csv import contacts_csv
from surveyapp.export.everything.package import everything_zip
from surveyapp.export.everything.signature import as_pem, public_key
from surveyapp.export.excel_csv import excel_csv
from surveyapp.export.excel_xlsx import excel_xlsx
from surveyapp.export.parquet import parquet_file
from surveyapp.export.refusal import CannotExport, export_sentence
from surveyapp.export.responses_csv import responses_csv
from surveyapp.export.rows import ExportSelection, Snapshot, snapshot
from surveyapp.export.safe.package import safe_zip
from surveyapp.export.series import check_kinds, events_of_series, opened_in_series
from surveyapp.export.sizes import LONG, estimated_sizes, size_label
from surveyapp.figures.suppression import Audience
from surveyapp.model.asking_who import tells_who
from surveyapp.model.contact import contacts_given
from surveyapp.model.installation import signing_seed
from surveyapp.model.release import may_show_unfinished
from surveyapp.model.survey import Phase, Survey
from surveyapp.web import access
from surveyapp.web.i18n import english_name

bp = Blueprint("export", __name__)
CSV = "text/csv; charset=utf-8"
NO_ROOM = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})


@dataclass(frozen=True, slots=True)
class DownloadSource:
    """Whose answers are taken: one survey's, or those of a series under its own title."""

    title: str
    survey_ids: Sequence[UUID]


@dataclass(frozen=True, slots=True)
class DownloadFile:
    """One format: its media type and how a snapshot becomes its bytes."""

    media_type: str
    write: Callable[[Snapshot], Iterator[bytes]]


SAFE = "safe.zip"
FILES: Mapping[str, DownloadFile] = {
    SAFE: DownloadFile("application/zip", safe_zip),
    "responses.csv": DownloadFile(CSV, responses_csv),
    "answers.csv": DownloadFile(CSV, answers_csv),
    "comments.csv": DownloadFile(CSV, comments_csv),
    "codebook.csv": DownloadFile(CSV, codebook_csv),
    "everything.zip": DownloadFile("application/zip", everything_zip),
    "excel.csv": DownloadFile(CSV, excel_csv),
    "excel.xlsx": DownloadFile("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", excel_xlsx),
    "responses.parquet": DownloadFile("application/vnd.apache.parquet", parquet_file),
}


@bp.get("/surveys/<uuid:survey_id>/export")
def export(survey_id: UUID) -> ResponseReturnValue:
    """Say what each file is for, and lead to it; with `?full=1` to the files in which nothing is blanked."""
    survey = access.own_survey(survey_id)
    if _is_asked("full") and not access.may_take_full_files(survey):
        abort(403)
    counts = queries.response_counts(db.session(), survey.id)
    offers_unfinished = may_show_unfinished(db.session(), survey)
    return render_template(
        "export/export.html",
        survey=survey,
        full=_is_asked("full"),
        tried=queries.tried_count(db.session(), survey.id) if survey.is_tried_out(datetime.now(UTC)) else 0,
        asks_who=any(tells_who(edition.questionnaire) for edition in survey.editions),
        files=[name for name in FILES if name != SAFE],
        counts=counts,
        offers_unfinished=offers_unfinished,
        events=len(opened_in_series(db.session(), survey)),
        contacts=contacts_given(db.session(), survey.id),
        safe=queries.safe_state(db.session(), survey, _audience()),
        sizes=estimated_sizes(db.engine(), survey, counts.finished),
        size_label=size_label,
        is_closed=survey.times.phase(datetime.now(UTC)) is Phase.CLOSED,
        long=LONG,
        limit=_audience().sensitive_limit,
        choices=queries.export_choices(survey, full=_is_asked("full")),
        english_name=english_name,
    )


@bp.get("/about/key")
def signing_key() -> Response:
    """The public key that proves packages of this installation: as `check-export` takes it, and for other programs."""
    key = public_key(signing_seed(db.session().connection()))
    words = gettext("Packages of answers made here are signed with this key (Ed25519). To check one, type:")
    command = f"surveyapp check-export everything.zip --key {key}"
    return Response(f"{words}\n{command}\n\n{key}\n\n{as_pem(key)}", content_type="text/plain; charset=utf-8")


@bp.get("/surveys/<uuid:survey_id>/export/<name>")
def export_file(survey_id: UUID, name: str) -> ResponseReturnValue:
    """Stream one file; with `?unfinished=1` the unfinished responses too, with `?series=1` all events of the series.

    With `?rehearsal=1` it holds what the organisers tried out themselves, until the survey opens, and is named so.
    `questions`, `edition` and `labels` choose a part and the language of its words. With `?equality=1` the package has
    totals, with `?full=1` nothing is blanked. Who takes rows, and when, is written
    down. Without a Content-Length: an error midway ends the transfer without its last chunk, so that it can't look
    whole.
    """
    survey = access.readable_survey(survey_id, "viewer" if name == SAFE else "analyst")
    if name not in FILES:
        abort(404)
    if _is_asked("full") and not access.may_take_full_files(survey):
        abort(403)
    try:
        _check_rehearsal(survey, name) if _is_asked("rehearsal") else _check_shown(survey, name)
        _record(survey, name)
        chunks = _streamed(db.engine(), _source(survey), FILES[name], _wanted())
        first = _first(chunks)
    except CannotExport as refusal:
        return render_template("export/refused.html", survey=survey, sentence=export_sentence(refusal)), refusal.status
    words = [word for word in ("rehearsal", "series") if _is_asked(word)] + (["part"] if _is_part() else [])
    attachment = "-".join([*words, name])
    headers = {"Content-Disposition": f"attachment; filename={attachment}", "Cache-Control": "no-store"}
    response = Response(chain(first, chunks), content_type=FILES[name].media_type, headers=headers)
    response.call_on_close(chunks.close)
    return response


@bp.get(f"/surveys/<uuid:survey_id>/export/{CONTACTS}")
def contacts_file(survey_id: UUID) -> ResponseReturnValue:
    """How to reach people, for whoever writes to them: by session alone, and it is written down who took it."""
    survey = access.own_survey(survey_id, "editor")
    if not contacts_given(db.session(), survey.id):
        refusal = CannotExport("no_contacts")
        return render_template("export/refused.html", survey=survey, sentence=export_sentence(refusal)), refusal.status
    if request.method != "HEAD":
        access.record_at_once(survey, f"downloaded {CONTACTS}")
    headers = {"Content-Disposition": f"attachment; filename={CONTACTS}", "Cache-Control": "no-store"}
    return Response(contacts_csv(db.session().connection(), survey), content_type=CSV, headers=headers)


def _record(survey: Survey, name: str) -> None:
    """Write down who takes which file of rows, before the first byte of it is sent."""
    if name == SAFE or request.method == "HEAD":
        return
    how = [word for word in ("full", "unfinished", "series", "rehearsal") if _is_asked(word)]
    how += ["part"] if _is_part() else []
    access.record_at_once(survey, " ".join(["downloaded", *([f"({', '.join(how)})"] if how else []), name]))


def _is_asked(name: str) -> bool:
    return request.args.get(name) == "1"


def _check_shown(survey: Survey, name: str) -> None:
    """Refuse answers before the final release, a part of what is frozen, and deleted rows. Raises CannotExport."""
    if name == SAFE and _is_part():
        raise CannotExport("part_of_safe")
    if survey.deleted_on is not None and name not in (SAFE, "codebook.csv"):
        raise CannotExport("deleted")
    if not survey.may_be_read:
        raise CannotExport("not_released")
    if not _is_asked("unfinished"):
        return
    events = events_of_series(db.session(), survey) if _is_asked("series") else [survey.id]
    if not all(may_show_unfinished(db.session(), db.session().get_one(Survey, id_)) for id_ in events):
        raise CannotExport("unfinished_wait")


def _check_rehearsal(survey: Survey, name: str) -> None:
    """Refuse what was tried out from the opening on, to be passed on, and beside anything else. Raises CannotExport."""
    if not survey.is_tried_out(datetime.now(UTC)):
        raise CannotExport("rehearsal_is_over")
    if name == SAFE or any(map(_is_asked, ("unfinished", "series", "equality"))):
        raise CannotExport("rehearsal_alone")


def _audience() -> Audience:
    """Whoever a file may be passed on to."""
    return Audience(public=True, small_group=current_app.config["SMALL_GROUP"])


def _source(survey: Survey) -> DownloadSource:
    """The survey, or all of its series that may be read. Raises CannotExport."""
    if not _is_asked("series"):
        return DownloadSource(survey.title, [survey.id])
    events = events_of_series(db.session(), survey)
    return DownloadSource(survey.series, [access.readable_survey(id_, "analyst").id for id_ in events])


def _wanted() -> ExportSelection:
    """What the address asks for beside the finished responses. Raises CannotExport."""
    if _is_asked("series") and _is_asked("equality"):
        raise CannotExport("series_and_equality")
    return {
        "unfinished": _is_asked("unfinished"),
        "equality_limit": _audience().sensitive_limit if _is_asked("equality") else None,
        "small_group": _audience().small_group,
        "full": _is_asked("full"),
        "rehearsal": _is_asked("rehearsal"),
        "labels": request.args.get("labels", ""),
        "questions": keys_in(request.args.getlist("questions")),
        "edition": edition_in(request.args.get("edition")),
    }


def _is_part() -> bool:
    """Whether the address asks for some questions or one edition."""
    return bool(keys_in(request.args.getlist("questions")) or request.args.get("edition"))


def _streamed(engine: Engine, source: DownloadSource, file: DownloadFile, wanted: ExportSelection) -> Generator[bytes]:
    """The file's bytes in one snapshot, which closes when they end, fail, or are no longer wanted.

    It needs nothing of the request, which is over before the second byte goes out.
    """
    with snapshot(engine, *source.survey_ids, title=source.title, **wanted) as taken:
        if taken.is_series:
            check_kinds(taken)
        check_choice(taken)
        yield from file.write(taken)


def _first(chunks: Generator[bytes]) -> list[bytes]:
    """The first chunk, made before anything is sent: what can't be made is refused and not broken off.

    The request's own Session is closed before, as a workbook takes its time. Raises CannotExport.
    """
    if request.method == "HEAD":
        return []
    db.session().close()
    try:
        return [next(chunks, b"")]
    except OSError as error:
        if error.errno not in NO_ROOM:
            raise
        raise CannotExport("no_room") from error
