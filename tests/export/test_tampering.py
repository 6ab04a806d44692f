"""Ways to change a package: each is found and named, also where the forger made hashes and signature anew."""
# ruff: noqa: E501 -- a way is a line

import json
import subprocess
import sys
from collections.abc import Callable
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

import pytest
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from surveyapp.export.checking.check import checked, differences
from surveyapp.export.everything.manifest import SEAL, manifest_bytes, seal_of
from surveyapp.export.everything.package import everything_zip
from surveyapp.export.everything.signature import public_key
from surveyapp.export.rows import snapshot
from surveyapp.model.installation import signing_seed
from surveyapp.model.survey import Survey
from surveyapp.model.team import Team
from surveyapp.model.validation import FIXED_NAMES
from tests.export.packages import FORGER, json_of, rehashed, resigned, unzipped, zipped_again
from tests.export.samples import asked_everything, put
from tests.factories import make_survey

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
Files = dict[str, bytes]
NL = b"\r\n"


@pytest.fixture
def survey(session: Session, team: Team) -> Survey:
    """A survey of every kind with a few answers, comments among them."""
    made = make_survey(session, team, asked_everything())
    put(session, made, 1, {"overall": "5", "best": "Tea", "role": ["carer", "other"], "visits": 3, "drink": "tea"})
    put(session, made, 2, {"overall": "2", "best": "Cake", "listened": "no", "drink": "coffee", "why_not": "Loud"})
    put(session, made, 3, {"overall": "not_applicable", "heard": "elsewhere", "heard__other_text": "=A bus"})
    put(session, made, 4, {"overall": "3", "recommend": 9}, language="cy")
    return made


@pytest.fixture
def package(session: Session, survey: Survey) -> bytes:
    """Its full package."""
    engine = session.get_bind()
    assert isinstance(engine, Engine)
    with snapshot(engine, survey.id, full=True) as taken:
        return b"".join(everything_zip(taken))


def forged(files: Files, *names: str) -> Files:
    """The files with hashes and lengths brought up to date wherever they stand, signed with the forger's own key."""
    told = json_of(files, "datapackage.json")
    for one in told["resources"]:
        content = files[one["path"]]
        one |= {"bytes": len(content), "hash": f"sha256:{sha256(content).hexdigest()}"}
    return rehashed({**files, "datapackage.json": json.dumps(told).encode()}, *names, "datapackage.json")


def changed(files: Files, name: str, old: bytes, new: bytes) -> Files:
    """The files with one passage changed, and forged."""
    assert old in files[name], (name, old)
    return forged({**files, name: files[name].replace(old, new, 1)}, name)


def lines_changed(files: Files, name: str, change: Callable[[list[bytes]], list[bytes]]) -> Files:
    """The files with a table's lines changed under its header, and forged."""
    header, *lines = files[name].split(NL)[:-1]
    return forged({**files, name: NL.join([header, *change(lines), b""])}, name)


def swapped(lines: list[bytes]) -> list[bytes]:
    return [lines[1], lines[0], *lines[2:]]


def with_columns_swapped(files: Files) -> Files:
    lines = [line.split(b",") for line in files["responses.csv"].split(NL)[:-1]]
    first = len(FIXED_NAMES)
    wide = NL.join(b",".join([*line[:first], line[first + 1], line[first], *line[first + 2 :]]) for line in lines) + NL
    return forged({**files, "responses.csv": wide}, "responses.csv")


def manifest_of(package: Files, **changes: Any) -> Files:
    return resigned(package, **changes)


def only_sealed(files: Files) -> Files:
    """Ratings changed everywhere, hashes and seal made anew, by somebody without any key."""
    files = changed(files, "responses.csv", b",2,", b",5,")
    told = json_of(files, "manifest.json") | {"public_key": json_of(files, "manifest.json")["public_key"]}
    told["signature"] = "00" * 64
    told[SEAL] = seal_of(told)
    return {**files, "manifest.json": manifest_bytes(told)}


TABLES: list[tuple[str, Callable[[Files], Files], str]] = [
    ("ratings changed and re-sealed", only_sealed, "its signature does not fit"),
    ("a rating changed in the wide table", lambda f: changed(f, "responses.csv", b",no,coffee", b",yes,coffee"), "differ in “listened”"),
    ("a rating changed in the long table", lambda f: changed(f, "answers.csv", b"answered,2,2,", b"answered,5,5,"), "differ in “overall”"),
    ("comments emptied", lambda f: changed(f, "comments.csv", b",Cake,", b",,"), "comment without words"),
    ("a comment changed", lambda f: changed(f, "comments.csv", b",Cake,", b",Cold,"), "differ in a comment"),
    ("a comment changed in the wide table", lambda f: changed(f, "responses.csv", b"Cake", b"Cold"), "differ in “best”"),
    ("words beside a choice changed", lambda f: changed(f, "answers.csv", b"'=A bus", b"A train"), "differ in “heard__other_text”"),
    ("labels swapped in the codebook", lambda f: changed(changed(changed(f, "codebook.csv", b",Tea,Tea,", b",@,@,"), "codebook.csv", b",Coffee,Coffee,", b",Tea,Tea,"), "codebook.csv", b",@,@,", b",Coffee,Coffee,"), "different labels"),
    ("a code that counts no more", lambda f: changed(f, "codebook.csv", b"Not sure,Not sure,3,1", b"Not sure,Not sure,3,0"), "counts other codes"),
    ("a question worded otherwise", lambda f: changed(f, "codebook.csv", b"How was overall?", b"How bad was it?"), "word “overall” differently"),
    ("a count of the codebook changed", lambda f: changed(f, "codebook.csv", b"What was good?,What was good?,2,2", b"What was good?,What was good?,4,0"), "4 answered “best”"),
    ("a row cut from the wide table", lambda f: lines_changed(f, "responses.csv", lambda lines: lines[:-1]), "rows of a response that responses.csv does not have"),
    ("rows cut from the long table", lambda f: lines_changed(f, "answers.csv", lambda lines: lines[:-9]), "answers.csv: rows"),
    ("rows swapped", lambda f: lines_changed(f, "responses.csv", swapped), "in another order"),
    ("a row doubled", lambda f: lines_changed(f, "responses.csv", lambda lines: [lines[0], *lines]), "a row twice"),
    ("a comment doubled", lambda f: lines_changed(f, "comments.csv", lambda lines: [lines[0], *lines]), "a comment twice"),
    ("ids of two people swapped", lambda f: lines_changed(f, "responses.csv", lambda lines: [lines[1][:16] + lines[0][16:], lines[0][:16] + lines[1][16:], *lines[2:]]), "in another order"),
    ("a question moved", lambda f: changed(f, "answers.csv", b",best,", b",worst,"), "question “worst” that the codebook does not have"),
    ("columns swapped", with_columns_swapped, "responses.csv and codebook.csv have different columns"),
    ("a column doubled", lambda f: changed(f, "answers.csv", b"value_number", b"value_code"), "answers.csv has other columns"),
    ("a longer row", lambda f: changed(f, "answers.csv", b"answered,2,2,", b"answered,2,2,,"), "rows of different lengths"),
    ("a language changed", lambda f: changed(f, "responses.csv", b"standard,en", b"standard,fr"), "another language"),
    ("a type changed in the data package", lambda f: changed(f, "datapackage.json", b'"label": "Very good"', b'"label": "Very bad"'), "different labels"),
    ("no words, no figures", lambda f: changed(f, "responses.csv-metadata.json", b'"How was overall?"', b'"How bad was it?"'), "word “overall” differently"),
    ("a table that is no text", lambda f: forged({**f, "answers.csv": b"\xff\xfe"}, "answers.csv"), "can't be read"),
    ("a data package that is none", lambda f: rehashed({**f, "datapackage.json": b"[]"}, "datapackage.json"), "can't be read"),
    ("manifest without answers", lambda f: manifest_of(f, answers={}), "answers.csv: people who answered “best”: 2, the manifest says 0"),
    ("manifest with fewer responses", lambda f: manifest_of(f, responses=3), "responses.csv: responses: 4, the manifest says 3"),
    ("manifest that says ordinary", lambda f: manifest_of(f, rows="ordinary"), "comments.csv has other columns"),
    ("manifest without files", lambda f: manifest_of(f, files=[]), "can't be read"),
    ("manifest with odd numbers", lambda f: manifest_of(f, responses="4"), "can't be read"),
    ("manifest with an odd list", lambda f: manifest_of(f, answers=[1]), "can't be read"),
    ("manifest that names a file outside", lambda f: manifest_of(f, files=[*json_of(f, "manifest.json")["files"], {"path": "../x", "bytes": 0, "sha256": "0" * 64}]), "can't be read"),
    ("manifest that names a file twice", lambda f: manifest_of(f, files=json_of(f, "manifest.json")["files"] * 2), "can't be read"),
    ("manifest without a signature", lambda f: {**f, "manifest.json": manifest_bytes({k: v for k, v in json_of(f, "manifest.json").items() if k != "signature"})}, "its signature does not fit"),
    ("manifest of the time before signatures", lambda f: manifest_of(f, format="surveyapp-export/1"), "earlier version"),
]  # fmt: skip


@pytest.mark.parametrize(("change", "words"), [one[1:] for one in TABLES], ids=[one[0] for one in TABLES])
def test_what_was_changed_is_named(
    package: bytes, tmp_path: Path, change: Callable[[Files], Files], words: str
) -> None:
    found = told(tmp_path, zipped_again(change(unzipped(package))))

    assert any(words in sentence for sentence in found), found


def with_member(name: str, content: bytes = b"x") -> Callable[[bytes], bytes]:
    def change(package: bytes) -> bytes:
        buffer = BytesIO(package)
        with ZipFile(buffer, "a", ZIP_DEFLATED) as archive:
            archive.writestr(ZipInfo(name), content, ZIP_DEFLATED)
        return buffer.getvalue()

    return change


def with_comment(package: bytes) -> bytes:
    buffer = BytesIO(package)
    with ZipFile(buffer, "a") as archive:
        archive.comment = b"more"
    return buffer.getvalue()


def with_bytes_between(package: bytes) -> bytes:
    """Bytes behind the last file and in front of the directory, whose place the end then says."""
    end = package.rindex(b"PK\x05\x06")
    start = int.from_bytes(package[end + 16 : end + 20], "little")
    moved = bytearray(package[:start] + b"hidden" + package[start:])
    moved[end + 6 + 16 : end + 6 + 20] = (start + 6).to_bytes(4, "little")
    return bytes(moved)


CONTAINERS: list[tuple[str, Callable[[bytes], bytes], str]] = [
    ("bytes in front", lambda package: b"#!/bin/sh\n" + package, "in front of it"),
    ("bytes behind", lambda package: package + b"more", "behind its end"),
    ("a comment", with_comment, "behind its end"),
    ("bytes between", with_bytes_between, "behind manifest.json"),
    ("a file doubled", with_member("responses.csv"), "responses.csv is there twice"),
    ("a file doubled by its case", with_member("Responses.CSV"), "responses.csv is there twice"),
    ("a name that climbs out", with_member("../../etc/passwd"), "leads out of its folder"),
    ("a name from the root", with_member("/etc/passwd"), "leads out of its folder"),
    ("a name of Windows", with_member("C:\\x"), "leads out of its folder"),
    ("a bomb", with_member("more.csv", bytes(30_000_000)), "a bomb"),
    ("a file more", with_member("more.csv"), "more.csv is not in the manifest"),
    ("broken off", lambda package: package[:-30], "no zip, or one that broke off"),
]


@pytest.mark.parametrize(("change", "words"), [one[1:] for one in CONTAINERS], ids=[one[0] for one in CONTAINERS])
@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_what_was_done_to_the_zip_is_named(
    package: bytes, tmp_path: Path, change: Callable[[bytes], bytes], words: str
) -> None:
    found = told(tmp_path, change(package))

    assert any(words in sentence for sentence in found), found


def test_no_changed_byte_brings_a_traceback(package: bytes, tmp_path: Path) -> None:
    for place in range(0, len(package), 37):
        bent = bytearray(package)
        bent[place] ^= 0x55
        differences(_written(tmp_path, bytes(bent)))


def test_package_that_other_programs_zipped_again_stays_whole(package: bytes, tmp_path: Path) -> None:
    stored, within = BytesIO(), BytesIO()
    with ZipFile(stored, "w", ZIP_STORED) as plain, ZipFile(within, "w", ZIP_DEFLATED) as folder:
        folder.mkdir("answers")
        for name, content in sorted(unzipped(package).items()):
            plain.writestr(name, content)
            folder.writestr(f"answers/{name}", content)
    (tmp_path / "out").mkdir()
    for name, content in unzipped(package).items():
        (tmp_path / "out" / name).write_bytes(content)
    again = [sys.executable, "-m", "zipfile", "-c", "../again.zip", *unzipped(package)]
    subprocess.run(again, cwd=tmp_path / "out", check=True)  # noqa: S603 -- Python's own zip

    for zipped in (stored.getvalue(), within.getvalue(), (tmp_path / "again.zip").read_bytes()):
        assert told(tmp_path, zipped) == []


def test_whole_package_says_who_signed_it(package: bytes, session: Session, tmp_path: Path) -> None:
    own = public_key(signing_seed(session.connection()))
    file = _written(tmp_path, package)

    assert checked(file).key == own
    assert checked(file, own).differences == []
    assert checked(file, "ab" * 32).differences == [f"It is signed by another key than the one you named: by {own}."]


def test_whoever_signs_anew_is_found_by_the_key(package: bytes, session: Session, tmp_path: Path) -> None:
    own = public_key(signing_seed(session.connection()))
    file = _written(tmp_path, zipped_again(resigned(unzipped(package), made_on="2020-01-01")))

    assert checked(file).key == public_key(FORGER)
    assert any("another key" in sentence for sentence in checked(file, own).differences)


def told(tmp_path: Path, package: bytes) -> list[str]:
    """What the check says of a package."""
    return differences(_written(tmp_path, package))


def _written(tmp_path: Path, package: bytes) -> Path:
    file = tmp_path / "package.zip"
    file.write_bytes(package)
    return file
