"""What the tests of cards share: surveys in languages, and codes read from pictures by a reader that isn't ours."""

from dataclasses import replace

import zxingcpp
from PIL import Image, ImageDraw

from surveyapp.model.questionnaire import Questionnaire
from tests.factories import make_question, make_questionnaire

STAINS = ((0.36, 0.36), (0.7, 0.3), (0.3, 0.7), (0.6, 0.6))
STAIN_SIDE = 0.08**0.5  # of a code's side: 8 % of its area


def in_languages(*tags: str) -> Questionnaire:
    """A questionnaire that is wholly said in each of the languages."""
    asked = make_question("best", "comment", "What was good?")
    said = dict.fromkeys(tags, asked.words["en"])
    return replace(make_questionnaire(replace(asked, words=said)), languages=tuple(tags))


def codes_in(picture: Image.Image) -> list[str]:
    """What every QR code in a picture says."""
    return [found.text for found in zxingcpp.read_barcodes(picture)]


def stained(picture: Image.Image, place: tuple[float, float]) -> Image.Image:
    """The picture with 8 % of every code in it covered in white, at a place told in parts of the code's own side."""
    covered = picture.copy()
    for found in zxingcpp.read_barcodes(picture):
        start, right, below = found.position.top_left, found.position.top_right, found.position.bottom_left
        across, down = (right.x - start.x, right.y - start.y), (below.x - start.x, below.y - start.y)
        corners = [
            (start.x + along * across[0] + under * down[0], start.y + along * across[1] + under * down[1])
            for along, under in (place, (place[0] + STAIN_SIDE, place[1] + STAIN_SIDE))
        ]
        (left, one), (other, two) = corners
        ImageDraw.Draw(covered).rectangle((min(left, other), min(one, two), max(left, other), max(one, two)), fill=255)
    return covered
