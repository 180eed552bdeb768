"""That a purchase is approved is told when its last step is, before what becomes of it."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from placet.catalog.models import Product
from placet.events.actions import place_events
from placet.events.models import Event
from placet.jobs.verify import verify
from placet.requisitions.models import Requisition
from placet.webhooks.actions import add_endpoint
from placet.webhooks.models import Delivery
from placet.webhooks.outbox import read_outbox
from tests.cast import Cast
from tests.requisitions.road import GLOVES, INFUSION_SET, answer, fill_cart, submit

pytestmark = pytest.mark.django_db
URL = "https://erp.example.com/hooks"
END = ("requisition.approved", "order.created", "requisition.ordered", "requisition.rejected")


def asked(cast: Cast) -> Requisition:
    """A purchase that Rashid decides, and then Jonas for biomedical engineering."""
    return submit(fill_cart(cast, (INFUSION_SET, 20)), actor=cast.lena, now=cast.now)


def decide(requisition: Requisition, who: str, cast: Cast, kind: str = "approve") -> None:
    """Answer at once, as from a mail."""
    actor = replace(getattr(cast, who), channel="mail")
    reason = "Stock is full." if kind == "reject" else ""
    answer(requisition, kind, reason=reason, actor=actor, now=cast.now)


def told(cast: Cast) -> list[str]:
    """What the company's chain says of the end, in its order."""
    events = Event.objects.filter(company_id=cast.company["meridian"], type__in=END)
    return list(events.order_by("seq").values_list("type", flat=True))


def test_the_last_step_and_no_other_tells_it_before_the_order(cast: Cast) -> None:
    requisition = asked(cast)
    decide(requisition, "rashid", cast)
    assert told(cast) == []
    decide(requisition, "jonas", cast)
    assert told(cast) == ["requisition.approved", "order.created", "requisition.ordered"]
    requisition.refresh_from_db()
    assert requisition.revision is not None
    event = Event.objects.get(type="requisition.approved")
    assert event.subject == requisition.pk
    assert json.loads(event.payload) == {
        "requisition": requisition.pk,
        "number": requisition.number,
        "revision": requisition.revision.pk,
        "hash": requisition.revision.content_hash,
        "total_minor": requisition.total_minor,
        "currency": "EUR",
    }
    assert verify() == []


def test_what_nobody_was_asked_about_is_ordered_and_not_approved(cast: Cast) -> None:
    submit(fill_cart(cast, (GLOVES, 20)), actor=cast.lena, now=cast.now)
    assert told(cast) == ["order.created", "requisition.ordered"]


def test_a_rejected_purchase_is_not_approved(cast: Cast) -> None:
    requisition = asked(cast)
    decide(requisition, "rashid", cast)
    decide(requisition, "jonas", cast, "reject")
    assert told(cast) == ["requisition.rejected"]


def test_what_cannot_be_ordered_is_approved_all_the_same(cast: Cast) -> None:
    requisition = asked(cast)
    decide(requisition, "rashid", cast)
    Product.objects.filter(sku=INFUSION_SET).update(stock=1, sells_beyond_stock=False)
    decide(requisition, "jonas", cast)
    assert told(cast) == ["requisition.approved"]
    requisition.refresh_from_db()
    assert requisition.status == Requisition.Status.PLACEMENT_FAILED


def test_the_supplier_hears_that_it_is_approved_and_by_nobody(cast: Cast) -> None:
    endpoint = add_endpoint(URL, event_types=["requisition.approved"], actor=cast.odd, now=cast.now)
    requisition = asked(cast)
    for who in ("rashid", "jonas"):
        decide(requisition, who, cast)
    while place_events() or read_outbox(now=cast.now):
        pass
    body = json.loads(Delivery.objects.get(endpoint=endpoint).body)
    requisition.refresh_from_db()
    assert requisition.revision is not None
    assert body["data"] == {
        "object": "requisition",
        "id": requisition.pk,
        "company": cast.company["meridian"],
        "requisition": requisition.pk,
        "number": requisition.number,
        "revision": requisition.revision.pk,
        "hash": requisition.revision.content_hash,
        "total": {"amount_minor": requisition.total_minor, "currency": "EUR"},
    }
