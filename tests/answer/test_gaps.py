"""A page filled in at its gaps is the very page, plain and gzipped."""

import gzip

import pytest
from hypothesis import given
from hypothesis import strategies as st

from surveyapp.answer.gaps import cut, gap

LENGTHS = {"response": 36, "opened": 33}
texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=200)


def a_gap(name: str) -> st.SearchStrategy[bytes]:
    """What may be filled into a gap, which need not be text."""
    return st.binary(min_size=LENGTHS[name], max_size=LENGTHS[name])


@given(
    st.lists(texts, min_size=1, max_size=6),
    st.lists(st.sampled_from(sorted(LENGTHS)), min_size=5, max_size=5),
    st.fixed_dictionaries({name: a_gap(name) for name in LENGTHS}),
)
def test_a_filled_page_is_its_texts_with_the_gaps_between(
    pieces: list[str], names: list[str], gaps: dict[str, bytes]
) -> None:
    between = names[: len(pieces) - 1]
    rendered = pieces[0] + "".join(gap(name) + text for name, text in zip(between, pieces[1:], strict=True))
    whole = pieces[0].encode() + b"".join(
        gaps[name] + text.encode() for name, text in zip(between, pieces[1:], strict=True)
    )

    page = cut(rendered, LENGTHS)

    assert page.plain(gaps) == whole
    assert gzip.decompress(page.gzipped(gaps)) == whole


@pytest.mark.parametrize("text", ["end", "a", ".", "opened."])
def test_a_gaps_name_ends_where_it_ends_whatever_text_comes_after_it(text: str) -> None:
    page = cut(gap("opened") + text, LENGTHS)

    assert page.names == ("opened",)
    assert page.plain({"opened": b"-" * 33}) == b"-" * 33 + text.encode()


def test_words_that_come_again_after_a_gap_are_not_sent_again() -> None:
    words = "".join(chr(ord("a") + number * 7 % 26) for number in range(2_000))
    gaps = {"response": b"r" * 36}

    page = cut(words + gap("response") + words, LENGTHS)

    assert len(page.gzipped(gaps)) < len(cut(words, LENGTHS).gzipped({})) + 100


def test_a_gap_of_another_length_is_refused_since_later_text_refers_back_over_it() -> None:
    page = cut("before" + gap("response") + "after", LENGTHS)

    with pytest.raises(ValueError, match="the gap response was left for 36 bytes"):
        page.gzipped({"response": b"short"})
