"""Which questions ask who somebody is, and whether the organiser was told what that does and wants it all the same.

Of a draft, a question asks it where it is marked so, or where its words seem to and nobody has said otherwise. Words
are those of every language and wording, of its help, of an answer that asks for more words, and of the notes just
above it. Of an edition the mark alone decides: none is published before the organiser has answered for each suspect,
and what was published earlier promised what it promised, whatever words are known since.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from surveyapp.model.identity_words import ask_who_somebody_is
from surveyapp.model.kinds.registry import kind_of
from surveyapp.model.questionnaire import Question, Questionnaire, Words, other_text_key

Suspects = Mapping[str, tuple[str, ...]]
"""Keys of questions that seem to ask who somebody is, with the words by which they do."""


def suspects(questionnaire: Questionnaire) -> Suspects:
    """The questions whose words seem to ask who somebody is, whatever they are marked as."""
    found: dict[str, tuple[str, ...]] = {}
    above: list[Question] = []
    for question in questionnaire.questions:
        if not question.asks:
            above.append(question)
            continue
        if words := tuple(dict.fromkeys(_asking(question, above))):
            found[question.key] = words
        above = []
    return found


def asking_who(questionnaire: Questionnaire) -> tuple[str, ...]:
    """The keys of a draft's questions that ask who somebody is: those marked so, and those whose words seem to."""
    seeming = suspects(questionnaire)
    return tuple(
        one.key for one in questionnaire.linked if one.asks_who != "no" and (one.asks_who or one.key in seeming)
    )


def marked_keys(questionnaire: Questionnaire) -> tuple[str, ...]:
    """The keys of the questions that are marked as asking who somebody is, whatever their words seem to."""
    return tuple(one.key for one in questionnaire.linked if one.asks_who in ("yes", "accepted"))


def marked_as_it_seems(draft: Questionnaire) -> Questionnaire:
    """A draft as it is tried out: what seems to ask who somebody is, is marked so."""
    asking = set(asking_who(draft)).difference(marked_keys(draft))
    if not asking:
        return draft
    questions = tuple(replace(one, asks_who="yes") if one.key in asking else one for one in draft.questions)
    return replace(draft, questions=questions)


def not_accepted(questionnaire: Questionnaire) -> tuple[str, ...]:
    """The keys of those of which the organiser hasn't accepted yet what asking it does."""
    return tuple(key for key in asking_who(questionnaire) if questionnaire.question(key).asks_who != "accepted")


def tells_who(questionnaire: Questionnaire) -> bool:
    """Whether answers to it, or to an edition before it, tell who somebody is, by its marks."""
    return questionnaire.asked_who or bool(marked_keys(questionnaire))


def telling_keys(editions: Iterable[Questionnaire]) -> frozenset[str]:
    """Under which keys answers tell who somebody is, as any edition is marked: questions, and words beside choices."""
    return frozenset(key for edition in editions for key in _telling_keys(edition))


def in_new_survey(questionnaire: Questionnaire, *, from_own: bool = False) -> Questionnaire:
    """A questionnaire as a new survey begins with it: what was accepted elsewhere is asked anew.

    That a question doesn't ask it, though its words seem to, is believed only of the team's own earlier survey.
    """
    seeming = suspects(questionnaire)
    questions = tuple(
        _asked_anew(one, is_believed=from_own or one.key not in seeming) for one in questionnaire.questions
    )
    return replace(questionnaire, questions=questions, asked_who=False)


def without_outdated_denials(before: Questionnaire, after: Questionnaire) -> Questionnaire:
    """An edit without those marks “doesn't ask it” that were given to other words than are there now."""
    if all(one.asks_who != "no" for one in after.questions):
        return after
    known, now = suspects(before), suspects(after)
    outdated = {key for key, words in now.items() if not set(words) <= set(known.get(key, ()))}
    return replace(
        after,
        questions=tuple(
            replace(one, asks_who=None) if one.asks_who == "no" and one.key in outdated else one
            for one in after.questions
        ),
    )


def may_ask_who(question: Question) -> bool:
    """Whether an answer to it can tell who somebody is: words, a number, or one of several choices of a response."""
    return question.linked and (kind_of(question).identifying != "never" or question.other_choice is not None)


def without_idle_mark(question: Question) -> Question:
    """A question without a mark that it asks who somebody is, where no answer to it can tell."""
    is_marked = question.asks_who in ("yes", "accepted")
    return replace(question, asks_who=None) if is_marked and not may_ask_who(question) else question


def _asking(question: Question, above: Iterable[Question]) -> Iterator[str]:
    """The texts of a question, and of the notes above it, that seem to ask who somebody is."""
    if not may_ask_who(question):
        return
    is_typed = kind_of(question).identifying == "typed"
    for words in _words(question, above):
        yield from (text for text in _texts(words) if ask_who_somebody_is(text, typed=is_typed))
    if question.other_choice:
        yield from (text for text in _texts(question.other_choice.words) if ask_who_somebody_is(text))


def _words(question: Question, above: Iterable[Question]) -> Iterator[Words]:
    for one in (question, *above):
        yield one.words
        yield one.help


def _texts(words: Words) -> Iterator[str]:
    return (text for wording in words.values() for text in (wording.standard, wording.easy, wording.short) if text)


def _telling_keys(edition: Questionnaire) -> Iterator[str]:
    for key in marked_keys(edition):
        yield key
        if edition.question(key).other_choice:
            yield other_text_key(key)


def _asked_anew(question: Question, *, is_believed: bool) -> Question:
    if question.asks_who == "accepted":
        return replace(question, asks_who="yes")
    if question.asks_who == "no" and not is_believed:
        return replace(question, asks_who=None)
    return question
