"""`results.json`: figures in the contract's shapes. What is withheld is null, beside `"withheld": true`."""

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from surveyapp.figures.survey_figures import Figures, Part, QuestionFigures

_FOR_THE_APPENDIX = ("positive_interval", "share_intervals")


def to_results_json(figures: Figures, *, with_comments: bool = True) -> dict[str, Any]:
    """The whole document; `groups` holds each group's responses and questions, "" those in no group.

    Without comments their lists are empty: for whoever may read figures only.
    """
    rate = figures.response_percent
    return {
        "attendance": figures.attendance,
        "responses": figures.responses,
        "unfinished": figures.unfinished,
        "follow_ups": figures.follow_ups,
        "response_rate": None if rate is None else {"percent": rate},
        "questions": _questions(figures.questions, with_comments=with_comments),
        "groups": {
            name: _part(part, with_comments=with_comments) for name, part in figures.breakdowns.get("group", {}).items()
        },
    }


def _part(part: Part, *, with_comments: bool) -> dict[str, Any]:
    held = {"withheld": True} if part.withheld else {}
    return {"responses": part.responses, **held, "questions": _questions(part.questions, with_comments=with_comments)}


def _questions(questions: Mapping[str, QuestionFigures], *, with_comments: bool) -> dict[str, Any]:
    return {key: _question(figures, with_comments=with_comments) for key, figures in questions.items()}


def _question(figures: QuestionFigures, *, with_comments: bool) -> dict[str, Any]:
    fields = {name: value for name, value in asdict(figures).items() if name not in _FOR_THE_APPENDIX}
    if "comments" in fields and not with_comments:
        fields["comments"] = []
    if not fields.pop("withheld"):
        return fields
    return {**fields, "withheld": True}
