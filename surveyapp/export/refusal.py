"""Why a file can't be made, in a sentence that says what to do."""

from flask_babel import gettext

_NOT_THERE = ("no_question", "no_edition", "no_language")


class CannotExport(Exception):
    """A file can't be made of these answers; `code` names the sentence that says what to do, `values` fills it."""

    def __init__(self, code: str, **values: str | int) -> None:
        super().__init__(code)
        self.code = code
        self.values = values

    @property
    def status(self) -> int:
        """What HTTP calls it: 404 for a part that isn't there, 501 for what isn't installed, 507 no room, else 409."""
        return {"not_installed": 501, "no_room": 507, **dict.fromkeys(_NOT_THERE, 404)}.get(self.code, 409)


def export_sentence(refusal: CannotExport) -> str:
    """What a person is told, and what to do about it."""
    sentences = {
        "not_released": gettext(
            "Nobody can see the answers until the survey is over. Close it, then press “Show now” on the page of "
            "results. To try the files out before, use a rehearsal."
        ),
        "no_contacts": gettext(
            "Nobody's contact details are there. They come once, with the answers, when the survey is over."
        ),
        "deleted": gettext("The answers to this survey were deleted. What may be passed on, safe.zip, stays."),
        "unfinished_wait": gettext(
            "Answers that people began and did not send are shown once the survey is over, and only when there are "
            "five or more."
        ),
        "rehearsal_is_over": gettext("The survey has opened. What was tried out before is not shown any more."),
        "rehearsal_alone": gettext(
            "What you tried out comes by itself: it is not passed on, and stands beside nothing else."
        ),
        "not_installed": gettext(
            "Parquet files need one more package here. Ask whoever runs this server to type "
            "“python3 surveyapp/bootstrap.py requirements-parquet.txt”. Until then, take responses.csv: "
            "it holds the same."
        ),
        "too_wide": gettext(
            "These answers have %(columns)s columns, and a sheet holds %(most)s. Take excel.csv or responses.csv."
        ),
        "no_room": gettext(
            "The server's disk has no room to make this file. Nothing is lost. Take responses.csv or answers.csv: "
            "these need no room there. Or tell whoever runs this server, and try again later."
        ),
        "series_of_safe": gettext(
            "What may be passed on is made one event at a time: open each event's own page of files."
        ),
        "no_series": gettext("This survey is in no series with others that have opened."),
        "series_and_equality": gettext(
            "Questions that are counted apart come one event at a time: beside the other events' totals, those of a "
            "series would tell what is withheld."
        ),
        "no_question": gettext("This survey never had a question with the key “%(key)s”. The codebook lists all keys."),
        "no_edition": gettext("This survey has no edition %(number)s."),
        "no_language": gettext("The questions are not in the language “%(tag)s”. They are in: %(tags)s."),
        "edition_is_blanked": gettext(
            "Ordinary files don't say who saw which edition, so one can't be chosen there. Choose it in the full files."
        ),
        "edition_of_series": gettext("Events of a series have editions of their own: take these events one by one."),
        "part_of_safe": gettext("What may be passed on is made once and whole: nothing can be chosen in it."),
        "kinds_differ": gettext(
            "“%(key)s” is another kind of question in %(one)s than in %(other)s, so their answers can't stand in one "
            "column. Take these events one by one."
        ),
    }
    return sentences[refusal.code] % refusal.values
