"""Real and nasty texts go through a comment to a file and back, byte for byte once the guard is removed."""

import csv
import json
from collections import Counter
from collections.abc import Iterable
from html.parser import HTMLParser
from io import StringIO
from pathlib import Path

import pytest
from sqlalchemy.orm import Session

from surveyapp.export.csv_bytes import csv_bytes
from surveyapp.export.guard import guarded_line, unguarded
from surveyapp.model.team import Team
from surveyapp.model.typed_text import says_something
from tests.export.samples import file_of, records_of
from tests.factories import card_of, make_question, make_questionnaire, make_survey
from tests.visitor import Visitor

MATERIAL = Path(__file__).parents[1] / "material"
COMMENTS = 8


class _Paragraphs(HTMLParser):
    """The texts of a page's paragraphs."""

    def __init__(self) -> None:
        super().__init__()
        self.texts: list[str] = []
        self._inside = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._inside = self._inside or tag == "p"
        if tag == "p":
            self.texts.append("")

    def handle_endtag(self, tag: str) -> None:
        self._inside = self._inside and tag != "p"

    def handle_data(self, data: str) -> None:
        if self._inside:
            self.texts[-1] += data


def _naughty() -> list[str]:
    strings: list[str] = json.loads((MATERIAL / "text/blns.json").read_text(encoding="utf-8"))
    assert len(strings) == 515
    return strings


def _declarations() -> list[str]:
    paragraphs = []
    pages = sorted((MATERIAL / "text/udhr").glob("*.html"))
    assert len(pages) == 10
    for page in pages:
        parser = _Paragraphs()
        parser.feed(page.read_text(encoding="utf-8"))
        paragraphs += parser.texts
    return paragraphs


def _send(ana: Visitor, code: str, texts: Iterable[str]) -> None:
    """Send so many texts a response as there are comments; an empty text is a comment skipped."""
    waiting = [text for text in texts if text]
    for start in range(0, len(waiting), COMMENTS):
        some = waiting[start : start + COMMENTS]
        ana.post(f"/s/{code}", {f"text_{place}": text for place, text in enumerate(some)} | {"finish": "1"})


@pytest.mark.parametrize("texts", [_naughty, _declarations], ids=["naughty", "declarations"])
def test_texts_come_back_byte_for_byte(olu: Visitor, ana: Visitor, session: Session, team: Team, texts: object) -> None:
    assert callable(texts)
    sent = [text for text in texts() if says_something(text)]  # what shows nothing is no answer
    questions = [make_question(f"text_{place}", "comment") for place in range(COMMENTS)]
    survey = make_survey(session, team, make_questionnaire(*questions))
    _send(ana, card_of(survey).code, sent)

    long = [each["value_text"] for each in records_of(file_of(olu, survey, "answers.csv")) if each["value_text"]]
    wide = file_of(olu, survey, "responses.csv")

    assert Counter(unguarded(text).encode() for text in long) == Counter(text.encode() for text in sent)
    cells = Counter(each[f"text_{n}"] for each in records_of(wide) for n in range(COMMENTS) if each[f"text_{n}"])
    assert cells == Counter(guarded_line(text) for text in sent)
    assert len(wide.decode().splitlines()) == 1 + -(-len(sent) // COMMENTS)


@pytest.mark.parametrize("name", [path.stem for path in sorted((MATERIAL / "csv_edge").glob("*.csv"))])
def test_hard_tables_are_written_as_they_mean(name: str) -> None:
    meant = json.loads((MATERIAL / f"csv_edge/{name}.json").read_text(encoding="utf-8"))
    header = list(meant[0])

    written = b"".join(csv_bytes(header, [[list(record.values()) for record in meant]])).decode()

    assert list(csv.DictReader(StringIO(written, newline=""), strict=True)) == meant
