"""Roles: admins appoint others, nobody raises themselves, nobody passes on what is not theirs."""

import pytest

from placet.companies.actions import create_role, grant_role, revoke_role
from placet.companies.models import Company, Member, Role, RoleGrant, Unit
from placet.companies.permissions import BUILT_IN_ROLES, PERMISSIONS
from placet.companies.queries import get_actor
from placet.core.actor import Actor
from placet.core.errors import Conflict, Forbidden, InvalidInput, NotFound
from placet.events.models import Event
from tests.cast import Cast

pytestmark = pytest.mark.django_db


def member(cast: Cast, who: str) -> Member:
    return Member.objects.get(pk=cast.member[who])


def role(cast: Cast, key: str) -> Role:
    return Role.objects.get(pk=cast.role[key])


def again(actor: Actor) -> Actor:
    return get_actor(user_id=actor.user_id, company_slug=actor.company_slug, channel=actor.channel)


def test_an_admin_appoints_an_approver_of_a_unit_without_being_one(cast: Cast) -> None:
    icu = Unit.objects.get(pk=cast.unit["icu"])
    grant_role(
        member(cast, "pavel"),
        role=role(cast, "meridian/approver"),
        unit=icu,
        actor=cast.ines,
        now=cast.now,
    )
    assert again(cast.pavel).paths_of("order.approve") == (icu.path,)
    event = Event.objects.filter(type="member.role_granted").latest("seq")
    assert event.subject == cast.member["pavel"]


def test_a_role_given_twice_is_there_once(cast: Cast) -> None:
    before = Event.objects.count()
    for _ in range(2):
        grant_role(
            member(cast, "lena"),
            role=role(cast, "meridian/auditor"),
            actor=cast.ines,
            now=cast.now,
        )
    assert RoleGrant.objects.filter(member=member(cast, "lena")).count() == 2
    assert Event.objects.count() == before + 1


@pytest.mark.parametrize("key", ["approver", "buyer", "auditor"])
def test_nobody_gives_a_role_to_themselves(cast: Cast, key: str) -> None:
    with pytest.raises(Forbidden) as refusal:
        grant_role(
            member(cast, "ines"),
            role=role(cast, f"meridian/{key}"),
            actor=cast.ines,
            now=cast.now,
        )
    assert refusal.value.facts["reason"] == "own_rights"
    assert again(cast.ines).grants == cast.ines.grants


def test_a_buyer_appoints_nobody(cast: Cast) -> None:
    with pytest.raises(Forbidden) as refusal:
        grant_role(
            member(cast, "pavel"), role=role(cast, "meridian/buyer"), actor=cast.lena, now=cast.now
        )
    assert "company admin" in refusal.value.detail


def test_a_manager_of_members_alone_makes_no_company_admin(cast: Cast) -> None:
    meridian = Company.objects.get(slug="meridian")
    clerk = create_role(
        meridian,
        key="clerk",
        name="Clerk",
        permissions=["member.manage"],
        actor=cast.ines,
        now=cast.now,
    )
    grant_role(member(cast, "sofia"), role=clerk, actor=cast.ines, now=cast.now)
    sofia = again(cast.sofia)
    grant_role(
        member(cast, "pavel"), role=role(cast, "meridian/approver"), actor=sofia, now=cast.now
    )
    with pytest.raises(Forbidden):
        grant_role(
            member(cast, "pavel"),
            role=role(cast, "meridian/company_admin"),
            actor=sofia,
            now=cast.now,
        )
    with pytest.raises(Forbidden):
        create_role(
            meridian, key="x", name="X", permissions=["rule.manage"], actor=sofia, now=cast.now
        )


def test_a_buying_company_has_no_permissions_of_the_merchant(cast: Cast) -> None:
    with pytest.raises(InvalidInput):
        create_role(
            Company.objects.get(slug="meridian"),
            key="x",
            name="X",
            permissions=["order.process"],
            actor=cast.ines,
            now=cast.now,
        )


def test_a_role_is_taken_away_again(cast: Cast) -> None:
    buyer = role(cast, "meridian/buyer")
    revoke_role(member(cast, "lena"), role=buyer, actor=cast.ines, now=cast.now)
    assert not again(cast.lena).holds_anywhere("order.submit")
    with pytest.raises(Conflict):
        revoke_role(member(cast, "lena"), role=buyer, actor=cast.ines, now=cast.now)


def test_an_outsider_finds_neither_the_member_nor_the_role(cast: Cast) -> None:
    with pytest.raises(NotFound):
        grant_role(
            member(cast, "lena"), role=role(cast, "meridian/auditor"), actor=cast.jan, now=cast.now
        )
    with pytest.raises(NotFound):
        grant_role(
            member(cast, "ola"), role=role(cast, "meridian/auditor"), actor=cast.jan, now=cast.now
        )


def test_a_unit_of_another_company_is_refused(cast: Cast) -> None:
    with pytest.raises(InvalidInput):
        grant_role(
            member(cast, "pavel"),
            role=role(cast, "meridian/approver"),
            unit=Unit.objects.get(pk=cast.unit["warsaw"]),
            actor=cast.ines,
            now=cast.now,
        )


def test_the_built_in_roles_keep_duties_apart() -> None:
    roles = {role.key: set(role.permissions) for kind in BUILT_IN_ROLES.values() for role in kind}
    assert not roles["company_admin"] & {"order.submit", "order.approve"}
    assert not roles["buyer"] & {"order.approve", "member.manage"}
    assert all(permissions <= set(PERMISSIONS) for permissions in roles.values())
    assert set(roles) == {
        *("buyer", "approver", "company_admin", "auditor", "parent", "child"),
        *("merchant_orders", "store_manager", "owner", "sales_rep", "catalog_keeper"),
    }
