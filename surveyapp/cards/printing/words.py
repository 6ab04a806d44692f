"""The words that every card carries, in the card's own language."""

from dataclasses import dataclass

from flask_babel import force_locale, gettext

from surveyapp.web.i18n import direction, is_translated

ENGLISH = "en"
BRITISH = "en_GB"


@dataclass(frozen=True, slots=True)
class CardWords:
    """What is printed beside the organiser's own words; `faces` pairs a symbol with its words, best first."""

    language: str
    direction: str
    question: str
    faces: tuple[tuple[str, str], ...]
    qr_code: str
    scan: str
    or_type: str
    your_code: str
    help: str
    so_far: str


def card_words(tag: str) -> CardWords:
    """The card's words in a language; in English where not all of its sentences are translated."""
    english = _said(ENGLISH)
    if tag.partition("-")[0] == ENGLISH or not is_translated(tag):
        return english
    said = _said(tag)
    sentences = ("question", "scan", "or_type", "your_code", "help", "so_far")
    return english if any(getattr(said, name) == getattr(english, name) for name in sentences) else said


def _said(tag: str) -> CardWords:
    with force_locale(BRITISH if tag == ENGLISH else tag.replace("-", "_")):
        return CardWords(
            language=tag,
            direction=direction(tag),
            question=gettext("What did you think of today?"),
            faces=(
                ("very_good", gettext("Very good")),
                ("good", gettext("Good")),
                ("okay", gettext("OK")),
                ("bad", gettext("Bad")),
                ("very_bad", gettext("Very bad")),
            ),
            qr_code=gettext("QR code of %(address)s"),
            scan=gettext("Scan this with your phone."),
            or_type=gettext("Or type:"),
            your_code=gettext("Your code:"),
            help=gettext("Ask us for paper or help."),
            so_far=gettext("Answers so far:"),
        )
