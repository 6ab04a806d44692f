"""`make test` finds the tests of what changed."""

import pytest

from tests.fast import folders_of, own_files


@pytest.mark.parametrize(
    ("changed", "folders"),
    [
        ("surveyapp/model/survey.py", ["tests/model"]),
        ("surveyapp/results/comments/routes.py", ["tests/results"]),
        ("surveyapp/templates/answer/page.html", ["tests/answer"]),
        ("surveyapp/templates/layouts/page.html", ["tests/web"]),
        ("tests/export/test_check.py", ["tests/export"]),
        ("migrations/versions/0001_the_first_tables.py", ["tests/db"]),
        ("docs/organiser.md", []),
    ],
)
def test_a_changed_file_is_tested_by_its_own_room(changed: str, folders: list[str]) -> None:
    assert folders_of([changed]) == folders


def test_what_is_in_no_room_is_tested_by_the_files_beside_the_rooms() -> None:
    assert set(folders_of(["config.py"])) == own_files()


def test_several_changes_are_tested_together_and_each_folder_once() -> None:
    assert folders_of(["surveyapp/model/a.py", "surveyapp/model/b.py", "surveyapp/db/c.py"]) == [
        "tests/db",
        "tests/model",
    ]
