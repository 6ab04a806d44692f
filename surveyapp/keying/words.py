"""What the pages of keying in say of a sheet, a pile and what becomes of them."""

from flask_babel import gettext, ngettext

from surveyapp.model.codes import shown_card_code
from surveyapp.model.paper import PaperSitting
from surveyapp.model.release import FEWEST
from surveyapp.model.survey import Survey


def kept_message(number: int, same: int | None) -> str:
    """A sheet is in; perhaps it is one that was there."""
    said = gettext("Sheet %(n)s is in.", n=number)
    if same is None:
        return said
    again = gettext("It says the same as sheet %(same)s. If it is the same sheet, press “Undo the last”.", same=same)
    return f"{said} {again}"


def which_sheet(survey: Survey, sitting: PaperSitting) -> str:
    """By what somebody sees that a sheet belongs to this pile."""
    return gettext(
        "Each sheet says “Code %(code)s · form %(edition)s”.",
        code=shown_card_code(sitting.card),
        edition=sitting.edition,
    )


def ended_message(survey: Survey, ended: int, waits: int) -> str:
    """What becomes of the sheets of a sitting that was ended."""
    if not ended:
        return gettext("The sitting is ended. Nothing was keyed in.")
    said = ngettext("%(num)s sheet is among the answers now.", "%(num)s sheets are among the answers now.", ended)
    if survey.shows_openly:
        return said
    if not survey.is_released:
        return f"{said} " + gettext("It is shown when all answers are: once, after the survey is over.")
    if waits >= FEWEST:
        return f"{said} " + gettext("What was keyed in is shown within a minute.")
    return f"{said} " + gettext("Sheets that come after the answers were shown are shown when five of them wait.")
