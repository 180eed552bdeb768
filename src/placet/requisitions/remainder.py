"""What an approver took away from a purchase becomes a cart of its requester again."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from django.utils import translation
from django.utils.translation import gettext as _

from placet.carts.filling import open_filled_cart
from placet.carts.models import Cart, CartAuthor
from placet.carts.pricing import WantedLine
from placet.companies.models import Member
from placet.core.actor import Actor
from placet.events.record import record
from placet.orders.content import read_content
from placet.requisitions.altered import numbered_lines
from placet.requisitions.models import Decision, Requisition, Revision
from placet.requisitions.reopening import header_of
from placet.requisitions.wanted_lines import with_quantity

LONGEST_NAME = 120
LONGEST_NOTE = 2000


def keep_remainder(
    requisition: Requisition,
    former: Revision,
    decision: Decision,
    lines: Mapping[int, int],
    *,
    actor: Actor,
    now: datetime,
) -> Cart:
    """An open cart with the quantities that ``lines`` took away from a revision, and who and why.

    Whoever shaped the content stays an author of what is left of it.
    """
    owner = requisition.requester
    with translation.override(owner.language or requisition.company.language):
        header = header_of(read_content(former.content))._replace(
            name=_name(requisition.name), justification=_note(requisition, decision)
        )
    cart = open_filled_cart(
        header,
        [
            _taken_from(line, lines[number])
            for number, line in numbered_lines(former).items()
            if number in lines
        ],
        company_id=requisition.company_id,
        unit_id=requisition.unit_id,
        owner_id=owner.pk,
        now=now,
    )
    authors = Member.objects.filter(company_id=cart.company_id, user_id__in=former.authors)
    CartAuthor.objects.bulk_create(
        CartAuthor(created_at=now, cart=cart, member=author) for author in authors.order_by("pk")
    )
    record(
        "cart.created",
        cart.pk,
        actor=actor,
        now=now,
        company_id=cart.company_id,
        requisition=requisition.pk,
        private={"name": cart.name},
    )
    return cart


def _taken_from(line: WantedLine, left: int) -> WantedLine:
    """The pieces that a line lost, each where it would have gone."""
    kept = with_quantity(line, left).splits
    splits = [
        part._replace(quantity=part.quantity - (kept[place].quantity if place < len(kept) else 0))
        for place, part in enumerate(line.splits)
    ]
    lost = tuple(part for part in splits if part.quantity)
    return line._replace(
        quantity=line.quantity - left, splits=lost, held=None, thread_id="", note=""
    )


def _name(name: str) -> str:
    said = _("%(name)s: not approved")
    room = LONGEST_NAME - len(said % {"name": ""})
    return said % {"name": name[:room]}


def _note(requisition: Requisition, decision: Decision) -> str:
    said = _("%(person)s took this out of %(number)s: %(reason)s") % {
        "person": decision.member.user.name,
        "number": requisition.number,
        "reason": decision.reason,
    }
    return said[:LONGEST_NOTE]
