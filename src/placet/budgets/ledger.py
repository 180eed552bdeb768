"""Writing postings: every change of an amount is a row beside the guarded update that makes it."""

from __future__ import annotations

from datetime import datetime

from django.db.models import F
from django.utils.translation import gettext as _

from placet.budgets.models import Budget, BudgetTransfer, LedgerEntry
from placet.budgets.refusals import why_closed
from placet.core.actor import Actor
from placet.core.errors import Conflict, InvalidInput, NotFound
from placet.events.record import record
from placet.policy.money import LARGEST_AMOUNT_MINOR, is_currency

LONGEST_REASON = 400


def locked_budget(budget_id: str, company_id: str) -> Budget:
    """The budget's row for the running transaction; ``NotFound`` outside the company."""
    return locked_budgets([budget_id], company_id)[0]


def locked_budgets(budget_ids: list[str], company_id: str) -> list[Budget]:
    """The rows of several budgets, locked in the order of their ids, as named."""
    found = {
        budget.pk: budget
        for budget in Budget.objects.select_for_update(of=("self",))
        .select_related("company")
        .filter(pk__in=budget_ids, company_id=company_id)
        .order_by("id")
    }
    if any(budget_id not in found for budget_id in budget_ids):
        raise NotFound(_("There is no such budget."))
    return [found[budget_id] for budget_id in budget_ids]


def post_amount(
    budget: Budget,
    change_minor: int,
    *,
    kind: str,
    reason: str,
    actor: Actor,
    now: datetime,
) -> LedgerEntry:
    """Change the amount of a locked budget by a posting (adjust or transfer)."""
    Budget.objects.filter(pk=budget.pk).update(
        amount_minor=F("amount_minor") + change_minor, version=F("version") + 1
    )
    budget.refresh_from_db(fields=["amount_minor", "version"])
    return LedgerEntry.objects.create(
        created_at=now,
        budget_id=budget.pk,
        kind=kind,
        amount_minor=change_minor,
        currency=budget.currency,
        actor_member=actor.member_id,
        reason=reason,
    )


def post_transfer(
    source: Budget,
    target: Budget,
    amount_minor: int,
    *,
    kind: str,
    reason: str,
    actor: Actor,
    now: datetime,
) -> BudgetTransfer:
    """Two postings of locked budgets that add up to nothing, and the row that joins them."""
    entry = LedgerEntry.Kind.TRANSFER
    given = post_amount(source, -amount_minor, kind=entry, reason=reason, actor=actor, now=now)
    got = post_amount(target, amount_minor, kind=entry, reason=reason, actor=actor, now=now)
    transfer = BudgetTransfer.objects.create(created_at=now, kind=kind, given=given, got=got)
    record(
        "budget.transferred" if kind == BudgetTransfer.Kind.TRANSFER else "budget.rolled_over",
        source.id,
        actor=actor,
        now=now,
        company_id=source.company_id,
        budget=source.id,
        target=target.id,
        amount_minor=amount_minor,
        currency=source.currency,
        private={"reason": reason},
    )
    return transfer


def require_open(budget: Budget) -> None:
    """Raise ``Conflict`` for a budget that was closed: nothing is changed there any more."""
    closed = why_closed(budget)
    if closed is not None:
        raise Conflict(closed.sentence)


def checked_amount(amount_minor: int, path: str = "amount", *, smallest: int = 0) -> int:
    """An amount in minor units from ``smallest`` to 10^15; raises ``InvalidInput``."""
    if abs(amount_minor) > LARGEST_AMOUNT_MINOR:
        raise InvalidInput(path, "too_large", _("The amount is too large."))
    if amount_minor < smallest:
        code, sentence = "negative", _("An amount cannot be below zero.")
        if smallest > 0:
            code, sentence = "too_small", _("Enter an amount above zero.")
        raise InvalidInput(path, code, sentence)
    return amount_minor


def checked_currency(currency: str) -> str:
    """A currency that exists; raises ``InvalidInput``."""
    if not is_currency(currency):
        raise InvalidInput("currency", "unknown", _("This currency does not exist."))
    return currency


def checked_reason(reason: str, path: str = "reason") -> str:
    """The reason that every hand-made posting carries; raises ``InvalidInput``."""
    return checked_text(reason, path, LONGEST_REASON)


def checked_text(text: str, path: str, longest: int) -> str:
    """One line of printable text; raises ``InvalidInput``."""
    text = " ".join(text.split())
    if not text:
        raise InvalidInput(path, "required", _("Please fill this in."))
    if not text.isprintable():
        raise InvalidInput(path, "characters", _("Use letters, digits and signs only."))
    if len(text) > longest:
        raise InvalidInput(path, "too_long", _("This is too long."))
    return text
