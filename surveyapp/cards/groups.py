"""Comparing results by sessions, rooms or days: what is told when too few people are expected in each."""

from flask_babel import gettext, ngettext

from surveyapp.model.survey import Survey

FEW = 20


def group_names(survey: Survey) -> list[str]:
    """What the survey's results are compared by, each name once."""
    return list(dict.fromkeys(card.group for card in survey.cards if card.group))


def group_warning(survey: Survey) -> str:
    """The warning where fewer than 20 people are expected in each group, or nobody knows how many; else nothing."""
    names = group_names(survey)
    if not names:
        return ""
    if survey.attendance is None:
        return gettext(
            "Compare only groups in which you expect 20 people or more. In a smaller group people could be known by "
            "their answers."
        )
    each = survey.attendance // len(names)
    if each >= FEW:
        return ""
    return ngettext(
        "%(people)s people are expected. With fewer than 20, people could be known by their answers, and the results "
        "withhold most of them.",
        "%(people)s people in %(num)s groups are about %(each)s in each. With fewer than 20, people could be known by "
        "their answers, and the results withhold most of them.",
        len(names),
        people=survey.attendance,
        each=each,
    )
