"""Whatever is sent, it is read into a questionnaire that breaks no rule, or refused with a sentence; nothing else."""

import io
import random
import zipfile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from surveyapp.importing.detect import questionnaire_from_file, written_document
from surveyapp.importing.imported import NotReadError
from surveyapp.model.validation import faults
from tests.factories import every_kind
from tests.importing.workbooks import Rows, definition, workbook

TYPES = st.sampled_from([
    "text", "note", "integer", "range", "rank l", "date", "begin group", "end group", "begin repeat", "calculate",
    None, "select_one l", "select_one l", "select_multiple l", "select_one l or_other", "select_one m", "image", "odd",
])  # fmt: skip
NAMES = st.sampled_from(
    ["a", "b", "a", "b", "a-b", "firstName", "view", "5", "2", "Öl", "other", "not_sure", 1.0, None]
)
RULES = st.sampled_from([None, "${a} = 'yes'", "selected(${b}, 'no') or ${b} = 'yes'", "${b} = 2 or", "false", "=1+1"])
CELLS = st.sampled_from([
    "yes", "no", "1", "${a} = 'yes'", ". >= 1 and . <= 5", "start=0 end=10 step=1", "start=9 end=1", "_x000D_", "cy",
    "count-selected(.) > 1", "Very good", "I don't know", "<b>x</b> ${a} **y**", "label", "list-nolabel", "{\"en\": 5}",
    "[1]", "rating5", "yes_no", "headline", "nan",
])  # fmt: skip
TEXTS = st.text(st.characters(codec="utf-8"), max_size=12)
VALUES = CELLS | st.none() | st.integers() | st.floats() | st.booleans() | TEXTS
HEADERS = st.sampled_from([
    "label::English (en)", "label::Easy read (en-x-easy)", "label:fr", "label::?", "hint", "relevant", "relevant",
    "constraint", "parameters", "appearance", "calculation", "read_only", "required", "default", "image", "ea_kind",
    "ea_kind", "ea_symbol", "ea_report", "ea_linked", "ea_signed", "ea_missing", "ea_other_text", "ea_exclusive", "",
    "ea_title", "ea_minutes", "ea_key", "form_title", "default_language", "disabled", "media::audio", "::", "jr:count",
])  # fmt: skip
FORMS = ("xlsform_bad_calc", "xlsform_projects_de_en", "xlsform_socio_economic_en_fr")
PARTS = {name: definition(f"{name}.xlsx") for name in FORMS}


def is_read(content: bytes) -> bool:
    """Whether it is read, and then breaks no rule; a refusal is a sentence."""
    refusal = ""
    try:
        imported = questionnaire_from_file(content)
    except NotReadError as refused:
        refusal = str(refused)
    if refusal:
        assert refusal.endswith(".")
        return False
    assert faults(imported.questionnaire) == []
    assert all(sentence.endswith(".") for sentence in imported.left_out)
    return True


@st.composite
def sheets(draw: st.DrawFn) -> dict[str, Rows]:
    """Sheets whose first columns make sense and whose others may be anything."""
    more = draw(st.lists(HEADERS, max_size=6))
    others = [VALUES] * len(more)
    survey = draw(st.lists(st.tuples(TYPES, NAMES, VALUES, RULES, *others), min_size=1, max_size=10))
    choices = draw(st.lists(st.tuples(st.sampled_from(["l", "l", "m", None]), NAMES, VALUES, *others), max_size=8))
    return {
        "survey": [("type", "name", "label", "relevant", *more), *survey],
        "choices": [("list_name", "name", "label", *more), ("l", "yes", "Yes"), ("l", "no", "No"), *choices],
        "settings": [("form_title", *more), draw(st.tuples(VALUES, *others))],
    }


def tidy(rows: Rows) -> Rows:
    """Cells that a workbook can hold."""
    return [[None if isinstance(cell, str) and not cell.isprintable() else cell for cell in row] for row in rows]


@given(sheets())
@settings(max_examples=60, deadline=None)
def test_a_random_form(made: dict[str, Rows]) -> None:
    is_read(workbook({name: tidy(rows) for name, rows in made.items()}))


@pytest.mark.parametrize("name", FORMS)
def test_a_real_form_with_its_parts_changed_at_random(name: str) -> None:
    chance = random.Random(name)  # noqa: S311 -- the same changes in every run
    for _ in range(12):
        content = io.BytesIO()
        with zipfile.ZipFile(io.BytesIO(PARTS[name])) as before, zipfile.ZipFile(content, "w") as after:
            for part in before.namelist():
                after.writestr(part, mutated(before.read(part), chance) if part.endswith((".xml", ".rels")) else b"")
        is_read(content.getvalue())


@pytest.mark.parametrize("name", FORMS)
def test_a_real_file_with_its_bytes_changed_at_random(name: str) -> None:
    chance = random.Random(name)  # noqa: S311 -- the same changes in every run
    for _ in range(40):
        is_read(mutated(PARTS[name], chance))


def test_a_document_with_its_bytes_changed_at_random() -> None:
    chance = random.Random(5)  # noqa: S311 -- the same changes in every run
    document = written_document(every_kind()).encode()

    assert is_read(document)
    for _ in range(200):
        is_read(mutated(document, chance))


@given(st.binary(max_size=200))
@settings(max_examples=150, deadline=None)
def test_random_bytes(content: bytes) -> None:
    is_read(content)


def mutated(content: bytes, chance: random.Random) -> bytes:
    """The bytes with a few of them changed, swapped, doubled or gone."""
    made = bytearray(content)
    for _ in range(chance.randint(0, 3)):
        place = chance.randrange(len(made) + 1)
        length = chance.choice([1, 1, 2, 8, 200])
        piece = bytes(made[place : place + length])
        made[place : place + length] = chance.choice(
            [b"", piece * 2, piece[::-1], chance.randbytes(len(piece)), b"9" * length]
        )
    return bytes(made)
