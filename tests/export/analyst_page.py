"""The examples of docs/analyst.md, and the demonstration's files to run them against."""

import re
from pathlib import Path

from flask import Flask
from sqlalchemy.orm import Session

from surveyapp.demo import DEMO_PASSWORD, load_demo
from surveyapp.export.routes import FILES
from surveyapp.model.team import DEMO_EMAIL
from tests.export.packages import unzipped
from tests.visitor import Visitor

PAGE = Path(__file__).parents[2] / "docs" / "analyst.md"
BLOCK = re.compile(r"^```(\w+)\n(.*?)^```\n(?:\n```text\n(.*?)^```\n)?", re.DOTALL | re.MULTILINE)


def examples(language: str) -> list[tuple[str, str]]:
    """The page's code in a language, each with what stands below it as printed."""
    blocks = BLOCK.findall(PAGE.read_text(encoding="utf-8"))
    return [(code, printed) for name, code, printed in blocks if name == language]


def save_demonstration(app: Flask, session: Session, folder: Path) -> None:
    """Put all full files of last time's event into a folder, as its organiser downloads and unpacks them."""
    survey = load_demo(session).last_time
    session.commit()
    organiser = Visitor(app.test_client())
    organiser.submit(organiser.get("/sign-in"), {"email": DEMO_EMAIL, "password": DEMO_PASSWORD}, "/sign-in")
    files = {name: organiser.client.get(f"/surveys/{survey.id}/export/{name}?full=1").data for name in FILES}
    for name, content in {**files, **unzipped(files["everything.zip"])}.items():
        (folder / name).write_bytes(content)
