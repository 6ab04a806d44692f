"""Which recordings and photos are still named: by a draft, an edition, or a former draft that can be brought back."""

from collections.abc import Iterator
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from surveyapp.editing.drafts import FormerDraft
from surveyapp.model.survey import Edition, Survey
from surveyapp.model.validation import MEDIA_NAME

AT_ONCE = 50  # documents


def named_media(session: Session) -> set[str]:
    """Every name of a recording or photo that any document of any survey says, wherever in the document it stands."""
    columns = (Survey.draft, Edition.document, FormerDraft.draft)
    return {
        name
        for column in columns
        for document in session.scalars(select(column).execution_options(yield_per=AT_ONCE))
        for name in _names_in(document)
    }


def _names_in(part: Any) -> Iterator[str]:
    if isinstance(part, str) and MEDIA_NAME.fullmatch(part):
        yield part
    elif isinstance(part, dict | list):
        for inner in part.values() if isinstance(part, dict) else part:
            yield from _names_in(inner)
