"""A purchase that does not exist, typed in: made into an unsaved cart with its prices."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import NamedTuple

from django.utils.translation import gettext as _

from placet.carts.models import Cart
from placet.carts.pricing import PricedAllocation, PricedCart, PricedLine
from placet.catalog.models import Category, Product
from placet.catalog.prices import PriceTiers, list_prices_for
from placet.companies.models import Address, CostCenter, Member
from placet.core.errors import InvalidInput
from placet.policy.fields import SOURCES
from placet.policy.money import LARGEST_AMOUNT_MINOR, is_currency
from placet.policy.totals import line_total

MOST_LINES = 200
LARGEST_QUANTITY = 10**9
LONGEST_PO = 60
LONGEST_JUSTIFICATION = 2000


class TypedLine(NamedTuple):
    """A line: a product by SKU at its price, or just an amount in a category."""

    sku: str = ""
    quantity: int = 1
    amount_minor: int | None = None
    category: str = ""
    cost_center_id: str = ""
    ship_to_id: str = ""


class TypedPurchase(NamedTuple):
    """What somebody types into the simulator; the ids at the top hold for lines without their own.

    Amounts are goods net in minor units of the currency; there is no shipping and no tax.
    """

    currency: str
    lines: tuple[TypedLine, ...]
    cost_center_id: str = ""
    ship_to_id: str = ""
    po_number: str = ""
    justification: str = ""
    requested_on: date | None = None
    source: str = "cart"


def make_cart(member: Member, typed: TypedPurchase, *, now: datetime) -> tuple[Cart, PricedCart]:
    """The cart and its prices, saved nowhere; raises ``InvalidInput`` with the path."""
    if not 0 < len(typed.lines) <= MOST_LINES:
        raise InvalidInput("lines", "out_of_range", _("A purchase has 1 to 200 lines."))
    _check_head(typed)
    places = _Places(member.company_id, typed)
    products = _load_products(typed.lines)
    _check_categories(typed.lines)
    prices = list_prices_for(
        member.company_id, typed.currency, [product.pk for product in products.values()], now
    )
    lines = tuple(
        _line(number, line, typed, products, prices, member, places)
        for number, line in enumerate(typed.lines, 1)
    )
    goods = sum(line.total_minor for line in lines)
    cart = Cart(
        created_at=now,
        company=member.company,
        unit=member.unit,
        owner=member,
        name=_("Simulation"),
        currency=typed.currency,
        po_number=typed.po_number,
        justification=typed.justification,
        requested_on=typed.requested_on,
        cost_center_id=places.cost_center(typed.cost_center_id, "cost_center_id") or None,
        ship_to_id=places.ship_to(typed.ship_to_id, "ship_to_id") or None,
        changed_at=now,
    )
    priced = PricedCart(
        currency=typed.currency,
        lines=lines,
        goods_minor=goods,
        shipping_minor=0,
        discount_minor=0,
        tax_minor=0,
        total_minor=goods,
        minimum_order_minor=0,
        free_shipping_from_minor=None,
        unsellable=(),
    )
    return cart, priced


def _check_head(typed: TypedPurchase) -> None:
    if not is_currency(typed.currency):
        raise InvalidInput("currency", "unknown", _("A currency has three letters, such as EUR."))
    if typed.source not in SOURCES:
        raise InvalidInput("source", "unknown_choice", _("There is no such source."))
    for path, text, most in (
        ("po_number", typed.po_number, LONGEST_PO),
        ("justification", typed.justification, LONGEST_JUSTIFICATION),
    ):
        if len(text) > most:
            raise InvalidInput(path, "too_long", _("At most %(most)d characters.") % {"most": most})


class _Places:
    """The cost centres and ship-tos that are named, and only those of the member's company."""

    def __init__(self, company_id: str, typed: TypedPurchase) -> None:
        centers = {typed.cost_center_id, *(line.cost_center_id for line in typed.lines)}
        ship_tos = {typed.ship_to_id, *(line.ship_to_id for line in typed.lines)}
        of_company = {"company_id": company_id}
        self._centers = set(
            CostCenter.objects.filter(pk__in=sorted(centers), **of_company).values_list(
                "pk", flat=True
            )
        )
        self._ship_tos = set(
            Address.objects.filter(
                pk__in=sorted(ship_tos), kind=Address.Kind.SHIP_TO, **of_company
            ).values_list("pk", flat=True)
        )

    def cost_center(self, cost_center_id: str, path: str) -> str:
        if cost_center_id and cost_center_id not in self._centers:
            raise InvalidInput(path, "unknown", _("There is no such cost centre."))
        return cost_center_id

    def ship_to(self, ship_to_id: str, path: str) -> str:
        if ship_to_id and ship_to_id not in self._ship_tos:
            raise InvalidInput(path, "unknown", _("There is no such ship-to."))
        return ship_to_id


def _load_products(lines: Sequence[TypedLine]) -> dict[str, Product]:
    wanted = sorted({line.sku for line in lines if line.sku})
    found = Product.objects.filter(sku__in=wanted).select_related("category")
    return {product.sku: product for product in found}


def _check_categories(lines: Sequence[TypedLine]) -> None:
    """A category that the catalog lacks would make rules false without a word."""
    wanted = {f"{line.category.strip('/')}/" for line in lines if line.category and not line.sku}
    known = set(Category.objects.filter(path__in=sorted(wanted)).values_list("path", flat=True))
    for index, line in enumerate(lines):
        if not line.sku and line.category and f"{line.category.strip('/')}/" not in known:
            said = _("There is no such category.")
            raise InvalidInput(f"lines/{index}/category", "unknown", said)


def _line(
    number: int,
    line: TypedLine,
    typed: TypedPurchase,
    products: Mapping[str, Product],
    prices: Mapping[str, PriceTiers],
    member: Member,
    places: _Places,
) -> PricedLine:
    path = f"lines/{number - 1}"
    if not 0 < line.quantity <= LARGEST_QUANTITY:
        raise InvalidInput(f"{path}/quantity", "out_of_range", _("At least 1."))
    product = _product(line, products, path)
    tiers = prices.get(product.pk)
    total = line.amount_minor
    if total is None and tiers is not None:
        total = line_total(tiers.at(line.quantity), line.quantity, product.price_quantity)
    if total is None or not 0 <= total <= LARGEST_AMOUNT_MINOR:
        raise InvalidInput(f"{path}/amount", "missing", _("An amount, or a product with a price."))
    part = PricedAllocation(
        quantity=line.quantity,
        ship_to_id=places.ship_to(line.ship_to_id, f"{path}/ship_to_id") or typed.ship_to_id,
        cost_center_id=places.cost_center(line.cost_center_id, f"{path}/cost_center_id")
        or typed.cost_center_id,
        need_by_on=None,
        goods_minor=total,
        shipping_minor=0,
        tax_minor=0,
    )
    return PricedLine(
        line_id="",
        number=number,
        product=product,
        quantity=line.quantity,
        unit_price_minor=total * product.price_quantity // line.quantity,
        list_price_minor=tiers.list_at(line.quantity) if tiers else None,
        price_quantity=product.price_quantity,
        total_minor=total,
        tax_minor=0,
        allocations=(part,),
        added_by_id=member.pk,
        thread_id="",
        replaces_sku="",
    )


def _product(line: TypedLine, products: Mapping[str, Product], path: str) -> Product:
    """The product of the SKU, or one that stands for anything in the category."""
    if line.sku:
        if line.sku not in products:
            raise InvalidInput(f"{path}/sku", "unknown", _("There is no such product."))
        return products[line.sku]
    category = Category(path=f"{line.category.strip('/')}/", name=line.category)
    return Product(sku="", name=line.category, category=category)
