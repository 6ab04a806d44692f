"""Choosing a part: some questions, one edition, and the language of the words beside codes."""

from collections.abc import Sequence

from surveyapp.export.refusal import CannotExport
from surveyapp.export.rows import Snapshot


def keys_in(values: Sequence[str]) -> frozenset[str]:
    """The keys in one or several parameters; several may stand in one, with commas between them."""
    return frozenset(key.strip() for value in values for key in value.split(",") if key.strip())


def edition_in(value: str | None) -> int | None:
    """The edition that is asked for. Raises CannotExport."""
    if not value:
        return None
    if not (value.isascii() and value.isdigit() and len(value) < 7):
        raise CannotExport("no_edition", number=value)
    return int(value)


def check_choice(taken: Snapshot) -> None:
    """Refuse what isn't there to be chosen, and what would tell what is blanked. Raises CannotExport."""
    everything = list(taken.all_editions.values())
    known = {question.key for edition in everything for question in edition.asking}
    for key in sorted(taken.questions - known):
        raise CannotExport("no_question", key=key)
    tags = dict.fromkeys(tag for edition in everything for tag in edition.languages)
    if taken.labels and taken.labels not in tags:
        raise CannotExport("no_language", tag=taken.labels, tags=", ".join(tags))
    if taken.edition is None:
        return
    if taken.is_series:
        raise CannotExport("edition_of_series")
    if taken.is_ordinary:
        raise CannotExport("edition_is_blanked")
    if taken.edition not in taken.events[0].editions:
        raise CannotExport("no_edition", number=taken.edition)
