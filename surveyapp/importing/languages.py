"""Languages as spreadsheets name them, `Cymraeg (cy)`: which language it is, and which of our three wordings."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache

from babel import Locale, UnknownLocaleError

from surveyapp.model.validation import LANGUAGE

DEFAULT = "en"
PARTS = ("easy", "short")
NATIVE = (
    "ar", "bg", "bn", "cy", "da", "de", "el", "es", "fa", "fi", "fr", "ga", "gd", "gu", "he", "hi", "hu", "it",
    "lt", "lv", "nl", "pa", "pl", "ps", "pt", "ro", "ru", "si", "sk", "so", "sq", "sv", "sw", "ta", "tr",
    "uk", "ur", "vi", "zh",
)  # fmt: skip
_TAGGED = re.compile(r"[(\[]\s*([A-Za-z][A-Za-z0-9_-]{1,40})\s*[)\]]\Z")
_TAG = re.compile(r"[A-Za-z]{2,3}([-_][A-Za-z0-9]{1,8})*")
_MARKS = re.compile(r"[()\[\]:]")
_EASY = re.compile(r"\beasy[ _-]*(?:read|words?)?\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class ColumnLanguage:
    """What a column of words is in: a language, and standard, easy or short wording."""

    tag: str
    part: str = "standard"


@dataclass(frozen=True, slots=True)
class Languages:
    """The columns' languages by the name in their headers, in order; those with full wording; names nobody knows."""

    by_name: Mapping[str, ColumnLanguage]
    tags: tuple[str, ...]
    in_full: frozenset[str]
    unknown: tuple[str, ...] = ()

    def said(self, name: str) -> ColumnLanguage | None:
        """What a column is in, by the name in its header; "" is a header without a language."""
        return self.by_name.get(name)


def languages_of(names: Iterable[str], default: str = "", *, unnamed: bool = False) -> Languages:
    """Read the languages' names of a form's headers; `default` is the name of the form's own default language.

    `unnamed` says that the questions have words without a language's name, which then are in a language of their own;
    other columns without one are in the first language.
    """
    listed = [name for name in dict.fromkeys(names) if name or unnamed]
    first = [name for name in listed if name and default and name.lower() == default.lower()]
    known = column_language(default) if default else None
    own = known.tag if known else ""
    by_name: dict[str, ColumnLanguage] = {}
    unknown = []
    for name in [*first, *listed]:
        found = column_language(name, own or _first_tag(by_name)) if name else ColumnLanguage(own or DEFAULT)
        if found:
            by_name[name] = found
        elif name not in unknown:
            unknown.append(name)
    if not by_name and unknown:  # the only language there is: its words are kept
        by_name[unknown[0]] = ColumnLanguage(DEFAULT)
    in_full = frozenset(said.tag for said in by_name.values() if said.part == "standard")
    by_name.setdefault("", ColumnLanguage(own or _first_tag(by_name)))
    tags = tuple(dict.fromkeys(said.tag for said in by_name.values()))
    return Languages(by_name, tags, in_full, tuple(unknown))


def column_language(name: str, own: str = DEFAULT) -> ColumnLanguage | None:
    """What `English (en)`, `Easy read (en-x-easy)`, `Français` or `cy` names; None for what nobody knows."""
    name = name.strip()
    tagged = _TAGGED.search(name)
    words, tag = (name[: tagged.start()].rstrip(), tagged[1]) if tagged else (name, "")
    if not tag:
        tag = _known_names().get(words.lower(), "") or (words if _TAG.fullmatch(words) and _is_language(words) else "")
    part = "easy" if _EASY.search(words) else "standard"
    if not tag and part == "easy":
        tag = own or DEFAULT
    tag, ending = _split(tag.replace("_", "-"))
    tidy = _tidy(tag)
    return ColumnLanguage(tidy, ending or part) if LANGUAGE.fullmatch(tidy) else None


def column_header(tag: str, part: str = "standard") -> str:
    """The header's name of a language and wording: `Welsh (cy)`, `Easy read (en-x-easy)`."""
    try:
        name = Locale.parse(tag, sep="-").get_display_name(DEFAULT) or tag
    except (UnknownLocaleError, ValueError):
        name = tag
    name = _MARKS.sub("", name)
    if part == "standard":
        return f"{name} ({tag})"
    manner = {"easy": "Easy read", "short": "Short words"}[part]
    return f"{manner if tag == DEFAULT else f'{manner} {name}'} ({tag}-x-{part})"


def _split(tag: str) -> tuple[str, str]:
    """A tag without our own private ending, and the wording that the ending names."""
    for part in PARTS:
        if tag.lower().endswith(f"-x-{part}"):
            return tag[: -len(part) - 3], part
    return tag, ""


def _tidy(tag: str) -> str:
    """A tag as it is usually written: `pt-BR`, `zh-Hant`."""
    first, *rest = tag.split("-")
    cased = [part.upper() if len(part) == 2 else part.title() if len(part) == 4 else part.lower() for part in rest]
    return "-".join([first.lower(), *cased])


def _is_language(tag: str) -> bool:
    return tag.replace("_", "-").split("-")[0].lower() in Locale.parse(DEFAULT).languages


def _first_tag(by_name: Mapping[str, ColumnLanguage]) -> str:
    return next((said.tag for said in by_name.values()), DEFAULT)


@cache
def _known_names() -> Mapping[str, str]:
    """Languages' names, in English and their own: name in small letters → tag."""
    english = Locale.parse(DEFAULT).languages
    names = {str(name).lower(): str(tag).replace("_", "-") for tag, name in english.items()}
    for tag in NATIVE:
        names[str(Locale.parse(tag).get_language_name(tag)).lower()] = tag
    return names
