"""A Word document is read like a paste: its lists have their marks again, its tables their columns."""

import io
import zipfile

import pytest

from surveyapp.importing.detect import questionnaire_from_file
from surveyapp.importing.imported import NotReadError
from surveyapp.importing.word_document import text_of_document

NAMES = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
NUMBERING = f"""<w:numbering {NAMES}>
<w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:numFmt w:val="decimal"/></w:lvl>
<w:lvl w:ilvl="1"><w:numFmt w:val="lowerLetter"/></w:lvl></w:abstractNum>
<w:abstractNum w:abstractNumId="1"><w:lvl w:ilvl="0"><w:numFmt w:val="bullet"/></w:lvl></w:abstractNum>
<w:num w:numId="5"><w:abstractNumId w:val="0"/></w:num><w:num w:numId="6"><w:abstractNumId w:val="1"/></w:num>
</w:numbering>"""


def paragraph(words: str, style: str = "", listed: str = "", level: int = 0, run: str = "") -> str:
    """A paragraph of one run."""
    style = f'<w:pStyle w:val="{style}"/>' if style else ""
    listed = f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{listed}"/></w:numPr>' if listed else ""
    return f"<w:p><w:pPr>{style}{listed}</w:pPr><w:r>{run}<w:t>{words}</w:t></w:r></w:p>"


def table(*rows: tuple[str, ...]) -> str:
    """A table of cells with one paragraph each."""
    cells = ("".join(f"<w:tc>{paragraph(cell)}</w:tc>" for cell in row) for row in rows)
    return f"<w:tbl>{''.join(f'<w:tr>{row}</w:tr>' for row in cells)}</w:tbl>"


def document(*parts: str) -> bytes:
    """A Word document of paragraphs and tables."""
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("word/numbering.xml", NUMBERING)
        archive.writestr("word/document.xml", f"<w:document {NAMES}><w:body>{''.join(parts)}</w:body></w:document>")
    return content.getvalue()


DAY = document(
    paragraph("Carers’ day", style="Title"),
    paragraph("About the day", style="Heading1"),
    paragraph("How was the day?", listed="5"),
    *(paragraph(words, listed="6") for words in ("Very good", "Good", "OK", "Bad", "Very bad")),
    paragraph("Which room?", listed="5"),
    paragraph("North", listed="5", level=1),
    paragraph("South", listed="5", level=1),
    paragraph("What else?", listed="5"),
    table(("", "Agree", "Disagree"), ("I was heard", "☐", "☐"), ("I was on time", "", "")),
)


def test_lists_and_tables_have_their_marks_again() -> None:
    assert text_of_document(DAY).split("\n") == [
        "# Carers’ day", "## About the day", "1.\tHow was the day?", "•\tVery good", "•\tGood", "•\tOK", "•\tBad",
        "•\tVery bad", "2.\tWhich room?", "  a)\tNorth", "  b)\tSouth", "3.\tWhat else?", "\tAgree\tDisagree",
        "I was heard\t☐\t☐", "I was on time\t\t",
    ]  # fmt: skip


def test_a_document_is_read_like_a_paste() -> None:
    questionnaire = questionnaire_from_file(DAY).questionnaire

    assert questionnaire.title["en"].standard == "Carers’ day"
    assert [(one.kind, one.words["en"].standard, len(one.choices)) for one in questionnaire.questions] == [
        ("note", "About the day", 0),
        ("rating5", "How was the day?", 5),
        ("single", "Which room?", 2),
        ("comment", "What else?", 0),
        ("single", "I was heard", 2),
        ("single", "I was on time", 2),
    ]


def test_signs_of_fonts_breaks_and_bold_words_are_kept_and_deleted_ones_are_not() -> None:
    bold = paragraph("How was it?", run="<w:rPr><w:b/></w:rPr>")
    sign = '<w:p><w:r><w:sym w:font="Wingdings" w:char="F0A8"/><w:tab/><w:t>Yes</w:t></w:r></w:p>'
    gone = (
        "<w:p><w:del><w:r><w:delText>Old</w:delText></w:r></w:del><w:r><w:t>New</w:t><w:br/><w:t>line</w:t></w:r></w:p>"
    )

    assert text_of_document(document(bold, sign, gone)) == "**How was it?**\n\uf0a8\tYes\nNew\nline"


@pytest.mark.parametrize("body", ["<w:p>", "<w:p w:x='&a;'/>"])
def test_a_damaged_document_is_refused_with_what_to_do(body: str) -> None:
    with pytest.raises(NotReadError, match="The document is damaged"):
        questionnaire_from_file(document(body))


def test_an_entity_bomb_in_a_document_is_refused() -> None:
    with pytest.raises(NotReadError, match="declarations"):
        questionnaire_from_file(document("<!ENTITY a 'b'>"))
