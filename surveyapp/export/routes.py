"""The page of files to take away, and the files themselves, streamed."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import TypedDict
from uuid import UUID

from flask import Blueprint, Response, abort, current_app, render_template, request
from flask.typing import ResponseReturnValue
from sqlalchemy import Engine

from surveyapp import db
from surveyapp.domain.suppression import Audience
from surveyapp.export.answers_csv import answers_csv
from surveyapp.export.codebook_csv import codebook_csv
from surveyapp.export.comments_csv import comments_csv
from surveyapp.export.everything.package import everything_zip
from surveyapp.export.excel_csv import excel_csv
from surveyapp.export.queries import response_counts
from surveyapp.export.responses_csv import responses_csv
from surveyapp.export.rows import Snapshot, snapshot
from surveyapp.web import access

bp = Blueprint("export", __name__)
CSV = "text/csv; charset=utf-8"


class Wanted(TypedDict):
    """What a snapshot can hold beside the finished responses."""

    unfinished: bool
    equality_limit: int | None


@dataclass(frozen=True, slots=True)
class File:
    """One format: its media type and how a snapshot becomes its bytes."""

    media_type: str
    write: Callable[[Snapshot], Iterator[bytes]]


FILES: Mapping[str, File] = {
    "responses.csv": File(CSV, responses_csv),
    "answers.csv": File(CSV, answers_csv),
    "comments.csv": File(CSV, comments_csv),
    "codebook.csv": File(CSV, codebook_csv),
    "everything.zip": File("application/zip", everything_zip),
    "excel.csv": File(CSV, excel_csv),
}


@bp.get("/surveys/<uuid:survey_id>/export")
def export(survey_id: UUID) -> ResponseReturnValue:
    """Say what each file is for, and lead to it."""
    survey = access.own_survey(survey_id)
    counts = response_counts(db.session(), survey.id)
    return render_template("export/export.html", survey=survey, files=FILES, counts=counts)


@bp.get("/surveys/<uuid:survey_id>/export/<name>")
def export_file(survey_id: UUID, name: str) -> ResponseReturnValue:
    """Stream one file; with `?unfinished=1` the unfinished responses too, with `?equality=1` the package has totals.

    Without a Content-Length: an error midway ends the transfer without its last chunk, so that it can't look whole.
    """
    survey = access.readable_survey(survey_id)
    if name not in FILES:
        abort(404)
    chunks = _streamed(db.engine(), survey.id, FILES[name], _wanted())
    headers = {"Content-Disposition": f"attachment; filename={name}", "Cache-Control": "no-store"}
    return Response(chunks, content_type=FILES[name].media_type, headers=headers)


def _wanted() -> Wanted:
    """What the address asks for beside the finished responses."""
    audience = Audience(public=False, small_group=current_app.config["SMALL_GROUP"])
    return {
        "unfinished": request.args.get("unfinished") == "1",
        "equality_limit": audience.sensitive_limit if request.args.get("equality") == "1" else None,
    }


def _streamed(engine: Engine, survey_id: UUID, file: File, wanted: Wanted) -> Iterator[bytes]:
    """The file's bytes in one snapshot, which closes when they end, fail, or are no longer wanted.

    It needs nothing of the request, whose own Session is closed before the first byte goes out.
    """
    with snapshot(engine, survey_id, **wanted) as taken:
        yield from file.write(taken)
