"""Conversations about a submitted purchase: who takes part, and where each stands."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext as _

from placet.carts.models import Cart, CartLine
from placet.companies.models import RoleGrant
from placet.companies.permissions import PURCHASE_VIEW_ALL
from placet.core.actor import Actor, is_within
from placet.core.errors import NotFound
from placet.requisitions.models import Referral, Requisition, RevisionLine, StepAssignment
from placet.threads.actions import open_thread
from placet.threads.models import Thread


def list_audience(requisition: Requisition) -> set[str]:
    """The members who see the purchase on the buyer's side: whom naming somebody can reach."""
    steps = StepAssignment.objects.filter(requisition=requisition).values_list(
        "member_id", flat=True
    )
    referrals = Referral.objects.filter(step__requisition=requisition).values_list(
        "member_id", flat=True
    )
    grants = RoleGrant.objects.filter(member__company_id=requisition.company_id)
    path = requisition.unit.path
    viewers = {
        grant.member_id
        for grant in grants.select_related("role", "unit")
        if PURCHASE_VIEW_ALL in grant.role.permissions
        and is_within(path, grant.unit.path if grant.unit else "")
    }
    submitted_by = requisition.revision.submitted_by_id if requisition.revision else ""
    return {requisition.requester_id, submitted_by, *steps, *referrals, *viewers} - {""}


def find_thread(requisition: Requisition, line: int) -> Thread | None:
    """The conversation of the purchase (line 0) or of a line of its current revision."""
    thread: Thread | None = _line(requisition, line).thread if line else requisition.thread
    return thread


def thread_for(requisition: Requisition, line: int, *, actor: Actor, now: datetime) -> Thread:
    """The same, begun where there is none yet; the cart shares it, so that revisions keep it."""
    if not line:
        return _purchase_thread(requisition, actor=actor, now=now)
    row = _line(requisition, line)
    if row.thread is None:
        fresh = open_thread(requisition.company_id, actor=actor, now=now)
        RevisionLine.objects.filter(pk=row.pk).update(thread=fresh)
        CartLine.objects.filter(
            cart_id=requisition.cart_id, product_id=row.product_id, thread=None
        ).update(thread=fresh)
        row.thread = fresh
    thread: Thread = row.thread
    return thread


def _purchase_thread(requisition: Requisition, *, actor: Actor, now: datetime) -> Thread:
    if requisition.thread is None:
        fresh = open_thread(requisition.company_id, actor=actor, now=now)
        Requisition.objects.filter(pk=requisition.pk).update(thread=fresh)
        Cart.objects.filter(pk=requisition.cart_id, thread=None).update(thread=fresh)
        requisition.thread = fresh
    thread: Thread = requisition.thread
    return thread


def _line(requisition: Requisition, number: int) -> RevisionLine:
    rows = RevisionLine.objects.filter(revision=requisition.revision_id, number=number)
    found = rows.select_related("thread").first()
    if found is None:
        raise NotFound(_("There is no line %(n)d.") % {"n": number})
    return found
