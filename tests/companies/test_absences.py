"""Delegations and absences: given by the principal, never taken by the delegate."""

from datetime import timedelta

import pytest

from placet.companies.actions import delegate_to, end_absence, end_delegation, set_absence
from placet.companies.models import Absence, Delegation, Member
from placet.core.actor import Actor
from placet.core.errors import Conflict, Forbidden, InvalidInput, NotFound
from tests.cast import Cast

pytestmark = pytest.mark.django_db


def delegate(cast: Cast, actor: Actor, principal: str, other: str, days: int = 7) -> Delegation:
    return delegate_to(
        Member.objects.get(pk=cast.member[principal]),
        delegate=Member.objects.get(pk=cast.member[other]),
        starts_at=cast.now,
        ends_at=cast.now + timedelta(days=days),
        cap_minor=500_000,
        actor=actor,
        now=cast.now,
    )


def test_a_principal_delegates_and_either_side_ends_it(cast: Cast) -> None:
    for actor in (cast.rashid, cast.mei):
        delegation = delegate(cast, cast.rashid, "rashid", "mei")
        assert end_delegation(delegation, actor=actor, now=cast.now).revoked_at == cast.now
        with pytest.raises(Conflict):
            end_delegation(delegation, actor=actor, now=cast.now)


def test_an_admin_arranges_it_for_others_but_not_for_themselves(cast: Cast) -> None:
    assert delegate(cast, cast.ines, "rashid", "mei").cap_minor == 500_000
    with pytest.raises(Forbidden):
        delegate(cast, cast.ines, "rashid", "ines")


def test_nobody_takes_a_delegation(cast: Cast) -> None:
    with pytest.raises(Forbidden):
        delegate(cast, cast.lena, "rashid", "lena")
    with pytest.raises(NotFound):
        delegate(cast, cast.jan, "rashid", "mei")
    with pytest.raises(NotFound):
        delegate(cast, cast.rashid, "rashid", "ola")
    assert not Delegation.objects.exists()


@pytest.mark.parametrize(("other", "days"), [("rashid", 7), ("gone", 7), ("mei", 0), ("mei", -1)])
def test_a_delegation_must_be_possible(cast: Cast, other: str, days: int) -> None:
    with pytest.raises(InvalidInput):
        delegate(cast, cast.rashid, "rashid", other, days)


def test_people_say_when_they_are_away(cast: Cast) -> None:
    rashid = Member.objects.get(pk=cast.member["rashid"])
    span = {"starts_at": cast.now, "ends_at": cast.now + timedelta(days=3)}
    set_absence(rashid, actor=cast.rashid, now=cast.now, **span)
    set_absence(rashid, actor=cast.ines, now=cast.now, **span)
    assert Absence.objects.filter(member=rashid).count() == 2
    with pytest.raises(Forbidden):
        set_absence(rashid, actor=cast.lena, now=cast.now, **span)
    with pytest.raises(NotFound):
        set_absence(rashid, actor=cast.jan, now=cast.now, **span)
    with pytest.raises(InvalidInput):
        set_absence(rashid, starts_at=cast.now, ends_at=cast.now, actor=cast.rashid, now=cast.now)


def test_who_is_back_early_is_no_longer_away(cast: Cast) -> None:
    rashid = Member.objects.get(pk=cast.member["rashid"])
    later = cast.now + timedelta(days=1)
    away = [
        set_absence(
            rashid,
            starts_at=cast.now + timedelta(days=start),
            ends_at=cast.now + timedelta(days=9),
            actor=cast.rashid,
            now=cast.now,
        )
        for start in (0, 5)
    ]
    with pytest.raises(Forbidden):
        end_absence(away[0], actor=cast.lena, now=later)
    with pytest.raises(NotFound):
        end_absence(away[0], actor=cast.jan, now=later)
    for absence in away:
        end_absence(absence, actor=cast.rashid, now=later)
    assert Absence.objects.get(member=rashid).ends_at == later, "the one ahead is gone"
    with pytest.raises(Conflict):
        end_absence(away[0], actor=cast.rashid, now=later)
