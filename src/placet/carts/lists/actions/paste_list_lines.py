"""Many rows onto a list at once: pasted, from a file, from a cart or an earlier purchase."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Literal, NamedTuple

from django.db.models import F, Max
from django.utils.translation import gettext as _

from placet.carts.lists.actions.list_lines import MOST_LINES
from placet.carts.lists.changing import begin_list_change
from placet.carts.models import PurchaseList, PurchaseListLine
from placet.carts.quantities import LARGEST
from placet.catalog.assortments import allowed_products
from placet.catalog.models import Product
from placet.catalog.prices import list_prices_for
from placet.catalog.queries import find_products
from placet.companies.models import Company
from placet.core.actor import Actor
from placet.core.errors import InvalidInput
from placet.core.transaction import transaction
from placet.events.record import record

Outcome = Literal["ok", "substituted", "discontinued", "unknown", "not_allowed", "malformed"]
ON_LIST = frozenset({"ok", "substituted"})


class ListRow(NamedTuple):
    """A row that somebody sends. A quantity of 0 could not be read; ``text`` is what was sent.

    A partial row says nothing of a par level or a note: those of a line that is there stay.
    """

    number: int
    sku: str
    quantity: int
    par_quantity: int | None = None
    note: str = ""
    text: str = ""
    is_partial: bool = False


class ListedRow(NamedTuple):
    """What became of a row; ``detail`` is a sentence where it is not as it was sent."""

    row: ListRow
    outcome: Outcome
    detail: str
    product: Product | None

    @property
    def is_listed(self) -> bool:
        """Whether a product of it stands on the list now."""
        return self.outcome in ON_LIST


@transaction
def paste_list_lines(
    wanted: PurchaseList, *, rows: Sequence[ListRow], actor: Actor, now: datetime
) -> list[ListedRow]:
    """Put every row that names a product of ours on the list, and say of each what became of it.

    A product that is there already gets what the row says: the same file sent twice changes
    nothing. Discontinued products are replaced by their substitute. Raises
    ``InvalidInput`` for no rows, and for more lines than a list has.
    """
    if not rows:
        raise InvalidInput("text", "empty", _("Paste a SKU and a quantity in each row."))
    begin_list_change(wanted, actor=actor, now=now)
    found = _judged(wanted, rows, actor, now)
    touched = _write(wanted, [one for one in found if one.is_listed], actor, now)
    record(
        "list.lines_pasted",
        wanted.pk,
        actor=actor,
        now=now,
        company_id=wanted.company_id,
        rows=len(rows),
        lines=touched,
    )
    return found


def _judged(
    wanted: PurchaseList, rows: Sequence[ListRow], actor: Actor, now: datetime
) -> list[ListedRow]:
    known = find_products([row.sku for row in rows])
    ids = {product.pk for product in known.values()}
    ids |= {product.substitute_id for product in known.values() if product.substitute_id}
    currency = Company.objects.values_list("currency", flat=True).get(pk=wanted.company_id)
    priced = set(list_prices_for(wanted.company_id, currency, ids, now))
    allowed = allowed_products(wanted.company_id, actor.member_id or wanted.owner_id)
    orderable = {
        product.pk
        for one in known.values()
        for product in (one, one.substitute)
        if product is not None and product.pk in priced and allowed.merchant.permits(product)
    }
    permitted = {
        product.pk
        for one in known.values()
        for product in (one, one.substitute)
        if product is not None and allowed.company.permits(product)
    }
    return [_judge(row, known.get(row.sku), orderable, permitted) for row in rows]


def _judge(
    row: ListRow, product: Product | None, orderable: set[str], permitted: set[str]
) -> ListedRow:
    par = row.par_quantity
    is_readable = row.sku and 1 <= row.quantity <= LARGEST and (par is None or 1 <= par <= LARGEST)
    if not is_readable:
        said = _("Write a SKU and a whole quantity, such as “GLV-M 10”.")
        return ListedRow(row, "malformed", said, None)
    if product is None or product.pk not in orderable:
        return ListedRow(row, "unknown", _("No product has this SKU."), None)
    if product.pk not in permitted:
        said = _("The assortment leaves it out for you.")
        return ListedRow(row, "not_allowed", said, None)
    if product.status == Product.Status.ACTIVE:
        return ListedRow(row, "ok", "", product)
    other = product.substitute
    is_on_sale = other is not None and other.status == Product.Status.ACTIVE
    if other is None or not is_on_sale or other.pk not in orderable & permitted:
        return ListedRow(row, "discontinued", _("Discontinued, without a substitute."), None)
    names = {"sku": other.sku, "name": other.name}
    said = _("Discontinued; replaced by %(sku)s, %(name)s.") % names
    return ListedRow(row, "substituted", said, other)


def _write(wanted: PurchaseList, found: Sequence[ListedRow], actor: Actor, now: datetime) -> int:
    """Later rows of one product hold; returns how many lines were written."""
    there: Mapping[str, PurchaseListLine] = {line.product_id: line for line in wanted.lines.all()}
    position = wanted.lines.aggregate(last=Max("position"))["last"] or 0
    last = {one.product.pk: one for one in found if one.product is not None}
    fresh = []
    for product_id, one in last.items():
        row, line = one.row, there.get(product_id)
        values = {
            "quantity": row.quantity,
            "par_quantity": row.par_quantity,
            "note": row.note[:400],
        }
        if line is not None and row.is_partial:
            values = {"quantity": row.quantity}
        if line is not None:
            PurchaseListLine.objects.filter(pk=line.pk).update(version=F("version") + 1, **values)
            continue
        position += 1
        fresh.append(
            PurchaseListLine(
                created_at=now,
                purchase_list=wanted,
                product_id=product_id,
                position=position,
                added_by_id=actor.member_id or wanted.owner_id,
                **values,
            )
        )
    if len(there) + len(fresh) > MOST_LINES:
        raise InvalidInput("lines", "too_many", _("A list has 500 lines at most."))
    PurchaseListLine.objects.bulk_create(fresh)
    return len(last)
