"""A file of any kind, known by what is in it and never by its name."""

import json
import re
from collections import Counter

from surveyapp.importing.archive import archive_parts
from surveyapp.importing.imported import MEGABYTE, MOST_BYTES, FileTooLargeError, Imported, NotReadError, within_limits
from surveyapp.importing.paste.marks import BOX
from surveyapp.importing.pasted import read_pasted
from surveyapp.importing.plain_sheet import text_of_sheet
from surveyapp.importing.word_document import text_of_document
from surveyapp.importing.xlsform.left_out import LeftOut
from surveyapp.importing.xlsform.reading import read_xlsform
from surveyapp.model.document import DocumentError, questionnaire_from_text
from surveyapp.model.questionnaire import FORMAT, Questionnaire, localized

PASTE = "Or copy the questions and paste them instead."
SAVE_AS = "Open it in a spreadsheet program, choose “Save as”, then “Excel workbook (.xlsx)”, and send the new file."
PICTURES = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"RIFF", b"BM", b"II*\0", b"MM\0*")
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
LOCKED = "EncryptedPackage".encode("utf-16-le")
HEADS = frozenset({
    "type", "name", "label", "list_name", "class", "type/scale", "relevance", "relevant", "question", "questions",
    "text", "answer", "answers", "response", "code", "key", "hint", "help", "title", "id", "choices", "options",
})  # fmt: skip
WORD = "WordDocument".encode("utf-16-le")
LIMESURVEY = re.compile(r"^(?:\ufeff)?\"?class\"?\t\"?type/scale", re.IGNORECASE)
_ODD = re.compile(
    "(?<=[a-zß-ÿ])[À-ÖØ-ÞŠŽŒŸ]|[À-ÖØ-Þ][ß-öø-ÿ]{2}|[ß-öø-ÿ]{3}|[À-ÖØ-Þ]{4}|[¥¤¦¨¬¯¸þðÞÐ†‡ˆ‰‹›ƒ¢±×÷]"
    "|(?<=[a-z])[£©®«»¿¡ª°º€™•](?=[a-z])"
)
OLD_LETTERS = (
    "Its letters can't be told: the file was saved with an old set of letters. Open it in the program that made it, "
    "choose “Save as”, then “UTF-8” as encoding, and send the new file. Or copy the questions and paste them instead."
)
_SPLIT = re.compile(r"[\t,;]")


def questionnaire_from_file(content: bytes) -> Imported:
    """Read a spreadsheet, a document of ours or a text with questions. Raises NotReadError."""
    if len(content) > MOST_BYTES:
        raise FileTooLargeError(f"The file is larger than {MOST_BYTES // MEGABYTE} MB. Keep only the questions in it.")
    if not content.strip(b"\0 \r\n\t"):
        raise NotReadError("The file is empty. Choose the file with your questions.")
    if content[:4] in (b"PK\x03\x04", b"PK\x05\x06"):
        return _read_zip(content)
    _refuse_known_kinds(content)
    text = _text(content)
    start = text.lstrip("\ufeff \t\r\n")[:1]
    if start in ("{", "["):
        return read_document(text)
    _refuse_tables(text)
    return read_pasted(text)


def read_document(text: str) -> Imported:
    """Read one of our own documents. Raises NotReadError."""
    try:
        questionnaire = questionnaire_from_text(text.lstrip("\ufeff"))
    except DocumentError as error:
        of_others = f" {PASTE}" if FORMAT in str(error) else ""
        raise NotReadError(f"{error}{of_others}") from error
    return Imported(within_limits(questionnaire), _left_out(text, questionnaire))


def written_document(questionnaire: Questionnaire) -> str:
    """A questionnaire as our own document, for people to read as well."""
    return json.dumps(questionnaire.to_json(), ensure_ascii=False, indent=1) + "\n"


def _left_out(text: str, questionnaire: Questionnaire) -> tuple[str, ...]:
    """A sentence about the marks of a document that were not taken."""
    marks = {one["key"]: one.get("asks_who") for one in json.loads(text.lstrip("\ufeff")).get("questions", [])}
    left_out = LeftOut()
    for question in questionnaire.questions:
        if marks[question.key] and not question.asks_who:
            left_out.words(
                "idle_mark", localized(question.words, questionnaire.language, "standard", questionnaire.language)[0]
            )
    return left_out.sentences()


def _read_zip(content: bytes) -> Imported:
    names = archive_parts(content).names
    if "xl/workbook.bin" in names:
        raise NotReadError(f"This is a binary Excel workbook (.xlsb), which can't be read here. {SAVE_AS}")
    if any(name.startswith("word/") for name in names):
        return read_pasted(text_of_document(content))
    if "content.xml" in names or "mimetype" in names or any(name.startswith("Index/") for name in names):
        raise NotReadError(f"This is a document of another office program, which can't be read here. {SAVE_AS} {PASTE}")
    if "[Content_Types].xml" not in names or not any(name.startswith("xl/") for name in names):
        raise NotReadError(f"This is a zip file with no workbook in it. Send the spreadsheet itself. {PASTE}")
    plain = text_of_sheet(content)
    return read_pasted(plain) if plain else read_xlsform(content)


def _refuse_known_kinds(content: bytes) -> None:
    """Say what a file is that can't be read, and what to do."""
    if content.startswith(OLE) and LOCKED in content:
        raise NotReadError("The workbook is locked with a password. Take the password off, save it, and send it again.")
    if content.startswith(OLE) and WORD in content:
        raise NotReadError(
            "This is an old Word document (.doc), which can't be read here. Open it in Word, choose “Save as”, then "
            "“Word document (.docx)”, and send the new file. Or copy the questions in it and paste them instead."
        )
    if content.startswith(OLE):
        raise NotReadError(
            f"This is an old Excel file (.xls), whatever its name says, and can't be read here. {SAVE_AS}"
        )
    if content.startswith(PICTURES):
        raise NotReadError(f"This is a picture, whatever its name says. Send the spreadsheet itself. {PASTE}")
    if content.lstrip().startswith((b"%PDF", b"{\\rtf")):
        raise NotReadError(
            "This is a document for reading and printing. Copy the questions in it and paste them instead."
        )
    if b"<LimeSurveyDocType>" in content[:2_000]:
        raise NotReadError(f"This is a survey as LimeSurvey saves it, which can't be read here. {PASTE}")
    if content.lstrip(b"\xef\xbb\xbf \r\n\t").startswith(b"<"):
        raise NotReadError(f"This is a web page or an XML file, which can't be read here. {PASTE}")


def _text(content: bytes) -> str:
    """The file as text. Raises NotReadError for what is none."""
    is_wide = content.startswith((b"\xff\xfe", b"\xfe\xff"))
    for encoding in ["utf-16"] if is_wide else ["utf-8-sig", "cp1252"]:
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if any(character < " " and character not in "\t\r\n\f\v" for character in text):
            continue
        if encoding == "cp1252" and not is_plausible(text):
            raise NotReadError(OLD_LETTERS)
        return text
    raise NotReadError(f"Nobody knows here what kind of file this is. Send an Excel workbook (.xlsx). {PASTE}")


def is_plausible(text: str) -> bool:
    """Whether text of an old encoding says what it was meant to: accents stand in words, signs beside them.

    Each old encoding reads as any other: Arabic becomes words of accented capitals, a Mac's é a Ž, its bullet a ¥.
    """
    return not _ODD.search(text)


def _refuse_tables(text: str) -> None:
    """Refuse tables that were saved as text: read as questions they would make nonsense."""
    lines = [line for line in text.splitlines() if line.strip()]
    if LIMESURVEY.match(text):
        raise NotReadError(
            "This is a survey as LimeSurvey exports it (tab-separated), which can't be read here. "
            "Copy the questions and answers in it and paste them instead."
        )
    heads = {cell.strip().strip('"').lower().partition("::")[0] for cell in _SPLIT.split(lines[0])} if lines else set()
    if len(heads & HEADS) > 1 or (_is_even(lines) and not _has_boxes(lines)):
        raise NotReadError(
            "This is a table saved as text (CSV or TSV), whatever its name says. A form has two sheets, questions and "
            f"answers, which a text can't hold. {SAVE_AS} {PASTE}"
        )


def _has_boxes(lines: list[str]) -> bool:
    """Whether it is a table in which people tick, as copied from a document: cells that are empty or have a box."""
    rows = [[cell.strip() for cell in line.split("\t")[1:]] for line in lines[1:]]
    return any(len(cells) > 1 and all(not cell or BOX.fullmatch(cell) for cell in cells) for cells in rows)


def _is_even(lines: list[str]) -> bool:
    """Whether every line has the same number of the same separators, two or more."""
    if len(lines) < 2:
        return False
    counts = [Counter(_SPLIT.findall(line)) for line in lines[:50]]
    return any(counts[0][sign] >= 2 and len({count[sign] for count in counts}) == 1 for sign in "\t,;")
