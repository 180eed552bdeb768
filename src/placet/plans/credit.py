"""A company's credit with the merchant: as the engine reads it, as a submission reserves it."""

from __future__ import annotations

from datetime import datetime

from placet.budgets.actions import Draw
from placet.budgets.models import Budget
from placet.budgets.queries import find_credit
from placet.catalog.rates import rates_at
from placet.companies.models import Company
from placet.orders.content import Content
from placet.policy import facts
from placet.policy.money import Money, NoRate, exchange, round_half_up
from placet.policy.terms import PREPAYMENT

NO_LIMIT = facts.Credit(facts.UNLIMITED, open_balance_minor=0, overdue_minor=0, mode="warn")


def credit_of(company: Company, account: Budget | None) -> facts.Credit:
    """The limit and what is open: ordered and not paid, and what waits to be ordered.

    Without an account the merchant has set no limit. An account in another currency than the
    company's is none either: the company's currency was changed, and the limit has to be set again.
    """
    if account is None or account.currency != company.currency:
        return NO_LIMIT
    return facts.Credit(
        limit=Money(account.amount_minor, account.currency),
        open_balance_minor=account.used_minor,
        overdue_minor=account.overdue_minor,
        mode=account.mode,  # type: ignore[arg-type]
    )


def draw_on_credit(loaded: facts.Facts) -> list[Draw]:
    """What a purchase takes from the credit, taxes included; nothing where there is no limit.

    What is paid before it is processed takes none.
    """
    company, purchase = loaded.company, loaded.purchase
    if not isinstance(company.credit.limit, Money) or purchase.terms == PREPAYMENT:
        return []
    account = find_credit(company.id)
    if account is None:
        return []
    try:
        rate = exchange(purchase.currency, account.currency, loaded.rates)
    except NoRate:
        return []  # The plan is blocked by the missing rate: nothing will be reserved.
    amount = round_half_up(purchase.total_minor * rate)
    return [Draw(account.pk, amount, rate.numerator, rate.denominator)]


def draw_of_content(company: Company, content: Content, *, submitted_at: datetime) -> list[Draw]:
    """What a frozen purchase takes from the credit, by the rates of its first submission.

    Of the account as it is today; nothing where none is open.
    """
    account = find_credit(company.pk)
    if content.terms == PREPAYMENT or account is None or account.currency != company.currency:
        return []
    try:
        rates = rates_at({content.currency, account.currency}, submitted_at)
        rate = exchange(content.currency, account.currency, rates)
    except NoRate:
        return []
    amount = round_half_up(content.total_minor * rate)
    return [Draw(account.pk, amount, rate.numerator, rate.denominator)]
