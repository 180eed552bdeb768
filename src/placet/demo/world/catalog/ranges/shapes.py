"""How a range of sizes is written down: a row a series, ``M6 × {} mm: 16, 20, 25 @ 4.90 +0.60``.

A row is a label with a gap, the values of the gap, the list price of the first and what each next
one costs more. A label without a gap is one product. SKUs count on from the first.
"""

from collections.abc import Iterator
from itertools import pairwise
from typing import NamedTuple

from placet.demo.world.catalog.shapes import Family, Tier, Variant


class Maker(NamedTuple):
    """Who makes it, and from whom the merchant has it."""

    brand: str
    supplier: str


class Pack(NamedTuple):
    """What is counted in the cart, and how many pieces it holds."""

    unit: str
    size: int = 1


def ranged(
    key: str,
    name: str,
    category: str,
    maker: Maker,
    pictogram: str,
    pack: Pack,
    first: int,
    *rows: str,
    differs: str = "Size",
    tags: tuple[str, ...] = (),
    minimum: int = 1,
    tiers: tuple[Tier, ...] = (),
    tax_basis_points: int = 1900,
    lead_days: int = 3,
    restricted: bool = False,
) -> Family:
    """A family whose variants are the sizes of its rows; ``differs`` names what each ``×`` parts.

    ``minimum`` is also the step.
    """
    sizes = [priced for row in rows for priced in _sizes(row)]
    names = differs.split(", ")
    return Family(
        key=key,
        name=name,
        category=category,
        brand=maker.brand,
        supplier=maker.supplier,
        pictogram=pictogram,
        unit=pack.unit,
        pack_size=pack.size,
        variants=tuple(
            Variant(
                f"NS-{first + place}",
                _label(parts),
                minor,
                _stock(first + place),
                _attributes(names, parts),
            )
            for place, (parts, minor) in enumerate(sizes)
        ),
        tags=tags,
        minimum=minimum,
        step=minimum,
        tiers=tiers,
        tax_basis_points=tax_basis_points,
        lead_days=lead_days,
        restricted=restricted,
    )


def _sizes(row: str) -> Iterator[tuple[list[str], int]]:
    """The parts of each label of a row, with the price in cents."""
    text, _, prices = row.rpartition(" @ ")
    base, _, step = prices.partition(" +")
    pattern, colon, values = text.partition(": ")
    for place, value in enumerate(values.split(", ") if colon else [""]):
        parts = pattern.replace("{}", value).split(" × ")
        yield parts, _cents(base) + place * _cents(step or "0.00")


def _label(parts: list[str]) -> str:
    """Measures are joined by a cross, everything else by a comma."""
    label = parts[0]
    for before, part in pairwise(parts):
        both = any(map(str.isdigit, before)) and any(map(str.isdigit, part))
        label += f" × {part}" if both else f", {part}"
    return label


def _attributes(names: list[str], parts: list[str]) -> tuple[tuple[str, str], ...]:
    """The parts under their names; the unit at the end belongs to every bare number."""
    if len(names) != len(parts):
        return ()
    unit = parts[-1].rpartition(" ")[2]
    if unit.isalpha() and parts[-1][:1].isdigit():
        parts = [f"{part} {unit}" if part.replace(".", "").isdigit() else part for part in parts]
    return tuple(zip(names, parts, strict=True))


def _cents(amount: str) -> int:
    whole, _, cents = amount.partition(".")
    return int(whole) * 100 + int(cents)


def _stock(number: int) -> int:
    """Something in the warehouse of nearly everything: the same on every machine."""
    rest = number * 7919 % 997
    return 0 if rest < 20 else rest * 3 // 7 + 4


JERN = Maker("Jern", "Jern Tools")
TRAAD = Maker("Traad", "Traad Networks")
LYSA = Maker("Lysa", "Lysa Lab")
KVIST = Maker("Kvist", "Kvist Injection")
REVEN = Maker("Reven", "Reven Hygiene")
KLAR = Maker("Klar", "Klar Cleaning")
HVIT = Maker("Hvit", "Hvit Paper")
VERN = Maker("Vern", "Vern Protection")
STOL = Maker("Stol", "Stol Interior")
SVART = Maker("Svart", "Svart Print")
NORDLYS = Maker("Nordlys", "Nordlys Computing")
SKOV = Maker("Skov", "Skov Hygiene")
PIECE = Pack("piece")
