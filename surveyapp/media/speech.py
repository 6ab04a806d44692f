"""A question read aloud by espeak-ng, where an operator has installed it: free, in many languages, a robot's voice.

It is for languages that phones have no voice of. Its WAV becomes a small MP3 where ffmpeg or lame is there, else a WAV
of 16 kHz. Words go in by standard input, never as an argument.
"""

import subprocess
import tempfile
import wave
from array import array
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from time import monotonic

from surveyapp.editing.media import silent_in, with_recording
from surveyapp.model.questionnaire import Question, Questionnaire, localized
from surveyapp.storage.refusals import NotKeptError, StoreGoneError
from surveyapp.storage.stores import Store
from surveyapp.storage.upload import store_recording

VARIETIES = {"en": "en-gb", "pt": "pt"}
SPEED = "140"  # words a minute; people speak at 150
PATIENCE = 10  # seconds for one question
RATE = 16_000
ENCODERS = {
    "ffmpeg": ("-loglevel", "error", "-y", "-i", "spoken.wav", "-ac", "1", "-ar", "22050", "-b:a", "24k", "spoken.mp3"),
    "lame": ("--quiet", "-m", "m", "--resample", "22.05", "-b", "24", "spoken.wav", "spoken.mp3"),
}


class NoVoiceError(Exception):
    """The program isn't there, or could not read something aloud; the message says which and why."""


@dataclass(frozen=True, slots=True)
class Voice:
    """The program that speaks, and the store for what it says."""

    program: str
    store: Store

    def speaks(self, language: str) -> bool:
        """Whether it has a voice for a language."""
        return voice_of(language, spoken_languages(self.program)) is not None

    def recording(self, question: Question, language: str) -> str | None:
        """The name of a new recording of a question; None where the program, or the store, fails."""
        try:
            name = voice_of(language, spoken_languages(self.program)) or ""
            return store_recording(self.store, recorded(self.program, to_read(question, language), name))
        except (NoVoiceError, NotKeptError, StoreGoneError):
            return None


@dataclass(frozen=True, slots=True)
class SpeechResult:
    """What came of it: the questionnaire with its new recordings, how many they are, and how many are missing."""

    questionnaire: Questionnaire
    made: int
    left: int


def spoken_languages(program: str) -> frozenset[str]:
    """The tags that the program has voices of; none where it isn't installed, or does not answer."""
    try:
        return _voices(program)
    except NoVoiceError:
        return frozenset()


def voice_of(language: str, spoken: frozenset[str]) -> str | None:
    """The voice for a language tag, by its main part where there is none for all of it; None where it has none."""
    main = language.partition("-")[0].lower()
    wanted = (language.lower(), VARIETIES.get(main, main), main)
    return next((voice for voice in wanted if voice in spoken), None)


def to_read(question: Question, language: str) -> str:
    """What is read aloud of a question: its words, its help, then each answer, a line each."""
    words = [localized(one, language, "standard")[0] for one in (question.words, question.help)]
    answers = [localized(choice.words, language, "standard")[0] for choice in question.choices]
    return "\n".join(_sentence(text) for text in (*words, *answers) if text.strip())


def recorded(program: str, text: str, voice: str) -> bytes:
    """A text as a small recording. Raises NoVoiceError."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        _run([program, "-v", voice, "-s", SPEED, "-w", "spoken.wav", "--stdin"], folder, text.encode())
        try:
            return _small(folder)
        except (OSError, EOFError, wave.Error) as error:
            raise NoVoiceError(f"{program} made no sound of this.") from error


def each_recorded_in(
    questionnaire: Questionnaire, languages: Iterable[str], voice: Voice, seconds: float = float("inf")
) -> SpeechResult:
    """Read whatever has no recording in these languages, one after the other, until all is read or time is up."""
    ends, made, left = monotonic() + seconds, 0, 0
    for language in languages:
        for question in tuple(silent_in(questionnaire, language)):
            name = voice.recording(question, language) if monotonic() < ends else None
            if name is None:
                left += 1
                continue
            questionnaire = with_recording(questionnaire, question.key, language, name)
            made += 1
    return SpeechResult(questionnaire, made, left)


@cache
def _voices(program: str) -> frozenset[str]:
    """Asked once; the second column of its table, below the headings. Raises NoVoiceError."""
    lines = _run([program, "--voices"]).decode(errors="replace").splitlines()[1:]
    return frozenset(line.split()[1] for line in lines if len(line.split()) > 1)


def _sentence(text: str) -> str:
    """With an end, at which the voice falls and takes a breath."""
    return text if text.rstrip()[-1:] in ".?!؟。।" else f"{text.rstrip()}."


def _small(folder: Path) -> bytes:
    for encoder, words in ENCODERS.items():
        with suppress(NoVoiceError, FileNotFoundError):  # an encoder that isn't there, or can't make MP3
            _run([encoder, *words], folder)
            return (folder / "spoken.mp3").read_bytes()
    return _at_16_khz(folder / "spoken.wav")


def _at_16_khz(path: Path) -> bytes:
    """The WAV with fewer samples a second, each the mean of two neighbours by distance; voices keep what matters."""
    with wave.open(str(path)) as sound:
        rate, frames = sound.getframerate(), array("h", sound.readframes(sound.getnframes()))
    step = max(1.0, rate / RATE)
    places = [index * step for index in range(int((len(frames) - 1) / step))]
    fewer = array("h", (_between(frames[int(at)], frames[int(at) + 1], at % 1) for at in places))
    with wave.open(str(path), "wb") as small:
        small.setparams((1, 2, int(rate / step), 0, "NONE", ""))
        small.writeframes(fewer.tobytes())
    return path.read_bytes()


def _between(one: int, next_one: int, part: float) -> int:
    return round(one + (next_one - one) * part)


def _run(command: list[str], folder: Path | None = None, text: bytes = b"") -> bytes:
    try:
        done = subprocess.run(  # noqa: S603 -- the operator's own program, words of ours, and the text by its input
            command, input=text, cwd=folder, capture_output=True, timeout=PATIENCE, check=True
        )
    except (OSError, subprocess.SubprocessError) as error:
        raise NoVoiceError(f"{command[0]} could not be run: {error}") from error
    return done.stdout
