"""Somebody leaves, and somebody else takes what hangs on them: all of it, or nothing."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db.models import F, QuerySet
from django.utils.translation import gettext as _

from placet.budgets.models import Budget
from placet.carts.models import Cart, CartGrant
from placet.catalog.models import CategoryOwner
from placet.companies.holding import change_company_alone
from placet.companies.models import CostCenter, CustomerRep, Delegation, Member, Unit
from placet.companies.organisation.memberships import deactivate_member as end_membership
from placet.companies.permissions import MEMBER_MANAGE, can_favour, can_manage_member, require
from placet.companies.refusals import refuse, refuse_foreign
from placet.core.actor import Actor
from placet.core.errors import InvalidInput
from placet.core.transaction import transaction
from placet.events.record import record
from placet.requisitions.actions.reassign_steps import reassign_all
from placet.requisitions.affected import UNDECIDED, list_asking
from placet.requisitions.models import Requisition, StepAssignment


@transaction
def hand_over_member(member: Member, *, to: Member, actor: Actor, now: datetime) -> Member:
    """End a membership and give everything that hangs on it to ``to``, in one transaction.

    Open carts, open steps, units headed, cost centres, budgets and categories answered for, what
    they decided for others, and the people who reported to them. Roles are not handed over: nobody
    gets rights by somebody's leaving. Where ``to`` may not decide a step (their own purchase), the
    rules find somebody else; a step that nobody could take refuses the whole with ``NobodyLeft``.
    """
    refuse_foreign(actor, member.company_id, to.company_id)
    refuse(can_manage_member(actor, member))
    refuse(can_favour(actor, to))
    for unit in Unit.objects.filter(head=member).order_by("path"):
        # A head decides: whoever keeps one part names nobody to head another.
        require(actor, MEMBER_MANAGE, unit.path)
    _check_heir(member, to)
    change_company_alone(member.company_id, actor=actor)
    asking = list(list_asking(member.pk).values_list("pk", flat=True))
    given: dict[str, Any] = {
        **_give_things(member, to),
        "carts": _give_carts(member, to, now),
        "customers": _give_customers(member, to, now),
        "steps": _give_seats(member, to),
        "delegations": _give_delegations(member, to, now),
        "reports": _give_reports(member, to),
    }
    end_membership(member, actor=actor, now=now)
    record(
        "member.handed_over",
        member.id,
        actor=actor,
        now=now,
        company_id=member.company_id,
        member=to.id,
        **given,
    )
    open_ones = Requisition.objects.filter(pk__in=asking).order_by("id")
    reassign_all(open_ones, cause="handed_over", actor=actor, now=now)
    return member


def _check_heir(member: Member, to: Member) -> None:
    if to.pk == member.pk:
        raise InvalidInput("to", "same_person", _("Choose somebody else."))
    if to.company_id != member.company_id or to.status != Member.Status.ACTIVE:
        raise InvalidInput("to", "not_active", _("Only an active colleague can take it over."))


def _give_things(member: Member, to: Member) -> dict[str, list[str]]:
    """Posts that are one column of a row each."""
    return {
        "units": _changed(Unit.objects.filter(head=member), head=to),
        "cost_centers": _changed(CostCenter.objects.filter(owner=member), owner=to),
        "budgets": _changed(Budget.objects.filter(responsible=member), responsible=to),
        "categories": _changed(CategoryOwner.objects.filter(member=member), member=to),
    }


def _changed(rows: QuerySet[Any], **values: Any) -> list[str]:
    ids = sorted(rows.values_list("pk", flat=True))
    rows.update(**values, version=F("version") + 1)
    return ids


def _give_carts(member: Member, to: Member, now: datetime) -> list[str]:
    """Open carts get a new owner; what the one who leaves put in stays marked as theirs.

    Whoever gets them takes each over before anybody else submits it in their name.
    """
    CartGrant.objects.filter(member=member).delete()
    carts = Cart.objects.filter(owner=member, status=Cart.Status.OPEN, staff=None)
    CartGrant.objects.filter(cart__in=carts, member=to).delete()
    return _changed(carts, owner=to, given_by=member, changed_at=now)


def _give_customers(member: Member, to: Member, now: datetime) -> list[str]:
    """The customers in a colleague's charge, and the carts that they fill for them."""
    Cart.objects.filter(staff=member, status=Cart.Status.OPEN).update(staff=to)
    charges = CustomerRep.objects.filter(member=member)
    given = sorted(charges.values_list("company_id", flat=True))
    known = set(CustomerRep.objects.filter(member=to).values_list("company_id", flat=True))
    CustomerRep.objects.bulk_create(
        CustomerRep(created_at=now, company_id=company_id, member=to)
        for company_id in given
        if company_id not in known
    )
    charges.delete()
    return given


def _give_seats(member: Member, to: Member) -> list[str]:
    """A seat at each step where the member was asked in their own right.

    Staffing the steps anew takes it away again where ``to`` may not decide.
    """
    rows = StepAssignment.objects.filter(
        member=member, principal=None, step__status__in=UNDECIDED, decided_at=None
    )
    steps = sorted(rows.values_list("step_id", flat=True))
    there = set(
        StepAssignment.objects.filter(step_id__in=steps, member=to, principal=None).values_list(
            "step_id", flat=True
        )
    )
    rows.exclude(step_id__in=there).update(member=to, is_given=True, is_open=False)
    rows.filter(step_id__in=there).delete()
    return steps


def _give_delegations(member: Member, to: Member, now: datetime) -> list[str]:
    """Whoever let the member decide for them has ``to`` instead, until the same end."""
    held = Delegation.objects.filter(delegate=member, revoked_at=None, ends_at__gt=now)
    made = [
        Delegation(
            created_at=now,
            company_id=row.company_id,
            principal_id=row.principal_id,
            delegate=to,
            starts_at=max(row.starts_at, now),
            ends_at=row.ends_at,
            cap_minor=row.cap_minor,
            unit_id=row.unit_id,
            began_at=now if row.starts_at <= now else None,
        )
        for row in held.exclude(principal=to).order_by("id")
    ]
    Delegation.objects.bulk_create(made)
    return [row.pk for row in made]


def _give_reports(member: Member, to: Member) -> list[str]:
    """Whoever reported to the member reports to ``to``, who keeps clear of a circle."""
    if to.manager_id == member.pk:
        Member.objects.filter(pk=to.pk).update(
            manager_id=member.manager_id if member.manager_id != to.pk else None,
            version=F("version") + 1,
        )
    above = _managers_above(to)
    return _changed(Member.objects.filter(manager=member).exclude(pk__in=above), manager=to)


def _managers_above(member: Member) -> set[str]:
    """The member and everybody above them: none of these may report to them."""
    found: set[str] = set()
    height: str | None = member.pk
    while height is not None and height not in found:
        found.add(height)
        height = Member.objects.filter(pk=height).values_list("manager_id", flat=True).first()
    return found
