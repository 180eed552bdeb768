"""Promotions of the merchant: found by their key; the key itself stays."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from placet.catalog.actions import (
    Naming,
    PromotionValues,
    change_promotion,
    create_promotion,
    end_promotion,
)
from placet.catalog.actions.promotions import reopen_promotion
from placet.catalog.models import Promotion
from placet.companies.models import Company
from placet.companies.permissions import CATALOG_MANAGE
from placet.core.errors import InvalidInput
from placet.imports.columns import Column
from placet.imports.ground import Ground
from placet.imports.kinds.depending import unchanged_since
from placet.imports.kinds.kind import Cells, Change, Kind, Made, nothing_above
from placet.imports.kinds.product_cells import said_anew
from placet.imports.values import (
    read_amount,
    read_choice,
    read_day,
    read_list,
    read_number,
    show_amount,
)

KINDS: Final[dict[str, tuple[str, ...]]] = {
    Promotion.Kind.ORDER_AMOUNT: ("amount", "amount off the order", "kwota", "betrag"),
    Promotion.Kind.ORDER_PERCENT: ("percent off the order", "procent od zamówienia"),
    Promotion.Kind.LINE_PERCENT: ("percent", "percent off lines", "procent", "prozent"),
    Promotion.Kind.FREE_SHIPPING: ("free shipping", "darmowa dostawa", "versandkostenfrei"),
}
LONGEST: Final = 30_000
COLUMNS: Final = (
    Column("key", _("Key"), _("Small letters, digits and hyphens"), True, 60, ("klucz",),
           "gloves-december"),
    Column("name", _("Name"), _("A new promotion needs one"), False, 120, ("nazwa",),
           "Gloves in December"),
    Column("kind", _("Kind"), "order_amount, order_percent, line_percent, free_shipping", False,
           40, ("rodzaj", "type", "art"), "line_percent"),
    Column("percent", _("Percent"), "", False, 10, ("procent", "prozent"), "7.5"),
    Column("amount", _("Amount"), "", False, 40, ("kwota", "betrag"), ""),
    Column("currency", _("Currency"), _("Empty is that of your company"), False, 3,
           ("waluta", "währung"), "EUR"),
    Column("customer", _("Customer"), _("Its key; empty is everybody"), False, 80,
           ("company", "klient", "kunde"), ""),
    Column("from_goods", _("From goods of"), "", False, 40, (), "500"),
    Column("from_quantity", _("From pieces"), "", False, 20, (), "10"),
    Column("valid_from", _("First day"), "", False, 10, ("od", "ab"), "2026-12-01"),
    Column("valid_until", _("Last day"), "", False, 10, ("do", "bis"), "2026-12-31"),
    Column("categories", _("Categories"), _("Paths, separated by semicolons"), False, LONGEST,
           ("kategorie",), "consumables/gloves/"),
    Column("products", _("Products"), _("SKUs, separated by semicolons"), False, LONGEST,
           ("produkty", "artikel"), ""),
)  # fmt: skip


def write_row(cells: Cells, ground: Ground) -> Made:
    """Make the promotion of this key, open it again, or state anew what differs."""
    found = _promotions().filter(key=cells["key"]).first()
    if found is None:
        values = _read(cells, _fresh(cells, ground), ground)
        made = create_promotion(cells["key"], values=values, **ground.at)
        return Made("added", made.pk, made.version)
    was = _values_of(found)
    there = _cells(was)
    values = _read(said_anew(cells, there), was, ground)
    before: dict[str, Any] = {}
    if found.ended_at is not None:
        reopen_promotion(found, **ground.at)
        before["was_ended"] = True
    changes = _changes(there, _cells(values))
    if not changes and not before:
        return Made("unchanged", found.pk, found.version)
    before["cells"] = there
    if changes:
        change_promotion(found, values=values, **ground.at)
    return Made("changed", found.pk, found.version, before, (), changes)


def take_back(made: Made, ground: Ground) -> None:
    """End what was added; give back what was changed."""
    promotion = _promotions().get(pk=made.id)
    unchanged_since(promotion, made)
    if made.did == "changed":
        was = _read(made.before["cells"], _blank(ground), ground)
        change_promotion(promotion, values=was, **ground.at)
    if made.did == "added" or made.before.get("was_ended"):
        end_promotion(promotion, **ground.at)


def export_rows(ground: Ground) -> Iterator[dict[str, str]]:
    """The promotions that have not been ended, by key."""
    for one in _promotions().filter(ended_at=None).order_by("key"):
        yield {"key": one.key, **_cells(_values_of(one))}


def _promotions() -> Any:
    rows = Promotion.objects.select_related("company")
    return rows.prefetch_related("entries__category", "entries__product")


def _blank(ground: Ground) -> PromotionValues:
    return PromotionValues("", "", ground.company.currency)


def _fresh(cells: Cells, ground: Ground) -> PromotionValues:
    for column in ("name", "kind"):
        if not cells.get(column):
            raise InvalidInput(column, "required", gettext("A new promotion needs this."))
    return _blank(ground)


def _read(cells: Cells, start: PromotionValues, ground: Ground) -> PromotionValues:
    """The promotion with what the cells say; a blank one leaves what is there."""
    said = {key: text for key, text in cells.items() if text}
    changes: dict[str, Any] = {"name": said["name"]} if "name" in said else {}
    if "kind" in said:
        changes["kind"] = read_choice("kind", said["kind"], KINDS)
    currency = changes["currency"] = said.get("currency", start.currency).upper()
    if "percent" in said:
        changes["basis_points"] = _basis_points(said["percent"])
    for column, name in (("amount", "amount_minor"), ("from_goods", "from_goods_minor")):
        if column in said:
            changes[name] = read_amount(column, said[column], currency)
    if "from_quantity" in said:
        changes["from_quantity"] = _whole(said["from_quantity"])
    for column in ("valid_from", "valid_until"):
        if column in said:
            changes[column] = read_day(column, said[column])
    if "customer" in said:
        changes["company"] = _customer(said["customer"])
    naming = start.naming
    if "categories" in said:
        naming = naming._replace(categories=tuple(read_list(said["categories"])))
    if "products" in said:
        naming = naming._replace(products=tuple(read_list(said["products"])))
    return start._replace(**changes, naming=naming)


def _customer(slug: str) -> Company:
    customers = Company.objects.exclude(kind=Company.Kind.MERCHANT)
    found = customers.filter(slug=slug).first()
    if found is None:
        raise InvalidInput("customer", "unknown", gettext("There is no such customer."))
    return found


def _basis_points(text: str) -> int:
    scaled = read_number("percent", text.removesuffix("%").strip()) * 100
    if scaled != scaled.to_integral_value():
        raise InvalidInput("percent", "decimals", gettext("Two decimals at most."))
    return max(-1, min(10_001, int(scaled)))


def _whole(text: str) -> int:
    number = read_number("from_quantity", text)
    if number != number.to_integral_value() or not 0 < number <= 10**9:
        raise InvalidInput("from_quantity", "quantity", gettext("Quantities are one or more."))
    return int(number)


def _values_of(promotion: Promotion) -> PromotionValues:
    entries = list(promotion.entries.all())
    naming = Naming(
        tuple(sorted(one.category.path for one in entries if one.category)),
        tuple(sorted(one.product.sku for one in entries if one.product)),
    )
    plain = (name for name in PromotionValues._fields if name != "naming")
    return PromotionValues(**{name: getattr(promotion, name) for name in plain}, naming=naming)


def _cells(values: PromotionValues) -> dict[str, str]:
    def amount(minor: int) -> str:
        return show_amount(minor, values.currency) if minor else ""

    percent = values.basis_points
    return {
        "name": values.name,
        "kind": str(values.kind),
        "percent": f"{percent / 100:g}" if percent else "",
        "amount": amount(values.amount_minor),
        "currency": values.currency,
        "customer": values.company.slug if values.company else "",
        "from_goods": amount(values.from_goods_minor),
        "from_quantity": str(values.from_quantity),
        "valid_from": values.valid_from.isoformat() if values.valid_from else "",
        "valid_until": values.valid_until.isoformat() if values.valid_until else "",
        "categories": "; ".join(values.naming.categories),
        "products": "; ".join(values.naming.products),
    }


def _changes(was: dict[str, str], now: dict[str, str]) -> tuple[Change, ...]:
    return tuple(Change(key, text, now[key]) for key, text in was.items() if text != now[key])


KIND = Kind(
    "promotions",
    _("Promotions"),
    CATALOG_MANAGE,
    COLUMNS,
    lambda cells: cells["key"],
    nothing_above,
    write_row,
    take_back,
    export_rows,
)
