"""Many products at once into a cart, and exactly these out of it again."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from django.db.models import Max
from django.utils.translation import gettext as _

from placet.carts.changing import add_author, begin_change
from placet.carts.models import Cart, CartLine, LineImport
from placet.carts.parts import fit_allocations
from placet.carts.quantities import LARGEST, MOST_LINES
from placet.catalog.models import Product
from placet.core.actor import Actor
from placet.core.errors import Conflict, InvalidInput
from placet.core.transaction import transaction
from placet.events.record import record

WRITTEN_AT_ONCE = 500


class AddedLine(NamedTuple):
    """A product that can be ordered, and how many more of it; judged by whoever asks for it."""

    product: Product
    quantity: int
    replaces_sku: str = ""
    note: str = ""


class Sent(NamedTuple):
    """Where the rows come from: a name for people, what names the rows, file and run."""

    name: str
    digest: str
    file_id: str = ""
    run_id: str = ""


class AlreadyTakenBack(Conflict):
    """What was added was taken out again before."""

    code = "already_taken_back"


@transaction
def add_lines(
    cart: Cart, *, wanted: Sequence[AddedLine], sent: Sent, actor: Actor, now: datetime
) -> LineImport:
    """Put products into the cart; those that are there get so many more.

    The number of statements hangs on nothing but the number of split lines. Raises ``InvalidInput``
    for more lines or pieces than a cart holds: nothing is added then.
    """
    begin_change(cart, actor=actor, now=now)
    there = {line.product_id: line for line in CartLine.objects.filter(cart=cart)}
    sums = _summed(wanted)
    fresh = _fresh(cart, [one for one in sums if one.product.pk not in there], actor, now)
    if len(there) + len(fresh) > MOST_LINES:
        raise InvalidInput("lines", "too_many", _("A cart has 500 lines at most."))
    raised = [_raised(there[one.product.pk], one) for one in sums if one.product.pk in there]
    CartLine.objects.bulk_create(fresh, batch_size=WRITTEN_AT_ONCE)
    _write_raised(raised)
    if sums:
        add_author(cart, actor)
    lines = {line.product_id: line for line in (*fresh, *raised)}
    found = LineImport.objects.create(
        created_at=now,
        company_id=cart.company_id,
        cart=cart,
        member_id=actor.member_id,
        rows=len(wanted),
        added=[
            [lines[one.product.pk].pk, one.product.sku, one.quantity, lines[one.product.pk].version]
            for one in sums
        ],
        **sent._asdict(),
    )
    _record("cart.lines_added", found, actor=actor, now=now, lines=len(sums), rows=len(wanted))
    return found


@transaction
def take_back_lines(found: LineImport, *, actor: Actor, now: datetime) -> LineImport:
    """Take out exactly what was added; lines that were changed since stay, and are named.

    Raises ``AlreadyTakenBack`` the second time, ``Conflict`` once the cart was submitted.
    """
    cart = found.cart
    begin_change(cart, actor=actor, now=now)
    if not LineImport.objects.filter(pk=found.pk, undone_at=None).update(undone_at=now):
        raise AlreadyTakenBack(_("This was taken back already."))
    lines = CartLine.objects.filter(cart=cart).in_bulk([row[0] for row in found.added])
    gone: list[str] = []
    lowered: list[CartLine] = []
    kept: list[str] = []
    for line_id, sku, quantity, version in found.added:
        line = lines.get(line_id)
        if line is None:
            continue
        if line.version != version or line.quantity < quantity:
            kept.append(sku)
        elif line.quantity == quantity:
            gone.append(line_id)
        else:
            line.quantity -= quantity
            lowered.append(line)
    CartLine.objects.filter(pk__in=gone).delete()
    _write_raised(lowered)
    LineImport.objects.filter(pk=found.pk).update(kept=kept)
    found.refresh_from_db()
    lines_gone = len(gone) + len(lowered)
    _record("cart.lines_taken_back", found, actor=actor, now=now, lines=lines_gone, kept=len(kept))
    return found


def _summed(wanted: Iterable[AddedLine]) -> list[AddedLine]:
    """Each product once, with all that is wanted of it."""
    sums: dict[str, AddedLine] = {}
    for one in wanted:
        before = sums.get(one.product.pk)
        if before is not None:
            one = before._replace(
                quantity=before.quantity + one.quantity,
                replaces_sku=before.replaces_sku or one.replaces_sku,
                note=before.note or one.note,
            )
        _refuse_pieces(one.product, one.quantity)
        sums[one.product.pk] = one
    return list(sums.values())


def _refuse_pieces(product: Product, quantity: int) -> None:
    if not 0 < quantity <= LARGEST:
        raise InvalidInput(
            "quantity",
            "range",
            _("A quantity of %(sku)s is 1 to 1,000,000.") % {"sku": product.sku},
        )


def _fresh(cart: Cart, wanted: Sequence[AddedLine], actor: Actor, now: datetime) -> list[CartLine]:
    last = CartLine.objects.filter(cart=cart).aggregate(last=Max("position"))["last"] or 0
    return [
        CartLine(
            created_at=now,
            cart=cart,
            product=one.product,
            position=position,
            quantity=one.quantity,
            added_by_id=actor.member_id or cart.owner_id,
            replaces_sku=one.replaces_sku,
            note=one.note,
        )
        for position, one in enumerate(wanted, last + 1)
    ]


def _raised(line: CartLine, one: AddedLine) -> CartLine:
    _refuse_pieces(one.product, line.quantity + one.quantity)
    line.quantity += one.quantity
    line.replaces_sku = line.replaces_sku or one.replaces_sku
    line.note = line.note or one.note
    return line


def _write_raised(lines: Sequence[CartLine]) -> None:
    for line in lines:
        line.version += 1
    columns = ["quantity", "replaces_sku", "note", "version"]
    CartLine.objects.bulk_update(lines, columns, batch_size=WRITTEN_AT_ONCE)
    split = CartLine.objects.filter(
        pk__in=[line.pk for line in lines], allocations__isnull=False
    ).distinct()
    for line in split:
        fit_allocations(line)


def _record(what: str, found: LineImport, *, actor: Actor, now: datetime, **values: Any) -> None:
    record(
        what,
        found.cart_id,
        actor=actor,
        now=now,
        company_id=found.company_id,
        added=found.pk,
        private={"file": found.name},
        **values,
    )
