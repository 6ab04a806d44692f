"""What somebody sent after their sign-in had run out: it goes with them through the sign-in page, and is saved by hand.

It stays in their own page, sealed, and is stored nowhere. What came from another site is not kept, and nothing of it
is done by itself: signed in again, the person sees what they had typed and presses the button once more.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from flask import current_app, request
from itsdangerous import BadSignature, URLSafeSerializer

from surveyapp.web.origin import is_cross_site

LONGEST = 300_000
NEVER = frozenset({"csrf_token"})
SECRET = "password"  # noqa: S105 -- the name of a field that is never kept


@dataclass(frozen=True, slots=True)
class KeptForm:
    """Where a form was sent, and its fields in order."""

    path: str
    fields: tuple[tuple[str, str], ...]

    @property
    def words(self) -> list[str]:
        """What the person had typed, for them to see: what has more than one word, or is no mark of the form's."""
        return [value for name, value in self.fields if " " in value.strip()]


def is_worth_keeping() -> bool:
    """Whether the request is a form of ours that somebody filled in."""
    fields = list(_fields(request.form.items(multi=True)))
    if request.method != "POST" or is_cross_site() or any(SECRET in name for name, _value in fields):
        return False
    return 0 < sum(len(value) for _name, value in fields) <= LONGEST


def sealed(path: str) -> str:
    """This request's fields as text that only this site can have written."""
    return str(_sealer().dumps([path, list(_fields(request.form.items(multi=True)))]))


def unsealed(text: str) -> KeptForm | None:
    """The form that a text keeps, if we wrote it."""
    try:
        path, fields = _sealer().loads(text)
    except BadSignature:
        return None
    return KeptForm(path, tuple((name, value) for name, value in fields))


def _fields(sent: Iterable[tuple[str, str]]) -> Iterable[tuple[str, str]]:
    return ((name, value) for name, value in sent if name not in NEVER)


def _sealer() -> URLSafeSerializer:
    return URLSafeSerializer(current_app.config["SECRET_KEY"], salt="kept form")
