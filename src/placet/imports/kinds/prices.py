"""Prices on the merchant's lists: found by list, SKU and the quantity that they begin at."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, Final

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from placet.catalog.actions import PriceValues, remove_prices, set_prices
from placet.catalog.models import Price, PriceList, Product
from placet.companies.permissions import CATALOG_MANAGE
from placet.core.errors import InvalidInput
from placet.imports.columns import Column
from placet.imports.ground import Ground
from placet.imports.kinds.kind import (
    Cells,
    Change,
    ChangedSince,
    Kind,
    Made,
    Result,
    nothing_above,
)
from placet.imports.kinds.product_cells import MOST, SKU
from placet.imports.kinds.product_writing import AT_ONCE
from placet.imports.kinds.products import MOST_ROWS, alone
from placet.imports.values import read_amount, read_number, show_amount

COLUMNS: Final = (
    Column(
        "price_list",
        _("Price list"),
        _("Its key; empty is the default list"),
        False,
        60,
        ("list", "cennik", "preisliste"),
        "meridian",
    ),
    SKU,
    Column("from_quantity", _("From pieces"), "", False, 20, ("from", "ab menge", "od"), "10"),
    Column("price", _("Price"), "", True, 40, ("unit price", "cena", "preis"), "7.50"),
)
Tiers = dict[tuple[str, str], dict[int, int]]


class Board:
    """The lists and their prices as the rows find them, by list and SKU."""

    def __init__(self, skus: Sequence[str], ground: Ground) -> None:
        self.ground = ground
        self.lists = {one.key: one for one in PriceList.objects.all()}
        self.currency = ground.company.currency
        self.default = next(
            (
                one
                for one in self.lists.values()
                if one.is_default and one.currency == self.currency
            ),
            None,
        )
        self.products = dict(Product.objects.filter(sku__in=skus).values_list("sku", "id"))
        self.tiers: Tiers = {}
        rows = Price.objects.filter(product_id__in=self.products.values())
        for key, sku, start, minor in rows.values_list(
            "price_list__key", "product__sku", "from_quantity", "unit_price_minor"
        ):
            self.tiers.setdefault((key, sku), {})[start] = minor
        self.touched: set[tuple[str, str]] = set()

    def set(self, key: str, sku: str, start: int, minor: int | None) -> None:
        """Let a price be so much, or let it go."""
        tiers = self.tiers.setdefault((key, sku), {})
        if minor is None:
            tiers.pop(start, None)
        else:
            tiers[start] = minor
        self.touched.add((key, sku))

    def write(self) -> None:
        """Write what was touched, list by list."""
        for key in sorted({key for key, _sku in self.touched}):
            skus = sorted(sku for found, sku in self.touched if found == key)
            prices = [
                PriceValues(sku, minor, start)
                for sku in skus
                for start, minor in sorted(self.tiers[key, sku].items())
            ]
            gone = [sku for sku in skus if not self.tiers[key, sku]]
            if prices:
                set_prices(self.lists[key], prices=prices, **self.ground.at)
            if gone:
                remove_prices(self.lists[key], skus=gone, **self.ground.at)


def write_many(rows: Sequence[Cells], ground: Ground) -> list[Result]:
    """Set these prices; all others stay."""
    board = Board([cells["sku"] for cells in rows], ground)
    answers: list[Result] = []
    for cells in rows:
        try:
            answers.append(_set(cells, board))
        except InvalidInput as error:
            answers.append(error)
    board.write()
    return answers


def check_many_back(made: Sequence[Made], ground: Ground) -> list[Result]:
    """Which prices are no longer the imported ones; nothing is written."""
    board = Board([one.before["sku"] for one in made], ground)
    return [_checked(one, board) for one in made]


def take_many_back(made: Sequence[Made], ground: Ground) -> list[Result]:
    """Give back the former price, or take the price away, where it is still the one imported."""
    answers: list[Result] = []
    for start in range(0, len(made), AT_ONCE):
        part = made[start : start + AT_ONCE]
        board = Board([one.before["sku"] for one in part], ground)
        found = [_checked(one, board) for one in part]
        answers += found
        for one in found:
            if isinstance(one, Made):
                board.set(
                    one.before["list"], one.before["sku"], one.before["from"], one.before["was"]
                )
        if all(isinstance(one, Made) for one in found):
            board.write()
    return answers


def _checked(one: Made, board: Board) -> Result:
    tiers = board.tiers.get((one.before["list"], one.before["sku"]), {})
    if tiers.get(one.before["from"]) != one.before["now"]:
        return ChangedSince(gettext("It has been changed since."))
    return one


def export_rows(ground: Ground) -> Iterator[dict[str, str]]:
    """Every price by list, SKU and quantity."""
    rows = Price.objects.order_by("price_list__key", "product__sku", "from_quantity").values_list(
        "price_list__key",
        "price_list__currency",
        "product__sku",
        "from_quantity",
        "unit_price_minor",
    )
    for key, currency, sku, start, minor in rows.iterator(AT_ONCE):
        yield {
            "price_list": key,
            "sku": sku,
            "from_quantity": str(start),
            "price": show_amount(minor, currency),
        }


def _set(cells: Cells, board: Board) -> Made:
    named = cells.get("price_list", "")
    price_list = board.lists.get(named) if named else board.default
    if price_list is None:
        raise InvalidInput("price_list", "unknown", gettext("There is no such price list."))
    sku = cells["sku"]
    if sku not in board.products:
        raise InvalidInput("sku", "unknown", gettext("There is no product with this SKU."))
    start = _start(cells.get("from_quantity", ""))
    minor = read_amount("price", cells["price"], price_list.currency)
    if minor < 0:
        raise InvalidInput("price", "range", gettext("This is not a price."))
    was = board.tiers.get((price_list.key, sku), {}).get(start)
    kept: dict[str, Any] = {"list": price_list.key, "sku": sku, "from": start}
    pk = f"{price_list.key}/{board.products[sku]}/{start}"
    if pk in board.ground.said:
        raise InvalidInput("from_quantity", "twice", gettext("Another row states this price."))
    board.ground.said.add(pk)
    if was == minor:
        return Made("unchanged", pk, 0)
    board.set(price_list.key, sku, start, minor)
    kept |= {"was": was, "now": minor}
    if was is None:
        return Made("added", pk, 0, kept)
    said = [show_amount(one, price_list.currency) for one in (was, minor)]
    return Made("changed", pk, 0, kept, (), (Change("price", *said),))


def _start(text: str) -> int:
    number = read_number("from_quantity", text) if text else 1
    if number != int(number) or not 1 <= number <= MOST:
        raise InvalidInput("from_quantity", "quantity", gettext("Quantities are one or more."))
    return int(number)


def _key(cells: Cells) -> str:
    return "/".join((cells.get("price_list", ""), cells["sku"], cells.get("from_quantity") or "1"))


KIND = Kind(
    "prices",
    _("Prices"),
    CATALOG_MANAGE,
    COLUMNS,
    _key,
    nothing_above,
    lambda cells, ground: alone(write_many([cells], ground)),
    lambda made, ground: (alone(take_many_back([made], ground)), None)[1],
    export_rows,
    write_many=write_many,
    take_many_back=take_many_back,
    check_many_back=check_many_back,
    most_rows=MOST_ROWS,
)
