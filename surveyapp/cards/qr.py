"""A card's address as a QR code: the modules, one path for SVG, and a picture of one bit a dot."""

import io
import re
from urllib.parse import urlsplit

import qrcode
from PIL import Image
from qrcode.constants import ERROR_CORRECT_Q

QUIET_ZONE = 4  # modules of white on each side: ISO/IEC 18004
LEAST_VERSION = 3  # 29 modules: a shorter address takes no fewer, so the quiet zone has one width on paper
DOTS_PER_MODULE = 20  # 44 mm of a version 3 code at 400 dots an inch

DARK = re.compile("#+")
Matrix = list[list[bool]]


def qr_address(public_url: str, code: str) -> str:
    """What the QR code says: capitals take fewer modules, and our routes ignore case.

    A folder in front of ours keeps its case: another server reads it.
    """
    parts = urlsplit(public_url)
    return f"{parts.scheme}://{parts.netloc}".upper() + f"{parts.path}/S/{code.upper()}"


def qr_matrix(text: str) -> Matrix:
    """The rows of a code's modules, dark ones true, quiet zone around them; error correction Q.

    Level Q reads with 8 % of it covered; L and M do not.
    """
    made = qrcode.QRCode(version=LEAST_VERSION, error_correction=ERROR_CORRECT_Q, border=QUIET_ZONE)
    made.add_data(text)
    return [[bool(module) for module in row] for row in made.get_matrix()]


def qr_path(matrix: Matrix) -> str:
    """The dark modules as the `d` of one SVG path, in modules, each run of a row one rectangle."""
    rows = ("".join("#" if module else " " for module in row) for row in matrix)
    runs = ((match.start(), y, len(match.group())) for y, row in enumerate(rows) for match in DARK.finditer(row))
    return "".join(f"M{x} {y}h{length}v1h-{length}z" for x, y, length in runs)


def qr_png(matrix: Matrix, dots: int = DOTS_PER_MODULE) -> bytes:
    """A PNG of one bit a dot, `dots` dots a module."""
    side = len(matrix)
    small = Image.new("1", (side, side))
    small.putdata([0 if module else 1 for row in matrix for module in row])
    picture = io.BytesIO()
    small.resize((side * dots, side * dots), Image.Resampling.NEAREST).save(picture, "PNG", optimize=True)
    return picture.getvalue()
