"""Questionnaires in seventeen styles: each line is taken for what a person would say that it is.

In `questionnaires/` each line begins with that: `Q kind` a question, `A` an answer, `S` answers beside each other, `H`
words to read, `X` no part of the survey, `J` the end of the line above, `-` an empty line.
"""

from pathlib import Path

import pytest

from surveyapp.importing.pasted import read_lines

FOLDER = Path(__file__).parent / "questionnaires"
STYLES = sorted(path.stem for path in FOLDER.glob("*.txt"))
TAKEN_FOR = {"title": "H", "heading": "H", "answer": "A", "answers": "A", "out": "X"}
LEAST_SHARE = 0.9


def marked(style: str) -> list[tuple[str, str]]:
    """What a person says of each line, and the line."""
    lines = (FOLDER / f"{style}.txt").read_text(encoding="utf-8").splitlines()
    return [(says, line) for says, _bar, line in (one.partition("|") for one in lines)]


def pasted(style: str) -> str:
    """The questionnaire as it is pasted."""
    return "\n".join(line for _says, line in marked(style))


def taken_for(text: str) -> dict[int, str]:
    """What each line was taken for, in the same words."""
    read = read_lines(text)
    kinds = {question.key: question.kind for question in read.imported.questionnaire.questions}
    found: dict[int, str] = {}
    for taken in read.taken:
        is_asked = taken.take == "question"
        found[taken.line.number] = f"Q {kinds[read.keys[taken.line.number]]}" if is_asked else TAKEN_FOR[taken.take]
        found |= {line.number: "J" for line in taken.line.rest}
    return found


@pytest.mark.parametrize("style", STYLES)
def test_nine_of_ten_lines_are_taken_for_what_a_person_would_say(style: str) -> None:
    says = {number: "A" if says == "S" else says for number, (says, _line) in enumerate(marked(style)) if says != "-"}
    found = taken_for(pasted(style))
    wrong = [
        f"{number + 1}: {found.get(number)}, not {said}" for number, said in says.items() if found.get(number) != said
    ]

    print(f"{style}: {len(says) - len(wrong)} of {len(says)} lines")  # noqa: T201 -- told with `pytest -s`
    assert len(wrong) <= (1 - LEAST_SHARE) * len(says), wrong


@pytest.mark.parametrize("style", STYLES)
def test_no_line_is_lost(style: str) -> None:
    numbers = {number for number, (says, _line) in enumerate(marked(style)) if says != "-"}

    assert set(taken_for(pasted(style))) == numbers


@pytest.mark.parametrize("style", STYLES)
def test_line_ends_of_any_program_make_no_difference(style: str) -> None:
    text = pasted(style)

    assert taken_for(text.replace("\n", "\r\n")) == taken_for(text)
