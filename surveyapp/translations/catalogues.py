"""The attendees' words: found in the code, kept as one .po file a language, compiled to the .mo that the app reads."""

from collections.abc import Iterable, Iterator, Sequence
from io import BytesIO
from pathlib import Path
from typing import Any

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_file
from babel.messages.mofile import write_mo
from babel.messages.pofile import PoFileParser, write_po

from surveyapp.translations import rules

FOLDER = Path(__file__).parent
APP = FOLDER.parent
DOMAIN = "attendee"
SOURCES = (
    "answer/**/*.py",
    "cards/printing/words.py",
    "pages/**/*.py",
    "rendering/answer_errors.py",
    "rendering/event.py",
    "rendering/paper.py",
    "report/easy.py",
    "web/errors.py",
    "web/i18n.py",
    "templates/answer/*.html",
    "templates/pages/*.html",
    "templates/errors/*.html",
    "templates/rendering/*.html",
    "templates/layouts/attendee.html",
    "templates/components/header.html",
    "templates/components/look_form.html",
    "templates/components/news.html",
    "templates/components/question.html",
    "templates/components/sharing.html",
    "templates/components/symbols.html",
    "templates/components/words.html",
)
NOBODY = "nobody yet"
METHODS = {".py": "python", ".html": "jinja2.ext:babel_extract"}
KEYWORDS: dict[str, Any] = {"_": None, "gettext": None, "ngettext": (1, 2), "marked": None}

_ONE_OR_MORE, _MORE_THAN_ONE = "nplurals=2; plural=(n != 1)", "nplurals=2; plural=(n > 1)"
PLURALS = {  # CLDR's plural rules for whole numbers: zero, one, two, few, many, other
    "cy": "nplurals=6; plural=(n==0 ? 0 : n==1 ? 1 : n==2 ? 2 : n==3 ? 3 : n==6 ? 4 : 5)",
    "pl": "nplurals=3; plural=(n==1 ? 0 : n%10>=2 && n%10<=4 && (n%100<12 || n%100>14) ? 1 : 2)",
    "ro": "nplurals=3; plural=(n==1 ? 0 : n==0 || (n%100>0 && n%100<20) ? 1 : 2)",
    "ar": "nplurals=6; plural=(n==0 ? 0 : n==1 ? 1 : n==2 ? 2 : n%100>=3 && n%100<=10 ? 3 : n%100>=11 ? 4 : 5)",
    "pa": _MORE_THAN_ONE,
    "bn": _MORE_THAN_ONE,
    "gu": _MORE_THAN_ONE,
    "fa": _MORE_THAN_ONE,
    **dict.fromkeys(("ur", "pt", "ckb", "so", "es"), _ONE_OR_MORE),
}


class Catalogue(Catalog):
    """A catalogue whose header says what matters and no moment or program, so that the same words give the same file.

    `checked_by` names the native reader who checked it, or says that nobody has yet.
    """

    checked_by = NOBODY

    @property
    def mime_headers(self) -> list[tuple[str, str]]:
        """The header's lines."""
        tag = self.locale_identifier or ""
        return [
            ("Language", tag),
            ("Plural-Forms", PLURALS[tag]),
            ("X-Checked-By", self.checked_by),
            ("MIME-Version", "1.0"),
            ("Content-Type", "text/plain; charset=utf-8"),
            ("Content-Transfer-Encoding", "8bit"),
        ]

    @mime_headers.setter
    def mime_headers(self, headers: Iterable[tuple[str, str]]) -> None:
        lines = {name.lower(): value for name, value in headers}
        self.checked_by = lines.get("x-checked-by", "").strip() or NOBODY

    @property
    def num_plurals(self) -> int:
        """How many forms a counted thing has."""
        return int(self.plural_forms.partition("=")[2].partition(";")[0])

    @property
    def plural_forms(self) -> str:
        """The rule that picks one of them."""
        return dict(self.mime_headers)["Plural-Forms"]


def extracted() -> Catalog:
    """Every message of the attendees' code and pages, in the order of the files."""
    found = Catalog(header_comment="")
    for path in sources():
        options = {"newstyle_gettext": "true"}
        for _line, message, comments, _context in extract_from_file(METHODS[path.suffix], path, KEYWORDS, (), options):
            found.add(message, None, [(path.relative_to(APP).as_posix(), 0)], auto_comments=comments)
    return found


def sources() -> Iterator[Path]:
    """The files that hold words for attendees."""
    for pattern in SOURCES:
        yield from sorted(APP.glob(pattern))


def path_of(tag: str, suffix: str = ".po") -> Path:
    """Where a language's catalogue lies."""
    return FOLDER / tag / "LC_MESSAGES" / f"{DOMAIN}{suffix}"


def read(tag: str) -> Catalogue:
    """A language's catalogue as it is kept; empty where there is none yet."""
    comment = f"# The words that attendees read: {tag}."
    catalogue = Catalogue(locale=tag, domain=DOMAIN, header_comment=comment, fuzzy=False)
    if path_of(tag).exists():
        with path_of(tag).open("rb") as file:
            PoFileParser(catalogue, abort_invalid=True).parse(file)
    return catalogue


def brought_up_to_date(tag: str) -> Catalogue:
    """A language's catalogue with every message of the code and no other; new ones are empty."""
    catalogue = read(tag)
    catalogue.update(extracted(), no_fuzzy_matching=True)
    catalogue.obsolete.clear()
    return catalogue


def catalogue_bytes(catalogue: Catalogue) -> bytes:
    """A catalogue as the bytes of its .po file."""
    text = BytesIO()
    write_po(text, catalogue, width=0, include_lineno=False)
    return text.getvalue()


def compiled(catalogue: Catalogue) -> bytes:
    """A catalogue as the bytes of its .mo file, without what is unfinished: that is said in English."""
    finished = Catalogue(locale=catalogue.locale, fuzzy=False)
    finished.checked_by = catalogue.checked_by
    for message in catalogue:
        if message.id and is_finished(message):
            finished[message.id] = message
    binary = BytesIO()
    write_mo(binary, finished)
    return binary.getvalue()


def unfinished(catalogue: Catalogue) -> list[str]:
    """The English of what is empty or marked fuzzy."""
    return [english_of(message)[0] for message in catalogue if message.id and not is_finished(message)]


def is_finished(message: Message) -> bool:
    """Whether every form is there, and nobody doubts it."""
    return not message.fuzzy and all(form.strip() for form in forms_of(message))


def catalogue_faults(catalogue: Catalogue) -> list[str]:
    """What breaks the rules, as sentences."""
    found: list[str] = []
    for message in catalogue:
        counted = len(english_of(message)) > 1
        for form in forms_of(message) if message.id else ():
            found += rules.translation_faults(english_of(message)[-1], form, counted=counted) if form else ()
    return found


def english_of(message: Message) -> Sequence[str]:
    """A message's English: one text, or singular and plural."""
    return [message.id] if isinstance(message.id, str) else list(message.id)


def forms_of(message: Message) -> Sequence[str]:
    """A message's translation: one text, or all the plural forms; empty ones are there."""
    said = message.string or ""
    return [said] if isinstance(said, str) else [form or "" for form in said]
