"""The merchant stops doing business with a company, and starts again."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from django.db.models import F
from django.utils.translation import gettext as _

from placet.companies.holding import change_company_alone
from placet.companies.models import Company
from placet.companies.permissions import COMPANY_MANAGE, require
from placet.companies.refusals import Refusal, refuse
from placet.core.actor import Actor
from placet.core.errors import Conflict, InvalidInput
from placet.core.transaction import transaction
from placet.events.record import record

LONGEST_REASON: Final = 400


@transaction
def suspend_company(company: Company, *, actor: Actor, now: datetime, reason: str = "") -> Company:
    """Stop everybody in a company by every channel, from this commit on, until it is resumed.

    The reason is for the merchant's people alone: it stands beside the company and in no chain of
    events that the company reads. Raises ``Conflict`` where it is suspended already.
    """
    if len(reason) > LONGEST_REASON:
        raise InvalidInput("reason", "too_long", _("At most 400 characters."))
    return _change_status(
        company, Company.Status.SUSPENDED, "company.suspended", actor, now, reason.strip()
    )


@transaction
def resume_company(company: Company, *, actor: Actor, now: datetime) -> Company:
    """End the suspension of a company."""
    return _change_status(company, Company.Status.ACTIVE, "company.resumed", actor, now)


def _change_status(
    company: Company,
    status: Company.Status,
    event: str,
    actor: Actor,
    now: datetime,
    reason: str = "",
) -> Company:
    if not actor.is_system and not actor.is_merchant:
        refuse(Refusal("merchant_only", _("Only the supplier suspends and resumes companies.")))
    require(actor, COMPANY_MANAGE)
    if company.kind == Company.Kind.MERCHANT:
        refuse(Refusal("merchant_itself", _("The supplier cannot suspend itself.")))
    change_company_alone(company.pk, actor=actor)
    changed = (
        Company.objects.filter(pk=company.pk)
        .exclude(status=status)
        .update(
            status=status,
            suspended_reason=reason,
            suspended_at=now if status == Company.Status.SUSPENDED else None,
            version=F("version") + 1,
        )
    )
    if not changed:
        raise Conflict(_("The company is in that state already."))
    company.refresh_from_db(fields=["status", "suspended_reason", "suspended_at", "version"])
    record(event, company.id, actor=actor, now=now, company_id=company.id)
    return company
