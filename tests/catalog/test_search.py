"""Folding makes words comparable across case, accents and letters that have none."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from placet.catalog.search import folded, search_text_of, words_of


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("Łódź  GROẞ", "lodz gross"),
        ("straße", "strasse"),
        ("Smørrebrød Æ œ", "smorrebrod ae oe"),
        ("café", "cafe"),
        ("ﬁlter №5 ½", "filter no5 1⁄2"),
        ("İstanbul ISTANBUL ısı", "istanbul istanbul isi"),
        ("\u200bzero\u0301", "\u200bzero"),
    ],
)
def test_folding(text: str, plain: str) -> None:
    assert folded(text) == plain


@given(st.text(max_size=60))
def test_folding_twice_changes_nothing_more(text: str) -> None:
    assert folded(folded(text)) == folded(text)


@given(st.text(alphabet="aàäłøßıĄéÇ eE", max_size=30))
def test_a_text_is_found_by_its_own_words(text: str) -> None:
    assert all(word in search_text_of("SKU-1", text) for word in words_of(text))


def test_words_are_counted_once_and_bounded() -> None:
    assert words_of("Glove GLOVE gloves") == ["glove", "gloves"]
    assert len(words_of(" ".join(str(number) for number in range(10_000)))) < 100
    assert words_of("  ") == []
