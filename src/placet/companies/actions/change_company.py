"""What a company is called and how it counts: by its own admins, the terms by the merchant."""

from __future__ import annotations

from datetime import datetime, time
from typing import Any, Final, TypedDict, Unpack

from django.utils.translation import gettext as _

from placet.companies.changing import update_row
from placet.companies.models import Company, NumberSequence
from placet.companies.permissions import COMPANY_MANAGE, require
from placet.companies.refusals import Refusal, refuse, refuse_foreign
from placet.companies.terms import checked_offer
from placet.companies.validity import check_settings
from placet.companies.working_time import check_working_time
from placet.core.actor import Actor
from placet.core.errors import Conflict, InvalidInput
from placet.core.transaction import transaction
from placet.events.record import record
from placet.policy.money import LARGEST_AMOUNT_MINOR
from placet.policy.patterns import BadPattern, compile_pattern

LONGEST: Final = {
    "name": 120,
    "tax_number": 40,
    "payment_terms": 40,
    "po_pattern": 100,
    "po_hint": 100,
}
OF_THE_MERCHANT: Final = frozenset({"payment_terms", "offered_terms", "currency"})

OF_THE_COMPANY: Final = frozenset({"allows_on_behalf"})


class CompanyChanges(TypedDict, total=False):
    """What may be changed; what is left out stays. Terms and currency are the merchant's."""

    name: str
    tax_number: str
    language: str
    time_zone: str
    fiscal_year_month: int
    po_pattern: str
    po_hint: str
    mail_decisions: str
    mail_decisions_up_to_minor: int
    second_factor: str
    payment_terms: str
    offered_terms: list[str]
    currency: str
    working_days: list[int]
    work_starts: time
    work_ends: time
    holiday_country: str
    holiday_region: str
    closed_days: list[str]
    answer_hours: int
    expire_days: int
    allows_on_behalf: bool


@transaction
def change_company(
    company: Company,
    *,
    actor: Actor,
    now: datetime,
    version: int | None = None,
    **changes: Unpack[CompanyChanges],
) -> Company:
    """Change a company's settings; its periods follow zone and fiscal year from now on, and steps
    that open from now on its working time.

    Raises ``Conflict`` for another currency once something was submitted, ``InvalidInput``,
    ``ChangedMeanwhile``, and ``Forbidden`` for terms by anybody but the merchant.
    """
    _require(actor, company, changes)
    _check(changes)
    if "offered_terms" in changes:
        changes["offered_terms"] = checked_offer(changes["offered_terms"])
    check_working_time(changes, company)
    before = company.currency
    if changes.get("currency", before) != before and _has_submitted(company):
        raise Conflict(_("The currency stays: something was submitted in it already."))
    update_row(company, version, **changes)
    record(
        "company.changed",
        company.id,
        actor=actor,
        now=now,
        company_id=company.id,
        fields=sorted(changes),
        currency=company.currency,
        time_zone=company.time_zone,
        fiscal_year_month=company.fiscal_year_month,
        private={"name": company.name},
    )
    return company


def _require(actor: Actor, company: Company, changes: CompanyChanges) -> None:
    if actor.is_merchant or actor.is_system:
        require(actor, COMPANY_MANAGE)
        is_theirs = actor.is_system or actor.company_id == company.pk
        if OF_THE_COMPANY & changes.keys() and not is_theirs:
            refuse(Refusal("company_only", _("Only the company itself says who orders for it.")))
        return
    refuse_foreign(actor, company.pk)
    require(actor, COMPANY_MANAGE)
    if OF_THE_MERCHANT & changes.keys():
        refuse(Refusal("merchant_only", _("Terms and currency are agreed with the supplier.")))


def _check(changes: CompanyChanges) -> None:
    check_settings(dict(changes))
    texts: dict[str, Any] = {name: changes.get(name, "") for name in LONGEST}
    for name, text in texts.items():
        if len(text) > LONGEST[name]:
            raise InvalidInput(name, "too_long", _("This is too long."))
    if "name" in changes and not changes["name"].strip():
        raise InvalidInput("name", "required", _("A company has a name."))
    if changes.get("mail_decisions", Company.MailDecisions.OFF) not in Company.MailDecisions.values:
        raise InvalidInput("mail_decisions", "choice", _("Choose one of the three."))
    _check_pattern(changes.get("po_pattern", ""))
    if changes.get("second_factor", "optional") not in Company.SecondFactor.values:
        raise InvalidInput("second_factor", "choice", _("Choose one of the three."))
    if not 0 <= changes.get("mail_decisions_up_to_minor", 0) <= LARGEST_AMOUNT_MINOR:
        raise InvalidInput("mail_decisions_up_to_minor", "range", _("An amount is zero or more."))


def _check_pattern(pattern: str) -> None:
    """A form that nobody can read would refuse every PO reference."""
    try:
        compile_pattern(pattern)
    except BadPattern as error:
        raise InvalidInput("po_pattern", "pattern", _("This pattern cannot be read.")) from error


def _has_submitted(company: Company) -> bool:
    """Whether a number of a requisition was ever given out; it never comes back."""
    return NumberSequence.objects.filter(company=company, kind="REQ", last__gt=0).exists()
