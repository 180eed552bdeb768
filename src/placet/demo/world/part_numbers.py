"""Part numbers that companies use for our products. Two companies use the same ones differently."""

from typing import NamedTuple

from placet.demo.world import golden
from placet.demo.world.companies import HARBOUR, KOWALSKI, MERIDIAN


class PartNumber(NamedTuple):
    """What a company calls a product."""

    company: str
    number: str
    sku: str


_NUMBERS = tuple(f"10-{4400 + position}" for position in range(1, len(golden.LINES) + 1))
_SKUS = tuple(line.sku for line in golden.LINES)

PART_NUMBERS = (
    *(PartNumber(MERIDIAN, number, sku) for number, sku in zip(_NUMBERS, _SKUS, strict=True)),
    # The same numbers, the other way round: a number of one company must never find for another.
    *(PartNumber(HARBOUR, number, sku) for number, sku in zip(_NUMBERS, _SKUS[::-1], strict=True)),
    PartNumber(KOWALSKI, "RKW-9", "NS-88111"),
    PartNumber(KOWALSKI, "BUT-42", "NS-88222"),
)
