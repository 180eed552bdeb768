"""What would become of each row: added as it is, with a warning, or not at all and why.

A few queries a thousand rows. Rows of one product are one wish: the first of them says what is
added, the others where they were added to. The requester is the cart's owner.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Final, Literal, NamedTuple

from django.utils.translation import gettext as _

from placet.carts.actions import AddedLine
from placet.carts.for_sale import said_not_allowed
from placet.carts.models import CartLine
from placet.carts.quantities import LARGEST, nearest_quantity
from placet.catalog.assortments import allowed_products, list_who_allow
from placet.catalog.models import Product
from placet.catalog.prices import PriceTiers, list_prices_for
from placet.catalog.queries import find_products, list_products
from placet.core.actor import Actor
from placet.core.formats import money_text
from placet.imports.quick_order.reading import WishedRow
from placet.plans.history import list_last_paid
from placet.policy.totals import line_total

AT_ONCE: Final = 1_000
MOST_SUGGESTED: Final = 20
"""So many unknown SKUs are looked up by likeness: each is a search of its own."""
NEAREST: Final = 3
Status = Literal["ok", "warning", "error"]


class JudgedRow(NamedTuple):
    """A row, and what becomes of it.

    ``quantity`` of ``product`` can be added (0 where nothing is); ``substitute`` can be taken
    instead of what is discontinued, ``quantity`` of it then. ``nearest`` are the SKUs that may have
    been meant. Amounts are minor units of the cart's currency.
    """

    row: WishedRow
    status: Status
    code: str
    sentences: tuple[str, ...]
    product: Product | None = None
    quantity: int = 0
    total_minor: int = 0
    substitute: Product | None = None
    nearest: tuple[str, ...] = ()

    @property
    def is_good(self) -> bool:
        """Whether the row is added as it stands."""
        return self.quantity > 0 and self.substitute is None


class Judged(NamedTuple):
    """All rows in their order, and what the good ones cost together."""

    rows: tuple[JudgedRow, ...]
    currency: str

    def count(self, status: str) -> int:
        """How many rows have this status."""
        return sum(one.status == status for one in self.rows)

    @property
    def good(self) -> list[JudgedRow]:
        """The rows that would be added."""
        return [one for one in self.rows if one.is_good]

    @property
    def refused(self) -> list[JudgedRow]:
        """The rows of which nothing would be added."""
        return [one for one in self.rows if one.status == "error" or one.substitute is not None]

    @property
    def replaceable(self) -> list[JudgedRow]:
        """The rows whose product is discontinued and has a substitute."""
        return [one for one in self.rows if one.substitute is not None]

    @property
    def total_minor(self) -> int:
        """Goods without tax and shipping, at today's prices."""
        return sum(one.total_minor for one in self.good)

    def lines(self, *, taken: frozenset[int] = frozenset()) -> list[AddedLine]:
        """What to add: the good rows, and substitutes for the rows with these numbers."""
        found = []
        for one in self.rows:
            product = one.product
            if one.substitute is not None and one.row.number in taken:
                sku = product.sku if product else ""
                found.append(AddedLine(one.substitute, one.quantity, sku, one.row.note))
            elif one.is_good and product is not None:
                found.append(AddedLine(product, one.quantity, "", one.row.note))
        return found


class _Ground(NamedTuple):
    """Everything that rows are judged by, read once."""

    known: Mapping[str, Product]
    prices: Mapping[str, PriceTiers]
    last_paid: Mapping[str, int]
    there: Mapping[str, int]
    permits: Callable[[Product], str]
    currency: str
    language: str


def judge_rows(
    rows: Sequence[WishedRow],
    *,
    cart_id: str,
    requester_id: str,
    currency: str,
    actor: Actor,
    now: datetime,
    progress: Callable[[int], None] = lambda done: None,
) -> Judged:
    """Judge every row for a cart (none where ``cart_id`` is empty: for one that will begin).

    ``progress`` is told how many rows were looked up so far.
    """
    ground = _load(rows, cart_id, requester_id, currency, actor, now, progress)
    sums = _sums(rows, ground)
    judged: list[JudgedRow] = []
    first: dict[str, int] = {}
    suggested = 0
    for row in rows:
        product = ground.known.get(row.sku) if not row.fault else None
        if product is not None and product.pk in first:
            judged.append(_joined(row, product, first[product.pk]))
            continue
        if product is not None:
            first[product.pk] = row.number
            judged.append(_judge(row, product, sums[product.pk], ground))
            continue
        is_asked = not row.fault and suggested < MOST_SUGGESTED
        suggested += is_asked
        judged.append(_unknown(row, actor if is_asked else None, now))
    return Judged(tuple(judged), currency)


def _load(
    rows: Sequence[WishedRow],
    cart_id: str,
    requester_id: str,
    currency: str,
    actor: Actor,
    now: datetime,
    progress: Callable[[int], None],
) -> _Ground:
    allowed = allowed_products(actor.company_id, requester_id)
    known: dict[str, Product] = {}
    prices: dict[str, PriceTiers] = {}
    last_paid: dict[str, int] = {}
    skus = list(dict.fromkeys(row.sku for row in rows if not row.fault))
    for start in range(0, len(skus), AT_ONCE):
        found = find_products(skus[start : start + AT_ONCE], actor.company_id)
        # What the merchant holds back is not told by its name: to the company there is no such.
        part = {sku: one for sku, one in found.items() if allowed.merchant.permits(one)}
        named = {product.pk: product for product in part.values()}
        named |= {one.pk: one for product in part.values() if (one := product.substitute)}
        known |= part
        prices |= list_prices_for(actor.company_id, currency, list(named), now)
        bought = [product.sku for product in named.values()]
        last_paid |= list_last_paid(actor.company_id, currency, bought)
        progress(min(start + AT_ONCE, len(rows)))
    there = CartLine.objects.filter(cart_id=cart_id).values_list("product_id", "quantity")
    people: list[list[str]] = []

    def permits(product: Product) -> str:
        """Why the requester may not have it; empty where they may."""
        if product.pk not in prices or not allowed.merchant.permits(product):
            return _("Your company has no price for it.")
        if allowed.company.permits(product):
            return ""
        if not people:
            people.append(list_who_allow(actor.company_id))
        return said_not_allowed([product.sku], people[0])

    known_there = dict(there) if cart_id else {}
    return _Ground(known, prices, last_paid, known_there, permits, currency, actor.language)


def _sums(rows: Sequence[WishedRow], ground: _Ground) -> dict[str, int]:
    """How many of each product are wished by all rows together."""
    sums: dict[str, int] = {}
    for row in rows:
        product = ground.known.get(row.sku) if not row.fault else None
        if product is not None:
            sums[product.pk] = sums.get(product.pk, 0) + row.quantity
    return sums


def _judge(row: WishedRow, product: Product, wished: int, ground: _Ground) -> JudgedRow:
    if product.status != Product.Status.ACTIVE:
        return _discontinued(row, product, wished, ground)
    refusal = ground.permits(product)
    if refusal:
        code = "not_allowed" if product.pk in ground.prices else "not_for_sale"
        return JudgedRow(row, "error", code, (refusal,), product)
    quantity = _fitting(product, wished, ground)
    if quantity <= 0:
        said = _("The cart would hold more than a million of it.")
        return JudgedRow(row, "error", "too_many", (said,), product)
    warnings = _warnings(product, wished, quantity, ground)
    code = warnings[0][0] if warnings else "ok"
    sentences = tuple(sentence for _code, sentence in warnings)
    if wished != row.quantity:
        sentences += (_("Rows of the same product are added up: %(n)d.") % {"n": wished},)
    total = _total(product, quantity, ground)
    status: Status = "warning" if warnings else "ok"
    return JudgedRow(row, status, code, sentences, product, quantity, total)


def _discontinued(row: WishedRow, product: Product, wished: int, ground: _Ground) -> JudgedRow:
    other = product.substitute
    is_there = other is not None and other.status == Product.Status.ACTIVE
    if other is None or not is_there or ground.permits(other):
        said = _("Discontinued, without a substitute.")
        return JudgedRow(row, "error", "discontinued", (said,), product)
    quantity = _fitting(other, wished, ground)
    names = {"sku": other.sku, "name": other.name}
    said = _("Discontinued; %(sku)s, %(name)s takes its place.") % names
    total = _total(other, quantity, ground)
    return JudgedRow(row, "warning", "substitute", (said,), product, quantity, total, other)


def _warnings(
    product: Product, wished: int, quantity: int, ground: _Ground
) -> list[tuple[str, str]]:
    said = []
    if quantity != wished:
        numbers = {"wished": wished, "quantity": quantity, "step": product.step_quantity}
        sentence = _("%(wished)d becomes %(quantity)d: it is sold in steps of %(step)d.")
        said.append(("rounded", sentence % numbers))
    if product.stock < quantity:
        said.append(("short", _short(product)))
    price, last = ground.prices[product.pk].at(quantity), ground.last_paid.get(product.sku)
    if last is not None and last != price:
        amounts = {
            "last": money_text(last, ground.currency, ground.language),
            "now": money_text(price, ground.currency, ground.language),
        }
        said.append(("price", _("%(last)s last time, %(now)s now.") % amounts))
    return said


def _short(product: Product) -> str:
    there = max(product.stock, 0)
    if product.sells_beyond_stock:
        numbers = {"n": there, "days": product.lead_time_days}
        return _("%(n)d in stock; the rest takes about %(days)d days.") % numbers
    return _("Only %(n)d in stock; it cannot be ordered beyond that.") % {"n": there}


def _fitting(product: Product, wished: int, ground: _Ground) -> int:
    """How many more to add, so that the line has a quantity that can be ordered."""
    there = ground.there.get(product.pk, 0)
    if there + wished > LARGEST:
        return 0
    step = product.step_quantity
    found = nearest_quantity(product, there + wished) - there
    return found if found > 0 else -(-(there + wished) // step) * step - there


def _total(product: Product, quantity: int, ground: _Ground) -> int:
    price = ground.prices[product.pk].at(quantity + ground.there.get(product.pk, 0))
    return line_total(price, quantity, product.price_quantity)


def _joined(row: WishedRow, product: Product, number: int) -> JudgedRow:
    said = _("The same product as in row %(row)d, added up there.") % {"row": number}
    return JudgedRow(row, "ok", "joined", (said,), product)


def _unknown(row: WishedRow, actor: Actor | None, now: datetime) -> JudgedRow:
    if row.fault:
        return JudgedRow(row, "error", "malformed", (row.fault,))
    found = list_products(actor, row.sku, limit=NEAREST, now=now) if actor else []
    nearest = tuple(one.sku for one in found)
    said = _("No product has this number.")
    return JudgedRow(row, "error", "unknown", (said,), nearest=nearest)
