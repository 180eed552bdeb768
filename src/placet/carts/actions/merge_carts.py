"""Another cart with the same content, the content of two in one, or another content."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext as _

from placet.carts.actions.archive_cart import archive_cart
from placet.carts.actions.create_cart import create_cart
from placet.carts.changing import add_author, begin_change
from placet.carts.copying import lines_with_parts, pour_lines
from placet.carts.models import Cart, CartAllocation, CartAuthor, CartLine
from placet.carts.naming import checked_name
from placet.carts.permissions import can_manage_cart, can_view_cart
from placet.companies.holding import hold_actor
from placet.companies.models import Address
from placet.companies.queries import list_addresses, list_cost_centers
from placet.companies.refusals import refuse, refuse_foreign
from placet.core.actor import Actor
from placet.core.errors import InvalidInput
from placet.core.transaction import transaction
from placet.events.record import record


@transaction
def duplicate_cart(cart: Cart, *, name: str = "", actor: Actor, now: datetime) -> Cart:
    """A cart of one's own, in one's own unit, with the same lines; whoever may look may copy.

    The copy has the places, cost centre and references of the first as far as the actor reaches,
    but neither its PO number nor its reason, which belong to one purchase. The actor is its only
    author. Conversations and held prices stay with the first.
    """
    refuse_foreign(actor, cart.company_id)
    hold_actor(actor)
    refuse(can_view_cart(actor, cart))
    wanted = checked_name(name) if name.strip() else _copy_name(cart.name)
    copy = create_cart(wanted, actor=actor, now=now)
    places = {
        "ship_to": _within_reach(actor, Address.Kind.SHIP_TO, cart.ship_to),
        "bill_to": _within_reach(actor, Address.Kind.BILL_TO, cart.bill_to),
        "cost_center": cart.cost_center
        if cart.cost_center_id in _center_ids(actor)
        else copy.cost_center,
    }
    for column, place in places.items():
        setattr(copy, column, place or getattr(copy, column))
    copy.references, copy.terms = dict(cart.references), cart.terms
    copy.save(update_fields=[*places, "references", "terms"])
    lines = lines_with_parts(cart)
    pour_lines(lines, source=cart, target=copy, added_by_id=actor.member_id, now=now)
    _keep_within_reach(copy, actor)
    if lines:
        add_author(copy, actor)
    record(
        "cart.duplicated",
        copy.id,
        actor=actor,
        now=now,
        source=cart.id,
        lines=len(lines),
    )
    return copy


@transaction
def merge_carts(source: Cart, *, into: Cart, actor: Actor, now: datetime) -> Cart:
    """Add everything of one cart to another: quantities add up, parts and notes are kept.

    The authors of both are authors of the result. The first is put away where it is the actor's
    own and open; else it stays as it is. Nothing is lost: what was put away can be brought back.
    """
    refuse_foreign(actor, source.company_id, into.company_id)
    hold_actor(actor)
    refuse(can_view_cart(actor, source))
    _refuse_itself(source, into)
    begin_change(into, actor=actor, now=now)
    # Put away before it is read: whoever adds something later is told, and loses nothing.
    is_archived = _put_away(source, actor=actor, now=now)
    lines = lines_with_parts(source)
    pour_lines(lines, source=source, target=into, now=now)
    _share_authors(source, into, actor)
    record(
        "cart.merged",
        into.id,
        actor=actor,
        now=now,
        source=source.id,
        lines=len(lines),
        archived=is_archived,
    )
    return into


@transaction
def replace_content(cart: Cart, *, by: Cart, actor: Actor, now: datetime) -> Cart:
    """Let a cart hold exactly what another holds; what it held is kept in a cart put away.

    Answers with that cart, from which everything can be brought back, conversations included.
    """
    refuse_foreign(actor, cart.company_id, by.company_id)
    hold_actor(actor)
    refuse(can_view_cart(actor, by))
    _refuse_itself(by, cart)
    begin_change(cart, actor=actor, now=now)
    kept = _kept_aside(cart, now)
    lines = lines_with_parts(by)
    pour_lines(lines, source=by, target=cart, now=now)
    _share_authors(by, cart, actor)
    record(
        "cart.replaced",
        cart.id,
        actor=actor,
        now=now,
        source=by.id,
        kept=kept.id,
        lines=len(lines),
    )
    return kept


def _kept_aside(cart: Cart, now: datetime) -> Cart:
    """A cart of the same owner, put away, with the very lines of this one."""
    kept = Cart.objects.create(
        created_at=now,
        changed_at=now,
        company_id=cart.company_id,
        unit_id=cart.unit_id,
        owner_id=cart.owner_id,
        name=checked_name(_("%(name)s, before") % {"name": cart.name[:100]}),
        status=Cart.Status.ARCHIVED,
        currency=cart.currency,
        ship_to_id=cart.ship_to_id,
        bill_to_id=cart.bill_to_id,
        cost_center_id=cart.cost_center_id,
        references=cart.references,
    )
    CartLine.objects.filter(cart=cart).update(
        cart=kept, held_price_minor=None, held_quantity=None, held_until=None
    )
    authors = CartAuthor.objects.filter(cart=cart).values_list("member_id", flat=True)
    CartAuthor.objects.bulk_create(
        CartAuthor(created_at=now, cart=kept, member_id=member_id) for member_id in list(authors)
    )
    return kept


def _put_away(source: Cart, *, actor: Actor, now: datetime) -> bool:
    is_open = source.status == Cart.Status.OPEN and not source.revises
    if not is_open or can_manage_cart(actor, source) is not None:
        return False
    archive_cart(source, actor=actor, now=now)
    return True


def _share_authors(source: Cart, target: Cart, actor: Actor) -> None:
    """Whoever shaped what came in shaped what it became, and so did the actor."""
    authors = CartAuthor.objects.filter(cart=source).values_list("member_id", flat=True)
    CartAuthor.objects.bulk_create(
        [
            CartAuthor(created_at=target.changed_at, cart=target, member_id=member_id)
            for member_id in list(authors)
        ],
        ignore_conflicts=True,
    )
    add_author(target, actor)


def _refuse_itself(source: Cart, target: Cart) -> None:
    if source.pk == target.pk:
        raise InvalidInput("cart", "itself", _("Choose another cart."))


def _copy_name(name: str) -> str:
    return checked_name(_("%(name)s, copy") % {"name": name[:110]})


def _within_reach(actor: Actor, kind: str, chosen: Address | None) -> Address | None:
    if chosen is None:
        return None
    return chosen if list_addresses(actor, kind).filter(pk=chosen.pk).exists() else None


def _center_ids(actor: Actor) -> set[str]:
    return set(list_cost_centers(actor).values_list("pk", flat=True))


def _keep_within_reach(copy: Cart, actor: Actor) -> None:
    """Parts go where their new owner may send them; others go where the cart goes."""
    parts = CartAllocation.objects.filter(line__cart=copy)
    places = list_addresses(actor, Address.Kind.SHIP_TO).values("pk")
    parts.exclude(ship_to=None).exclude(ship_to_id__in=places).update(ship_to=None)
    parts.exclude(cost_center=None).exclude(cost_center_id__in=_center_ids(actor)).update(
        cost_center=None
    )
