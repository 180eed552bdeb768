"""What typed words find: conditions and an order over products, the same on both databases.

PostgreSQL answers ``contains`` from indexes of trigrams, SQLite by reading the folded text through;
what is found, and in which order, is stated here once.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final, NamedTuple

from django.db.models import Case, Expression, IntegerField, Q, QuerySet, Value, When

from placet.catalog.models import PartNumber, Product
from placet.catalog.search import SHORT, compact, words_of
from placet.catalog.vocabulary import list_near_words

MOST_PART_NUMBERS: Final = 200
EXACT, BEGINNING, WORDS, PARTS = 0, 1, 2, 3
"""The order: the very SKU or part number, then what begins so, whole words, and parts of words."""


class Search(NamedTuple):
    """What somebody typed, understood.

    ``words`` holds each word with what it may have meant instead: a product has one of each.
    ``part_numbers`` are the products whose own number of the company holds what was typed, with
    their rank. ``is_near`` says that nothing fits exactly, so that slips are forgiven.
    """

    typed: str
    words: tuple[tuple[str, ...], ...]
    part_numbers: Mapping[str, int]
    is_near: bool = False

    def condition(self) -> Q:
        """Which products are found."""
        found = Q(pk__in=sorted(self.part_numbers)) if self.part_numbers else Q(pk__in=())
        if not self.words:
            return found
        words = Q()
        for alternatives in self.words:
            words &= _any(_holds(word) for word in alternatives)
        return found | words if self.part_numbers else words

    def rank(self) -> Expression:
        """How well a product fits; the smallest first."""
        number = compact(self.typed)
        exact = [pk for pk, rank in self.part_numbers.items() if rank == EXACT]
        begins = [pk for pk, rank in self.part_numbers.items() if rank == BEGINNING]
        steps = [When(pk__in=exact, then=Value(EXACT))] if exact else []
        if number:
            steps.append(When(folded_sku=number, then=Value(EXACT)))
            steps.append(When(folded_sku__startswith=number, then=Value(BEGINNING)))
        if begins:
            steps.append(When(pk__in=begins, then=Value(BEGINNING)))
        for beginning in self.words[0] if self.is_near and self.words else (self.typed,):
            starts = Q(search_text__startswith=f" {beginning}")
            steps.append(When(starts, then=Value(BEGINNING)))
        whole = Q()
        for alternatives in self.words:
            whole &= _any(Q(search_text__contains=f" {word}") for word in alternatives)
        if self.words:
            steps.append(When(whole, then=Value(WORDS)))
        return Case(*steps, default=Value(PARTS), output_field=IntegerField())


def read_search(
    products: QuerySet[Product], company_id: str, text: str, *, may_be_near: bool = True
) -> Search | None:
    """Understand what was typed, against what is for sale; ``None`` where no word was typed.

    Two queries, and at most two more where nothing fits and slips are looked for.
    """
    words = words_of(text)
    if not text.strip():
        return None
    typed = " ".join(words)
    numbers = _list_part_numbers(company_id, compact(typed))
    search = Search(typed, tuple((word,) for word in words), numbers)
    if not (words and may_be_near) or products.filter(search.condition()).exists():
        return search
    meant = list_near_words(words)
    near = tuple(tuple(meant[word]) for word in words)
    return search._replace(words=near, is_near=True)


def _list_part_numbers(company_id: str, number: str) -> dict[str, int]:
    """The products that the company calls so, or whose number holds this."""
    if not number:
        return {}
    rows = PartNumber.objects.filter(company_id=company_id, folded__contains=number)
    found = rows.order_by("folded").values_list("product_id", "folded")[:MOST_PART_NUMBERS]
    return {product: _rank_of(own, number) for product, own in found}


def _rank_of(own: str, number: str) -> int:
    if own == number:
        return EXACT
    return BEGINNING if own.startswith(number) else PARTS


def _holds(word: str) -> Q:
    """A short word begins a word of the product; a number may be written without its strokes."""
    if len(word) < SHORT:
        return Q(search_text__contains=f" {word}")
    number = compact(word)
    found = Q(search_text__contains=word)
    if number != word and len(number) >= SHORT:
        found |= Q(search_text__contains=number)
    return found


def _any(conditions: Iterable[Q]) -> Q:
    found = Q()
    for condition in conditions:
        found |= condition
    return found
