"""The QR code from its address to the dots, and back by a reader that isn't ours."""

import io
import re

import pytest
import zxingcpp
from PIL import Image

from surveyapp.cards.qr import QUIET_ZONE, Matrix, qr_address, qr_matrix, qr_path, qr_png

ADDRESS = "HTTPS://FEEDBACK.EXAMPLE.ORG/S/K7Q4MX"


def drawn(matrix: Matrix, dots: int = 4) -> Image.Image:
    """A picture of a matrix, made from its path alone."""
    picture = Image.new("L", (len(matrix) * dots, len(matrix) * dots), 255)
    for x, y, length in re.findall(r"M(\d+) (\d+)h(\d+)v1h-\3z", qr_path(matrix)):
        picture.paste(0, (int(x) * dots, int(y) * dots, (int(x) + int(length)) * dots, (int(y) + 1) * dots))
    return picture


@pytest.mark.parametrize(
    ("public_url", "address"),
    [
        ("https://feedback.example.org", "HTTPS://FEEDBACK.EXAMPLE.ORG/S/K7Q4MX"),
        ("http://127.0.0.1:8000", "HTTP://127.0.0.1:8000/S/K7Q4MX"),
        ("https://Example.org/Our_surveys", "HTTPS://EXAMPLE.ORG/Our_surveys/S/K7Q4MX"),
    ],
)
def test_address_in_capitals_but_for_a_folder_of_another_server(public_url: str, address: str) -> None:
    assert qr_address(public_url, "k7q4mx") == address
    assert [found.text for found in zxingcpp.read_barcodes(drawn(qr_matrix(address)))] == [address]


def test_path_draws_each_dark_module_once_and_no_other() -> None:
    matrix = qr_matrix(ADDRESS)
    small = drawn(matrix, dots=1)
    assert [[small.getpixel((x, y)) == 0 for x in range(len(matrix))] for y in range(len(matrix))] == matrix
    runs = re.findall(r"M\d+ \d+h(\d+)v1h-\1z", qr_path(matrix))
    assert sum(map(int, runs)) == sum(map(sum, matrix))


@pytest.mark.parametrize("address", ["HTTP://A.UK/S/K7Q4MX", ADDRESS])
def test_matrix_has_its_quiet_zone_and_one_size_for_short_addresses(address: str) -> None:
    matrix = qr_matrix(address)
    assert len(matrix) == 29 + 2 * QUIET_ZONE
    edges = [*range(QUIET_ZONE), *range(len(matrix) - QUIET_ZONE, len(matrix))]
    assert not any(matrix[edge][at] or matrix[at][edge] for edge in edges for at in range(len(matrix)))


def test_error_correction_is_q() -> None:
    (found,) = zxingcpp.read_barcodes(drawn(qr_matrix(ADDRESS)))
    assert found.ec_level == "Q"


@pytest.mark.parametrize("dots", [1, 3, 20])
def test_png_reads_back_dot_by_dot(dots: int) -> None:
    matrix = qr_matrix(ADDRESS)
    picture = Image.open(io.BytesIO(qr_png(matrix, dots)))
    assert picture.mode == "1"
    assert picture.size == (len(matrix) * dots, len(matrix) * dots)
    assert picture.convert("L").tobytes() == drawn(matrix, dots).tobytes()
