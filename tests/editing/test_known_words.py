"""A survey takes up a language: words that we know are filled in, what somebody wrote stays, undone words go."""

from dataclasses import replace

from surveyapp.editing.choices import scale
from surveyapp.editing.library import ready_surveys
from surveyapp.editing.library.known import spoken_in
from surveyapp.model.languages import lacking
from surveyapp.model.questionnaire import Wording
from tests.factories import make_question, make_questionnaire


def test_ready_survey_takes_up_every_language_as_it_was_shipped() -> None:
    for ready in ready_surveys().values():
        bare = spoken_in(ready, [])
        assert bare.languages == ("en",)
        assert spoken_in(bare, ready.languages[1:]).questions == ready.questions


def test_own_question_begins_with_the_words_of_the_scale() -> None:
    asked = spoken_in(make_questionnaire(make_question("tea", choices=scale(5), label="How was the tea?")), ["cy"])
    (question,) = asked.questions
    assert question.choice("5").words["cy"] == Wording("Da iawn")
    assert "cy" not in question.words
    assert lacking(asked, "cy") == ("tea",)


def test_question_that_only_has_the_key_of_a_ready_one_is_not_taken_for_it() -> None:
    asked = spoken_in(make_questionnaire(make_question("again", "comment", label="Again, please?")), ["cy"])
    assert "cy" not in asked.question("again").words


def test_words_that_somebody_wrote_stay() -> None:
    ready = ready_surveys()["quick_card"]
    first = ready.questions[0]
    mine = replace(first, words={**first.words, "cy": Wording("Fy ngeiriau i")})
    changed = replace(ready, questions=(mine, *ready.questions[1:]))
    assert spoken_in(changed, ready.languages[1:]) == changed
    assert "cy" not in spoken_in(changed, ["pl"]).questions[0].words
