"""A key is replaced without a gap: both work until a stated time, then the new one alone."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest

from placet.companies.actions import create_api_key, create_personal_key, rotate_api_key
from placet.companies.models import ApiKey, Company
from placet.companies.queries import get_actor_of_key
from placet.core.errors import Conflict, Forbidden, InvalidInput, NotFound
from placet.events.models import Event
from tests.cast import Cast

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture
def made(cast: Cast) -> tuple[ApiKey, str]:
    """A key of Meridian's for 90 days."""
    return create_api_key(
        Company.objects.get(slug="meridian"),
        name="ERP",
        scopes=["audit.view"],
        expires_at=cast.now + 90 * DAY,
        actor=cast.ines,
        now=cast.now,
    )


def test_both_work_until_the_old_one_ends(cast: Cast, made: tuple[ApiKey, str]) -> None:
    old, old_secret = made
    later = cast.now + 30 * DAY
    key, secret = rotate_api_key(old, old_ends_at=later + DAY, actor=cast.ines, now=later)
    assert (key.name, key.scopes, key.expires_at) == ("ERP", ["audit.view"], later + 90 * DAY)
    assert get_actor_of_key(old_secret, now=later)[1].pk == old.pk
    assert get_actor_of_key(secret, now=later + 2 * DAY)[1].pk == key.pk
    with pytest.raises(Exception, match="not valid"):
        get_actor_of_key(old_secret, now=later + DAY)
    told = Event.objects.get(type="key.rotated")
    assert (told.subject, json.loads(told.payload)["successor"]) == (old.pk, key.pk)
    assert secret not in str(told.payload)


def test_the_old_key_never_lives_longer_by_it(cast: Cast, made: tuple[ApiKey, str]) -> None:
    old, _secret = made
    rotate_api_key(old, old_ends_at=cast.now + 400 * DAY, actor=cast.ines, now=cast.now)
    assert ApiKey.objects.get(pk=old.pk).expires_at == cast.now + 90 * DAY


def test_a_key_that_has_ended_has_no_successor(cast: Cast, made: tuple[ApiKey, str]) -> None:
    old, _secret = made
    for now in (cast.now + 91 * DAY,):
        with pytest.raises(Conflict):
            rotate_api_key(old, old_ends_at=now + DAY, actor=cast.ines, now=now)
    with pytest.raises(InvalidInput):
        rotate_api_key(old, old_ends_at=cast.now - DAY, actor=cast.ines, now=cast.now)
    assert ApiKey.objects.count() == 1


def test_who_may(cast: Cast, made: tuple[ApiKey, str]) -> None:
    old, _secret = made
    for actor, refusal in ((cast.lena, Forbidden), (cast.mira, NotFound)):
        with pytest.raises(refusal):
            rotate_api_key(old, old_ends_at=cast.now + DAY, actor=actor, now=cast.now)
    own, _own_secret = create_personal_key("Mine", actor=cast.rashid, now=cast.now)
    with pytest.raises(Forbidden):
        rotate_api_key(own, old_ends_at=cast.now + DAY, actor=cast.ines, now=cast.now)


def test_nobody_passes_on_what_they_do_not_hold(cast: Cast, made: tuple[ApiKey, str]) -> None:
    """Rotating a stronger key would hand its rights to whoever presses the button."""
    old, _secret = made
    ApiKey.objects.filter(pk=old.pk).update(scopes=["order.process"])
    old.refresh_from_db()
    with pytest.raises(Forbidden):
        rotate_api_key(old, old_ends_at=cast.now + DAY, actor=cast.ines, now=cast.now)
    assert ApiKey.objects.get().expires_at == cast.now + 90 * DAY
