"""Who calls: ``Authorization: Bearer sk_…``, and for whom: ``Placet-Member: mem_…``."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from typing import Final

from django.db.models import Q
from django.http import HttpRequest
from django.utils.translation import gettext as _
from ninja.security import HttpBearer

from placet.api.call import ApiRequest
from placet.api.errors import Unauthenticated
from placet.companies.models import ApiKey
from placet.companies.queries import act_for, get_actor_of_key
from placet.core.actor import Actor
from placet.core.clock import real_now
from placet.events.canonical import sha256

MEMBER_HEADER: Final = "Placet-Member"
BEARER: Final = re.compile(r"bearer +([!-~]{8,200})", re.IGNORECASE)
USE_IS_NOTED_EVERY: Final = timedelta(hours=1)


class KeyScheme(HttpBearer):
    """Describes the key in the OpenAPI document; the door has identified the caller before."""

    def authenticate(self, request: HttpRequest, token: str) -> Actor | None:
        """The actor whom the door found."""
        return getattr(request, "actor", None)


def identify(request: ApiRequest) -> None:
    """Set ``request.actor`` and ``request.key``; raises 401, 403, and 404 for a foreign member.

    A key's rights are its scopes; acting for a member, they are the member's.
    """
    found = BEARER.fullmatch(request.headers.get("Authorization", "").strip())
    if found is None:
        raise Unauthenticated(_("Send your API key: Authorization: Bearer sk_…"))
    now = real_now()
    request.actor, request.key = get_actor_of_key(found.group(1), now=now)
    member_id = request.headers.get(MEMBER_HEADER, "")
    if member_id:
        request.actor = act_for(request.actor, member_id)
    _note_use(request.key, now)


def find_key(request: ApiRequest) -> ApiKey | None:
    """The key that was sent, also where it was refused: revoked, expired, of a suspended company.

    For the log of calls; nobody is let in by it.
    """
    known: ApiKey | None = getattr(request, "key", None)
    sent = BEARER.fullmatch(request.headers.get("Authorization", "").strip())
    if known is not None or sent is None:
        return known
    return ApiKey.objects.filter(secret_hash=sha256(sent.group(1).encode())).first()


def _note_use(key: ApiKey, now: datetime) -> None:
    """Write down that the key lives, once an hour: reading through the API writes nothing else."""
    unnoted = Q(last_used_at__isnull=True) | Q(last_used_at__lt=now - USE_IS_NOTED_EVERY)
    if key.last_used_at is None or key.last_used_at < now - USE_IS_NOTED_EVERY:
        ApiKey.objects.filter(unnoted, pk=key.pk).update(last_used_at=now)
