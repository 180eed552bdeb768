"""What the merchant's own shop calls a purchase that it sent in: so both know it again."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence

from placet.events.models import Event
from placet.requisitions.models import Requisition
from placet.webhooks.content import noun_of

NOUNS = frozenset({"requisition", "order"})


def shop_ids_of(events: Sequence[Event]) -> Mapping[str, str]:
    """By event, the shop's own id of the purchase that it is about; one query for all of them."""
    about = {
        event.pk: requisition
        for event in events
        if noun_of(event.type) in NOUNS
        and (requisition := json.loads(event.payload).get("requisition"))
    }
    if not about:
        return {}
    rows = Requisition.objects.filter(pk__in=sorted(set(about.values())), is_from_shop=True)
    named = dict(rows.values_list("pk", "external_id"))
    return {pk: named[requisition] for pk, requisition in about.items() if requisition in named}
