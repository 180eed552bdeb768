"""Keys for programs: shown once, bound to one company, refused when they are over."""

from datetime import timedelta

import pytest

from placet.companies.acting import CompanySuspended, KeyRefused
from placet.companies.actions import create_api_key, revoke_api_key, suspend_company
from placet.companies.models import ApiKey, Company
from placet.companies.queries import act_for, get_actor_of_key
from placet.core.errors import Conflict, Forbidden, InvalidInput, NotFound
from tests.cast import Cast

pytestmark = pytest.mark.django_db


def meridian() -> Company:
    return Company.objects.get(slug="meridian")


def test_a_key_acts_as_its_company_within_its_scopes(cast: Cast) -> None:
    key, secret = create_api_key(
        meridian(), name="ERP", scopes=["purchase.view_all"], actor=cast.ines, now=cast.now
    )
    assert secret.startswith("sk_live_")
    assert secret not in "".join(map(str, vars(ApiKey.objects.get(pk=key.pk)).values()))
    actor, found = get_actor_of_key(secret, now=cast.now)
    assert found == key
    assert (actor.company_id, actor.channel, actor.member_id) == (meridian().id, "api", "")
    assert actor.holds("purchase.view_all")
    assert not actor.holds_anywhere("price.view")


def test_a_key_for_tests_says_so(cast: Cast) -> None:
    _key, secret = create_api_key(
        meridian(), name="ERP", scopes=[], mode="test", actor=cast.ines, now=cast.now
    )
    assert secret.startswith("sk_test_")


def test_revoked_expired_and_unknown_keys_are_refused_alike(cast: Cast) -> None:
    end = cast.now + timedelta(hours=1)
    key, secret = create_api_key(
        meridian(), name="ERP", scopes=[], expires_at=end, actor=cast.ines, now=cast.now
    )
    get_actor_of_key(secret, now=end - timedelta(seconds=1))
    sentences = set()
    for wrong, now in ((secret, end), (secret + "x", cast.now), ("", cast.now)):
        with pytest.raises(KeyRefused) as refusal:
            get_actor_of_key(wrong, now=now)
        sentences.add(refusal.value.detail)
    revoke_api_key(key, actor=cast.ines, now=cast.now)
    with pytest.raises(KeyRefused) as refusal:
        get_actor_of_key(secret, now=cast.now)
    assert len(sentences | {refusal.value.detail}) == 1
    with pytest.raises(Conflict):
        revoke_api_key(key, actor=cast.ines, now=cast.now)


def test_a_key_of_a_suspended_company_is_refused(cast: Cast) -> None:
    _key, secret = create_api_key(meridian(), name="ERP", scopes=[], actor=cast.ines, now=cast.now)
    suspend_company(meridian(), actor=cast.odd, now=cast.now)
    with pytest.raises(CompanySuspended):
        get_actor_of_key(secret, now=cast.now)


def test_acting_for_a_member_needs_its_scope_and_stays_within_the_company(cast: Cast) -> None:
    _key, plain = create_api_key(meridian(), name="A", scopes=[], actor=cast.ines, now=cast.now)
    key, secret = create_api_key(
        meridian(), name="B", scopes=["act_for"], actor=cast.ines, now=cast.now
    )
    with pytest.raises(Forbidden):
        act_for(get_actor_of_key(plain, now=cast.now)[0], cast.lena.member_id)
    program = get_actor_of_key(secret, now=cast.now)[0]
    lena = act_for(program, cast.lena.member_id)
    assert (lena.member_id, lena.grants) == (cast.lena.member_id, cast.lena.grants)
    assert (lena.channel, lena.person_user_id) == ("api", key.id)
    for stranger in ("ola", "gone"):
        with pytest.raises(NotFound):
            act_for(program, cast.member[stranger])
    with pytest.raises(Forbidden):
        act_for(cast.ines, cast.lena.member_id)


def test_nobody_makes_a_key_that_may_more_than_they_do(cast: Cast) -> None:
    with pytest.raises(Forbidden):
        create_api_key(meridian(), name="A", scopes=[], actor=cast.lena, now=cast.now)
    with pytest.raises(Forbidden):
        create_api_key(
            meridian(), name="A", scopes=["order.process"], actor=cast.ines, now=cast.now
        )
    with pytest.raises(InvalidInput):
        create_api_key(meridian(), name="A", scopes=["DROP TABLE"], actor=cast.ines, now=cast.now)


def test_an_outsider_neither_makes_nor_revokes_a_key(cast: Cast) -> None:
    key, secret = create_api_key(meridian(), name="ERP", scopes=[], actor=cast.ines, now=cast.now)
    with pytest.raises(NotFound):
        create_api_key(meridian(), name="A", scopes=[], actor=cast.jan, now=cast.now)
    with pytest.raises(NotFound):
        revoke_api_key(key, actor=cast.jan, now=cast.now)
    get_actor_of_key(secret, now=cast.now)
