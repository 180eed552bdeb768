"""People come and go."""

import pytest

from placet.companies.actions import add_member, deactivate_member, delegate_to
from placet.companies.models import Company, Delegation, Member, Unit, User
from placet.companies.queries import get_actor, get_member, list_members
from placet.core.actor import Actor
from placet.core.errors import Conflict, Forbidden, InvalidInput, NotFound
from placet.events.models import Event
from tests.cast import Cast

pytestmark = pytest.mark.django_db


def add(actor: Actor, cast: Cast, email: str = "New.One@Meridian.example") -> Member:
    return add_member(
        Company.objects.get(slug="meridian"),
        email=email,
        name="Nova One",
        unit=Unit.objects.get(pk=cast.unit["icu-4"]),
        actor=actor,
        now=cast.now,
    )


def test_a_new_person_gets_a_user_without_a_password_and_no_rights(cast: Cast) -> None:
    member = add(cast.ines, cast)
    assert member.user.email == "new.one@meridian.example"
    assert not member.user.has_usable_password()
    actor = get_actor(user_id=member.user_id, company_slug="meridian", channel="web")
    assert actor.grants == frozenset()
    event = Event.objects.get(type="member.added", subject=member.id)
    assert "Nova" not in event.payload
    assert "Nova One" in event.private.payload


def test_a_known_person_keeps_their_name(cast: Cast) -> None:
    member = add(cast.ines, cast, email="OLA@kowalski.example")
    assert member.user_id == cast.user["ola"]
    assert User.objects.get(pk=cast.user["ola"]).name == "Ola Kowalska"


@pytest.mark.parametrize("who", ["lena", "gone"])
def test_nobody_is_a_member_twice(cast: Cast, who: str) -> None:
    with pytest.raises(Conflict):
        add(cast.ines, cast, email=f"{who}@meridian.example")


@pytest.mark.parametrize("email", ["", "x", "a@b@c", "a@b.example\nBcc: x@y.example"])
def test_an_address_must_be_one(cast: Cast, email: str) -> None:
    with pytest.raises(InvalidInput):
        add(cast.ines, cast, email=email)


def test_a_buyer_and_an_outsider_add_nobody(cast: Cast) -> None:
    with pytest.raises(Forbidden):
        add(cast.lena, cast)
    with pytest.raises(NotFound):
        add(cast.jan, cast)


def test_a_member_leaves_and_acts_no_more(cast: Cast) -> None:
    mei = Member.objects.get(pk=cast.member["mei"])
    rashid = Member.objects.get(pk=cast.member["rashid"])
    delegation = delegate_to(
        rashid,
        delegate=mei,
        starts_at=cast.now,
        ends_at=cast.now.replace(month=12),
        actor=cast.rashid,
        now=cast.now,
    )
    deactivate_member(mei, actor=cast.ines, now=cast.now)
    with pytest.raises(NotFound):
        get_actor(user_id=mei.user_id, company_slug="meridian", channel="web")
    assert Delegation.objects.get(pk=delegation.pk).revoked_at == cast.now
    assert mei not in list_members(cast.ines)
    assert get_member(cast.ines, mei.id).status == Member.Status.DEACTIVATED
    with pytest.raises(Conflict):
        deactivate_member(mei, actor=cast.ines, now=cast.now)


def test_nobody_deactivates_themselves_or_a_stranger(cast: Cast) -> None:
    with pytest.raises(Forbidden):
        deactivate_member(Member.objects.get(pk=cast.member["ines"]), actor=cast.ines, now=cast.now)
    lena = Member.objects.get(pk=cast.member["lena"])
    with pytest.raises(NotFound):
        deactivate_member(lena, actor=cast.jan, now=cast.now)
    with pytest.raises(Forbidden):
        deactivate_member(lena, actor=cast.rashid, now=cast.now)
    with pytest.raises(NotFound):
        get_member(cast.jan, lena.id)
