"""A computer voice reads what has no recording, where its program is installed; each program here is a real one."""

import shutil
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from surveyapp.cli.recording import record_questions
from surveyapp.editing.media import with_recording
from surveyapp.media import routes, speech
from surveyapp.media.speech import Voice, recorded, spoken_languages, to_read, voice_of
from surveyapp.model.questionnaire import Questionnaire, Wording
from surveyapp.model.survey import Survey
from surveyapp.model.team import Team
from surveyapp.refused import RefusedError
from surveyapp.storage.folder import FolderStore
from surveyapp.storage.sounds import sound_format
from tests.factories import card_of, make_question, make_questionnaire, make_survey
from tests.media import samples
from tests.media.pages import stored
from tests.visitor import Visitor, filled_in

SPEAKS = """#!{python}
import pathlib, sys, time, wave
if sys.argv[1] == "--voices":
    print("Pty Language       Age/Gender VoiceName          File", " 5  en-gb  --/M  English  gmw/en", sep="\\n")
    print(" 5  cy              --/M      Welsh              cel/cy")
    raise SystemExit
words = dict(zip(sys.argv[1::2], sys.argv[2::2]))
text = sys.stdin.read()
time.sleep({pause})
with wave.open(words["-w"], "wb") as sound:
    sound.setparams((1, 2, 22050, 0, "NONE", ""))
    sound.writeframes(bytes(2 * 22050 * len(text) // 10))
"""
ENCODES = """#!{python}
import pathlib, sys
assert pathlib.Path("spoken.wav").exists()
pathlib.Path("spoken.mp3").write_bytes({mp3!r})
"""

Install = Callable[..., str]


@pytest.fixture
def install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Install:
    """A function that puts a program on a path of the test's own, and gives its name."""
    monkeypatch.setenv("PATH", str(tmp_path / "bin"))
    (tmp_path / "bin").mkdir()

    def put(source: str, name: str = "espeak-ng", **parts: object) -> str:
        program = tmp_path / "bin" / name
        program.write_text(source.format(python=sys.executable, **{"pause": 0, **parts}))
        program.chmod(0o755)
        return str(program)

    return put


def bilingual() -> Questionnaire:
    """One question in English and Somali, and one in English alone."""
    both = make_question("overall")
    both = replace(both, words={**both.words, "so": Wording("Sidee ahayd?")})
    made = make_questionnaire(both, make_question("best", "comment", "What was good?"))
    return replace(made, languages=("en", "so"))


def test_question_and_answers_are_read_a_line_each() -> None:
    question = make_question("drink", "single", "What did you drink")

    assert to_read(question, "en") == "What did you drink.\nTea.\nCoffee.\nWater."


@pytest.mark.parametrize(
    ("language", "voice"),
    [("en", "en-gb"), ("en-GB", "en-gb"), ("cy", "cy"), ("cy-GB", "cy"), ("so", None), ("ckb", None)],
)
def test_a_language_has_its_voice_or_none(language: str, voice: str | None) -> None:
    assert voice_of(language, frozenset({"en-gb", "cy", "ku"})) == voice


def test_what_it_says_is_a_small_recording(install: Install) -> None:
    sound = recorded(install(SPEAKS), "x" * 20, "en-gb")

    assert sound_format(sound) == "wav"
    assert len(sound) == pytest.approx(2 * 16_000 * 2, rel=0.01)  # two seconds at 16 kHz


def test_an_encoder_makes_it_smaller(install: Install) -> None:
    install(ENCODES, "lame", mp3=samples.mp3())

    assert sound_format(recorded(install(SPEAKS), "hello", "en-gb")) == "mp3"


def test_an_encoder_that_fails_is_done_without(install: Install) -> None:
    install("#!{python}\nraise SystemExit(1)\n", "ffmpeg")

    assert sound_format(recorded(install(SPEAKS), "hello", "en-gb")) == "wav"


@pytest.mark.parametrize("source", ["#!{python}\nraise SystemExit(1)\n", "#!{python}\n", "not a program"])
def test_a_program_that_fails_speaks_nothing(install: Install, tmp_path: Path, source: str) -> None:
    program = install(source)

    assert spoken_languages(program) == frozenset()
    with pytest.raises(speech.NoVoiceError):
        recorded(program, "hello", "en-gb")


def test_the_real_program_speaks_where_it_is_installed_and_is_missed_where_it_is_not() -> None:
    program = shutil.which("espeak-ng")
    voices = spoken_languages("espeak-ng")

    assert bool(voices) == bool(program)
    if program:
        assert voice_of("cy", voices) == "cy"
        assert sound_format(recorded(program, "Sut oedd y bwyd?", "cy")) in ("wav", "mp3")


def test_organiser_has_it_read_what_has_no_recording(
    app: Flask, olu: Visitor, session: Session, team: Team, install: Install
) -> None:
    app.config["SPEECH_PROGRAM"] = install(SPEAKS)
    survey = make_survey(session, team, with_recording(bilingual(), "best", "en", f"{'0' * 64}.wav"), state="draft")
    page = olu.get(f"/surveys/{survey.id}/media")
    assert set(filled_in(page.form("/speak"))) == {"csrf_token", "version"}  # nothing is ticked
    assert "in_so" not in page.response.text

    olu.submit(page, {}, "/speak", 422)
    page = olu.follow(olu.submit(page, {"in_en": "y"}, "/speak"))

    assert "1 recording is made." in page.text
    assert "A computer voice" not in page.text
    now = stored(session, survey).questionnaire
    assert now.question("overall").recordings["en"].endswith(".wav")
    assert now.question("best").recordings == {"en": f"{'0' * 64}.wav"}


def test_it_stops_in_time_and_says_what_is_missing(
    app: Flask, olu: Visitor, session: Session, team: Team, install: Install
) -> None:
    app.config["SPEECH_PROGRAM"] = install(SPEAKS, pause=0.2)
    survey = make_survey(session, team, bilingual(), state="draft")

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(routes, "SPEAKING_SECONDS", 0.1)
        page = olu.submit(olu.get(f"/surveys/{survey.id}/media"), {"in_en": "y"}, "/speak")

    assert "1 recording is made. 1 is still missing. Press the button again" in olu.follow(page).text


def test_where_nothing_is_installed_nothing_is_offered(app: Flask, olu: Visitor, session: Session, team: Team) -> None:
    app.config["SPEECH_PROGRAM"] = "no-such-program"
    survey = make_survey(session, team, bilingual(), state="draft")

    assert "A computer voice" not in olu.get(f"/surveys/{survey.id}/media").text


def test_the_command_reads_everything_and_says_what_it_cannot(
    app: Flask, session: Session, team: Team, install: Install, tmp_path: Path
) -> None:
    survey = make_survey(session, team, bilingual())
    voice = Voice(install(SPEAKS), FolderStore(tmp_path / "media"))
    session.rollback()

    said = record_questions(app.extensions["engine"], card_of(survey).code, voice)

    assert said.startswith("“Carers' day” has 2 new recordings.")
    assert said.endswith("There is no voice for so.")
    kept = {name for one in stored(session, survey).questionnaire.questions for name in one.recordings.values()}
    assert set(voice.store.names()) == kept


def test_the_command_refuses_with_a_sentence(app: Flask, session: Session, team: Team, tmp_path: Path) -> None:
    survey: Survey = make_survey(session, team)
    voice = Voice("no-such-program", FolderStore(tmp_path))
    for code, sentence in ((card_of(survey).code, "no-such-program has no voice for en"), ("bcdfgh", "No survey has")):
        with pytest.raises(RefusedError, match=sentence):
            record_questions(app.extensions["engine"], code, voice)
