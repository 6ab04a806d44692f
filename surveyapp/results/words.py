"""What the results say in sentences."""

from collections.abc import Iterator, Mapping

from flask_babel import gettext, ngettext

from surveyapp.figures.survey_figures import Figures


def withheld() -> str:
    """What stands in every cell that is hidden, whyever it is."""
    return gettext("withheld")


def rate(figures: Figures) -> str:
    """How many answered: of those who came and in per cent, where that is known and can be right."""
    n, people = figures.responses, figures.attendance
    if figures.response_percent is not None:
        words = "%(n)s of %(people)s people answered (%(percent)s%%)"
        return gettext(words, n=n, people=people, percent=figures.response_percent)
    if figures.has_more_answers_than_people:
        return gettext("%(n)s responses, %(people)s people", n=n, people=people)
    return ngettext("%(num)s response", "%(num)s responses", n)


def rate_notes(figures: Figures) -> Iterator[str]:
    """What to know when reading the rate."""
    if figures.has_more_answers_than_people:
        yield gettext("There are more answers than people: check the attendance.")
    if figures.follow_ups:
        yield ngettext(
            "%(num)s of these is from somebody who had sent answers before. Both count.",
            "%(num)s of these are from people who had sent answers before. Both count.",
            figures.follow_ups,
        )
    if figures.unfinished:
        yield ngettext(
            "%(num)s person began and has not finished. Their answers are not in these figures.",
            "%(num)s people began and have not finished. Their answers are not in these figures.",
            figures.unfinished,
        )


def news(responses: int, before: int | None) -> str:
    """The sentence for the status region; empty where as many answered as before. `before` None: not known."""
    if before == responses:
        return ""
    now = ngettext("%(num)s person answered.", "%(num)s people answered.", responses)
    if before is None:
        return now
    if before < responses:
        return f"{now} " + gettext("%(n)s more than before.", n=responses - before)
    return f"{now} " + gettext("%(n)s fewer than before.", n=before - responses)


def view_names() -> Mapping[str, str]:
    """The three ways of showing a survey, as organisers know them."""
    return {
        "standard": gettext("Words"),
        "easy": gettext("Easy words and pictures"),
        "symbols": gettext("Mostly pictures"),
    }
