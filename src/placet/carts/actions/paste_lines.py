"""Quick order: many products at once, with a report of every row."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Literal, NamedTuple

from django.db.models import Max
from django.utils.translation import gettext as _

from placet.carts.actions.lines import MOST_LINES
from placet.carts.changing import add_author, begin_change
from placet.carts.for_sale import said_not_allowed
from placet.carts.models import Cart, CartLine
from placet.carts.parts import fit_allocations
from placet.carts.paste import PastedRow, TooMuchText, read_rows
from placet.carts.quantities import quantity_fault
from placet.catalog.assortments import allowed_products, list_who_allow
from placet.catalog.models import Product
from placet.catalog.prices import list_prices_for
from placet.catalog.queries import find_products
from placet.core.actor import Actor
from placet.core.errors import InvalidInput
from placet.core.transaction import transaction
from placet.events.record import record

Outcome = Literal[
    "ok",
    "substituted",
    "discontinued",
    "unknown",
    "malformed",
    "not_for_sale",
    "not_allowed",
    "quantity",
]
IN_CART: frozenset[Outcome] = frozenset({"ok", "substituted"})


class ReportRow(NamedTuple):
    """What became of a pasted row (with its fields); ``product`` is the one that was meant."""

    number: int
    text: str
    sku: str
    quantity: int
    outcome: Outcome
    detail: str
    product: Product | None


class PasteReport(NamedTuple):
    """All rows in the order of the text."""

    rows: tuple[ReportRow, ...]

    @property
    def found(self) -> int:
        """Rows whose own product lies in the cart."""
        return sum(row.outcome == "ok" for row in self.rows)

    @property
    def substituted(self) -> int:
        """Rows whose product is discontinued and whose substitute lies in the cart."""
        return sum(row.outcome == "substituted" for row in self.rows)

    @property
    def failed(self) -> tuple[ReportRow, ...]:
        """Rows of which nothing lies in the cart."""
        return tuple(row for row in self.rows if row.outcome not in IN_CART)


@transaction
def paste_lines(cart: Cart, *, text: str, actor: Actor, now: datetime) -> PasteReport:
    """Put every row that can be ordered into the cart and say of each what became of it.

    A discontinued product is replaced by its substitute where that is on sale, and the line says
    so. Rows of one product add up, also with what was in the cart. The number of statements does
    not grow with the rows. Raises ``InvalidInput`` for an empty text or more than 500 rows.
    """
    try:
        rows = read_rows(text)
    except TooMuchText:
        raise InvalidInput("text", "too_long", _("Paste 500 rows at most.")) from None
    if not rows:
        raise InvalidInput("text", "empty", _("Paste a SKU and a quantity in each row."))
    begin_change(cart, actor=actor, now=now)
    known = find_products([row.sku for row in rows])
    lines = {line.product_id: line for line in cart.lines.select_related("product")}
    reach = _reach(cart, known, now)
    if actor.staff_member_id:
        # Whom to ask inside the company is not for the supplier's staff to read.
        reach = reach._replace(whom_to_ask=())
    report = _judged(rows, known, lines, reach)
    touched = _write(cart, report, known, lines, actor, now)
    if touched:
        add_author(cart, actor)
    record(
        "cart.lines_pasted",
        cart.id,
        actor=actor,
        now=now,
        company_id=cart.company_id,
        rows=len(rows),
        lines=sorted(line.id for line in touched),
    )
    return PasteReport(tuple(report))


class _Reach(NamedTuple):
    """Ids of products that the cart's owner can order, and of those that the company holds back."""

    on_sale: frozenset[str]
    held_back: frozenset[str]
    whom_to_ask: tuple[str, ...]


def _reach(cart: Cart, known: Mapping[str, Product], now: datetime) -> _Reach:
    named = {product.id: product for product in known.values()}
    named |= {one.id: one for product in known.values() if (one := product.substitute)}
    prices = list_prices_for(cart.company_id, cart.currency, list(named), now)
    allowed = allowed_products(cart.company_id, cart.owner_id)
    sold = [one for one in named.values() if one.id in prices and allowed.merchant.permits(one)]
    held_back = [one for one in sold if not allowed.company.permits(one)]
    return _Reach(
        frozenset(one.id for one in sold) - {one.id for one in held_back},
        frozenset(one.id for one in held_back),
        tuple(list_who_allow(cart.company_id)) if held_back else (),
    )


def _judged(
    rows: Sequence[PastedRow],
    known: Mapping[str, Product],
    lines: Mapping[str, CartLine],
    reach: _Reach,
) -> list[ReportRow]:
    """Row by row; quantities of one product add up before the next row of it is judged."""
    sums = {product_id: line.quantity for product_id, line in lines.items()}
    report = []
    for row in rows:
        outcome, detail, product = _judge(row, known.get(row.sku), reach)
        if product is not None and outcome in IN_CART:
            fault = quantity_fault(product, sums.get(product.id, 0) + row.quantity)
            if fault:
                outcome, detail = "quantity", fault
            else:
                sums[product.id] = sums.get(product.id, 0) + row.quantity
        report.append(
            ReportRow(row.number, row.text, row.sku, row.quantity, outcome, detail, product)
        )
    return report


def _judge(
    row: PastedRow, product: Product | None, reach: _Reach
) -> tuple[Outcome, str, Product | None]:
    if not row.sku or not row.quantity:
        return "malformed", _("Write a SKU and a whole quantity, such as “GLV-M 10”."), None
    if product is None:
        return "unknown", _("No product has this SKU."), None
    if product.status != Product.Status.ACTIVE:
        substitute = product.substitute
        is_on_sale = substitute is not None and substitute.status == Product.Status.ACTIVE
        if substitute is None or not is_on_sale or substitute.id not in reach.on_sale:
            return "discontinued", _("Discontinued, without a substitute."), None
        replaced = _("Discontinued; replaced by %(sku)s, %(name)s.")
        names = {"sku": substitute.sku, "name": substitute.name}
        return "substituted", replaced % names, substitute
    if product.id in reach.held_back:
        return "not_allowed", said_not_allowed([product.sku], reach.whom_to_ask), None
    if product.id not in reach.on_sale:
        return "not_for_sale", _("Your company has no price for it."), None
    return "ok", "", product


def _write(
    cart: Cart,
    report: Sequence[ReportRow],
    known: Mapping[str, Product],
    lines: Mapping[str, CartLine],
    actor: Actor,
    now: datetime,
) -> list[CartLine]:
    position = cart.lines.aggregate(last=Max("position"))["last"] or 0
    fresh: dict[str, CartLine] = {}
    raised: dict[str, CartLine] = {}
    for row in report:
        if row.product is None or row.outcome not in IN_CART:
            continue
        line = lines.get(row.product.id) or fresh.get(row.product.id)
        if line is None:
            position += 1
            line = CartLine(created_at=now, cart=cart, product=row.product, position=position)
            line.quantity, line.added_by_id = 0, actor.member_id or cart.owner_id
            fresh[row.product.id] = line
        elif row.product.id in lines:
            raised[row.product.id] = line
        line.quantity += row.quantity
        if row.outcome == "substituted":
            line.replaces_sku = line.replaces_sku or known[row.sku].sku
    if len(lines) + len(fresh) > MOST_LINES:
        raise InvalidInput("lines", "too_many", _("A cart has 500 lines at most."))
    CartLine.objects.bulk_create(fresh.values())
    _raise(raised)
    return [*fresh.values(), *raised.values()]


def _raise(raised: Mapping[str, CartLine]) -> None:
    for line in raised.values():
        line.version += 1
    CartLine.objects.bulk_update(raised.values(), ["quantity", "replaces_sku", "version"])
    split = CartLine.objects.filter(
        pk__in=[line.pk for line in raised.values()], allocations__isnull=False
    ).distinct()
    for line in split:
        fit_allocations(line)
