"""What the pages of entries read."""

from collections.abc import Mapping

from surveyapp.editing.easyread import Remark, remarks_on
from surveyapp.model.action import Action

EASY = ("you_said_easy", "we_did_easy")


def remarks(action: Action, language: str) -> Mapping[str, list[Remark]]:
    """What the wording check says of an entry's easy words."""
    return {name: remarks_on(getattr(action, name), "note", language) for name in EASY}
