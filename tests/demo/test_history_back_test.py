"""The demo's three months can be tried: what was played is what a back-test plans again."""

from __future__ import annotations

import json
from typing import Any

import pytest

from placet.companies.models import Company
from placet.companies.queries import get_actor
from placet.core.actor import Actor
from placet.demo.world.people import USERS
from placet.plans.back_test import count_touched
from placet.plans.back_test_ground import BackTestGround
from placet.plans.back_test_run import BackTest, slices_of
from placet.plans.models import PastPurchase
from placet.policy.codec import to_json
from placet.requisitions.models import Requisition
from placet.rulebooks.models import Rulebook
from tests.demo.conftest import member_of
from tests.demo.world_facts import NOW

pytestmark = pytest.mark.usefixtures("world")


def meridians() -> Rulebook:
    """The rulebook that most of the demo's purchases went by."""
    counts = {
        book: PastPurchase.objects.filter(company_id=book.company_id).count()
        for book in Rulebook.objects.filter(side="buyer", unit=None)
    }
    book = max(counts, key=lambda one: counts[one])
    return Rulebook.objects.select_related("company", "unit", "published").get(pk=book.pk)


def tried(rulebook: Rulebook, document: dict[str, Any]) -> Any:
    """The result of a back-test of 120 days."""
    ground = BackTestGround(rulebook, document, rulebook.published_id or "", now=NOW)
    trial = BackTest(ground, days=120, until=NOW)
    for rows in slices_of(trial.purchases):
        for row in rows:
            trial.try_row(row)
    return trial.result()


def test_every_requisition_has_its_facts() -> None:
    assert PastPurchase.objects.count() == Requisition.objects.count() > 100


def test_the_rules_in_force_change_nothing_and_mostly_say_what_they_said_then() -> None:
    rulebook = meridians()
    assert rulebook.published is not None
    found = tried(rulebook, json.loads(rulebook.published.document))
    assert found.totals.purchases > 100
    assert (found.totals.changed, found.totals.left_out) == (0, 0)
    assert found.totals.other_than_then <= found.totals.purchases // 50
    assert json.dumps(to_json(found))


def test_without_rules_nobody_is_asked_for_a_rule() -> None:
    rulebook = meridians()
    empty = {"format": 1, "side": "buyer", "default": "free", "rules": []}
    found = tried(rulebook, empty)
    assert found.totals.approval_after < found.totals.approval_before
    assert found.totals.approval_to_free == found.totals.free_after - found.totals.free_before


def test_the_builder_counts_over_the_history() -> None:
    rulebook = meridians()
    company = Company.objects.get(pk=rulebook.company_id)
    admin = _admin_of(company)
    over = {"field": "purchase.amount", "op": ">", "value": {"amount_minor": 0, "currency": "EUR"}}
    rule = {"id": "r", "when": over, "then": {"effect": "block"}}
    touched = count_touched(admin, rulebook, rule, days=120, now=NOW)
    assert touched.matched == touched.looked_at > 100


def _admin_of(company: Company) -> Actor:
    for user in USERS:
        member = member_of(user.key)
        if member.company_id == company.pk:
            actor = get_actor(user_id=member.user_id, company_slug=company.slug, channel="web")
            if actor.holds("rule.manage"):
                return actor
    raise AssertionError("nobody manages the rules")
