"""Who is it: from a signed-in user or an API key to the ``Actor`` that every action takes."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _

from placet.companies.customer_scope import narrowed, read_scope
from placet.companies.models import ApiKey, Company, Member
from placet.companies.permissions import PERMISSIONS
from placet.core.actor import Actor, Channel, Grant
from placet.core.errors import Forbidden, NotFound, PlacetError
from placet.events.canonical import sha256

ACT_FOR = "act_for"
"""The scope with which a key may act for a member of its company."""

_COLUMNS = (
    *("id", "user_id", "user__name", "language", "time_zone"),
    *("unit_id", "unit__name", "unit__path", "sees_all_customers"),
    *("company_id", "company__slug", "company__name", "company__kind", "company__currency"),
    *("company__status", "role_grants__role__permissions", "role_grants__unit__path"),
)


class CompanySuspended(Forbidden):
    """The merchant suspended the company: nobody in it may do anything until that ends."""

    code = "company_suspended"


class KeyRefused(PlacetError):
    """The API key is unknown, revoked or expired; which of these is not told."""

    code = "key_refused"
    status = 401


def get_actor(*, user_id: str, company_slug: str, channel: Channel) -> Actor:
    """The user as a member of the company of this slug, with the rights they hold: one query.

    Raises ``NotFound`` for strangers, deactivated members and inactive users, who learn nothing
    about the company, and ``CompanySuspended`` for its members while it is suspended.
    """
    return _actor_where(Q(user_id=user_id, company__slug=company_slug), channel)


def get_actor_of_key(secret: str, *, now: datetime) -> tuple[Actor, ApiKey]:
    """The company as it acts through a key: its scopes that are permissions are its grants.

    A personal key is its member instead, with those of the member's rights that are its scopes.
    Raises ``KeyRefused`` and, while the company is suspended, ``CompanySuspended``.
    """
    key = _valid_key(Q(secret_hash=sha256(secret.encode())), now)
    return _actor_of(key), key


def get_actor_again(key_id: str, *, member_id: str, now: datetime) -> Actor:
    """Whoever came with a key before, as they are now: for work that waited in a queue.

    ``member_id`` is for whom it acted, or whose it is; without it the company itself acts. Raises
    what ``get_actor_of_key`` and ``act_for`` raise.
    """
    actor = _actor_of(_valid_key(Q(pk=key_id), now))
    return actor if actor.member_id == member_id else act_for(actor, member_id)


def _valid_key(condition: Q, now: datetime) -> ApiKey:
    key = (
        ApiKey.objects.filter(condition, revoked_at__isnull=True)
        .select_related("company", "created_by")
        .first()
    )
    if key is None or (key.expires_at is not None and key.expires_at <= now):
        raise KeyRefused(_("This API key is not valid. A holder of “Manage API keys” makes one."))
    return key


def _actor_of(key: ApiKey) -> Actor:
    company = key.company
    refuse_suspended(company.status, company.name)
    if key.member_id:
        return _personal(key)
    # Who made a key could be the one who holds it: it sees no customer that they do not see.
    maker = key.created_by
    scope = read_scope(maker.pk, sees_all=maker.sees_all_customers) if maker else None
    scopes = (one for one in key.scopes if one in PERMISSIONS or one == ACT_FOR)
    return Actor(
        channel="api",
        company_id=company.id,
        company_slug=company.slug,
        company_name=company.name,
        company_kind=company.kind,
        currency=company.currency,
        name=key.name,
        person_user_id=key.id,
        maker_user_id=key.created_by.user_id if key.created_by else "",
        maker_member_id=key.created_by_id or "",
        key_id=key.id,
        language=company.language,
        time_zone=company.time_zone,
        customer_ids=scope,
        grants=narrowed(frozenset(map(Grant, scopes)), scope),
    )


def act_for(actor: Actor, member_id: str) -> Actor:
    """The member for whom a key acts: with the member's rights, and the key named beside them.

    Raises ``Forbidden`` where the key lacks the scope, ``NotFound`` for anybody who is not an
    active member of the key's company.
    """
    if actor.channel != "api" or not actor.holds(ACT_FOR):
        raise Forbidden(_("This API key may not act for a member: it lacks the scope “act_for”."))
    member = _actor_where(Q(pk=member_id, company_id=actor.company_id), "api")
    return replace(
        member,
        person_user_id=actor.person_user_id,
        maker_user_id=actor.maker_user_id,
        maker_member_id=actor.maker_member_id,
        key_id=actor.key_id,
    )


def _personal(key: ApiKey) -> Actor:
    """The member who made the key, while they are one, with the rights that they gave it."""
    try:
        member = _actor_where(Q(pk=key.member_id), "api")
    except NotFound as error:
        raise KeyRefused(_("The member who made this API key has left.")) from error
    return replace(
        member,
        key_id=key.id,
        grants=frozenset(one for one in member.grants if one.permission in key.scopes),
    )


def get_actor_of_member(member_id: str, channel: Channel) -> Actor:
    """A member by id, as they are now, with the rights they hold.

    Raises ``NotFound`` once they have left, and ``CompanySuspended``.
    """
    return _actor_where(Q(pk=member_id), channel)


def get_actor_of_schedule(member_id: str) -> Actor:
    """The member in whose name a schedule acts, as they are now, with the rights they hold.

    Raises ``NotFound`` once they have left, and ``CompanySuspended``.
    """
    return _actor_where(Q(pk=member_id), "schedule")


def _actor_where(condition: Q, channel: Channel) -> Actor:
    rows = list(
        Member.objects.filter(condition, status=Member.Status.ACTIVE, user__is_active=True).values(
            *_COLUMNS
        )
    )
    if not rows:
        raise NotFound(_("There is no such company, or you are not one of its members."))
    first = rows[0]
    refuse_suspended(first["company__status"], first["company__name"])
    is_narrow = first["company__kind"] == Company.Kind.MERCHANT and not first["sees_all_customers"]
    scope = read_scope(first["id"], sees_all=not is_narrow)
    return Actor(
        channel=channel,
        company_id=first["company_id"],
        company_slug=first["company__slug"],
        company_name=first["company__name"],
        company_kind=first["company__kind"],
        currency=first["company__currency"],
        member_id=first["id"],
        user_id=first["user_id"],
        name=first["user__name"],
        unit_id=first["unit_id"],
        unit_name=first["unit__name"],
        unit_path=first["unit__path"],
        person_user_id=first["user_id"],
        language=first["language"],
        time_zone=first["time_zone"],
        customer_ids=scope,
        grants=narrowed(_grants(rows), scope),
    )


def _grants(rows: Iterable[dict[str, Any]]) -> frozenset[Grant]:
    return frozenset(
        Grant(permission, row["role_grants__unit__path"] or "")
        for row in rows
        for permission in row["role_grants__role__permissions"] or ()
    )


def refuse_suspended(status: str, name: str) -> None:
    """Raise ``CompanySuspended`` for a company of this status."""
    if status == Company.Status.SUSPENDED:
        raise CompanySuspended(
            _("%(company)s is suspended. The supplier can end that.") % {"company": name}
        )
