"""Whom one may be in the demo."""

from __future__ import annotations

from typing import NamedTuple

from django.urls import reverse
from django.utils.translation import gettext as _

from placet.companies.models import Company, Member
from placet.demo.world.people import TRY_AS, USERS

LANDINGS = {"lena": "home", "rashid": "inbox", "ines": "budgets", "tomas": "orders"}
_EMAIL = {user.key: user.email for user in USERS}
_KEY = {user.email: user.key for user in USERS}


class Person(NamedTuple):
    """One of the four main people; ``landing`` is where they begin."""

    key: str
    member_id: str
    user_id: str
    name: str
    title: str
    company: str
    role: str
    does: str
    landing: str

    @property
    def first_name(self) -> str:
        """What the bar has room for."""
        return self.name.partition(" ")[0]


def list_main_people() -> list[Person]:
    """Buyer, approver, company admin and merchant, in this order: one query."""
    wanted = [_EMAIL[key] for key, _company, _role in TRY_AS]
    rows = {
        (row.user.email, row.company.slug): row
        for row in Member.objects.filter(user__email__in=wanted).select_related("user", "company")
    }
    found = ((key, rows.get((_EMAIL[key], company))) for key, company, _role in TRY_AS)
    return [_person(key, row) for key, row in found if row is not None]


def landing_of(member: Member) -> str:
    """Where somebody begins after they were chosen."""
    name = LANDINGS.get(_KEY.get(member.user.email, ""), "home")
    return reverse(name, args=[member.company.slug])


def list_everybody() -> list[tuple[Company, list[Member]]]:
    """All active members by company, the merchant last."""
    members = (
        Member.objects.filter(status=Member.Status.ACTIVE, user__is_active=True)
        .select_related("user", "company", "unit")
        .order_by("company__name", "unit__path", "user__name")
    )
    by_company: dict[str, list[Member]] = {}
    for member in members:
        by_company.setdefault(member.company_id, []).append(member)
    groups = [(rows[0].company, rows) for rows in by_company.values()]
    return sorted(groups, key=lambda group: group[0].kind == Company.Kind.MERCHANT)


def _person(key: str, row: Member) -> Person:
    role, does = _words(key)
    return Person(
        key=key,
        member_id=row.pk,
        user_id=row.user_id,
        name=row.user.name,
        title=row.title,
        company=row.company.name,
        role=role,
        does=does,
        landing=landing_of(row),
    )


def _words(key: str) -> tuple[str, str]:
    return {
        "lena": (
            _("buyer"),
            _("Fills a cart, sees who will have to approve and why, submits it."),
        ),
        "rashid": (
            _("approver"),
            _("Has an inbox: why he is asked, what it does to the budget, by when."),
        ),
        "ines": (
            _("company admin"),
            _("Keeps budgets, approval rules, members, keys and the audit trail."),
        ),
        "tomas": (
            _("merchant"),
            _("Sees orders that are free to go, and what customers still have to approve."),
        ),
    }[key]
