"""What an approver took away from a purchase becomes a cart of its requester again."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from django.utils import translation
from django.utils.translation import gettext as _

from placet.carts.actions import keep_lines
from placet.carts.models import Cart
from placet.carts.pricing import WantedLine
from placet.companies.models import Member
from placet.core.actor import Actor
from placet.orders.content import Content
from placet.plans.frozen import cart_of_content
from placet.requisitions.altered import of_quantity, wanted_lines
from placet.requisitions.models import Decision, Requisition, Revision

LONGEST_NAME = 120
LONGEST_NOTE = 2000


def keep_remainder(
    requisition: Requisition,
    former: Revision,
    before: Content,
    decision: Decision,
    lines: Mapping[int, int],
    *,
    actor: Actor,
    now: datetime,
) -> Cart:
    """An open cart with the quantities that ``lines`` took away from a content, and who and why.

    Whoever shaped the content stays an author of what is left of it.
    """
    cart = cart_of_content(before)
    with translation.override(cart.owner.language or requisition.company.language):
        cart.name = _name(requisition.name)
        cart.justification = _note(requisition, decision)
    taken = [
        _taken_from(line, lines[number])
        for number, line in wanted_lines(before, {}).items()
        if number in lines
    ]
    authors = Member.objects.filter(company_id=before.company, user_id__in=former.authors)
    return keep_lines(
        cart,
        lines=taken,
        authors=list(authors.order_by("pk").values_list("pk", flat=True)),
        requisition_id=requisition.pk,
        actor=actor,
        now=now,
    )


def _taken_from(line: WantedLine, left: int) -> WantedLine:
    """The pieces that a line lost, each where it would have gone."""
    kept = of_quantity(line, left).splits
    splits = [
        part._replace(quantity=part.quantity - (kept[place].quantity if place < len(kept) else 0))
        for place, part in enumerate(line.splits)
    ]
    lost = tuple(part for part in splits if part.quantity)
    return line._replace(quantity=line.quantity - left, splits=lost, held=None)


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
