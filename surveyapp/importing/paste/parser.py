"""What each line of a paste is taken for, and the questions that they make."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

from surveyapp.importing.paste.answers_known import is_answer
from surveyapp.importing.paste.inline_answers import InlineAnswers, Points, answers_alone, boxed_alone
from surveyapp.importing.paste.marks import NO_MARK, ListMarker
from surveyapp.importing.paste.parsed_question import ParsedQuestion, parsed_question
from surveyapp.importing.paste.phrases import phrase_of
from surveyapp.importing.paste.source_lines import SourceLine

LineRole = Literal["title", "heading", "question", "answer", "answers", "out"]
LeftOutReason = Literal["", "line", "instruction", "program", "mail", "thanks", "number", "chosen"]
FARTHEST = 12  # lines below that are looked at, or a thousand would be looked at a thousand times
Scale = tuple[str, ...] | Points


@dataclass(slots=True)
class Draft:
    """A question, a note or the title as it stands in the text, and the answers below it.

    `ends` are what the ends of a scale are called that stands below. `kind` is how somebody chose that it is answered;
    `is_plain` says that its answers have no marks, `squares` that they have square boxes.
    """

    says: Literal["title", "note", "question"]
    words: str
    number: int
    mark: ListMarker = NO_MARK
    indent: int = 0
    answers: list[str] = field(default_factory=list)
    several: bool | None = None
    ending: str = ""
    points: Points | None = None
    ends: tuple[str, ...] = ()
    kind: str = ""
    is_plain: bool = False
    squares: bool = False

    @property
    def is_open(self) -> bool:
        """Whether nothing is said yet of how it is answered."""
        return not (self.answers or self.points or self.ending)


@dataclass(slots=True)
class ParsedLine:
    """One line and what it was taken for; `why` says more of a line that is left out."""

    line: SourceLine
    take: LineRole
    why: LeftOutReason = ""


@dataclass(slots=True)
class PasteParser:
    """The lines of a paste while they are read, one after the other.

    `scale` is offered for each of the lines below, as in a table; `items` is the mark that these lines have.
    """

    lines: Sequence[SourceLine]
    chosen: Mapping[int, str]
    is_numbered: bool = False
    is_bold: bool = False
    drafts: list[Draft] = field(default_factory=list)
    taken: list[ParsedLine] = field(default_factory=list)
    asked: Draft | None = None
    several: bool | None = None
    scale: Scale | None = None
    items: str = ""
    is_table: bool = False
    is_signing: bool = False

    @property
    def place(self) -> int:
        """Which line is read now."""
        return len(self.taken)

    @property
    def last(self) -> ParsedLine | None:
        """What the line above was taken for."""
        return self.taken[-1] if self.taken else None

    def next(self, after: int = 0) -> SourceLine | None:
        """The line below, or one farther down, that isn't only there to say how to answer or to write on."""
        left = after
        for place in range(self.place + 1, min(self.place + FARTHEST, len(self.lines))):
            line = self.lines[place]
            phrase = phrase_of(line.words, line.mark.kind)
            if line.is_nothing or (phrase and phrase.what in ("one", "several", "write", "program")):
                continue
            if not left:
                return line
            left -= 1
        return None

    def has_answers(self) -> bool:
        """Whether the line below can only be an answer; a number alone is one where another number follows."""
        below, after = self.next(), self.next(1)
        if below and below.mark.kind == "alone":
            return bool(after and after.mark.kind == "alone")
        return looks_like_answer(below)

    def ask(self, line: SourceLine, asked: ParsedQuestion | None = None, *, kind: str = "") -> Draft:
        """Take a line as a question."""
        read = asked or parsed_question(line.words)
        several = read.several if read.several is not None else self.several
        draft = Draft("question", read.words, line.number, line.mark, line.indent, list(read.answers), several)
        draft.ending, draft.points, draft.kind = read.ending, read.points, kind
        self.several = None
        self._add(draft, line, "question")
        self.asked = draft
        return draft

    def note(self, line: SourceLine, words: str = "", *, is_title: bool = False) -> None:
        """Take a line as words to read, or as what the survey is called."""
        self._add(Draft("title" if is_title else "note", words or line.words, line.number), line, "heading")
        self.taken[-1].take = "title" if is_title else "heading"
        self.asked = None

    def answer(self, line: SourceLine, words: str = "") -> None:
        """Take a line as an answer to the question above."""
        if self.asked is None:
            return self.note(line)
        self.asked.answers.append(words or line.words)
        self.asked.squares = self.asked.squares or (line.mark.kind == "box" and not line.mark.count)
        self.taken.append(ParsedLine(line, "answer"))
        return None

    def answers(self, line: SourceLine, found: Scale) -> None:
        """Take a line as all answers to the question above, or else as those to each line below."""
        asked = self.asked
        if asked and isinstance(found, Points) and (asked.is_open or asked.points):
            ends = asked.ends or ((asked.points.first_words, asked.points.last_words) if asked.points else ())
            asked.points = found if found.first_words else Points(found.first, found.last, *ends)
        elif self.asked and not isinstance(found, Points) and not self.asked.points:
            self.asked.answers.extend(found)
        self.taken.append(ParsedLine(line, "answers"))

    def leave_out(self, line: SourceLine, why: LeftOutReason) -> None:
        """Take a line as one that is no part of the survey."""
        self.taken.append(ParsedLine(line, "out", why))

    def _add(self, draft: Draft, line: SourceLine, take: LineRole) -> None:
        self.drafts.append(draft)
        self.taken.append(ParsedLine(line, take))


def line_of_answers(line: SourceLine) -> InlineAnswers | None:
    """The answers of a line that holds nothing else."""
    if line.mark.kind == "number":
        return None
    if line.mark.kind in ("bullet", "letter", "code"):
        return boxed_alone(line.text)
    return answers_alone(line.text)


def looks_like_answer(line: SourceLine | None) -> bool:
    """Whether a line can only be an answer: by its box, by its mark and words, or by its words."""
    if line is None:
        return False
    if line.mark.kind in ("box", "code", "alone") or line_of_answers(line):
        return True
    if line.mark.kind in ("bullet", "letter"):
        return not line.asks
    return not line.mark.kind and not line.cells and is_answer(line.words)
