"""A company comes into being, with its root unit and the roles of its kind."""

from __future__ import annotations

from datetime import datetime, time
from typing import Any, Final

from django.core.exceptions import ValidationError
from django.core.validators import validate_slug
from django.utils import translation
from django.utils.translation import gettext as _

from placet.companies.models import Company, Role, Unit
from placet.companies.permissions import BUILT_IN_ROLES, COMPANY_MANAGE, require
from placet.companies.refusals import Refusal, refuse
from placet.companies.validity import check_settings
from placet.core import ids
from placet.core.actor import Actor
from placet.core.errors import Conflict, InvalidInput
from placet.core.transaction import transaction
from placet.events.record import record
from placet.policy.money import decimals

OF_A_FAMILY: Final[dict[str, Any]] = {
    "working_days": [1, 2, 3, 4, 5, 6, 7],
    "work_starts": time(8),
    "work_ends": time(20),
    "mail_decisions": Company.MailDecisions.UP_TO,
}
"""Families answer on every day, from morning to evening, and small things from the mail alone.

A business asks for a sign-in until it says otherwise.
"""
FAMILY_MAIL_LIMIT: Final = 200
"""Whole units of its currency up to which a new household's mail links need no sign-in."""


@transaction
def create_company(
    name: str,
    *,
    slug: str,
    kind: str,
    currency: str,
    actor: Actor,
    now: datetime,
    language: str = "en",
    time_zone: str = "UTC",
    fiscal_year_month: int = 1,
    tax_number: str = "",
    payment_terms: str = "net_30",
    po_pattern: str = "",
    po_hint: str = "",
) -> Company:
    """Register a company, a household or the merchant; the set-up and the merchant may.

    Raises ``InvalidInput`` for a slug, zone or currency that does not exist, and ``Conflict`` when
    the slug is taken.
    """
    _refuse_all_but_the_merchant(actor)
    _validate(slug, kind)
    check_settings(
        {
            "currency": currency,
            "time_zone": time_zone,
            "language": language,
            "fiscal_year_month": fiscal_year_month,
        }
    )
    if Company.objects.filter(slug=slug).exists():
        raise Conflict(_("There already is a company at “%(slug)s”.") % {"slug": slug})
    company = Company.objects.create(
        created_at=now,
        kind=kind,
        slug=slug,
        name=name,
        currency=currency,
        language=language,
        time_zone=time_zone,
        fiscal_year_month=fiscal_year_month,
        tax_number=tax_number,
        payment_terms=payment_terms,
        po_pattern=po_pattern,
        po_hint=po_hint,
        **(_of_a_family(currency) if kind == Company.Kind.HOUSEHOLD else {}),
    )
    _add_root_unit(company, now)
    _add_built_in_roles(company, now)
    record(
        "company.created",
        company.id,
        actor=actor,
        now=now,
        company_id=company.id,
        kind=kind,
        currency=currency,
        private={"name": name},
    )
    return company


def _of_a_family(currency: str) -> dict[str, Any]:
    up_to_minor = FAMILY_MAIL_LIMIT * 10 ** decimals(currency)
    return {**OF_A_FAMILY, "mail_decisions_up_to_minor": up_to_minor}


def _refuse_all_but_the_merchant(actor: Actor) -> None:
    if not actor.is_system and not actor.is_merchant:
        refuse(Refusal("merchant_only", _("Only the supplier registers companies.")))
    require(actor, COMPANY_MANAGE)


def _validate(slug: str, kind: str) -> None:
    try:
        validate_slug(slug)
    except ValidationError as error:
        raise InvalidInput("slug", "slug", _("Letters, digits and hyphens only.")) from error
    if kind not in Company.Kind.values:
        raise InvalidInput("kind", "kind", _("This kind of company does not exist."))


def _add_root_unit(company: Company, now: datetime) -> None:
    unit_id = ids.new_id("unt")
    Unit.objects.create(
        id=unit_id, created_at=now, company=company, path=f"{unit_id}/", name=company.name
    )


def _add_built_in_roles(company: Company, now: datetime) -> None:
    """Their names are in the company's language from then on; it may write others over them."""
    with translation.override(company.language):
        names = {role.key: str(role.name) for role in BUILT_IN_ROLES[company.kind]}
    Role.objects.bulk_create(
        Role(
            created_at=now,
            company=company,
            key=role.key,
            name=names[role.key],
            is_builtin=True,
            permissions=sorted(role.permissions),
        )
        for role in BUILT_IN_ROLES[company.kind]
    )
