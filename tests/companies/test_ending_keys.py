"""A key that ends is told two weeks before and the day before, once each, to whom it concerns."""

from __future__ import annotations

import json
from datetime import datetime, timedelta

import pytest

from placet.companies.actions.api_keys import (
    create_api_key,
    create_personal_key,
    revoke_api_key,
    rotate_api_key,
)
from placet.companies.ending_keys import warn_ending_keys
from placet.companies.models import ApiKey, Company, Member
from placet.events.models import Event
from placet.notices.matrix import notices_of
from tests.cast import Cast

pytestmark = pytest.mark.django_db
LIFETIME = timedelta(days=90)


def key_of_erp(cast: Cast, lifetime: timedelta = LIFETIME) -> ApiKey:
    company = Company.objects.get(pk=cast.company["meridian"])
    key, _secret = create_api_key(
        company,
        name="ERP",
        scopes=["order.submit"],
        expires_at=cast.now + lifetime,
        actor=cast.ines,
        now=cast.now,
    )
    return key


def warned(at: datetime) -> list[int]:
    """The days before the end of which people are told by now, after looking twice."""
    warn_ending_keys(now=at)
    assert warn_ending_keys(now=at) == 0
    events = Event.objects.filter(type="key.ending").order_by("seq")
    return [json.loads(event.payload)["days"] for event in events]


def test_it_is_told_two_weeks_before_and_the_day_before(cast: Cast) -> None:
    key_of_erp(cast)
    second = timedelta(seconds=1)
    end = cast.now + LIFETIME
    assert warned(end - timedelta(days=14) - second) == []
    assert warned(end - timedelta(days=14)) == [14]
    assert warned(end - timedelta(days=1) - second) == [14]
    assert warned(end - timedelta(days=1)) == [14, 1]
    assert warned(end) == [14, 1]


def test_a_worker_that_was_away_tells_it_late_and_once(cast: Cast) -> None:
    key_of_erp(cast)
    assert warned(cast.now + LIFETIME - timedelta(hours=3)) == [1]


def test_an_end_that_was_chosen_near_is_no_news(cast: Cast) -> None:
    key_of_erp(cast, timedelta(hours=12))
    assert warned(cast.now) == []
    key_of_erp(cast, timedelta(days=7))
    assert warned(cast.now) == []
    assert warned(cast.now + timedelta(days=6)) == [1]


def test_of_a_key_with_a_successor_only_the_day_before_is_told(cast: Cast) -> None:
    key = key_of_erp(cast)
    rotate_api_key(key, old_ends_at=cast.now + timedelta(days=7), actor=cast.ines, now=cast.now)
    assert warned(cast.now) == []
    assert warned(cast.now + timedelta(days=6)) == [1]


def test_rotated_for_a_day_it_is_not_told_at_once(cast: Cast) -> None:
    key = key_of_erp(cast)
    rotate_api_key(key, old_ends_at=cast.now + timedelta(days=1), actor=cast.ines, now=cast.now)
    assert warned(cast.now + timedelta(hours=1)) == []


def test_what_never_ends_or_was_revoked_is_not_told(cast: Cast) -> None:
    company = Company.objects.get(pk=cast.company["meridian"])
    create_api_key(company, name="Till", scopes=[], actor=cast.ines, now=cast.now)
    revoke_api_key(key_of_erp(cast), actor=cast.ines, now=cast.now)
    assert warned(cast.now + LIFETIME - timedelta(days=2)) == []


def test_a_suspended_company_is_told_when_it_is_back(cast: Cast) -> None:
    key_of_erp(cast)
    companies = Company.objects.filter(pk=cast.company["meridian"])
    companies.update(status=Company.Status.SUSPENDED)
    at = cast.now + LIFETIME - timedelta(days=5)
    assert warned(at) == []
    companies.update(status=Company.Status.ACTIVE)
    assert warned(at) == [14]


def told() -> set[str]:
    """The names of everybody who is told."""
    event = Event.objects.get(type="key.ending")
    ids = [telling.member_id for telling in notices_of(event)]
    assert len(ids) == len(set(ids))
    return set(Member.objects.filter(pk__in=ids).values_list("user__name", flat=True))


def test_whoever_manages_keys_and_who_made_it_are_told(cast: Cast) -> None:
    key = key_of_erp(cast)
    ApiKey.objects.filter(pk=key.pk).update(created_by=cast.member["lena"])
    warn_ending_keys(now=cast.now + LIFETIME - timedelta(days=5))
    assert told() == {"Ines Keller", "Lena Vogt"}


def test_a_personal_key_is_told_to_its_member_alone(cast: Cast) -> None:
    create_personal_key(
        "Mine",
        scopes=["order.submit"],
        expires_at=cast.now + LIFETIME,
        actor=cast.lena,
        now=cast.now,
    )
    warn_ending_keys(now=cast.now + LIFETIME - timedelta(days=5))
    assert told() == {"Lena Vogt"}
