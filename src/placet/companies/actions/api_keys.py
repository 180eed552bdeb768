"""Keys for programs."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import datetime
from typing import Final, Literal

from django.db.models import Q
from django.utils.translation import gettext as _

from placet.companies.acting import ACT_FOR
from placet.companies.models import ApiKey, Company
from placet.companies.permissions import (
    KEY_MANAGE,
    MEMBER_MANAGE,
    PERMISSIONS,
    can_pass_on,
    require,
)
from placet.companies.refusals import Refusal, refuse, refuse_foreign
from placet.core import ids
from placet.core.actor import Actor
from placet.core.errors import Conflict, InvalidInput
from placet.core.transaction import transaction
from placet.events.canonical import sha256
from placet.events.record import record

SCOPE: Final = re.compile(r"[a-z_]{1,40}([.:][a-z_]{1,40}){0,2}")


@transaction
def create_api_key(
    company: Company,
    *,
    name: str,
    scopes: Iterable[str],
    actor: Actor,
    now: datetime,
    expires_at: datetime | None = None,
    mode: Literal["live", "test"] = "live",
) -> tuple[ApiKey, str]:
    """Make a key and return it with its secret, which is stored as a hash and never shown again.

    Scopes that are permissions must be the actor's to give, as with roles.
    """
    refuse_foreign(actor, company.id)
    require(actor, KEY_MANAGE)
    wanted = sorted(set(scopes))
    if not all(SCOPE.fullmatch(scope) for scope in wanted):
        raise InvalidInput("scopes", "scope", _("One of these scopes does not exist."))
    refuse(can_pass_on(actor, [scope for scope in wanted if scope in PERMISSIONS], ""))
    if ACT_FOR in wanted:
        require(actor, MEMBER_MANAGE)
    return _make_key(
        company.id,
        None,
        name=name,
        scopes=wanted,
        expires_at=expires_at,
        mode=mode,
        actor=actor,
        now=now,
    )


@transaction
def create_personal_key(
    name: str,
    *,
    scopes: Iterable[str] = (),
    actor: Actor,
    now: datetime,
    expires_at: datetime | None = None,
    mode: Literal["live", "test"] = "live",
) -> tuple[ApiKey, str]:
    """Make a key that acts as oneself, and return it with its secret, which is shown once.

    Every member may, on a page: it can do nothing that they cannot. It alone decides through the
    API, since a key of the company could be held by somebody else.
    """
    if not actor.member_id or actor.channel == "api":
        refuse(Refusal("sign_in", _("Sign in to make a key of your own.")))
    wanted = sorted(set(scopes))
    if not all(scope in PERMISSIONS for scope in wanted):
        raise InvalidInput("scopes", "scope", _("One of these scopes does not exist."))
    return _make_key(
        actor.company_id,
        actor.member_id,
        name=name,
        scopes=wanted,
        expires_at=expires_at,
        mode=mode,
        actor=actor,
        now=now,
    )


@transaction
def revoke_api_key(key: ApiKey, *, actor: Actor, now: datetime) -> ApiKey:
    """End a key at once, by its member or a key manager; ``Conflict`` when it was revoked."""
    refuse_foreign(actor, key.company_id)
    if not key.member_id or key.member_id != actor.member_id:
        require(actor, KEY_MANAGE)
    if not ApiKey.objects.filter(pk=key.pk, revoked_at__isnull=True).update(revoked_at=now):
        raise Conflict(_("This key was revoked already."))
    key.revoked_at = now
    record("key.revoked", key.id, actor=actor, now=now, company_id=key.company_id)
    return key


@transaction
def rotate_api_key(
    key: ApiKey, *, old_ends_at: datetime, actor: Actor, now: datetime
) -> tuple[ApiKey, str]:
    """Make the successor of a company's key, and return it with its secret, which is shown once.

    It has the same name and rights and lives as long as the old one was given to live. The old one
    ends at ``old_ends_at``, or when it would have ended anyway, so that programs can be moved over
    one by one. Raises ``Conflict`` for a key that has ended, and what making a key raises.
    """
    refuse_foreign(actor, key.company_id)
    require(actor, KEY_MANAGE)
    if key.member_id:
        refuse(Refusal("personal_key", _("A personal key is its member's: only they replace it.")))
    if old_ends_at < now:
        raise InvalidInput("old_ends_at", "past", _("The old key cannot end in the past."))
    ends_at = old_ends_at if key.expires_at is None else min(old_ends_at, key.expires_at)
    working = ApiKey.objects.filter(Q(expires_at=None) | Q(expires_at__gt=now), pk=key.pk)
    if not working.filter(revoked_at__isnull=True).update(expires_at=ends_at):
        raise Conflict(_("This key has ended already: create a new one."))
    lifetime = None if key.expires_at is None else key.expires_at - key.created_at
    successor, secret = create_api_key(
        key.company,
        name=key.name,
        scopes=key.scopes,
        expires_at=None if lifetime is None else now + lifetime,
        actor=actor,
        now=now,
    )
    key.expires_at = ends_at
    record(
        "key.rotated",
        key.id,
        actor=actor,
        now=now,
        company_id=key.company_id,
        successor=successor.id,
        ends_at=ends_at.isoformat(),
    )
    return successor, secret


def _make_key(
    company_id: str,
    member_id: str | None,
    *,
    name: str,
    scopes: list[str],
    expires_at: datetime | None,
    mode: Literal["live", "test"],
    actor: Actor,
    now: datetime,
) -> tuple[ApiKey, str]:
    """The row of a key with its secret; ``member_id`` makes it personal."""
    if expires_at is not None and expires_at <= now:
        raise InvalidInput("expires_at", "past", _("A key cannot expire in the past."))
    secret = ids.new_secret(f"sk_{mode}_")
    key = ApiKey.objects.create(
        created_at=now,
        company_id=company_id,
        member_id=member_id,
        created_by_id=actor.maker_member_id or actor.member_id or None,
        name=name,
        hint=f"{secret[:8]}…{secret[-4:]}",
        secret_hash=sha256(secret.encode()),
        scopes=scopes,
        expires_at=expires_at,
    )
    record(
        "key.created",
        key.id,
        actor=actor,
        now=now,
        company_id=company_id,
        scopes=scopes,
        member=member_id or "",
    )
    return key, secret
