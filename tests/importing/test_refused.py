"""What can't be read is refused with a sentence that says why and what to do, by its content and never by its name."""

import io
import zipfile
from pathlib import Path

import pytest

from surveyapp.importing.detect import questionnaire_from_file
from surveyapp.importing.imported import MOST_BYTES, FileTooLargeError, NotReadError
from tests.importing.workbooks import MATERIAL, definition, form, workbook

REAL = [
    ("definitions/xlsform_ifrc_is_really_xls.xlsx", "This is an old Excel file (.xls), whatever its name says"),
    ("definitions/xlsform_badly_named_choices_sheet.xls", "This is an old Excel file (.xls), whatever its name says"),
    ("definitions/limesurvey_multilingual.tsv", "This is a survey as LimeSurvey exports it"),
    ("spreadsheets/actually_a_png.xlsx", "This is a picture, whatever its name says."),
    ("spreadsheets/xlsx_exotic_types.xlsx", "There is no sheet named “survey”. The sheets are named: “Sheet1”."),
    ("csv_edge/utf8.csv", "This is a table saved as text"),
]
SELECT = ("select_one drinks", "drink", "Which?")


def refusal(content: bytes) -> str:
    """The sentence with which a file is refused."""
    with pytest.raises(NotReadError) as refused:
        questionnaire_from_file(content)
    return str(refused.value)


def zipped(**parts: bytes) -> bytes:
    """A zip file of parts."""
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, part in parts.items():
            archive.writestr(name, part)
    return content.getvalue()


def with_part(content: bytes, name: str, change: bytes) -> bytes:
    """A workbook with one part replaced."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        parts = {one: archive.read(one) for one in archive.namelist()}
    return zipped(**{**parts, name: change})


@pytest.mark.parametrize(("name", "sentence"), REAL, ids=[Path(name).name for name, _sentence in REAL])
def test_a_real_file_that_cannot_be_read_says_why_and_what_to_do(name: str, sentence: str) -> None:
    said = refusal((MATERIAL / name).read_bytes())

    assert sentence in said
    assert any(word in said for word in ("Open it", "paste", "Send", "Name the sheet"))


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "The file is empty."),
        (b" \r\n\0", "The file is empty."),
        (b"%PDF-1.7 \xff", "a document for reading and printing"),
        (b"{\\rtf1 hello}", "a document for reading and printing"),
        (b"<!DOCTYPE html><p>How was it?", "a web page or an XML file"),
        (b"<?xml version='1.0'?><document><LimeSurveyDocType>Survey", "a survey as LimeSurvey saves it"),
        (b'{"SurveyEntry": {}, "SurveyElements": []}', "Or copy the questions and paste them instead."),
        (b"\xef\xbb\xbf<?xml version='1.0'?><document/>", "a web page or an XML file"),
        (bytes(range(256)), "Nobody knows here what kind of file this is."),
        (b"PK\x03\x04 and then nothing", "The file is damaged or locked."),
        (b'{"format": "surveyapp-questionnaire/9"}', "does not say surveyapp-questionnaire/1"),
        (b"[" * 10_000, "it is not JSON"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "locked with a password"),
        (b"type,name,label\ntext,a,What was good?\n", "a table saved as text (CSV or TSV)"),
        ("type;name;label::English (en)\ntext;a;Good?".encode("utf-16"), "a table saved as text (CSV or TSV)"),
        (b"a,b,c\n1,2,3\n4,5,6\n", "a table saved as text (CSV or TSV)"),
        (b"- \n\n   ___\n", "There are no questions in it."),
    ],
)
def test_a_file_of_another_kind_says_what_it_is(content: bytes, sentence: str) -> None:
    assert sentence in refusal(content)


@pytest.mark.parametrize(
    ("parts", "sentence"),
    [
        ({"[Content_Types].xml": b"<x/>", "xl/workbook.bin": b"."}, "a binary Excel workbook (.xlsb)"),
        ({"[Content_Types].xml": b"<x/>", "word/document.xml": b"<x/>"}, "There are no questions in it."),
        ({"mimetype": b"application/vnd.oasis.opendocument.text", "content.xml": b"<x/>"}, "another office program"),
        ({"photo.txt": b"hello"}, "a zip file with no workbook in it"),
        ({"[Content_Types].xml": b"<x/>", "xl/workbook.xml": b"<x/>"}, "The workbook is damaged."),
    ],
)  # fmt: skip
def test_a_zip_file_of_another_kind_says_what_it_is(parts: dict[str, bytes], sentence: str) -> None:
    assert sentence in refusal(zipped(**parts))


@pytest.mark.parametrize(
    ("sheets", "sentence"),
    [
        ({"Questions": [["type", "name"]]}, "There is no sheet named “survey”. The sheets are named: “Questions”."),
        ({"survey": [["question"], ["How?"]]}, "no column “type”"),
        ({"survey": [["type", "name", "label"]]}, "The sheet “survey” has no questions."),
        ({"survey": []}, "no column “type”"),
        (
            {"survey": [["type", "name", "label"], SELECT], "choises": []},
            "There is no sheet named “choices”, from which 1",
        ),
        ({"survey": [["type", "name", "label"], SELECT], "choices": [["a"], ["b"]]}, "“list_name”, “name” and “label”"),
    ],
)
def test_a_workbook_that_is_no_form_says_what_is_missing(sheets: dict[str, list[list[str]]], sentence: str) -> None:
    assert sentence in refusal(workbook(sheets))


def test_a_file_above_the_limit_is_too_large() -> None:
    with pytest.raises(FileTooLargeError, match="larger than 5 MB"):
        questionnaire_from_file(b"x" * (MOST_BYTES + 1))


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (
            form(*[("text", f"q{number}", "Why?") for number in range(401)]),
            "It has 401 questions. A survey can have 400.",
        ),
        (form(*[("note",) for _ in range(5_001)]), "more than 5,000 rows"),
        (form(head=("type", *(f"column {number}" for number in range(80)))), "has 81 columns. 80 can be read."),
        (form(head=("type", *(f"label::{number}" for number in range(400)))), "has 401 columns. 400 can be read."),
        (form(("text", "a", "x" * 32_000), head=("type", "name", *["label"] * 3)), ""),
    ],
    ids=["questions", "rows", "columns", "translations", "long words"],
)
def test_a_form_above_a_limit_says_which(content: bytes, sentence: str) -> None:
    if sentence:
        assert sentence in refusal(content)
    else:
        assert questionnaire_from_file(content).questionnaire.questions


def test_a_million_answers_made_of_one_list_are_refused_before_they_are_made() -> None:
    rows = [("select_one long", f"q{number}", "Which?") for number in range(400)]
    answers = [("list_name", "name", "label"), *(("long", f"a{number}", "Answer") for number in range(1_000))]

    assert "more than 10,000 answers in all" in refusal(form(*rows, choices=answers))


def test_a_zip_bomb_is_refused_by_what_it_says_of_itself() -> None:
    bomb = zipped(**{"[Content_Types].xml": b"<x/>", "xl/worksheets/sheet1.xml": b" " * 40_000_000})

    assert len(bomb) < 100_000
    assert "larger than anything that is read here" in refusal(bomb)


def test_a_zip_bomb_that_lies_about_its_size_is_refused_while_it_is_unpacked() -> None:
    bomb = zipped(**{"[Content_Types].xml": b"<x/>", "xl/worksheets/sheet1.xml": b" " * 40_000_000})
    small = (1_000).to_bytes(4, "little")

    lying = bomb.replace((40_000_000).to_bytes(4, "little"), small)

    assert lying != bomb
    assert any(words in refusal(lying) for words in ("larger than anything", "damaged"))


def test_a_sheet_of_a_million_empty_cells_is_refused_before_they_are_read() -> None:
    sheet = b"<worksheet><sheetData>" + b"<row>" + b"<c/>" * 1_000_000 + b"</row></sheetData></worksheet>"

    assert "larger than anything" in refusal(with_part(form(), "xl/worksheets/sheet1.xml", sheet))


def test_a_zip_of_a_thousand_and_one_parts_is_refused() -> None:
    assert "larger than anything" in refusal(zipped(**{f"xl/{number}.xml": b"" for number in range(1_001)}))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_an_entity_bomb_is_refused(encoding: str) -> None:
    entities = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 9))
    bomb = f'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a0 "ha">{entities}]><x>&a8;</x>'.encode(encoding)

    assert "declarations that no spreadsheet needs" in refusal(with_part(form(), "xl/sharedStrings.xml", bomb))


def test_a_sheet_that_says_it_has_a_trillion_rows_is_read_no_further_than_any() -> None:
    sheet = (
        b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
        b'<row r="1"><c r="A1" t="str"><v>type</v></c></row>'
        b'<row r="999999999999"><c r="A999999999999" t="str"><v>text</v></c></row></sheetData></worksheet>'
    )

    assert refusal(with_part(form(), "xl/worksheets/sheet1.xml", sheet))


def test_a_damaged_real_workbook_is_refused() -> None:
    assert "damaged" in refusal(definition("xlsform_projects_de_en.xlsx")[:-30_000])
