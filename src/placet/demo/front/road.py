"""The golden path as steps to walk, with the one that comes next."""

from __future__ import annotations

from typing import NamedTuple

from django.urls import reverse
from django.utils.translation import gettext as _

from placet.carts.models import Cart
from placet.companies.models import Member
from placet.demo.world import golden
from placet.demo.world.people import USERS
from placet.orders.models import Order
from placet.requisitions.models import Requisition, Step

_EMAIL = {user.key: user.email for user in USERS}


class RoadStep(NamedTuple):
    """One step: who does it, what there is to do, and the button that leads there."""

    number: int
    person: str
    text: str
    button: str
    member_id: str
    page: str
    state: str


class Standing(NamedTuple):
    """How far Lena's cart has come."""

    cart: Cart | None
    requisition: Requisition | None
    order: Order | None
    approved: int

    @property
    def done(self) -> int:
        """How many steps of the road lie behind."""
        if self.order is not None:
            return 5 if self.order.status == Order.Status.EXPORTED else 4
        if self.requisition is not None:
            return 2 + min(self.approved, 1)
        return 1 if self.cart is not None and self.cart.lines.exists() else 0


def make_road() -> list[RoadStep]:
    """Six steps; the first that is not done is the next."""
    standing = _standing()
    members = {
        row.user.email: row
        for row in Member.objects.filter(
            user__email__in=[_EMAIL[key] for key in ("lena", "rashid", "anika", "tomas")]
        ).select_related("user", "company")
    }
    steps = []
    for number, (key, page, text, button) in enumerate(_steps(standing), 1):
        member = members.get(_EMAIL[key])
        if member is None:
            return []
        state = "done" if number <= standing.done else ""
        state = "next" if number == standing.done + 1 else state
        steps.append(RoadStep(number, member.user.name, text, button, member.pk, page, state))
    return steps


def _standing() -> Standing:
    lenas = {"owner__user__email": _EMAIL["lena"], "name": golden.CART_NAME}
    cart = Cart.objects.filter(**lenas).order_by("-created_at").first()
    if cart is None:
        return Standing(None, None, None, 0)
    requisition = Requisition.objects.filter(cart_id=cart.pk).order_by("-submitted_at").first()
    if requisition is None or cart.status == Cart.Status.OPEN:
        return Standing(cart, None, None, 0)
    approved = Step.objects.filter(
        revision_id=requisition.revision_id, status=Step.Status.APPROVED
    ).count()
    order = Order.objects.filter(requisition_id=requisition.pk).first()
    return Standing(cart, requisition, order, approved)


def _steps(standing: Standing) -> list[tuple[str, str, str, str]]:
    """Who, where, what, and what the button says."""
    cart, requisition = standing.cart, standing.requisition
    cart_page = reverse("cart", args=["meridian", cart.pk]) if cart else ""
    page = reverse("requisition", args=["meridian", requisition.number]) if requisition else ""
    return [
        (
            "lena",
            cart_page,
            _("Paste the 14 lines below into her cart, and watch the panel beside it."),
            _("Open Lena's cart"),
        ),
        (
            "lena",
            cart_page,
            _("Write the PO reference %(po)s and submit. What was submitted never changes.")
            % {"po": golden.PO_NUMBER},
            _("Submit as Lena"),
        ),
        (
            "rashid",
            reverse("inbox", args=["meridian"]),
            _("He is asked first. Decide in the inbox, or from the e-mail in the mailbox."),
            _("Decide as Rashid"),
        ),
        (
            "anika",
            reverse("inbox", args=["meridian"]),
            _("Any one of three in biomedical engineering. After this the order exists, once."),
            _("Decide as Anika"),
        ),
        (
            "tomas",
            reverse("orders", args=["norden"]),
            _("It is under Unprocessed now. Take it over here, or let the ERP do it."),
            _("Take it over as Tomas"),
        ),
        (
            "lena",
            page,
            _("Her requisition shows who decided what, when, by which rule, with the evidence."),
            _("See it as Lena"),
        ),
    ]
