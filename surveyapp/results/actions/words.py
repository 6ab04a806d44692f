"""What the pages of entries call things."""

from collections.abc import Mapping

from flask_babel import gettext, ngettext

from surveyapp.model.action import CANNOT, DID, WILL_DO, Action, public_people_count
from surveyapp.web.formatting import day

SHORT = 60


def outcome_names() -> Mapping[str, str]:
    """What can come of what people said."""
    return {
        DID: gettext("We did"),
        WILL_DO: gettext("We will do"),
        CANNOT: gettext("We can't, and why"),
    }


def outcome_name(action: Action) -> str:
    """What an entry is called among others: its theme, else its first words."""
    said = action.theme or " ".join(action.you_said.split())
    if not said:
        return gettext("No words yet")
    return said if len(said) <= SHORT else f"{said[: SHORT - 1].rstrip()}…"


def state_of(action: Action) -> str:
    """Whether people can read it, and what it still lacks."""
    if action.published_on:
        return gettext("Published on %(day)s", day=day(action.published_on))
    if action.is_ready:
        return gettext("Not published. Ready.")
    if action.you_said:
        return gettext("Not published. Write what you did first.")
    return gettext("Not published. Write what people said first.")


def people_sentence(action: Action, people: int, small_group: int) -> str:
    """How many said it, and whether people are told the number; nothing for an entry without a theme."""
    if not action.theme:
        return ""
    if action.is_published:
        return _told(action.people, small_group)
    count = ngettext("%(num)s person said this.", "%(num)s people said this.", people)
    if public_people_count(people, small_group) is None:
        limit = gettext("People are not told a number under %(limit)s.", limit=small_group)
        return f"{count} {limit}"
    return gettext("%(count)s People are told the number when you publish.", count=count)


def _told(people: int | None, small_group: int) -> str:
    told = public_people_count(people, small_group)
    if told is None:
        return gettext("People are not told how many said this: they were fewer than %(limit)s.", limit=small_group)
    return ngettext(
        "People are told that %(num)s person said this.", "People are told that %(num)s people said this.", told
    )


def published_message(published: int, left: int) -> str:
    """What pressing Publish came to; `left` were changed since the page was opened."""
    if not published and not left:
        return gettext("There is nothing more to publish.")
    said = ngettext("%(num)s entry is published.", "%(num)s entries are published.", published)
    if not left:
        return said
    changed = ngettext(
        "%(num)s entry was changed meanwhile. Look at it first, then publish it.",
        "%(num)s entries were changed meanwhile. Look at them first, then publish them.",
        left,
    )
    return f"{said} {changed}" if published else changed
