"""Hits: how often a rule matched, by requisition and by day."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from placet.plans.hits import list_hits
from placet.plans.models import RuleHit
from tests.cast import Cast
from tests.requisitions.road import DRESSING, INFUSION_SET, fill_cart, submit
from tests.rulebooks.rules import meridian

pytestmark = pytest.mark.django_db


def test_a_requisition_counts_for_each_rule_that_matched(cast: Cast) -> None:
    submit(fill_cart(cast, (DRESSING, 50)), actor=cast.lena, now=cast.now)
    later = cast.now + timedelta(days=2)
    submit(fill_cart(cast, (INFUSION_SET, 10), name="Pumps"), actor=cast.lena, now=later)
    hits = list_hits(meridian(cast), time_zone="Europe/Berlin", now=later)
    assert {rule: found.total for rule, found in hits.items()} == {
        "icu-over-500": 2,
        "medical-devices": 1,
    }
    daily = hits["icu-over-500"].daily
    assert (len(daily), daily[-1], daily[-2], daily[-3]) == (90, 1, 0, 1)
    row = RuleHit.objects.filter(rule="medical-devices").get()
    assert (row.version, row.rulebook_id) == (1, meridian(cast).pk)


def test_a_rule_that_matches_again_in_a_revision_counts_once(cast: Cast) -> None:
    requisition = submit(fill_cart(cast, (DRESSING, 50)), actor=cast.lena, now=cast.now)
    row = RuleHit.objects.get(requisition_id=requisition.pk)
    again = RuleHit(
        created_at=cast.now + timedelta(hours=1),
        rulebook_id=row.rulebook_id,
        version=2,
        rule=row.rule,
        requisition_id=row.requisition_id,
    )
    RuleHit.objects.bulk_create([again], ignore_conflicts=True)
    hits = list_hits(meridian(cast), time_zone="Europe/Berlin", now=cast.now)
    assert hits["icu-over-500"].total == 1


def test_what_is_older_does_not_count_and_it_is_one_query(cast: Cast) -> None:
    submit(fill_cart(cast, (DRESSING, 50)), actor=cast.lena, now=cast.now)
    rulebook = meridian(cast)
    with CaptureQueriesContext(connection) as captured:
        on_the_last_day = list_hits(
            rulebook, time_zone="Europe/Berlin", now=cast.now + timedelta(days=89)
        )
    assert len(captured) == 1
    assert on_the_last_day["icu-over-500"].daily[0] == 1
    assert not list_hits(rulebook, time_zone="Europe/Berlin", now=cast.now + timedelta(days=90))
