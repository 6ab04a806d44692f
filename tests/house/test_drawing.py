"""The drawing of the rooms that the documents open with is as the imports are."""

from tests.house.drawing import PATH, drawing, imports, layers


def test_the_drawing_in_the_documents_is_of_todays_imports() -> None:
    assert PATH.read_text(encoding="utf-8") == drawing(), "type: make drawing"


def test_every_room_that_imports_or_is_imported_is_drawn() -> None:
    drawn = {room for row in layers() for room in row}

    assert {room for pair in imports() for room in pair} <= drawn


def test_no_square_stands_below_the_diagonal() -> None:
    order = [room for row in layers() for room in row]

    assert [pair for pair in imports() if order.index(pair[0]) > order.index(pair[1])] == []
