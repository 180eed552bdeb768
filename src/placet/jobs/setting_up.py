"""A real installation begins: the merchant, what it asks of orders, and its first admin."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from placet.catalog.actions import create_price_list, set_store_terms
from placet.companies.actions import add_member, create_company, grant_role
from placet.companies.models import Company, Member, Role, Unit, User
from placet.core.actor import Actor, system_actor
from placet.core.errors import Conflict, InvalidInput
from placet.core.transaction import transaction

OWNER = "owner"
DEFAULT_LIST = "list"


class AlreadySetUp(Conflict):
    """There is a merchant, and an installation has one."""

    code = "already_set_up"


class Merchant(NamedTuple):
    """Who sells: ``slug`` is the short name in addresses, tax is that of the delivery."""

    name: str
    slug: str
    currency: str
    tax_basis_points: int
    tax_number: str
    language: str
    time_zone: str


class Owner(NamedTuple):
    """The first merchant admin, who makes everything and everybody else."""

    name: str
    email: str
    password: str


@transaction
def set_up_merchant(merchant: Merchant, *, owner: Owner, actor: Actor, now: datetime) -> Member:
    """Make the merchant with its built-in roles, store terms, default price list and owner.

    Raises ``AlreadySetUp`` when there is a merchant, ``InvalidInput`` for a value that cannot be.
    """
    if Company.objects.filter(kind=Company.Kind.MERCHANT).exists():
        raise AlreadySetUp(_("This installation is set up already."))
    if not 0 <= merchant.tax_basis_points <= 10_000:
        raise InvalidInput("tax", "tax", _("A tax is from 0 to 100 %."))
    company = create_company(
        merchant.name,
        slug=merchant.slug,
        kind=Company.Kind.MERCHANT,
        currency=merchant.currency,
        language=merchant.language,
        time_zone=merchant.time_zone,
        tax_number=merchant.tax_number,
        actor=actor,
        now=now,
    )
    system = system_actor(company.id, company.slug, company.kind, company.currency)
    set_store_terms(
        merchant.currency,
        shipping_tax_basis_points=merchant.tax_basis_points,
        actor=system,
        now=now,
    )
    create_price_list(
        DEFAULT_LIST,
        name=_("List prices"),
        currency=merchant.currency,
        is_default=True,
        actor=system,
        now=now,
    )
    return _add_owner(company, owner, actor=system, now=now)


def _add_owner(company: Company, owner: Owner, *, actor: Actor, now: datetime) -> Member:
    member = add_member(
        company,
        email=owner.email,
        name=owner.name,
        unit=Unit.objects.get(company=company, parent=None),
        actor=actor,
        now=now,
    )
    role = Role.objects.get(company=company, key=OWNER)
    grant_role(member, role=role, actor=actor, now=now)
    _set_password(member.user, owner.password)
    return member


def _set_password(user: User, password: str) -> None:
    try:
        validate_password(password, user)
    except ValidationError as error:
        raise InvalidInput("password", "weak", " ".join(error.messages)) from error
    user.set_password(password)
    user.save(update_fields=["password"])
