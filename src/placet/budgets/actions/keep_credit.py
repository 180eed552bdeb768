"""A company's credit with the merchant: an account of the same ledger, kept by the merchant.

Its limit is the account's amount. What is ordered is committed, what waits is reserved, a payment
is a refund: what is open is what was ordered and not yet paid. The buying side never sees it, so
its facts stand in the merchant's trail; postings for purchases are told by the ledger alone.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from django.db.models import F
from django.utils.translation import gettext as _

from placet.budgets.definition import checked_choice
from placet.budgets.ledger import checked_amount, checked_reason, locked_budget, post_amount
from placet.budgets.models import Budget, LedgerEntry
from placet.budgets.permissions import can_manage_credit
from placet.budgets.queries import find_credit
from placet.companies.holding import hold_actor
from placet.companies.models import Company
from placet.companies.refusals import refuse
from placet.core.actor import Actor
from placet.core.errors import Conflict, InvalidInput
from placet.core.transaction import transaction
from placet.events.record import record

# An account has no period: it holds for every purchase while it is open.
BEGINNING, ENDLESS = datetime(1970, 1, 1, tzinfo=UTC), datetime(9999, 1, 1, tzinfo=UTC)
NAME = "Credit"


class PaidTooMuch(Conflict):
    """A payment is over what was ordered and not yet paid."""

    code = "paid_too_much"


@transaction
def set_credit(
    company: Company,
    *,
    limit_minor: int,
    mode: str,
    overdue_minor: int = 0,
    version: int | None = None,
    reason: str = "",
    actor: Actor,
    now: datetime,
) -> Budget:
    """Say how far a customer may owe, in the customer's currency; made at the first time.

    ``mode`` says what an order beyond the limit does: warn, ask the merchant's people, or block.
    ``version`` is the one that was read, where the account exists.
    """
    refuse(can_manage_credit(actor))
    if company.kind == Company.Kind.MERCHANT:
        raise InvalidInput("company", "unknown", _("Choose a customer."))
    checked_amount(limit_minor, "limit")
    checked_amount(overdue_minor, "overdue")
    checked_choice(mode, Budget.Mode.values, "mode")
    hold_actor(actor)
    # The company's row orders two who set the first credit at the same moment.
    Company.objects.select_for_update().get(pk=company.pk)
    account = find_credit(company.pk, locked=True) or _open_account(company, now)
    if version is not None and account.version != version:
        raise Conflict(_("Somebody else changed this credit. Please look again."))
    Budget.objects.filter(pk=account.pk).update(
        mode=mode, overdue_minor=overdue_minor, version=F("version") + 1
    )
    account.refresh_from_db()
    change_minor = limit_minor - account.amount_minor
    if change_minor:
        post_amount(
            account,
            change_minor,
            kind=LedgerEntry.Kind.ADJUST,
            reason=checked_reason(reason) if reason else _("Credit limit"),
            actor=actor,
            now=now,
        )
    _record(account, "credit.changed", actor, now, limit_minor=limit_minor, mode=mode)
    return account


@transaction
def end_credit(company: Company, *, actor: Actor, now: datetime) -> None:
    """The customer has no limit any more. The account's ledger stays."""
    refuse(can_manage_credit(actor))
    hold_actor(actor)
    account = find_credit(company.pk, locked=True)
    if account is None:
        return
    Budget.objects.filter(pk=account.pk).update(closed_at=now, version=F("version") + 1)
    _record(account, "credit.ended", actor, now)


@transaction
def enter_payment(
    company: Company, *, amount_minor: int, reason: str, actor: Actor, now: datetime
) -> LedgerEntry:
    """The customer paid: what is open falls by as much. Raises ``PaidTooMuch`` beyond that."""
    refuse(can_manage_credit(actor))
    checked_amount(amount_minor, smallest=1)
    reason = checked_reason(reason)
    account = find_credit(company.pk)
    if account is None:
        raise Conflict(_("This customer has no credit account."))
    hold_actor(actor)
    locked = locked_budget(account.pk, company.pk)
    if amount_minor > locked.committed_minor:
        raise PaidTooMuch(_("That is more than is open."), open_minor=locked.committed_minor)
    Budget.objects.filter(pk=locked.pk).update(
        committed_minor=F("committed_minor") - amount_minor, version=F("version") + 1
    )
    entry = LedgerEntry.objects.create(
        created_at=now,
        budget=locked,
        kind=LedgerEntry.Kind.REFUND,
        amount_minor=amount_minor,
        currency=locked.currency,
        actor_member=actor.member_id,
        reason=reason,
    )
    _record(locked, "credit.paid", actor, now, amount_minor=amount_minor)
    return entry


def _open_account(company: Company, now: datetime) -> Budget:
    return Budget.objects.create(
        created_at=now,
        company=company,
        account=Budget.Account.CREDIT,
        name=NAME,
        owner_kind=Budget.OwnerKind.COMPANY,
        owner_ref=company.pk,
        currency=company.currency,
        basis=Budget.Basis.GROSS,
        alert_percents=[],
        starts_at=BEGINNING,
        ends_at=ENDLESS,
    )


def _record(account: Budget, kind: str, actor: Actor, now: datetime, **facts: Any) -> None:
    record(
        kind,
        account.id,
        actor=actor,
        now=now,
        customer=account.company_id,
        currency=account.currency,
        **facts,
    )
