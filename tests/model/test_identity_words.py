"""Whether words ask who somebody is: plain cases in fourteen languages, and no false alarm on what looks like them."""

import pytest

from surveyapp.editing.library import module, ready_surveys
from surveyapp.editing.library.known import spoken_in
from surveyapp.model.asking_who import suspects
from surveyapp.model.identity_words import ask_who_somebody_is
from surveyapp.model.languages import TRANSLATED

ASKING = (
    "What is your name?", "Name", "YOUR NAME", "1. Full name (optional)", "Email or phone", "Your e-mail address",
    "What's your NHS number?", "Date of birth", "D.O.B.", "If you want a reply, leave your email.",
    "How can we contact you?", "Address", "What are you called?", "Please write your name here", "Who are you?",
    "If you don't mind, what's your name?", "Why not give your name?", "Do not forget to write your name",
    "Best number to reach you on", "Your signature", "What is your mother's name?", "About you: name, email",
    "What is your booking reference?", "Your home postcode", "What is your n\u200bame?",
    "E-mail (for a reply)", "Name (of the patient)", "Date of birth (dd/mm/yyyy)", "Give your email to enter the draw",
    "Leave a contact number", "May we have your full name and address?", "What are your contact details?",
    "Would you like a reply? If so, how can we reach you?", "Name of your child", "When was your child born?",
    "What is the date of the birth of your child?",
)  # fmt: skip
NOT_ASKING = (
    "", "What's the name of your group?", "What is the name of your hospital?", "Name of your carers group",
    "How did you hear about us?", "How did you hear about us (email, poster)?", "Did we address the problem?",
    "You can email us at events@example.org", "Was the phone line good?", "Did you answer on your phone?",
    "Name one thing you liked", "Please do not give your name or email.", "Don't write your name.",
    "Could you read your name badge?", "What is the first part of your postcode?",
    "What was the name of the speaker you liked?", "Did the email invitation reach you?",
    "Was the email address on the poster easy to read?", "Was the phone number easy to find?",
    "What name would you give this project?", "Did staff tell you their names?", "Is this the right place to meet?",
    "How easy was it to contact us?", "We will not say who you are.",
)  # fmt: skip
MODULES = ("equality", "equality_more", "quote_permission", "stopped_coming", "who_are_you")
ELSEWHERE = {
    "ar": ("ما اسمك؟", "البريد الإلكتروني", "تاريخ الميلاد"),
    "bn": ("আপনার নাম কী?", "ফোন নম্বর", "জন্ম তারিখ"),
    "ckb": ("ناوت چییە؟", "ژمارەی مۆبایل", "بەرواری لەدایکبوون"),
    "cy": ("Beth yw eich enw?", "Rhif ffôn", "Dyddiad geni"),
    "es": ("¿Cómo se llama usted?", "Correo electrónico", "Su fecha de nacimiento"),
    "fa": ("نام شما چیست؟", "شمارهٔ تلفن", "تاریخ تولد"),
    "gu": ("તમારું નામ શું છે?", "ફોન નંબર", "જન્મ તારીખ"),
    "pa": ("ਤੁਹਾਡਾ ਨਾਮ ਕੀ ਹੈ?", "ਫ਼ੋਨ ਨੰਬਰ", "ਜਨਮ ਮਿਤੀ"),
    "pl": ("Imię i nazwisko", "Jaki jest Twój adres e-mail?", "Proszę podać datę urodzenia"),
    "pt": ("Qual é o seu nome?", "Número de telemóvel", "Data de nascimento"),
    "ro": ("Care este numele dumneavoastră?", "Adresa de e-mail", "Data nașterii"),
    "so": ("Magacaagu waa maxay?", "Lambarka telefoonka", "Taariikhda dhalashada"),
    "ur": ("آپ کا نام کیا ہے؟", "فون نمبر", "تاریخ پیدائش"),
}


@pytest.mark.parametrize("text", ASKING)
def test_words_that_ask_who_somebody_is(text: str) -> None:
    assert ask_who_somebody_is(text)


@pytest.mark.parametrize("text", NOT_ASKING)
def test_words_that_only_look_like_it(text: str) -> None:
    assert not ask_who_somebody_is(text)


@pytest.mark.parametrize(("tag", "text"), [(tag, text) for tag, texts in ELSEWHERE.items() for text in texts])
def test_words_in_the_other_languages(tag: str, text: str) -> None:
    assert ask_who_somebody_is(text), tag


def test_every_language_is_known() -> None:
    assert ELSEWHERE.keys() == set(TRANSLATED)


def test_how_somebody_can_be_reached_tells_nothing_where_it_is_only_chosen() -> None:
    assert ask_who_somebody_is("How can we contact you?")
    assert not ask_who_somebody_is("How can we contact you?", typed=False)


def test_no_ready_survey_seems_to_ask_it_in_any_language() -> None:
    for ready in (*ready_surveys().values(), *map(module, MODULES)):
        assert suspects(spoken_in(ready, TRANSLATED)) == {}
