"""Which comments a page lists: by question, by what was done with them, by theme, some at a time."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from surveyapp.model.comment_note import NEW
from surveyapp.results.comments.queries import CommentedQuestion

PER_PAGE = 50

SHOWS: Mapping[str, Callable[[CommentedQuestion], bool]] = {
    "": lambda _one: True,
    "new": lambda one: one.note.status == NEW,
    "read": lambda one: one.note.status != NEW,
    "agreed": lambda one: one.may_quote,
    "quotes": lambda one: one.note.is_quote and one.may_quote,
    "traces": lambda one: bool(one.traces),
    "person": lambda one: one.needs_person,
}


@dataclass(frozen=True, slots=True)
class CommentFilter:
    """What the address asks for; `saved` names a comment that stays listed though its new note would hide it."""

    question: str = ""
    show: str = ""
    theme: str = ""
    page: int = 1
    saved: str = ""
    find: str = ""

    def has(self, one: CommentedQuestion) -> bool:
        """Whether a comment is wanted."""
        if one.id == self.saved:
            return True
        fits = self.question in ("", one.question) and self.theme in ("", one.note.theme) and self._finds(one)
        return fits and SHOWS.get(self.show, SHOWS[""])(one)

    def _finds(self, one: CommentedQuestion) -> bool:
        """Whether a comment, or its theme, has every word that is looked for."""
        said = f"{one.text} {one.note.theme}".casefold()
        return all(word in said for word in self.find.casefold().split())

    @property
    def query(self) -> dict[str, str]:
        """What stands in the address for it, without the page and what was saved."""
        asked = {"question": self.question, "show": self.show, "theme": self.theme, "find": self.find}
        return {name: value for name, value in asked.items() if value}


@dataclass(frozen=True, slots=True)
class Listing:
    """One page of comments; `all_` and `unread` count all of the survey's, `matching` those that were asked for."""

    shown: Sequence[CommentedQuestion]
    all_: int
    unread: int
    matching: int
    urgent: int
    page: int
    pages: int
    themes: Sequence[str]


def listing(comments: Iterable[CommentedQuestion], wanted: CommentFilter) -> Listing:
    """The page that is wanted, or the last one there is: who needs a person first.

    Else in the order of their ids, which says nothing of time.
    """
    every = sorted(comments, key=lambda one: (not one.needs_person, one.id))
    matching = [one for one in every if wanted.has(one)]
    pages = max(1, -(-len(matching) // PER_PAGE))
    page = min(max(1, wanted.page), pages)
    return Listing(
        shown=matching[(page - 1) * PER_PAGE : page * PER_PAGE],
        all_=len(every),
        unread=sum(not SHOWS["read"](one) for one in every),
        matching=len(matching),
        urgent=sum(one.needs_person for one in every),
        page=page,
        pages=pages,
        themes=sorted({one.note.theme for one in every if one.note.theme}, key=str.casefold),
    )
