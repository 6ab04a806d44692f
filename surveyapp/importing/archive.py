"""A zip file from anybody: counted while it is unpacked, so that a small file can't become a huge one.

Nothing is written to the disk, and no part may declare entities, which could grow or lead elsewhere.
"""

import io
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass

from surveyapp.importing.imported import MEGABYTE, FileTooLargeError, NotReadError

MOST_PARTS = 1_000
MOST_UNPACKED = 24 * MEGABYTE
MOST_CELLS = 400_000  # and rows, of all sheets: each costs time, and says nothing where it is empty
CHUNK = 64 * 1024
DECLARATIONS = (b"<!DOCTYPE", b"<!ENTITY")
XML = (".xml", ".rels", ".vml")
FORMULAS = (b"<f>", b"<f ", b":f>", b":f ")
OVERLAP = 16
STRICT = b"http://purl.oclc.org/ooxml/"
_STRICT_NAME = re.compile(rb"http://purl\.oclc\.org/ooxml/([a-zA-Z]{1,40})/([a-zA-Z]{1,40})")


@dataclass(frozen=True, slots=True)
class Parts:
    """The names of what is in a zip file, and whether one of its sheets works something out."""

    names: frozenset[str]
    has_formulas: bool


def archive_parts(content: bytes) -> Parts:
    """Unpack everything once, counting. Raises NotReadError for what is damaged, locked, too large or a trap."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            return _counted(archive)
    except NotReadError:
        raise
    except Exception as error:  # zipfile and zlib raise a dozen kinds for a damaged or locked file
        raise NotReadError(
            "The file is damaged or locked. Open it, save it again as an Excel workbook (.xlsx)."
        ) from error


def transitional(content: bytes) -> bytes:
    """A workbook whose XML has the names that every program knows, in place of those of “Strict Open XML”."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        parts = {part.filename: archive.read(part) for part in archive.infolist()}
    if not any(STRICT in part for part in parts.values()):
        return content
    changed = io.BytesIO()
    with zipfile.ZipFile(changed, "w") as archive:
        for name, part in parts.items():
            archive.writestr(name, _STRICT_NAME.sub(rb"http://schemas.openxmlformats.org/\1/2006/\2", part))
    return changed.getvalue()


def _counted(archive: zipfile.ZipFile) -> Parts:
    listed = archive.infolist()
    if len(listed) > MOST_PARTS or sum(part.file_size for part in listed) > MOST_UNPACKED:
        raise _too_large()
    left, cells, has_formulas = MOST_UNPACKED, MOST_CELLS, False
    for part in listed:
        is_sheet = part.filename.startswith("xl/worksheets/")
        for chunk in _chunks(archive, part):
            left -= len(chunk) - OVERLAP
            cells -= chunk.count(b"<c") + chunk.count(b"<row") if is_sheet else 0
            if left < 0 or cells < 0:
                raise _too_large()
            plain = chunk.replace(b"\0", b"")  # a part in UTF-16 reads alike
            if part.filename.lower().endswith(XML) and any(word in plain for word in DECLARATIONS):
                raise NotReadError("The file holds declarations that no spreadsheet needs, so it is not read.")
            has_formulas = has_formulas or (is_sheet and any(word in plain for word in FORMULAS))
    return Parts(frozenset(archive.namelist()), has_formulas)


def _chunks(archive: zipfile.ZipFile, part: zipfile.ZipInfo) -> Iterator[bytes]:
    """A part's bytes, each chunk with the end of the one before it."""
    end = b"\0" * OVERLAP
    with archive.open(part) as stream:
        while chunk := stream.read(CHUNK):
            yield end + chunk
            end = chunk[-OVERLAP:].rjust(OVERLAP, b"\0")


def _too_large() -> FileTooLargeError:
    return FileTooLargeError(
        "Unpacked, the file is larger than anything that is read here. Keep only the questions in it."
    )
