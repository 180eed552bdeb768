"""Folding: how words are made comparable, in the catalog and in what people type."""

from __future__ import annotations

import unicodedata
from typing import Final

# Letters that Unicode does not take apart into a base letter and an accent.
_WHOLE_LETTERS: Final = str.maketrans(
    {"ł": "l", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i", "ħ": "h"}
)
LONGEST_QUERY: Final = 200


def folded(text: str) -> str:
    """The text without case and accents, with single spaces: ``Łódź  GROẞ`` is ``lodz gross``."""
    decomposed = unicodedata.normalize("NFKD", text).casefold().translate(_WHOLE_LETTERS)
    letters = unicodedata.normalize("NFKD", decomposed)
    plain = "".join(letter for letter in letters if not unicodedata.combining(letter))
    return " ".join(plain.split())


def words_of(query: str) -> list[str]:
    """The folded words of what somebody typed, each once; a product must contain all of them."""
    return list(dict.fromkeys(folded(query[:LONGEST_QUERY]).split()))


def search_text_of(*parts: str) -> str:
    """What a product is found by: its name, SKU, brand, family, supplier and tags, folded."""
    return folded(" ".join(part for part in parts if part))
