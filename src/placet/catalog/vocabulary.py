"""What a mistyped word may have meant: the words and SKUs of the catalog that are nearest to it.

The same on every database, since the distance is counted here. One slip (a letter missing, too
many, another one, two swapped) leaves the beginning or the end of a word as it was, so only words
that share one of them are read.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Final

from django.db.models import Q
from django.db.models.functions import Length

from placet.catalog.models import Product, SearchWord
from placet.catalog.search import compact

_WORDS: Final = re.compile(r"[^\W\d_]{4,40}")
LONG: Final = 8
"""From so many letters on two slips are forgiven, below it one, and none below four letters."""
MOST_READ: Final = 2_000
MOST_MEANT: Final = 5
BATCH: Final = 500


def learn_words(texts: Iterable[str]) -> None:
    """Keep the words of these folded texts; those that are known stay."""
    words = sorted(set[str]().union(*(words_in(text) for text in texts)))
    SearchWord.objects.bulk_create(
        (SearchWord(word=word) for word in words), batch_size=BATCH, ignore_conflicts=True
    )


def words_in(text: str) -> set[str]:
    """The words of a folded text that can be mistyped: of letters only, and at least four."""
    return set(_WORDS.findall(text))


def list_near_words(words: Iterable[str]) -> Mapping[str, list[str]]:
    """For each word the nearest ones of the catalog, itself first; at most two queries.

    Words of letters are looked for among the words, others among the SKUs.
    """
    typed = list(words)
    lettered = [word for word in typed if _WORDS.fullmatch(word)]
    numbered = [word for word in typed if word not in lettered and len(compact(word)) >= 4]
    found: dict[str, list[str]] = {word: [word] for word in typed}
    if lettered:
        rows = SearchWord.objects.annotate(letters=Length("word"))
        rows = rows.filter(_any(_alike("word", word) for word in lettered)).order_by("word")
        known = list(rows.values_list("word", flat=True)[:MOST_READ])
        found |= {word: [word, *_nearest(word, known)] for word in lettered}
    if numbered:
        numbers = {word: compact(word) for word in numbered}
        skus = Product.objects.annotate(letters=Length("folded_sku"))
        skus = skus.filter(_any(_alike("folded_sku", one) for one in numbers.values()))
        read = list(skus.order_by("folded_sku").values_list("folded_sku", flat=True)[:MOST_READ])
        found |= {word: [word, *_nearest(one, read)] for word, one in numbers.items()}
    return found


def distance(one: str, other: str, most: int) -> int:
    """How many slips lie between two words, counted no further than one beyond ``most``."""
    if abs(len(one) - len(other)) > most:
        return most + 1
    before: list[int] = []
    row = list(range(len(other) + 1))
    for place, letter in enumerate(one, 1):
        earlier, before, row = before, row, [place]
        for column, wanted in enumerate(other, 1):
            cost = min(
                before[column] + 1,
                row[column - 1] + 1,
                before[column - 1] + (letter != wanted),
            )
            is_swapped = (
                place > 1
                and column > 1
                and (letter, one[place - 2])
                == (
                    other[column - 2],
                    wanted,
                )
            )
            row.append(min(cost, earlier[column - 2] + 1) if is_swapped else cost)
        if min(row) > most:
            return most + 1
    return min(row[-1], most + 1)


def _slips(word: str) -> int:
    """How many slips are forgiven; a number that differs in two places is another number."""
    return 2 if len(word) >= LONG and _WORDS.fullmatch(word) else 1


def _nearest(word: str, known: Iterable[str]) -> list[str]:
    most = _slips(word)
    reached = ((distance(word, one, most), one) for one in known if one != word)
    return [one for count, one in sorted(reached) if count <= most][:MOST_MEANT]


def _alike(column: str, word: str) -> Q:
    """About as long, and with the same beginning or end."""
    most = _slips(word)
    part = (len(word) - 1) // 2 if most == 1 else max(len(word) // 3, 2)
    near = Q((f"{column}__startswith", word[:part])) | Q((f"{column}__endswith", word[-part:]))
    return near & Q(letters__gte=len(word) - most, letters__lte=len(word) + most)


def _any(conditions: Iterable[Q]) -> Q:
    found = Q()
    for condition in conditions:
        found |= condition
    return found
