"""The foot of a purchase, from the goods to the total with tax: the same on page and paper."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Literal, NamedTuple, Protocol

from babel.numbers import format_decimal
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from placet.core.formats import locale_of, number_text
from placet.orders.content import FREE_SHIPPING

Kind = Literal["goods", "discount", "shipping", "net", "tax", "total"]


class Taken(Protocol):
    """What a promotion took off."""

    @property
    def name(self) -> str: ...
    @property
    def kind(self) -> str: ...
    @property
    def amount_minor(self) -> int: ...


class Sent(Protocol):
    """What goes to one place."""

    @property
    def ship_to(self) -> str: ...
    @property
    def shipping_minor(self) -> int: ...


class Taxed(Protocol):
    """Everything at one rate."""

    @property
    def basis_points(self) -> int: ...
    @property
    def net_minor(self) -> int: ...
    @property
    def tax_minor(self) -> int: ...


class Summed(Protocol):
    """A frozen content, or a cart as it is priced now."""

    @property
    def currency(self) -> str: ...
    @property
    def goods_minor(self) -> int: ...
    @property
    def discount_minor(self) -> int: ...
    @property
    def shipping_minor(self) -> int: ...
    @property
    def tax_minor(self) -> int: ...
    @property
    def total_minor(self) -> int: ...
    @property
    def discounts(self) -> Sequence[Taken]: ...
    @property
    def shipments(self) -> Sequence[Sent]: ...
    @property
    def taxes(self) -> Sequence[Taxed]: ...


class SumRow(NamedTuple):
    """One row of the foot; a discount is negative, free delivery is zero."""

    kind: Kind
    words: str
    amount_minor: int


def list_sums(purchase: Summed, places: Mapping[str, str], *, language: str) -> list[SumRow]:
    """Goods, each discount, the delivery of each ship-to, the net total, tax by rate, the total.

    ``places`` are the names of ship-tos by their ids. The goods stand before discounts, as the
    lines above them do; rows that would only repeat another are left out.
    """
    rows = [
        SumRow("goods", _("Goods"), purchase.goods_minor + purchase.discount_minor),
        *_discounts(purchase),
        *_deliveries(purchase, places),
    ]
    net = SumRow("net", _("Total without tax"), purchase.goods_minor + purchase.shipping_minor)
    return [
        *rows,
        net,
        *_taxes(purchase, language),
        SumRow("total", _("Total with tax"), purchase.total_minor),
    ]


def rounding_sentence(purchase: Summed) -> str:
    """How the tax was rounded."""
    if len(purchase.taxes) < 2:
        return _("Tax is rounded once, on the whole order.")
    return _("Tax is rounded once for each rate, on the whole order.")


def rate_text(basis_points: int, language: str) -> str:
    """A rate as people read it: ``19 %``, ``7.7 %``."""
    rate = Decimal(basis_points) / 100
    return f"{format_decimal(rate, format='0.##', locale=locale_of(language))}\u00a0%"


def _discounts(purchase: Summed) -> list[SumRow]:
    """Each promotion by its name; what an earlier format only knew as a sum stays one."""
    named = [
        SumRow("discount", one.name, -one.amount_minor)
        for one in purchase.discounts
        if one.kind != FREE_SHIPPING
    ]
    if named or not purchase.discount_minor:
        return named
    return [SumRow("discount", _("Discount"), -purchase.discount_minor)]


def _deliveries(purchase: Summed, places: Mapping[str, str]) -> list[SumRow]:
    if not purchase.shipping_minor:
        return [SumRow("shipping", _free(purchase), 0)]
    if len(purchase.shipments) < 2:
        return [SumRow("shipping", _("Delivery"), purchase.shipping_minor)]
    return [
        SumRow(
            "shipping",
            _("Delivery to %(place)s") % {"place": places[one.ship_to]}
            if places.get(one.ship_to)
            else _("Delivery to a place that is not chosen yet"),
            one.shipping_minor,
        )
        for one in purchase.shipments
    ]


def _free(purchase: Summed) -> str:
    """Free delivery, with the promotion that took it away."""
    freed = [one.name for one in purchase.discounts if one.kind == FREE_SHIPPING]
    if freed:
        return _("Delivery, free: %(promotion)s") % {"promotion": freed[0]}
    count = len(purchase.shipments)
    if count < 2:
        return _("Delivery, free")
    said = ngettext("Delivery to %(n)d place, free", "Delivery to %(n)d places, free", count)
    return said % {"n": count}


def _taxes(purchase: Summed, language: str) -> list[SumRow]:
    if not purchase.taxes:
        return [SumRow("tax", _("Tax"), purchase.tax_minor)]
    return [
        SumRow(
            "tax",
            _("Tax, %(rate)s of %(net)s")
            % {
                "rate": rate_text(one.basis_points, language),
                "net": number_text(one.net_minor, purchase.currency, language),
            },
            one.tax_minor,
        )
        for one in purchase.taxes
    ]
