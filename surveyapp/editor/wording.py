"""The wording check as the pages of writing show it: beside each easy text, and for the survey as a whole."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from flask_babel import ngettext

from surveyapp.editing.easyread import Remark, WordingFinding, found_in, texts_without_easy_words
from surveyapp.model.questionnaire import Questionnaire


@dataclass(frozen=True, slots=True)
class WordingReview:
    """What the check says of one language.

    `remarks` are by question and part of its form (`words`, `help`, `choice-tea`); `missing` are the keys of questions
    that lack easy words, `to_mend` of those with an error; `whole` is what concerns the survey as a whole.
    """

    remarks: Mapping[tuple[str, str], Sequence[Remark]]
    missing: tuple[str, ...]
    to_mend: tuple[str, ...]
    whole: tuple[Remark, ...]

    @property
    def is_complete(self) -> bool:
        """Whether every easy text is there and the check finds no error; never more than that."""
        return not self.missing and not self.to_mend and not any(one.severity == "error" for one in self.whole)

    def of(self, key: str) -> Mapping[str, Sequence[Remark]]:
        """What is said of one question, by part."""
        return {part: remarks for (question, part), remarks in self.remarks.items() if question == key}


def wording_of(questionnaire: Questionnaire, language: str) -> WordingReview:
    """Run the check. A document's own title is on no page, so it is passed over."""
    found = [finding for finding in found_in(questionnaire, language) if finding.part != "title"]
    remarks: dict[tuple[str, str], list[Remark]] = defaultdict(list)
    for finding in found:
        if finding.question:
            remarks[finding.question, _part(finding)].append(finding.remark)
    errors = {finding.question for finding in found if finding.remark.severity == "error"}
    lacking = {key for key, _code in texts_without_easy_words(questionnaire, language)}
    keys = [question.key for question in questionnaire.questions]
    return WordingReview(
        remarks=remarks,
        missing=tuple(key for key in keys if key in lacking),
        to_mend=tuple(key for key in keys if key in errors),
        whole=tuple(finding.remark for finding in found if not finding.question),
    )


def remarks_sentence(questionnaire: Questionnaire, language: str, key: str) -> list[str]:
    """What is said when a question is saved: how many remarks there are, and the first with its suggestion."""
    alone = replace(questionnaire, questions=(questionnaire.question(key),))
    remarks = [remark for part in wording_of(alone, language).of(key).values() for remark in part]
    if not remarks:
        return []
    said = ngettext(
        "Easy words: %(first)s",
        "Easy words: %(num)s remarks, beside the fields. The first: %(first)s",
        len(remarks),
        first=remarks[0].sentence,
    )
    return [said]


def _part(finding: WordingFinding) -> str:
    parts = {"help": "help", "choice": f"choice-{finding.choice}"}
    return parts.get(finding.part or "", "words")
