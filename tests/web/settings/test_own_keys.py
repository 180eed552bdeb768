"""A key of one's own on the page: shown once, ended by oneself, and of nobody else's business."""

from __future__ import annotations

import re

import pytest

from placet.companies.models import ApiKey
from placet.companies.queries import get_actor_of_key
from tests.cast import NOW, Cast
from tests.web.pages import as_actor, page

pytestmark = pytest.mark.django_db
ADDRESS = "/c/meridian/settings/keys/"


def test_rashid_makes_a_key_that_is_him_and_is_shown_once(cast: Cast) -> None:
    browser = as_actor(cast.rashid)
    made = browser.post(ADDRESS, {"name": "My script", "scopes": ["budget.view"]})
    secret = re.search(r"sk_live_[\w-]{20,}", made.content.decode())
    assert secret
    assert "no-store" in made["Cache-Control"] or "no-cache" in made["Cache-Control"]
    actor, _key = get_actor_of_key(secret.group(), now=NOW)
    assert (actor.member_id, actor.user_id) == (cast.member["rashid"], actor.person_user_id)
    again = page(cast.rashid, "settings/keys/")
    assert "My script" in again
    assert secret.group() not in again


def test_he_ends_it_and_nobody_else_can(cast: Cast) -> None:
    as_actor(cast.rashid).post(ADDRESS, {"name": "My script"})
    key = ApiKey.objects.get(member_id=cast.member["rashid"])
    for other in (cast.lena, cast.mei):
        assert as_actor(other).post(f"{ADDRESS}{key.pk}/revoke/").status_code == 404
    assert as_actor(cast.rashid).post(f"{ADDRESS}{key.pk}/revoke/").status_code == 302
    key.refresh_from_db()
    assert key.revoked_at is not None


def test_a_right_that_he_does_not_hold_is_refused_beside_the_field(cast: Cast) -> None:
    made = as_actor(cast.rashid).post(ADDRESS, {"name": "More", "scopes": ["rule.manage"]})
    assert made.status_code == 422
    assert not ApiKey.objects.filter(member_id=cast.member["rashid"]).exists()


def test_outsiders_and_strangers(cast: Cast) -> None:
    assert as_actor(cast.ola).get(ADDRESS).status_code == 404
