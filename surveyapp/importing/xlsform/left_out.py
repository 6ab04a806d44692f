"""What a form could not bring along: gathered by reason while it is read, told in one plain sentence each."""

from collections.abc import Iterable

from surveyapp.importing.plain import quoted

REASONS = {
    "not_asked": "Left out, because people can't be asked here to {reason}: {names}.",
    "worked_out": "Left out, because it is filled in or worked out by a program, and not asked: {names}.",
    "never": "Left out, because its rule says that nobody is ever asked it: {names}.",
    "collected": "Left out, because nothing is collected here about the phone, the person or the time: {names}.",
    "unknown": "Left out, because nobody knows its type here: {names}.",
    "no_list": "Left out, because its list of answers is not on the sheet “choices”: {names}.",
    "too_few": "Left out, because it has fewer than two answers to choose from: {names}.",
    "no_type": "Left out, because the column “type” is empty beside it: {names}.",
    "unsound": "Left out, because it can't be kept as it stands: {names}.",
    "disabled": "Left out, because it is switched off in the form: {names}.",
    "repeat": "Asked once, not again for each person or thing: {names}.",
    "always": "Everybody is asked, because the rule for when to ask can't be kept: {names}.",
    "any_answer": "Any answer is taken, because the rule for what may be answered can't be kept: {names}.",
    "all_choices": "All answers are always offered, because the rule for which to offer can't be kept: {names}.",
    "needed": "Any question may be skipped here, also those that had to be answered in the form ({count}).",
    "date": "Answered in people's own words here, not with a calendar or a clock: {names}.",
    "whole": "Takes whole numbers only here: {names}.",
    "heading": "Kept as words to read above the questions that follow, because there are no tables here: {names}.",
    "starts_empty": "Starts without an answer here: {names}.",
    "idle_mark": "Doesn't ask who somebody is, though it is marked so: no answer to it can tell: {names}.",
    "media": "The picture, sound or film beside it is not brought along: {names}.",
    "guidance": "Notes for interviewers are left out: {names}.",
    "piped": "Words that the form fills in from another answer stand as “…” here: {names}.",
    "one_rating": "Kept as a rating from 5 (best) to 1, because its words say so: {names}.",
    "numbered": "Kept as answers to choose from, with no average: numbers don't say which end is good: {names}.",
    "against": "Kept as answers to choose from, with no average: its numbers run against its words: {names}.",
    "apart": "Counted apart, and in no share or average: {names}.",
    "twice": "Answers that stand twice in their list are offered once: {names}.",
    "language": "Words in a language that nobody knows here are left out; name it like “Welsh (cy)”: {names}.",
    "key": "Names of questions that can't be used here have new ones: {names}.",
    "code": "Names of answers that can't be used here have new ones: {names}.",
    "settings": "Settings that mean nothing here: {names}.",
    "beside": "Words that stand in no question or answer here: {names}.",
    "lists": "Lists of answers that no question takes: {names}.",
    "same_columns": "Of columns with one name only the first is read; give each a language, as in “label::Welsh (cy)”: "
    "{names}.",
    "above": "Words above the columns are left out: {names}.",
    "days": "A spreadsheet program shows these as days. Mend them if they were something else, such as 5-10: {names}.",
    "errors": "Cells in which the spreadsheet program shows an error count as empty: {names}.",
    "other_words": "The answer “Other” has no words in these languages; write them: {names}.",
    "columns": "Columns that mean nothing here: {names}.",
    "sheets": "Sheets that are not read: {names}.",
    "formulas": "The workbook has formulas. Nothing was worked out: the words and numbers that the spreadsheet program "
    "left beside them were read, and a formula without one counts as empty.",
    "layout": "How questions are laid out (the column “appearance”) is not kept.",
}
MOST_NAMED = 40
MOST_RENAMED = 12


class LeftOut:
    """What could not be kept, by reason; each thing is named once."""

    def __init__(self) -> None:
        self._named: dict[tuple[str, str], dict[str, None]] = {}

    def add(self, reason: str, *names: str, because: str = "") -> None:
        """Remember some things, as they stand in the sentence, for a reason of REASONS."""
        if names or "{" not in REASONS[reason]:
            self._named.setdefault((reason, because), {}).update(dict.fromkeys(names))

    def names(self, text: str) -> bool:
        """Whether some words are remembered for any reason."""
        return any(quoted(text) in names for names in self._named.values())

    def words(self, reason: str, *texts: str, because: str = "") -> None:
        """Remember some things by their words."""
        self.add(reason, *(quoted(text) for text in texts), because=because)

    def sentences(self) -> tuple[str, ...]:
        """One sentence for each reason, in the order of REASONS."""
        ordered = list(REASONS)
        found = sorted(self._named.items(), key=lambda item: ordered.index(item[0][0]))
        return tuple(
            REASONS[reason].format(
                reason=because,
                names=listed(names, MOST_RENAMED if reason in ("key", "code") else MOST_NAMED),
                count=len(names),
            )
            for (reason, because), names in found
        )


def listed(names: Iterable[str], most: int) -> str:
    """Names one after the other, those above `most` counted."""
    every = list(names)
    more = [f"and {len(every) - most} more"] if len(every) > most else []
    return ", ".join([*every[:most], *more])
