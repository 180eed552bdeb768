"""Which customers are in the charge of one of the merchant's staff, and whether they see others."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from django.db.models import F
from django.utils.translation import gettext as _

from placet.companies.changing import ChangedMeanwhile
from placet.companies.customer_scope import can_give_customers, in_scope
from placet.companies.holding import change_company_alone
from placet.companies.models import Company, CustomerRep, Member
from placet.companies.refusals import refuse, refuse_foreign
from placet.core.actor import Actor
from placet.core.errors import InvalidInput
from placet.core.transaction import transaction
from placet.events.record import record


@transaction
def give_customers(
    member: Member,
    *,
    sees_all: bool,
    company_ids: Collection[str],
    actor: Actor,
    now: datetime,
    version: int | None = None,
) -> Member:
    """Say which customers are in a member's charge, and whether they see the others too.

    Who does not see all sees these alone, on every page and by every program, and keeps no right
    that concerns the whole store; steps that ask them personally stay theirs. ``version`` is the
    membership's as it was read. Raises ``InvalidInput`` and ``ChangedMeanwhile``.
    """
    refuse_foreign(actor, member.company_id)
    refuse(can_give_customers(actor, member))
    change_company_alone(member.company_id, actor=actor)
    wanted = set(company_ids)
    customers = Company.objects.exclude(kind=Company.Kind.MERCHANT).filter(in_scope(actor, "pk"))
    if customers.filter(pk__in=sorted(wanted)).count() != len(wanted):
        raise InvalidInput("companies", "foreign", _("One of these companies is not there."))
    rows = Member.objects.filter(pk=member.pk)
    seen = rows if version is None else rows.filter(version=version)
    if not seen.update(sees_all_customers=sees_all, version=F("version") + 1):
        raise ChangedMeanwhile(_("Somebody changed this member meanwhile."))
    member.refresh_from_db(fields=["sees_all_customers", "version"])
    _write(member, wanted, now)
    record(
        "member.customers_given",
        member.pk,
        actor=actor,
        now=now,
        company_id=member.company_id,
        kind="all" if sees_all else "these",
        companies=sorted(wanted),
    )
    return member


def _write(member: Member, wanted: set[str], now: datetime) -> None:
    there = CustomerRep.objects.filter(member=member)
    there.exclude(company_id__in=sorted(wanted)).delete()
    known = set(there.values_list("company_id", flat=True))
    CustomerRep.objects.bulk_create(
        CustomerRep(created_at=now, company_id=company_id, member=member)
        for company_id in sorted(wanted - known)
    )
