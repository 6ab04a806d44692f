"""The bad cases that people meet, and the tests that hold each of them: no case without a test that is there.

What can't be simulated is said beside it.
"""

import ast

import pytest

from tests.house.project_files import ROOT

BROKEN, OFFLINE, SIGNAL = (f"tests/browser/test_{name}.py" for name in ("broken", "offline", "signal"))
LANGUAGES, GATE = (f"tests/browser/test_{name}.py" for name in ("languages", "gate"))

CASES: dict[str, tuple[tuple[str, str], ...]] = {
    "no JavaScript": (
        ("tests/browser/test_journey.py", "test_whole_survey_without_script"),
        ("tests/browser/test_journey.py", "test_back_without_script_never_shows_the_last_person"),
        ("tests/browser/test_shared.py", "test_start_again_works_without_script"),
    ),
    "JavaScript that dies half-way, or arrives half": (
        (BROKEN, "test_script_that_dies_leaves_a_form_that_can_be_sent"),
        (BROKEN, "test_script_that_arrives_half_leaves_a_form_that_can_be_sent"),
    ),
    "storage full": ((BROKEN, "test_storage_that_is_full_is_told_without_signal_and_costs_nothing_with_it"),),
    "storage forbidden": (
        (SIGNAL, "test_storage_that_is_forbidden_costs_nothing_online"),
        (BROKEN, "test_storage_that_is_barred_costs_nothing_online"),
    ),
    "clock wrong by a year": ((BROKEN, "test_clock_that_is_a_year_ahead_and_then_a_year_behind"),),
    "two tabs with one response": (
        (SIGNAL, "test_two_tabs_make_one_response"),
        (BROKEN, "test_two_tabs_that_are_open_show_the_newer_answers"),
        ("tests/model/test_saving_together.py", "test_two_first_saves_of_one_id_at_once_are_one_row"),
    ),
    # Its window is simulated by what it lacks: no worker, no caches, no storage that lasts. No such app was tried.
    "inside another app's browser": (
        (BROKEN, "test_storage_that_is_barred_costs_nothing_online"),
        (BROKEN, "test_storage_that_forgets_leaves_what_was_saved_on_the_way"),
    ),
    "page restored from the back-forward cache after finishing": (
        (BROKEN, "test_page_that_comes_back_whole_after_finishing_is_empty"),
        ("tests/browser/test_shared.py", "test_nothing_of_the_last_person_is_left"),
    ),
    "survey closed while offline": (
        (OFFLINE, "test_survey_that_closes_meanwhile_takes_them_late_and_says_so"),
        ("tests/answer/test_closing.py", "test_answer_that_comes_too_late_can_still_be_copied"),
    ),
    "survey deleted while offline": ((OFFLINE, "test_survey_that_is_deleted_meanwhile_leaves_the_words_to_copy"),),
    "320 px with 200 % text": (
        (GATE, "test_nothing_scrolls_sideways_at_320_px_with_twice_the_text"),
        (LANGUAGES, "test_nothing_scrolls_sideways_at_320_px_with_twice_the_text_in_any_language"),
    ),
    "5,000-character comment in Sorani": ((LANGUAGES, "test_comment_in_sorani_goes_to_a_file_and_back"),),
    "name of the event 200 characters long": (
        (GATE, "test_event_name_of_200_letters_breaks_no_page"),
        (LANGUAGES, "test_nothing_scrolls_sideways_at_320_px_with_twice_the_text_in_any_language"),
    ),
}


@pytest.mark.parametrize("case", CASES)
def test_each_bad_case_has_its_tests(case: str) -> None:
    for file, name in CASES[case]:
        tree = ast.parse((ROOT / file).read_text(encoding="utf-8"))
        assert name in {node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)}
