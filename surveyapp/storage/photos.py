"""A photo as attendees' phones get it: drawn anew, upright, small, and without a word of where and when it was taken.

Nothing of the sent file is passed on but what its pixels show, so neither its metadata nor whatever was hidden in it.
JPEG goes out, which phones of every age can show; a see-through ground becomes white.
"""

import warnings
from io import BytesIO

from PIL import Image, ImageOps, UnidentifiedImageError

from surveyapp.storage.refusals import NotKeptError

LIMIT = 2 * 1024 * 1024
TAKEN = ("PNG", "JPEG", "WEBP")
MOST_PIXELS = 30_000_000  # 120 MB while it is drawn; more would be a trap, or a poster
WIDTH = 800  # twice a phone's screen, about 70 KB
QUALITY = 80
UNREADABLE = (UnidentifiedImageError, OSError, ValueError, SyntaxError, EOFError, IndexError, OverflowError)


def redrawn(content: bytes) -> bytes:
    """A photo of PNG, JPEG or WebP as a small JPEG.

    Raises NotKeptError: `empty`, `big` (2 MB), `pixels`, or `photo` for what is none of the three, or is not whole.
    """
    if not content:
        raise NotKeptError("empty")
    if len(content) > LIMIT:
        raise NotKeptError("big")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # Pillow warns of odd metadata, which is left behind here
            return _as_jpeg(_opened(content))
    except Image.DecompressionBombError as error:
        raise NotKeptError("pixels") from error
    except UNREADABLE as error:
        raise error if isinstance(error, NotKeptError) else NotKeptError("photo") from error


def _opened(content: bytes) -> Image.Image:
    """The picture, with its size known and not one pixel read."""
    picture = Image.open(BytesIO(content), formats=TAKEN)
    if picture.width * picture.height > MOST_PIXELS:
        raise NotKeptError("pixels")
    picture.draft("RGB", (WIDTH, WIDTH))
    return picture


def _as_jpeg(picture: Image.Image) -> bytes:
    seen = picture.convert("RGBA" if picture.has_transparency_data else "RGB")
    upright = ImageOps.exif_transpose(seen)
    upright.thumbnail((WIDTH, WIDTH))
    out = BytesIO()
    _on_white(upright).save(out, "JPEG", quality=QUALITY, optimize=True, progressive=True, exif=b"", icc_profile=None)
    return out.getvalue()


def _on_white(picture: Image.Image) -> Image.Image:
    if picture.mode == "RGB":
        return picture
    ground = Image.new("RGB", picture.size, "white")
    ground.paste(picture, mask=picture.getchannel("A"))
    return ground
