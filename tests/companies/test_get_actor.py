"""Who is it: members become actors with their rights, everybody else learns nothing."""

import pytest
from django.test.utils import CaptureQueriesContext

from placet.companies.acting import CompanySuspended
from placet.companies.actions import deactivate_member, grant_role, suspend_company
from placet.companies.models import Company, Member, Role, User
from placet.companies.queries import get_actor, list_memberships
from placet.core.errors import NotFound
from tests.cast import Cast
from tests.cast_people import system_of

pytestmark = pytest.mark.django_db


def test_a_member_acts_with_the_rights_of_all_their_roles_in_one_query(
    cast: Cast, django_assert_num_queries: CaptureQueriesContext
) -> None:
    with django_assert_num_queries(1):
        rashid = get_actor(user_id=cast.user["rashid"], company_slug="meridian", channel="web")
    assert rashid == cast.rashid
    assert rashid.holds("order.submit")
    assert not rashid.holds("order.approve"), "only for ICU, not for the company"
    assert rashid.holds("order.approve", unit_path=cast.lena.unit_path)
    assert not rashid.holds("order.approve", unit_path=cast.sofia.unit_path)


def test_a_member_without_any_permission_acts_too(cast: Cast) -> None:
    assert cast.anika.member_id
    assert cast.anika.grants == frozenset()


@pytest.mark.parametrize("who", ["gone", "ola"])
def test_strangers_and_deactivated_members_find_no_company(cast: Cast, who: str) -> None:
    with pytest.raises(NotFound):
        get_actor(user_id=cast.user[who], company_slug="meridian", channel="web")


def test_an_inactive_user_finds_no_company(cast: Cast) -> None:
    User.objects.filter(pk=cast.user["lena"]).update(is_active=False)
    with pytest.raises(NotFound):
        get_actor(user_id=cast.user["lena"], company_slug="meridian", channel="web")


def test_a_member_of_a_suspended_company_is_told_so_and_an_outsider_is_not(cast: Cast) -> None:
    with pytest.raises(CompanySuspended) as refusal:
        get_actor(user_id=cast.user["vera"], company_slug="stahl", channel="web")
    assert refusal.value.code == "company_suspended"
    with pytest.raises(NotFound):
        get_actor(user_id=cast.user["lena"], company_slug="stahl", channel="web")


def test_rights_of_one_company_are_none_in_another(cast: Cast) -> None:
    kowalski = Company.objects.get(slug="kowalski")
    system = system_of(kowalski)
    ola = Member.objects.get(pk=cast.member["ola"])
    Member.objects.create(
        created_at=cast.now, company=kowalski, user_id=cast.user["ines"], unit=ola.unit
    )
    guest = get_actor(user_id=cast.user["ines"], company_slug="kowalski", channel="web")
    assert guest.grants == frozenset()
    grant_role(
        Member.objects.get(pk=guest.member_id),
        role=Role.objects.get(pk=cast.role["kowalski/buyer"]),
        actor=system,
        now=cast.now,
    )
    assert get_actor(user_id=cast.user["ines"], company_slug="kowalski", channel="web").holds(
        "order.submit"
    )
    assert not cast.ines.holds("order.submit")


def test_the_list_of_memberships_leaves_out_what_cannot_be_entered(cast: Cast) -> None:
    assert [m.company.slug for m in list_memberships(cast.user["lena"])] == ["meridian"]
    assert list_memberships(cast.user["vera"]) == []
    assert list_memberships(cast.user["gone"]) == []
    meridian = Company.objects.get(slug="meridian")
    deactivate_member(Member.objects.get(pk=cast.member["lena"]), actor=cast.ines, now=cast.now)
    assert list_memberships(cast.user["lena"]) == []
    suspend_company(meridian, actor=cast.odd, now=cast.now)
    assert list_memberships(cast.user["rashid"]) == []
