"""The body of a webhook: ``type``, ``timestamp``, ``sequence`` and ``data``, at most 20 kB.

``data`` is the event's own payload, which holds ids, amounts, codes and hashes and no personal
data. The merchant gets less of it than the company: never budgets, limits, rules or reasons.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from placet.core.errors import InvalidInput
from placet.events.canonical import canonical_bytes
from placet.events.models import Event

LARGEST_BODY = 20_000
EVENT_TYPE = re.compile(r"[a-z_]+\.([a-z_]+|\*)")
PUBLISHED = frozenset(
    {
        *("company", "unit", "member", "delegation", "budget", "rulebook", "cart", "comment"),
        *("requisition", "step", "decision", "quote", "order", "import", "export"),
    }
)
"""The things whose events leave; events about endpoints and keys stay inside."""

UNDOABLE = frozenset({"decision.recorded", "decision.retracted"})
"""What may still be taken back, and that it was, stays inside: ``decision.applied`` leaves."""

_OF_BOTH = {"requisition", "revision", "number", "hash", "total_minor", "currency", "order"}
TOLD_TO_MERCHANT: Mapping[str, frozenset[str]] = {
    "requisition": frozenset(_OF_BOTH),
    "order": frozenset(
        {*_OF_BOTH, "lines", "erp_number", "reason", "state", "amount_minor", "received_minor"}
    ),
    "quote": frozenset(
        {"quote", "number", "offer", "offer_number", "hash", "is_final", "requisition", "lines"}
    ),
}
"""What the merchant may know of another company's event, by the thing that it is about."""


UNSENT = frozenset({"quote.drafted", "quote.discarded"})
"""What a customer writes and has not sent: the merchant knows nothing of it."""


def noun_of(event_type: str) -> str:
    """The thing that an event is about: ``requisition`` of ``requisition.submitted``."""
    return event_type.partition(".")[0]


def is_published(event_type: str) -> bool:
    """Whether events of this type leave at all."""
    return noun_of(event_type) in PUBLISHED and event_type not in UNDOABLE


def is_told_to_merchant(event: Event) -> bool:
    """Whether an event of a customer reaches the merchant's endpoints at all."""
    return noun_of(event.type) in TOLD_TO_MERCHANT and event.type not in UNSENT


def body_for_company(event: Event, sequence: int) -> str:
    """The body for an endpoint of the company whose event it is."""
    return _body(event, sequence, _payload(event))


def body_for_merchant(event: Event, sequence: int, shop_id: str = "") -> str:
    """The body for the merchant's endpoint; a value that is not listed does not leave.

    ``shop_id`` is what its own shop calls the purchase, where that came from there.
    """
    allowed = TOLD_TO_MERCHANT[noun_of(event.type)]
    told = {
        key: value
        for key, value in _payload(event).items()
        if key in allowed and isinstance(value, str | int)
    }
    if shop_id:
        told |= {"external_id": shop_id, "is_from_shop": True}
    return _body(event, sequence, told)


def body_of_test(endpoint_id: str, company_id: str, at: datetime) -> str:
    """The body of a test message; receivers ignore types that they do not know."""
    return _text("endpoint.tested", _instant(at), 1, {"id": endpoint_id, "company": company_id})


def _payload(event: Event) -> dict[str, Any]:
    payload: dict[str, Any] = json.loads(event.payload)
    return payload


def _body(event: Event, sequence: int, payload: Mapping[str, Any]) -> str:
    head = {"object": noun_of(event.type), "id": event.subject, "company": event.company_id}
    at = _instant(event.created_at)
    text = _text(event.type, at, sequence, {**_with_money(payload), **head})
    if len(text.encode()) < LARGEST_BODY:
        return text
    # Receivers fetch the thing by its id anyway; a body that is too large says only what happened.
    return _text(event.type, at, sequence, {**head, "is_shortened": True})


def _text(event_type: str, at: str, sequence: int, content: Mapping[str, Any]) -> str:
    return canonical_bytes(
        {"type": event_type, "timestamp": at, "sequence": sequence, "data": content}
    ).decode()


def _with_money(payload: Mapping[str, Any]) -> dict[str, Any]:
    """Amounts as the API writes them: ``total_minor`` and ``currency`` become ``total``."""
    currency = payload.get("currency")
    if not isinstance(currency, str):
        return dict(payload)
    shown: dict[str, Any] = {}
    for key, value in payload.items():
        if key.endswith("_minor") and isinstance(value, int):
            shown[key.removesuffix("_minor")] = {"amount_minor": value, "currency": currency}
        elif key != "currency":
            shown[key] = value
    return shown


def _instant(at: datetime) -> str:
    return at.isoformat().replace("+00:00", "Z")


def checked_types(event_types: Sequence[str]) -> list[str]:
    """The names of events that were wished for, each once; raises ``InvalidInput`` for others."""
    for index, event_type in enumerate(event_types):
        if not EVENT_TYPE.fullmatch(event_type) or noun_of(event_type) not in PUBLISHED:
            raise InvalidInput(
                f"event_types/{index}",
                "unknown_event_type",
                _("There are no events of this kind: %(type)s") % {"type": event_type[:60]},
            )
    return sorted(set(event_types))
