"""The merchant stops doing business with a company, and starts again."""

from __future__ import annotations

from datetime import datetime

from django.db.models import F
from django.utils.translation import gettext as _

from placet.companies.holding import change_company_alone
from placet.companies.models import Company
from placet.companies.permissions import COMPANY_MANAGE, require
from placet.companies.refusals import Refusal, refuse
from placet.core.actor import Actor
from placet.core.errors import Conflict
from placet.core.transaction import transaction
from placet.events.record import record


@transaction
def suspend_company(company: Company, *, actor: Actor, now: datetime) -> Company:
    """Stop everybody in a company by every channel, from this commit on, until it is resumed."""
    return _change_status(company, Company.Status.SUSPENDED, "company.suspended", actor, now)


@transaction
def resume_company(company: Company, *, actor: Actor, now: datetime) -> Company:
    """End the suspension of a company."""
    return _change_status(company, Company.Status.ACTIVE, "company.resumed", actor, now)


def _change_status(
    company: Company, status: Company.Status, event: str, actor: Actor, now: datetime
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
        .update(status=status, version=F("version") + 1)
    )
    if not changed:
        raise Conflict(_("The company is in that state already."))
    company.refresh_from_db(fields=["status", "version"])
    record(event, company.id, actor=actor, now=now, company_id=company.id)
    return company
