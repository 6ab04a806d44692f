"""A survey filled with 515 strings that break programs, as answers, beside choices and as labels."""

import csv
import json
from io import StringIO
from pathlib import Path

from sqlalchemy.orm import Session

from surveyapp.model.survey import Survey
from surveyapp.model.team import Team
from tests.export.samples import put
from tests.factories import make_choice, make_question, make_questionnaire, make_survey

MATERIAL = Path(__file__).parents[1] / "material"
NAUGHTY: list[str] = json.loads((MATERIAL / "text" / "blns.json").read_text(encoding="utf-8"))
COMMENTS = 8
TABLES = ("responses.csv", "answers.csv", "comments.csv", "codebook.csv", "excel.csv")


def filled_with_naughty_strings(session: Session, team: Team) -> Survey:
    """Each string is a comment or the words beside a choice once, and a choice's label once; the empty one is none."""
    questions = [make_question(f"text_{place}", "comment") for place in range(COMMENTS)]
    labelled = tuple(make_choice(f"c{place}", text) for place, text in enumerate(NAUGHTY))
    other = (make_choice("a"), make_choice("other", other_text=True))
    questions += [make_question("label", "single", choices=labelled), make_question("pick", "single", choices=other)]
    survey = make_survey(session, team, make_questionnaire(*questions))
    texts = [text for text in NAUGHTY if text]
    for start, place in enumerate(range(0, len(texts), COMMENTS + 1)):
        *some, last = texts[place : place + COMMENTS + 1]
        answers = {f"text_{number}": text for number, text in enumerate(some)}
        put(session, survey, start, answers | {"pick": "other", "pick__other_text": last, "label": f"c{start}"})
    return survey


def cells_of(file: bytes) -> list[list[str]]:
    """All cells of a CSV file, the header's too."""
    return list(csv.reader(StringIO(file.decode("utf-8-sig"), newline=""), strict=True))
