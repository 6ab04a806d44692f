"""The ready surveys' words in other languages, as files for a translator to fill."""

import json
from pathlib import Path
from typing import Any

from surveyapp.editing import library
from surveyapp.editing.library.translation import phrase_key, read_translation
from surveyapp.translations import rules

FOLDER = Path(library.__file__).parent / "translations"


def english_words() -> list[str]:
    """Everything that the ready surveys and modules say, each once, in their order."""
    texts = (words["en"] for survey in library.originals() for words in list(survey.texts())[1:] if words)
    return list(dict.fromkeys(key for key in map(phrase_key, texts) if key))


def phrases_path(tag: str) -> Path:
    """Where a language's words lie."""
    return FOLDER / f"{tag}.json"


def updated_phrases(tag: str) -> dict[str, Any]:
    """A language's file with every English wording and no other; new ones are empty."""
    kept = read_translation(tag)
    return {
        "checked_by": kept.checked_by,
        "checked_on": kept.checked_on,
        "words": {key: kept.words.get(key, "") for key in english_words()},
        "in_places": dict(kept.in_places),
    }


def phrases_text(words: dict[str, Any]) -> str:
    """A language's file as text."""
    return json.dumps(words, ensure_ascii=False, indent=1) + "\n"


def unfinished_phrases(words: dict[str, Any]) -> list[str]:
    """The English of what is empty."""
    return [key for key, said in words["words"].items() if not said.strip()]


def phrase_faults(words: dict[str, Any]) -> list[str]:
    """What breaks the rules, as sentences."""
    found: list[str] = []
    for english, said in words["words"].items():
        for rule in (rules.translation_faults, rules.bar_faults):
            found += rule(english, said) if said else ()
    return found
