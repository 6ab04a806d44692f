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
    "What is the date of the birth of your child?", "What is your number?", "Where do you live?", "Your details",
    "\U0001d416\U0001d421\U0001d41a\U0001d42d is your \U0001d427\U0001d41a\U0001d426\U0001d41e?",
    "\uff2e\uff41\uff4d\uff45", "Y\u200bour em\u200bail", "Do not write your surname, but your first name.",
    "Do not be shy: what is your name?", "We don't need your name, just your email address.",
    "Please don't write in pencil.\nYour name:", "Were you there, and what is your name?",
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
    "Do not write your name, address or phone number here.", "Please don't give us your name or email address.",
    "Do not include any personal details such as your name or date of birth.",
    "Please avoid writing your name or address.", "Please avoid names, phone numbers and your address.",
    "This is anonymous: we do not collect your name, email address or phone number.",
    "Do you feel safe in your street?", "Were you given a contact number?", "Were you happy with your seat number?",
    "How long have you lived at your address?", "When was your baby born?", "Did staff use your preferred name?",
    "Did staff ask your name?", "Do you know your NHS number?",
    "Proszę nie podawać swojego imienia i nazwiska, adresu ani numeru telefonu.",
    "Nie wpisuj tu swojego adresu e-mail.",
    "Ankieta jest anonimowa: nie zbieramy adresów e-mail, twoje imię nie jest potrzebne.",
    "Peidiwch ag ysgrifennu eich enw, eich cyfeiriad na'ch rhif ffôn yma.", "Nid ydym yn casglu eich enw na'ch e-bost.",
    "Peidiwch â rhoi eich enw na'ch dyddiad geni.", "Dydyn ni ddim yn gofyn am eich enw.",
    "Vă rugăm să nu scrieți numele dumneavoastră, adresa sau numărul de telefon.",
    "Nu ne dați numele sau adresa de e-mail.", "Este anonim: nu colectăm numele dumneavoastră sau data nașterii.",
    "No escriba su nombre, su dirección ni su número de teléfono.", "Por favor, no nos dé su nombre ni su correo.",
    "Es anónimo: no recogemos su nombre, correo electrónico ni número de teléfono.",
    "Não escreva o seu nome, a sua morada nem o número de telefone.", "Por favor, não nos dê o seu nome ou e-mail.",
    "É anónimo: não recolhemos o seu nome, endereço de email ou número de telefone.",
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


@pytest.mark.parametrize(
    "text",
    [
        "Nie zapomnij podać swojego imienia: imię i nazwisko",
        "Prosimy nie zapomnieć wpisać imię i nazwisko",
        "Peidiwch ag anghofio ysgrifennu eich enw",
        "Nu uitați să scrieți numele dumneavoastră",
        "No olvide escribir su nombre",
        "No dude en escribir su nombre",
        "Não se esqueça de escrever o seu nome",
    ],
)
def test_a_reminder_to_give_it_asks_for_it(text: str) -> None:
    assert ask_who_somebody_is(text)


def test_every_language_is_known() -> None:
    assert ELSEWHERE.keys() == set(TRANSLATED)


def test_how_somebody_can_be_reached_tells_nothing_where_it_is_only_chosen() -> None:
    assert ask_who_somebody_is("How can we contact you?")
    assert not ask_who_somebody_is("How can we contact you?", typed=False)


def test_no_ready_survey_seems_to_ask_it_in_any_language() -> None:
    for ready in (*ready_surveys().values(), *map(module, MODULES)):
        assert suspects(spoken_in(ready, TRANSLATED)) == {}
