"""What the buttons beside an entry do: move it, take it down, remove it; and how each is told."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from flask_babel import gettext
from sqlalchemy.orm import Session

from surveyapp.model.action import Action, link_notes, with_action_moved
from surveyapp.model.survey import Survey, today_at
from surveyapp.results.actions.words import outcome_name


@dataclass(frozen=True, slots=True)
class Arranged:
    """What to say now, and what to write down of it; nothing is written down where nothing was done."""

    said: str
    what: str = ""


Arrange = Callable[[Session, list[Action], Action], Arranged]


def with_entry_moved(session: Session, actions: list[Action], button: str) -> Arranged:
    """Do what a button `<what>:<id>` says."""
    doing, _, id_ = button.partition(":")
    if doing not in BUTTONS:
        return Arranged(gettext("Press one of the buttons beside an entry."))
    action = next((one for one in actions if str(one.id) == id_), None)
    if action is None:
        return Arranged(gettext("That entry is not there any more."))
    return BUTTONS[doing](session, actions, action)


def _moved_by(step: int, session: Session, actions: list[Action], action: Action) -> Arranged:
    if not with_action_moved(actions, action, step):
        end = gettext("It is the first already.") if step < 0 else gettext("It is the last already.")
        return Arranged(f"{outcome_name(action)}: {end}")
    session.flush()
    place = actions.index(action) + step + 1
    said = gettext("“%(name)s” moved. It is now number %(place)s.", name=outcome_name(action), place=place)
    return Arranged(said, "moved an entry of “You said, we did”")


def _moved_up(session: Session, actions: list[Action], action: Action) -> Arranged:
    return _moved_by(-1, session, actions, action)


def _moved_down(session: Session, actions: list[Action], action: Action) -> Arranged:
    return _moved_by(1, session, actions, action)


def _taken_down(_session: Session, _actions: list[Action], action: Action) -> Arranged:
    if not action.is_published:
        return Arranged(gettext("“%(name)s” is not published.", name=outcome_name(action)))
    action.take_down()
    said = gettext("“%(name)s” is taken down. People can't read it any more.", name=outcome_name(action))
    return Arranged(said, "took down an entry of “You said, we did”")


def _removed(session: Session, _actions: list[Action], action: Action) -> Arranged:
    link_notes(session, action, None)
    session.delete(action)
    was = "a published" if action.is_published else "an"
    return Arranged(
        gettext("“%(name)s” is removed.", name=outcome_name(action)), f"removed {was} entry of “You said, we did”"
    )


def _kept(session: Session, _actions: list[Action], action: Action) -> Arranged:
    if not action.is_promise:
        return Arranged(gettext("“%(name)s” promises nothing.", name=outcome_name(action)))
    zone = session.get_one(Survey, action.survey_id).zone
    action.keep_promise(today_at(zone))
    said = gettext("“%(name)s” is kept. People who open the news read that it is done.", name=outcome_name(action))
    return Arranged(said, "told that a promise of “You said, we did” is kept")


def _not_kept(_session: Session, _actions: list[Action], action: Action) -> Arranged:
    action.promise_again()
    said = gettext("“%(name)s” is not done after all. People read that.", name=outcome_name(action))
    return Arranged(said, "told that a promise of “You said, we did” is not kept after all")


BUTTONS: Mapping[str, Arrange] = {
    "up": _moved_up,
    "down": _moved_down,
    "kept": _kept,
    "not_kept": _not_kept,
    "take_down": _taken_down,
    "remove": _removed,
}
