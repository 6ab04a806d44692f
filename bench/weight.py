"""How heavy the first load of an 8-question survey is: everything that a phone fetches before the first tap."""

import re
import tempfile
from dataclasses import replace
from pathlib import Path
from typing import Any

from flask.testing import FlaskClient

from bench.attendee import survey_in
from bench.server import ours
from surveyapp.editing.library import ready_surveys
from surveyapp.model.questionnaire import VIEWS

FETCHED = re.compile(r'<(?:link rel="stylesheet" href|script[^>]* src|img[^>]* src)="([^"]+)"')
QUESTIONS = 8


def run() -> dict[str, Any]:
    """Bytes (gzip, bodies) and requests by view, and the script's part of them."""
    ready = ready_surveys()["carers_event"]
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        _survey_id, code = survey_in(folder, replace(ready, questions=ready.questions[:QUESTIONS]))
        client = ours(folder).test_client(use_cookies=False)
        return {view: first_load(client, f"/s/{code}?view={view}") for view in VIEWS}


def first_load(client: FlaskClient, path: str) -> dict[str, int]:
    """What one page and everything in it weigh."""
    page = client.get(path).get_data(as_text=True)
    sizes = {url: _compressed_size(client, url) for url in (path, *FETCHED.findall(page))}
    scripts = sum(size for url, size in sizes.items() if url.endswith(".js"))
    return {"requests": len(sizes), "bytes": sum(sizes.values()), "script_bytes": scripts}


def _compressed_size(client: FlaskClient, url: str) -> int:
    with client.get(url, headers={"Accept-Encoding": "gzip"}) as reply:
        return len(reply.get_data())
