"""`python -m surveyapp.translations`: bring every language's files up to date, compile them, say what is to be done."""

import sys
from collections.abc import Iterator

from surveyapp.model.languages import TRANSLATED
from surveyapp.translations import catalogues, ready_words


def main(tags: list[str]) -> None:
    """Write the catalogues and the ready surveys' words of some languages, or of all."""
    for tag in tags or TRANSLATED:
        said = [*_catalogue(tag), *_ready_words(tag)]
        sys.stdout.write("".join(f"{tag}: {sentence}\n" for sentence in said or ["complete"]))


def _catalogue(tag: str) -> Iterator[str]:
    catalogue = catalogues.brought_up_to_date(tag)
    catalogues.path_of(tag).parent.mkdir(parents=True, exist_ok=True)
    catalogues.path_of(tag).write_bytes(catalogues.catalogue_bytes(catalogue))
    catalogues.path_of(tag, ".mo").write_bytes(catalogues.compiled(catalogue))
    yield from _to_do("the catalogue", catalogues.unfinished(catalogue), catalogues.catalogue_faults(catalogue))


def _ready_words(tag: str) -> Iterator[str]:
    words = ready_words.updated_phrases(tag)
    ready_words.phrases_path(tag).write_text(ready_words.phrases_text(words), encoding="utf-8")
    yield from _to_do("the ready surveys", ready_words.unfinished_phrases(words), ready_words.phrase_faults(words))


def _to_do(what: str, unfinished: list[str], faults: list[str]) -> Iterator[str]:
    if unfinished:
        yield f"{what}: {len(unfinished)} to translate, the first is “{unfinished[0]}”"
    yield from faults


if __name__ == "__main__":
    main(sys.argv[1:])
