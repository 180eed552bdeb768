"""Adding what was judged: into the chosen cart, and into further ones where it is full."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import Final, NamedTuple

from django.utils.translation import gettext as _

from placet.carts.actions import AddedLine, Sent, add_lines, create_cart
from placet.carts.models import Cart, LineImport
from placet.carts.permissions import can_edit_cart
from placet.carts.quantities import MOST_LINES
from placet.carts.queries import get_cart
from placet.core.actor import Actor
from placet.core.errors import Conflict, InvalidInput, NotFound
from placet.core.transaction import transaction
from placet.imports.actions import keep_file
from placet.imports.models import ImportFile
from placet.imports.queries import get_import_file
from placet.imports.quick_order.reading import FILE_KIND
from placet.imports.reading import Table

LONGEST_NAME: Final = 110
RECENT: Final = timedelta(hours=1)


class AddedAlready(Conflict):
    """The file was added since it was looked at; ``facts['line_import']`` is what it added."""

    code = "added_already"


class Target(NamedTuple):
    """The cart to fill by its id, or the name of one that begins."""

    cart_id: str = ""
    name: str = ""


@transaction
def keep_order_file(table: Table, *, name: str, actor: Actor, now: datetime) -> ImportFile:
    """Keep the rows of a quick order until they are added; for everybody who may begin a cart."""
    if actor.is_merchant or not actor.member_id:
        raise NotFound(_("Carts belong to members of a buying company."))
    return keep_file(table, kind=FILE_KIND, name=name, actor=actor, now=now)


def find_target(actor: Actor, target: Target) -> Cart | None:
    """The cart that was chosen, if one was; raises ``NotFound``, ``Conflict`` once it is closed."""
    if not target.cart_id:
        return None
    cart = get_cart(actor, target.cart_id)
    refusal = can_edit_cart(actor, cart)
    if refusal is not None:
        raise Conflict(refusal.sentence)
    return cart


@transaction
def add_to_carts(
    lines: Sequence[AddedLine],
    *,
    target: Target,
    sent: Sent,
    seen: str = "",
    actor: Actor,
    now: datetime,
) -> list[LineImport]:
    """Add everything, or nothing: first to the chosen cart, then to others of its name.

    A cart holds 500 lines. ``seen`` is what the file had added when somebody looked at it last: a
    second click adds nothing. Raises ``InvalidInput`` where there is nothing to add, and
    ``AddedAlready``.
    """
    if not lines:
        raise InvalidInput("rows", "nothing", _("There is no row that could be added."))
    if sent.file_id:
        # Whoever adds the same file at the same time waits here, whatever the cart.
        ImportFile.objects.select_for_update().get(pk=sent.file_id)
        refuse_twice(sent.file_id, seen)
    cart = find_target(actor, target)
    name = (cart.name if cart else target.name.strip()) or _("Quick order")
    found: list[LineImport] = []
    left = list(lines)
    while left:
        if cart is None:
            cart = create_cart(
                _numbered(name, len(found) + 1), is_as_last_time=True, actor=actor, now=now
            )
        part, left = _fitting(cart, left)
        if part:
            found.append(add_lines(cart, wanted=part, sent=sent, actor=actor, now=now))
        cart = None
    return found


def _fitting(cart: Cart, lines: Iterable[AddedLine]) -> tuple[list[AddedLine], list[AddedLine]]:
    """What the cart has room for, and the rest."""
    there = set(cart.lines.values_list("product_id", flat=True))
    part, rest = [], []
    for line in lines:
        if line.product.pk in there or len(there) < MOST_LINES:
            there.add(line.product.pk)
            part.append(line)
        else:
            rest.append(line)
    return part, rest


def _numbered(name: str, number: int) -> str:
    printable = "".join(sign for sign in name if sign.isprintable())[:LONGEST_NAME]
    return printable if number == 1 else f"{printable} ({number})"


def get_line_import(actor: Actor, import_id: str) -> LineImport:
    """What was added to a cart within the actor's reach; raises ``NotFound``."""
    found = LineImport.objects.filter(pk=import_id, company_id=actor.company_id).first()
    if found is None:
        raise NotFound(_("There is no such quick order."))
    found.cart = get_cart(actor, found.cart_id)
    return found


def find_twin(cart: Cart, digest: str, *, now: datetime) -> LineImport | None:
    """The same rows in the same cart within the hour: whoever sends them again should know."""
    recent = LineImport.objects.filter(
        cart=cart, digest=digest, undone_at=None, created_at__gt=now - RECENT
    )
    return recent.order_by("-created_at", "-id").first()


def find_added(file_id: str) -> LineImport | None:
    """What a file added last and nobody took back, into whichever cart."""
    added = LineImport.objects.filter(file_id=file_id, undone_at=None)
    return added.select_related("cart").order_by("-created_at", "-id").first()


def refuse_twice(file_id: str, seen: str) -> None:
    """Raise ``AddedAlready`` where the file added something that was not ``seen`` yet."""
    added = find_added(file_id)
    if added is not None and added.pk != seen:
        raise AddedAlready(_("These rows were added already."), line_import=added.pk)


def get_order_file(actor: Actor, file_id: str) -> ImportFile:
    """The rows that the actor sent for a quick order; raises ``NotFound``."""
    file = get_import_file(actor, file_id)
    if file.kind != FILE_KIND:
        raise NotFound(_("There is no such file."))
    return file
