"""Making a budget: its definition, its first period, its first posting."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.utils import translation
from django.utils.translation import gettext as _

from placet.budgets.definition import (
    checked_choice,
    checked_owner,
    checked_percents,
    checked_responsible,
    checked_stretch,
)
from placet.budgets.ledger import checked_amount, checked_currency, checked_text, post_amount
from placet.budgets.models import Budget, LedgerEntry, default_alert_percents
from placet.budgets.permissions import can_manage_owner, can_name_responsible
from placet.companies.holding import hold_actor
from placet.companies.models import Company
from placet.companies.refusals import refuse
from placet.core.actor import Actor
from placet.core.transaction import transaction
from placet.events.record import record


@transaction
def create_budget(
    *,
    actor: Actor,
    now: datetime,
    name: str,
    owner_kind: str,
    owner_ref: str,
    responsible_id: str | None,
    currency: str,
    amount_minor: int,
    period: str = Budget.Period.ONCE,
    starts_at: datetime | None = None,
    ends_at: datetime | None = None,
    mode: str = Budget.Mode.APPROVE,
    basis: str = Budget.Basis.NET,
    rollover: str = Budget.Rollover.NONE,
    alert_percents: Sequence[int] | None = None,
    external_id: str = "",
) -> Budget:
    """A budget with its first posting.

    A recurring one begins with the running period of the company's zone and fiscal year, unless
    ``starts_at`` and ``ends_at`` say otherwise for the first; one of *once* names both. Raises
    ``InvalidInput`` for what does not exist or fit, ``Forbidden`` for who may not.
    """
    hold_actor(actor)
    company = Company.objects.get(pk=actor.company_id)
    owner = checked_owner(company, owner_kind, owner_ref)
    refuse(can_manage_owner(actor, owner_kind, owner.ref))
    refuse(can_name_responsible(actor, responsible_id))
    stretch = checked_stretch(
        company, checked_choice(period, Budget.Period.values, "period"), starts_at, ends_at, now
    )
    budget = Budget.objects.create(
        created_at=now,
        company=company,
        name=checked_text(name, "name", 120),
        owner_kind=owner_kind,
        owner_ref=owner.ref,
        owner_path=owner.path,
        responsible_id=checked_responsible(company, responsible_id),
        currency=checked_currency(currency),
        mode=checked_choice(mode, Budget.Mode.values, "mode"),
        basis=checked_choice(basis, Budget.Basis.values, "basis"),
        period=period,
        rollover=checked_choice(rollover, Budget.Rollover.values, "rollover"),
        base_minor=checked_amount(amount_minor),
        alert_percents=checked_percents(
            default_alert_percents() if alert_percents is None else alert_percents
        ),
        starts_at=stretch.starts_at,
        ends_at=stretch.ends_at,
        external_id=external_id,
    )
    record(
        "budget.created",
        budget.id,
        actor=actor,
        now=now,
        budget=budget.id,
        owner=owner.ref,
        period=period,
        amount_minor=amount_minor,
        currency=currency,
        private={"name": budget.name},
    )
    post_amount(
        budget,
        amount_minor,
        kind=LedgerEntry.Kind.ADJUST,
        reason=_first_amount(company),
        actor=actor,
        now=now,
    )
    return budget


def _first_amount(company: Company) -> str:
    """The ledger is read by all: its words are in the company's language."""
    with translation.override(company.language):
        return _("First amount")
