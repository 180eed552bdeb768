"""Who of the merchant's staff is in charge of a customer, said on the customer's side."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from django.utils.translation import gettext as _

from placet.companies.customer_scope import can_see_customer
from placet.companies.holding import hold_actor
from placet.companies.models import Company, CustomerRep, Member
from placet.companies.permissions import can_manage_member
from placet.companies.queries import get_merchant
from placet.companies.refusals import Refusal, refuse
from placet.core.actor import Actor
from placet.core.errors import InvalidInput
from placet.core.transaction import transaction
from placet.events.record import record


@transaction
def assign_reps(
    company: Company, *, member_ids: Collection[str], actor: Actor, now: datetime
) -> list[CustomerRep]:
    """Put a customer in the charge of these members of the store, and of nobody else.

    Who sees only the customers given to them sees this one from now on, or no more. Whoever is
    added or taken away is somebody whom the actor manages, so nobody widens their own reach.
    Raises ``InvalidInput`` for anybody who is no active member of the store.
    """
    if not (actor.is_merchant or actor.is_system):
        refuse(Refusal("merchant_only", _("Only the supplier says who is in charge.")))
    refuse(can_see_customer(actor, company.pk))
    hold_actor(actor)
    wanted = set(member_ids)
    rows = CustomerRep.objects.filter(company=company)
    known = set(rows.values_list("member_id", flat=True))
    merchant = get_merchant()
    people = Member.objects.filter(company=merchant, pk__in=sorted(wanted | known))
    staff = {member.pk: member for member in people.select_related("user", "unit")}
    for member_id in sorted(wanted - known):
        member = staff.get(member_id)
        if member is None or member.status != Member.Status.ACTIVE:
            raise InvalidInput("reps", "unknown", _("Nobody of the store has this id."))
    for member_id in sorted(wanted ^ known):
        refuse(can_manage_member(actor, staff[member_id]))
    if wanted != known:
        rows.exclude(member_id__in=sorted(wanted)).delete()
        CustomerRep.objects.bulk_create(
            [
                CustomerRep(created_at=now, company=company, member_id=member_id)
                for member_id in sorted(wanted - known)
            ],
            ignore_conflicts=True,
        )
        record(
            "customer.reps_assigned",
            company.pk,
            actor=actor,
            now=now,
            company_id=merchant.pk,
            customer=company.pk,
            members=sorted(wanted),
        )
    return list(rows.select_related("member__user").order_by("member__user__name", "pk"))
