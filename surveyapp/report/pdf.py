"""Parts of the report as a tagged PDF: headings, paragraphs, tables and faces, one after the other."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from flask_babel import gettext

from surveyapp.model.symbols import FOLDER as SYMBOL_FILES
from surveyapp.model.symbols import SYMBOLS
from surveyapp.rendering.localized_text import LocalizedText
from surveyapp.rendering.typesetting.fonts import FAMILIES
from surveyapp.rendering.typesetting.pdf import typeset
from surveyapp.report.content import ACTIONS_IN_SHORT, QUOTES_IN_SHORT, QuoteGroup, Report
from surveyapp.report.easy import Easy
from surveyapp.report.findings import QuestionFinding, bound_sentence, good_sentence, mean_sentence
from surveyapp.web.formatting import day

TEMPLATE = Path(__file__).with_name("report.typ")
Block = dict[str, Any]


def board_pdf(made: Report) -> bytes:
    """Two pages for the board. Raises NoFontError."""
    return _typeset(made, [*_head(made), *(_board(made) if made.shows_figures else ())])


def everything_pdf(made: Report) -> bytes:
    """Every question with its facts. Raises NoFontError."""
    return _typeset(made, [*_head(made), *(_everything(made) if made.shows_figures else ())])


def easy_pdf(made: Report, easy: Easy) -> bytes:
    """The easy-read page in its language. Raises NoFontError."""
    return _typeset(made, list(_easy(made, easy)), language=easy.language, direction=easy.direction, size=15)


def _typeset(
    made: Report, blocks: Sequence[Block], language: str = "en", direction: str = "ltr", size: int = 10
) -> bytes:
    name = gettext("Report: %(title)s", title=made.survey.title)
    data = {
        "name": name,
        "lang": language.partition("-")[0],
        "dir": direction,
        "size": str(size),
        "fonts": FAMILIES,
        "blocks": blocks,
    }
    return typeset(TEMPLATE, data, name + "".join(_texts(blocks)))


def _texts(blocks: Sequence[Block]) -> Iterator[str]:
    for block in blocks:
        yield block.get("text", "")
        yield from (face["text"] for face in block.get("faces", ()))
        yield from block.get("head", ())
        yield from (cell["text"] for row in block.get("rows", ()) for cell in row)


def _said(kind: str, said: LocalizedText | str, **more: Any) -> Block:
    words = LocalizedText(said) if isinstance(said, str) else said
    return {"kind": kind, "text": words.text, "lang": words.lang.partition("-")[0], **more}


def _head(made: Report) -> Iterator[Block]:
    yield _said("heading", made.survey.title, level=1)
    when = [day(made.survey.event_date) if made.survey.event_date else "", made.survey.place]
    yield _said("text", " · ".join(filter(None, when)) or gettext("Report"))
    yield _said("large", made.rate)
    yield _said("text", made.others)


def _board(made: Report) -> Iterator[Block]:
    yield _said("heading", gettext("In short"), level=2)
    for one in made.headlines:
        yield _said("heading", one.title, level=3)
        told = (mean_sentence(one), good_sentence(one), bound_sentence(one, made.attendance))
        yield from (_said("text", sentence) for sentence in told if sentence)
    yield from _quotes(made.quotes[:QUOTES_IN_SHORT])
    yield from _actions(made, ACTIONS_IN_SHORT)
    yield {"kind": "page"}
    yield _said("heading", gettext("All ratings, from 1 to 5"), level=2)
    head = [gettext("Question"), gettext("Average"), gettext("Answers"), gettext("Said the best two answers")]
    yield {"kind": "table", "head": head, "rows": [_rating_row(one) for one in made.ratings]}
    yield from _how(made)


def _rating_row(one: QuestionFinding) -> list[Block]:
    good = "" if one.good is None else gettext("%(good)s of %(n)s", good=one.good, n=one.n)
    n = gettext("withheld") if one.n is None else str(one.n)
    return [_cell(one.title), _cell(one.mean or "–"), _cell(n), _cell(good)]


def _everything(made: Report) -> Iterator[Block]:
    yield _said("heading", gettext("Every question"), level=2)
    for one in made.findings:
        yield _said("heading", one.title, level=3)
        if one.shown_rows:
            head = [gettext("Answer"), gettext("Number"), gettext("Share")]
            yield {"kind": "table", "head": head, "rows": [*_rows(one)]}
        yield from (_said("text", fact) for fact in one.facts)
    yield from _quotes(made.quotes)
    yield from _actions(made, len(made.actions))
    yield from _how(made)


def _rows(one: QuestionFinding) -> Iterator[list[Block]]:
    for row in (*one.shown_rows, *(row for row in one.beside if row.count)):
        count = gettext("withheld") if row.count is None else str(row.count)
        share = int(row.share) if row.share else None
        yield [_cell(row.words), _cell(count), _cell(f"{row.share}%" if row.share else "", share)]


def _cell(said: LocalizedText | str, share: int | None = None) -> Block:
    return _said("cell", said, share=share)


def _quotes(quotes: Sequence[QuoteGroup]) -> Iterator[Block]:
    if quotes:
        yield _said("heading", gettext("In people's own words"), level=2)
    for quote in quotes:
        yield _said("quote", LocalizedText(f"{quote.text} ({quote.role})" if quote.role else quote.text, quote.lang))


def _actions(made: Report, most: int) -> Iterator[Block]:
    if made.actions:
        yield _said("heading", gettext("You said, we did"), level=2)
    for action in made.actions[:most]:
        yield _said("text", gettext("You said: %(said)s", said=f"{action.you_said} {made.said_by(action)}".strip()))
        cannot = gettext("We can't do this:")
        did = {"did": gettext("We did this:"), "will_do": gettext("We will do this:")}
        yield _said("text", f"{did.get(action.what, cannot)} {action.we_did}")


def _how(made: Report) -> Iterator[Block]:
    yield _said("heading", gettext("How this was worked out"), level=2)
    told = gettext("These figures were made on %(day)s and stay as they are.", day=day(made.made_on))
    limit = gettext(
        "Nothing is shown of fewer than five people, and no part of the event of fewer than %(limit)s.",
        limit=made.small_group,
    )
    yield _said("text", f"{told} {limit}")


def _easy(made: Report, easy: Easy) -> Iterator[Block]:
    yield _said("heading", LocalizedText(made.survey.title, easy.words_lang), level=1)
    yield _said("heading", easy.heading, level=2)
    yield from (_said("text", words) for words in (easy.came, easy.answered, easy.few) if words)
    for one in easy.findings:
        yield _said("heading", LocalizedText(one.title, one.lang), level=3)
        if one.number:
            yield {"kind": "faces", "faces": [_face(one.face, LocalizedText(one.number))]}
        yield {
            "kind": "faces",
            "faces": [_face(face.symbol, LocalizedText(face.words, face.lang)) for face in one.faces],
        }
        yield _said("text", one.people)
    if easy.actions:
        yield _said("heading", easy.did, level=3)
        for you_said, we_did in easy.actions:
            yield _said("text", LocalizedText(f"{you_said} {we_did}", easy.words_lang))


def _face(symbol: str, words: LocalizedText) -> Block:
    drawing = (SYMBOL_FILES / SYMBOLS[symbol].file).read_text(encoding="utf-8")
    return _said("face", words, drawing=drawing)
