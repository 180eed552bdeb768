"""Folding: how words are made comparable, in the catalog and in what people type."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from placet.catalog.models import Product

# Letters that Unicode does not take apart into a base letter and an accent.
_WHOLE_LETTERS: Final = str.maketrans(
    {"ł": "l", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i", "ħ": "h"}
)
_SEPARATORS: Final = re.compile(r"[\s._/+\-]+")
LONGEST_QUERY: Final = 200
MOST_WORDS: Final = 12
SHORT: Final = 3
"""A shorter word says little: it only counts where a word of the product begins with it."""


def folded(text: str) -> str:
    """The text without case and accents, with single spaces: ``Łódź  GROẞ`` is ``lodz gross``."""
    decomposed = unicodedata.normalize("NFKD", text).casefold().translate(_WHOLE_LETTERS)
    letters = unicodedata.normalize("NFKD", decomposed)
    plain = "".join(letter for letter in letters if not unicodedata.combining(letter))
    return " ".join(plain.split())


def compact(text: str) -> str:
    """A number as it is compared: folded, without what people put between its parts.

    ``NS-12 40/B`` is ``ns1240b``, and so is ``ns1240b``.
    """
    return _SEPARATORS.sub("", folded(text))


def words_of(query: str) -> list[str]:
    """The folded words of what somebody typed, each once; a product must contain all of them.

    Marks that stand alone are no words. What no database can hold is left out.
    """
    typed = query[:LONGEST_QUERY].encode(errors="ignore").decode().replace("\x00", " ")
    words = dict.fromkeys(folded(typed).split())
    return [word for word in words if any(letter.isalnum() for letter in word)][:MOST_WORDS]


def search_text_of(*parts: str) -> str:
    """What a product is found by: a space before each word, so that beginnings can be asked for."""
    text = folded(" ".join(part for part in parts if part))
    return f" {text}" if text else ""


def refresh_search(product: Product) -> None:
    """Write what a product is found by: its name first, then its SKU with and without strokes."""
    product.folded_sku = compact(product.sku)[:64]
    product.search_text = search_text_of(
        product.name,
        product.sku,
        product.folded_sku,
        product.brand,
        product.family,
        product.variant,
        product.supplier,
        *product.tags,
        *(str(value) for value in product.attributes.values()),
    )
