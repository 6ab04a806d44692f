"""The translations: whole, held to the rules, compiled as they stand, and made of every word that attendees read."""

import gettext
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from babel import Locale
from jinja2 import Environment, FileSystemLoader, meta

from surveyapp.model.languages import TRANSLATED
from surveyapp.translations import catalogues, ready_words, rules

TEMPLATES = catalogues.APP / "templates"

each_language = pytest.mark.parametrize("tag", TRANSLATED)


@each_language
def test_a_catalogue_is_compiled_as_it_stands(tag: str) -> None:
    catalogue = catalogues.read(tag)

    assert catalogues.path_of(tag, ".mo").read_bytes() == catalogues.compiled(catalogue), "run `make words`"


@each_language
def test_what_is_translated_keeps_its_gaps_and_numbers(tag: str) -> None:
    assert catalogues.catalogue_faults(catalogues.read(tag)) == []
    assert ready_words.phrase_faults(ready_words.updated_phrases(tag)) == []


@each_language
def test_the_ready_surveys_words_are_those_of_the_ready_surveys(tag: str) -> None:
    kept = ready_words.phrases_path(tag).read_text(encoding="utf-8")

    assert kept == ready_words.phrases_text(ready_words.updated_phrases(tag)), "run `make words`"


@each_language
def test_a_catalogue_holds_every_message_of_the_code_and_no_other(tag: str) -> None:
    in_code = {message.id for message in catalogues.extracted() if message.id}

    assert {message.id for message in catalogues.read(tag) if message.id} == in_code, "run `make words`"


@each_language
def test_nothing_is_left_to_translate(tag: str) -> None:
    assert catalogues.unfinished(catalogues.read(tag)) == []
    assert ready_words.unfinished_phrases(ready_words.updated_phrases(tag)) == []


@pytest.mark.parametrize(
    ("english", "said", "counted"),
    [
        ("%(num)d minutes", "%(nomb)d munud", True),
        ("Write %(low)s or more.", "Ysgrifennwch.", False),
        ("Question {n} of {of}", "Cwestiwn {n}", False),
        ("Call 111 or 999.", "Ffoniwch 111.", False),
        ("Wait 1 minute.", "انتظر ١ دقيقة.", True),
        (" or ", "neu", False),
    ],
)
def test_a_translation_that_breaks_a_rule_is_told(english: str, said: str, counted: bool) -> None:
    assert list(rules.translation_faults(english, said, counted=counted))


def test_a_counted_form_may_leave_its_number_out() -> None:
    assert not list(rules.translation_faults("There are %(num)d questions.", "هناك سؤالان.", counted=True))


@pytest.mark.parametrize("said", ["Sut oedd y bwyd? |", "Sut? | Y bwyd | Bwyd", f"Sut? | {'b' * 50}", "b" * 50])
def test_short_words_that_lack_or_run_long_are_told(said: str) -> None:
    assert list(rules.bar_faults("How was the food? | The food", said))


def test_words_that_are_short_need_no_shorter_ones() -> None:
    assert not list(rules.bar_faults("I do not know | Don't know", "لا أعرف"))


def test_every_template_that_an_attendee_page_is_made_of_is_looked_through() -> None:
    looked_through = {path.relative_to(TEMPLATES).as_posix() for path in catalogues.sources() if path.suffix == ".html"}

    assert {name for name in looked_through for name in referred(name)} <= looked_through


def referred(name: str) -> Iterator[str]:
    """The templates that a template extends, includes and imports."""
    environment = Environment(loader=FileSystemLoader(TEMPLATES), autoescape=True, extensions=["jinja2.ext.i18n"])
    yield from filter(None, meta.find_referenced_templates(environment.parse((TEMPLATES / name).read_text())))


def test_scripts_hold_no_words() -> None:
    scripts = (catalogues.APP / "static" / "js").rglob("*.js")
    spoken = [(path.name, words) for path in scripts for words in _sentences(path)]

    assert spoken == []


def _sentences(path: Path) -> list[str]:
    code = re.sub(r"^\s*(//|/?\*).*$|\s// .*$", "", path.read_text(encoding="utf-8"), flags=re.MULTILINE)
    return re.findall(r"\"[A-Z][a-z]+ [a-z]+[^\"]*\"", code)


def test_every_module_of_attendees_pages_that_says_words_is_a_source() -> None:
    app = catalogues.APP
    of_organisers = {"rendering/after_event.py", "rendering/retention.py", "rendering/next_step.py"}
    speaking = {
        path.relative_to(app).as_posix()
        for room in ("answer", "pages", "rendering")
        for path in (app / room).rglob("*.py")
        if "gettext(" in path.read_text(encoding="utf-8")
    }

    read = {path.relative_to(app).as_posix() for source in catalogues.SOURCES for path in app.glob(source)}

    assert speaking - of_organisers <= read


@pytest.mark.parametrize("tag", TRANSLATED)
def test_whole_numbers_take_the_plural_form_that_cldr_gives_them(tag: str) -> None:
    counted = catalogues.PLURALS[tag].partition("plural=")[2]
    european = {"pt": "pt_PT"}.get(tag, tag)  # CLDR's `pt` is of Brazil
    ours, theirs = gettext.c2py(counted), Locale.parse(european).plural_form

    pairs = {(ours(n), theirs(n)) for n in range(1_001)}

    assert len(pairs) == len({form for form, _name in pairs}) == len({name for _form, name in pairs})
