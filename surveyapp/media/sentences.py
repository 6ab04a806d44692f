"""What to do about a file that can't be kept, in plain words."""

from flask_babel import gettext

from surveyapp.storage.refusals import NotKeptError

TOO_LARGE = "big"


def about_recording(error: NotKeptError) -> str:
    """What to do about a recording that can't be kept."""
    sentences = {
        "empty": gettext("Choose a recording first."),
        "big": gettext("This recording is bigger than 5 MB. Say less, or save it as MP3 or M4A, which are smaller."),
        "video": gettext("This is a video. Choose a recording of the voice alone."),
        "amr": gettext("Web pages can't play this old kind of recording (AMR). Save it as MP3 or M4A."),
        "sound": gettext("This is not a recording that phones can play. Save it as MP3 or M4A, and try again."),
    }
    return sentences[error.reason]


def about_photo(error: NotKeptError) -> str:
    """What to do about a photo that can't be kept."""
    sentences = {
        "empty": gettext("Choose a photo first."),
        "big": gettext("This photo is bigger than 2 MB. Make a smaller copy: most phones offer one when you share it."),
        "pixels": gettext("This photo is too large to open here. Make a copy with at most 5,000 dots a side."),
        "photo": gettext("This is not a photo that we can show. Use a whole PNG, JPEG or WebP file."),
    }
    return sentences[error.reason]


def status_of(error: NotKeptError) -> int:
    """413 for what is too big, 422 for everything else."""
    return 413 if error.reason == TOO_LARGE else 422
