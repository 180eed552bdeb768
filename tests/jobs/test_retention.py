"""Idempotency keys are kept for thirty days, and the record for ever."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.apps import apps

from placet.api.models import IdempotencyKey
from placet.events.models import Event
from placet.jobs.retention import KEPT_DAYS, forget_old_rows
from tests.cast import NOW, Cast


@pytest.mark.django_db
def test_a_key_of_thirty_days_is_forgotten_and_a_younger_one_is_not(cast: Cast) -> None:
    for days in (31, 30, 29):
        IdempotencyKey.objects.create(
            created_at=NOW - timedelta(days=days, seconds=1),
            owner="key_1",
            key=str(days),
            request_hash="0" * 64,
        )
    events = Event.objects.count()
    assert forget_old_rows(now=NOW) == 2
    assert list(IdempotencyKey.objects.values_list("key", flat=True)) == ["29"]
    assert Event.objects.count() == events


def test_nothing_append_only_is_ever_forgotten() -> None:
    assert not [one for one in KEPT_DAYS if getattr(apps.get_model(one), "APPEND_ONLY", False)]
