"""The interface's language: the page's own, never the cookie's or the browser's.

What attendees read is a gettext domain of its own ("attendee"): a catalogue a language in `surveyapp/translations`.
Organisers' pages are in English.
"""

from functools import cache
from gettext import NullTranslations

from babel import Locale, UnknownLocaleError
from babel.support import Translations
from flask import Flask, current_app, g
from flask_babel import Babel, refresh

from surveyapp.model.languages import LANGUAGES, TRANSLATED

RIGHT_TO_LEFT = frozenset({"arc", "pnb", "prs"})  # written so, and not in CLDR

BRITISH = "en_GB"
DOMAIN = "attendee"
NOBODY = "nobody yet"


def marked(words: str) -> str:
    """Words for the catalogues that are looked up later, in another language than the page's."""
    return words


NOT_CHECKED = marked("This translation has not been checked by a person yet.")


def init_app(app: Flask) -> None:
    """Give templates `_()`, and what they say of languages."""
    Babel(app, locale_selector=interface_language, default_domain=DOMAIN)
    app.jinja_env.globals.update(
        direction=direction,
        english_name=english_name,
        interface_languages=interface_languages,
        is_translated=is_translated,
        language_name=language_name,
        not_checked=not_checked,
        unchecked_languages=unchecked_languages,
    )


def use_language(tag: str) -> None:
    """Say everything in this language from now on in this request."""
    g.language = tag
    refresh()


def interface_language() -> str:
    """The locale of the language that the route chose for this page; English where none was, or one without words."""
    chosen: str = g.get("language", "en")
    locale = None if chosen.partition("-")[0] == "en" else _locale(chosen)
    return str(locale or BRITISH)


def interface_languages() -> tuple[str, ...]:
    """The languages that the interface speaks."""
    return tuple(tag for tag in LANGUAGES if is_translated(tag))


def is_translated(tag: str) -> bool:
    """Whether the interface speaks a language."""
    return tag.partition("-")[0] == "en" or _spoken(tag).gettext(NOT_CHECKED) != NOT_CHECKED


def unchecked_languages() -> tuple[str, ...]:
    """The languages of the interface whose words no native reader has checked."""
    return tuple(tag for tag in TRANSLATED if is_translated(tag) and not _is_checked(tag))


def not_checked(tag: str) -> str:
    """The sentence that a translation is unchecked, in that language."""
    return _spoken(tag).gettext(NOT_CHECKED)


def language_name(tag: str) -> str:
    """A language's name in itself: Cymraeg, اردو."""
    locale = _locale(tag)
    name = locale.get_display_name(locale) if locale else None
    return (name or tag).capitalize()


def english_name(tag: str) -> str:
    """A language's name for organisers: Welsh, Central Kurdish."""
    locale = _locale(tag)
    return (locale.get_display_name("en") if locale else None) or tag


def direction(language: str) -> str:
    """`rtl` or `ltr` for a language tag, by CLDR: Panjabi is written from the left, and as `pa-Arab` from the right."""
    locale = _locale(language)
    if locale:
        return locale.text_direction
    return "rtl" if language.partition("-")[0] in RIGHT_TO_LEFT else "ltr"


@cache
def _locale(tag: str) -> Locale | None:
    try:
        return Locale.parse(tag, sep="-")
    except (UnknownLocaleError, ValueError):
        return None


def _is_checked(tag: str) -> bool:
    return _spoken(tag).info().get("x-checked-by", NOBODY) != NOBODY


def _spoken(tag: str) -> NullTranslations:
    """A language's catalogue; without words for a language that has none."""
    return _catalogue(current_app.root_path, tag)


@cache
def _catalogue(root: str, tag: str) -> NullTranslations:
    locale = _locale(tag)
    return Translations.load(f"{root}/translations", [locale], DOMAIN) if locale else NullTranslations()
