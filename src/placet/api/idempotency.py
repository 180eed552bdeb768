"""A POST that is sent twice has one effect: the key's row is the first insert of its transaction.

A twin that arrives while the first is at work waits for that row: up to five seconds (the lock
timeout of PostgreSQL; on SQLite writers queue anyway) and then replays the stored success. Errors
roll the row back, so they are not stored and the same key may be tried again.
"""

from __future__ import annotations

import json
import re
from typing import Any, Final, NamedTuple

from django.db import OperationalError, connection
from django.http import HttpResponse
from django.utils.translation import gettext as _

from placet.api.call import ApiRequest
from placet.api.files import is_form
from placet.api.models import IdempotencyKey
from placet.core.clock import real_now
from placet.core.errors import Conflict, InvalidInput, PlacetError
from placet.events.canonical import sha256

HEADER: Final = "Idempotency-Key"
KEY: Final = re.compile(r"[!-~]{1,255}")
# Where money is decided the key is required; the OpenAPI document says the same.
REQUIRED: Final = re.compile(r"/(submissions|decisions)$|/v1/requisitions$")
# Of these, a dry run is known to this address alone: elsewhere the word is not read.
TRIED: Final = re.compile(r"/v1/requisitions$")

# The address of a share link opens it for anybody: nothing stored ever holds it.
SHOWN_ONCE: Final = re.compile(r'("url": ?)"[^"]*/s/sl_[^"]*"')


class KeyRequired(PlacetError):
    """A submission or a decision without an idempotency key."""

    code = "idempotency_key_required"
    status = 400


class KeyReused(InvalidInput):
    """The key was used before for another request."""

    def __init__(self) -> None:
        super().__init__(
            "/header/Idempotency-Key",
            "idempotency_key_reused",
            _("This Idempotency-Key was used for another request. Take a new one."),
        )


class InFlight(Conflict):
    """The twin of this request is still at work after the longest wait."""

    code = "request_in_flight"


class Claim(NamedTuple):
    """The row of a key in this transaction, and whether a twin has answered before."""

    row: IdempotencyKey
    is_answered: bool


def claim_key(call: ApiRequest) -> Claim | None:
    """Claim the key of this POST; ``None`` where the caller sent none and needs none.

    Raises ``KeyRequired``, ``KeyReused`` and ``InFlight``.
    """
    key = call.headers.get(HEADER)
    if key is None:
        is_tried = TRIED.search(call.path) and call.GET.get("dry_run") == "true"
        if REQUIRED.search(call.path) and not is_tried:
            raise KeyRequired(_("Send an Idempotency-Key: what you send twice must happen once."))
        return None
    if not KEY.fullmatch(key):
        raise InvalidInput(
            "/header/Idempotency-Key", "format", _("A key is 1 to 255 printable characters.")
        )
    asked = _hash_of(call)
    row = _claimed_row(
        IdempotencyKey(created_at=real_now(), owner=call.key.id, key=key, request_hash=asked)
    )
    if row.request_hash != asked:
        raise KeyReused
    return Claim(row, is_answered=row.status > 0)


def remember(claim: Claim, answer: HttpResponse) -> None:
    """Store the success beside its effect, without what is shown only once."""
    claim.row.status = answer.status_code
    claim.row.body = SHOWN_ONCE.sub(r"\1null", answer.content.decode())
    claim.row.save(update_fields=["status", "body"])


def replay(claim: Claim) -> HttpResponse:
    """The stored success again, byte for byte."""
    answer = HttpResponse(
        claim.row.body, status=claim.row.status, content_type="application/json; charset=utf-8"
    )
    answer["Idempotent-Replayed"] = "true"
    version = json.loads(claim.row.body).get("version") if claim.row.body else None
    if version is not None:
        answer["ETag"] = f'"{version}"'
    return answer


def _claimed_row(row: IdempotencyKey) -> IdempotencyKey:
    """The row of this key: ours with status 0, or the committed one of a twin.

    Only answered rows are ever committed, so a row with status 0 is the one that was just written.
    """
    try:
        IdempotencyKey.objects.bulk_create([row], ignore_conflicts=True)
    except OperationalError as error:
        if connection.vendor == "postgresql":
            raise InFlight(_("The same request is still at work. Ask again soon.")) from error
        raise
    return IdempotencyKey.objects.get(owner=row.owner, key=row.key)


def _hash_of(call: ApiRequest) -> str:
    named = f"{call.method} {call.get_full_path()}\n{call.actor.member_id}\n"
    return sha256(named.encode() + (_form_of(call) if is_form(call) else call.body))


def _form_of(call: ApiRequest) -> bytes:
    """What a form says, whatever stands between its parts: names, fields and hashes of files."""
    fields = sorted((name, str(text)) for name, text in call.POST.items())
    files: dict[str, Any] = dict(call.FILES.items())
    for name, file in sorted(files.items()):
        fields.append((name, sha256(file.read())))
        file.seek(0)
    return json.dumps(fields).encode()
