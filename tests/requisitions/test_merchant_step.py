"""The merchant's own step: its facts are the buyer's too, its words stay with the merchant."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest

from placet.core.actor import Actor
from placet.events.models import Event
from placet.jobs.verify import verify
from placet.requisitions.actions import apply_due_decisions
from placet.requisitions.models import Requisition
from placet.rulebooks.actions import create_rulebook, publish_rulebook
from tests.cast import Cast
from tests.requisitions.road import GLOVES, answer, fill_cart, submit

pytestmark = pytest.mark.django_db
UNDO = timedelta(seconds=10)
WORDS = "Not below 100.00 EUR this month."


@pytest.fixture
def requisition(cast: Cast) -> Requisition:
    """A small order that only the store manager has to release."""
    step = {"approvers": [{"select": "merchant_role", "role": "store_manager"}], "rank": 10}
    minimum = {
        "id": "minimum-order",
        "name": {"en": "Minimum order"},
        "when": {
            "field": "purchase.goods",
            "op": "<",
            "value": {"amount_minor": 10**9, "currency": "EUR"},
        },
        "then": {"effect": "require", "steps": [step]},
    }
    rules = create_rulebook(name="Norden's rules", side="merchant", actor=cast.odd, now=cast.now)
    document = {"format": 1, "side": "merchant", "default": "free", "rules": [minimum]}
    publish_rulebook(rules, document=document, actor=cast.odd, now=cast.now)
    return submit(fill_cart(cast, (GLOVES, 10)), actor=cast.lena, now=cast.now)


def told(company: str, cast: Cast, requisition: Requisition) -> list[Event]:
    """What the chain of a company says about the purchase."""
    events = Event.objects.filter(company_id=cast.company[company], subject=requisition.pk)
    return list(events.select_related("private").order_by("seq"))


def words_in(events: list[Event]) -> str:
    """The private words of these events, as one text."""
    private = [getattr(event, "private", None) for event in events]
    return json.dumps([one.payload for one in private if one])


@pytest.mark.parametrize(
    ("kind", "end"), [("approve", "requisition.ordered"), ("reject", "requisition.rejected")]
)
def test_what_the_merchant_decides_is_a_fact_of_the_buyer(
    cast: Cast, requisition: Requisition, kind: str, end: str
) -> None:
    mira: Actor = cast.mira
    answer(requisition, kind, reason=WORDS, actor=mira, now=cast.now)
    apply_due_decisions(now=cast.now + UNDO)
    buyers = told("meridian", cast, requisition)
    kinds = [event.type for event in buyers]
    assert {"decision.recorded", "decision.applied", end} <= set(kinds)
    assert kinds.count("decision.recorded") == 1
    assert WORDS not in words_in(buyers)
    own = told("norden", cast, requisition)
    assert [event.type for event in own] == ["decision.recorded"]
    assert WORDS in words_in(own)
    assert verify() == []
