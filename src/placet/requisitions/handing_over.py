"""What hangs on a member, and what it takes to hand it over before they leave."""

from __future__ import annotations

from typing import NamedTuple

from django.db.models import Q

from placet.budgets.models import Budget
from placet.carts.models import Cart
from placet.catalog.models import CategoryOwner
from placet.companies.models import Company, CostCenter, Delegation, Member, Unit
from placet.requisitions.affected import UNDECIDED, list_asking
from placet.requisitions.models import Requisition, StepAssignment
from placet.requisitions.permissions import UNDECIDED as WAITING
from placet.rulebooks.models import Rulebook


class HandOver(NamedTuple):
    """Everything of a member that somebody else has to take.

    ``rulebooks`` name the member themselves: a rule falls back without them, and its text is
    changed by whoever keeps it. ``own_purchases`` wait for others and go on.
    """

    carts: tuple[Cart, ...]
    steps: tuple[StepAssignment, ...]
    units: tuple[Unit, ...]
    cost_centers: tuple[CostCenter, ...]
    budgets: tuple[Budget, ...]
    categories: tuple[CategoryOwner, ...]
    delegations: tuple[Delegation, ...]
    reports: tuple[Member, ...]
    customers: tuple[Company, ...]
    rulebooks: tuple[Rulebook, ...]
    own_purchases: tuple[Requisition, ...]

    @property
    def is_empty(self) -> bool:
        """Whether nothing has to be handed over: rules and own purchases go on by themselves."""
        return not any(self[:9])


def list_hand_over(member: Member) -> HandOver:
    """What a member leaves behind, in a fixed number of queries."""
    steps = StepAssignment.objects.filter(
        member=member, principal=None, step__status__in=UNDECIDED, requisition__in=_asking(member)
    )
    rulebooks = Rulebook.objects.filter(
        company_id=member.company_id, published__document__contains=member.pk
    )
    waiting = Requisition.objects.filter(requester=member, status__in=WAITING)
    return HandOver(
        carts=tuple(
            Cart.objects.filter(owner=member, status=Cart.Status.OPEN, staff=None).order_by("name")
        ),
        steps=tuple(steps.select_related("step", "requisition__requester__user").order_by("id")),
        units=tuple(Unit.objects.filter(head=member, closed_at=None).order_by("path")),
        cost_centers=tuple(CostCenter.objects.filter(owner=member).order_by("code")),
        budgets=tuple(Budget.objects.filter(responsible=member, closed_at=None).order_by("name")),
        categories=tuple(
            CategoryOwner.objects.filter(member=member).select_related("category").order_by("id")
        ),
        delegations=tuple(
            Delegation.objects.filter(Q(delegate=member) | Q(principal=member), over_at=None)
            .filter(revoked_at=None)
            .select_related("principal__user", "delegate__user")
            .order_by("starts_at", "id")
        ),
        reports=tuple(
            Member.objects.filter(manager=member, status=Member.Status.ACTIVE)
            .select_related("user")
            .order_by("user__name", "id")
        ),
        customers=tuple(Company.objects.filter(reps__member=member).order_by("name", "id")),
        rulebooks=tuple(rulebooks.order_by("name", "id")),
        own_purchases=tuple(waiting.order_by("-submitted_at", "id")),
    )


def _asking(member: Member) -> list[str]:
    return list(list_asking(member.pk).values_list("pk", flat=True))
