"""A card's own words: in the card's language where all of them are translated, else wholly in English."""

import pytest
from flask import Flask
from flask_babel import get_locale

from surveyapp.cards.printing import words
from surveyapp.cards.printing.words import CardWords, card_words
from surveyapp.model.languages import TRANSLATED
from surveyapp.rendering.typesetting.fonts import missing_letters
from surveyapp.web.i18n import direction

URDU = {
    "What did you think of today?": "آج کا دن کیسا تھا؟",
    "Scan this with your phone.": "اسے فون سے اسکین کریں۔",
    "Or type:": "یا لکھیں:",
    "Your code:": "آپ کا کوڈ:",
    "Ask us for paper or help.": "کاغذ یا مدد کے لیے ہم سے پوچھیں۔",
    "Answers so far:": "اب تک کے جواب:",
}

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


def know(monkeypatch: pytest.MonkeyPatch, known: dict[str, str]) -> None:
    """Let these translations into Urdu be the only ones."""
    monkeypatch.setattr(words, "is_translated", lambda tag: tag == "ur")
    monkeypatch.setattr(words, "gettext", lambda text: known.get(text, text) if str(get_locale()) == "ur" else text)


def test_card_speaks_its_own_language(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    know(monkeypatch, URDU)
    with app.test_request_context():
        said = card_words("ur")
        assert (said.language, said.direction, said.help) == ("ur", "rtl", URDU["Ask us for paper or help."])
        assert card_words("en-AU").language == "en"


@pytest.mark.parametrize("missing", URDU)
def test_card_is_in_english_where_a_sentence_is_missing(
    app: Flask, missing: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    know(monkeypatch, {english: said for english, said in URDU.items() if english != missing})
    with app.test_request_context():
        assert (card_words("ur").language, card_words("ur").scan) == ("en", "Scan this with your phone.")
        assert card_words("tlh").language == "en"


@pytest.mark.parametrize("tag", TRANSLATED)
def test_every_language_of_the_product_has_all_of_a_cards_words(app: Flask, tag: str) -> None:
    with app.test_request_context():
        said, english = card_words(tag), card_words("en")
    assert (said.language, said.direction) == (tag, direction(tag))
    assert {symbol for symbol, _words in said.faces} == {symbol for symbol, _words in english.faces}
    assert len({words for _symbol, words in said.faces}) == 5
    assert missing_letters("".join(_texts(said))) == "", "the PDF's fonts have every letter"


def _texts(said: CardWords) -> tuple[str, ...]:
    return (said.question, said.scan, said.or_type, said.your_code, said.help, said.so_far, *dict(said.faces).values())
