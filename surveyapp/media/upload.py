"""A form with a file: the file is kept first, so that a form that comes back has it still."""

from collections.abc import Callable
from contextlib import suppress

from flask_babel import gettext
from werkzeug.datastructures import FileStorage
from wtforms import Field

from surveyapp.media.forms import PhotoForm, RecordingForm
from surveyapp.media.sentences import about_photo, about_recording, status_of
from surveyapp.storage.refusals import NotKeptError, StoreGoneError
from surveyapp.storage.stores import Store
from surveyapp.storage.upload import still_stored, store_photo, store_recording

StoreUpload = Callable[[Store, bytes], str]
About = Callable[[NotKeptError], str]


def sent_recording(form: RecordingForm, store: Store) -> int:
    """Keep the recording that was sent and check its form; 0, or the status that says what is wrong."""
    is_right = form.validate()
    form.kept.data = form.kept_recording
    status = _taken(form.recording, form.kept, store, store_recording, about_recording)
    return status or (0 if is_right else 422)


def sent_photo(form: PhotoForm, store: Store) -> int:
    """Keep the photo that was sent, or the one that is there, and check its form; 0, or what is wrong."""
    is_right = form.validate()
    form.kept.data = form.kept_photo
    status = _taken(form.photo, form.kept, store, store_photo, about_photo)
    return status or (0 if is_right else 422)


def _taken(sent: Field, kept: Field, store: Store, keep: StoreUpload, about: About) -> int:
    is_sent = isinstance(sent.data, FileStorage) and bool(sent.data.filename)
    if kept.data and not is_sent:
        if _is_there(store, kept.data):
            return 0
        kept.data = ""
    try:
        kept.data = keep(store, sent.data.read() if is_sent else b"")
    except NotKeptError as error:
        sent.errors = [about(error)]
        return status_of(error)
    except StoreGoneError:
        sent.errors = [gettext("We can't keep files right now. Please try again in a minute.")]
        return 503
    return 0


def _is_there(store: Store, name: str) -> bool:
    """Whether a file that a form kept is there still; one of a form that lay about for days may be purged."""
    with suppress(StoreGoneError):
        return still_stored(store, name)
    return True
