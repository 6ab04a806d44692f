"""Every form of the organisers' pages reads whatever is sent in its fields in time that grows as it does."""

import importlib
import pkgutil
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import pytest
from flask import Flask
from flask_babel import Babel
from flask_wtf import FlaskForm
from werkzeug.datastructures import MultiDict
from wtforms import SelectField

import surveyapp
from tests.house.growth import grows_linearly
from tests.house.test_linear_readers import FED, LARGEST


def _forms(below: type[FlaskForm]) -> Iterator[type[FlaskForm]]:
    for form in below.__subclasses__():
        yield form
        yield from _forms(form)


for _found in pkgutil.walk_packages([str(Path(surveyapp.__file__).parent)], "surveyapp."):
    if _found.name.endswith("forms"):
        importlib.import_module(_found.name)
FORMS = {form.__name__: form for form in _forms(FlaskForm) if form.__module__.startswith("surveyapp.")}
IN_FIELDS = ("letters", "figures", "spaces", "words", "lines", "the same line", "addresses", "hyphens", "accents")


@pytest.fixture(scope="module")
def bare() -> Flask:
    """An app that knows nothing but what forms ask of one."""
    app = Flask("forms")
    app.config.update(SECRET_KEY="a key", WTF_CSRF_ENABLED=False)
    Babel(app)
    return app


def test_every_form_is_fed() -> None:
    assert {"SignInForm", "PasteForm", "DetailsForm", "NoteForm", "PileForm"} <= set(FORMS)


@pytest.mark.parametrize("name", FORMS)
def test_a_form_is_read_in_linear_time(bare: Flask, name: str) -> None:
    with bare.test_request_context("/", method="POST"):
        slow = [fed for fed in IN_FIELDS if not grows_linearly(partial(_read, FORMS[name], FED[fed]), LARGEST)]

    assert slow == []


def _read(form: type[FlaskForm], text: Callable[[int], str], size: int) -> Callable[[], object]:
    fields = [field.name for field in form(formdata=None)]
    sent = MultiDict((name, text(size)) for name in fields)

    def work() -> None:
        filled = form(formdata=sent)
        for field in filled:
            if isinstance(field, SelectField) and field.choices is None:
                field.choices = []
        filled.validate()

    return work
