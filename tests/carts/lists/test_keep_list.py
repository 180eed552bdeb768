"""Lists begin, are shared, given away and put away; who may do what is one predicate."""

from itertools import product

import pytest

from placet.carts.lists.actions import (
    archive_list,
    create_list,
    describe_list,
    give_list,
    restore_list,
    share_list,
    unshare_list,
)
from placet.carts.lists.permissions import can_edit_list, can_manage_list, can_view_list
from placet.carts.lists.queries import get_list, list_editable_lists, list_lists
from placet.carts.models import ListGrant, PurchaseList
from placet.companies.models import Member, Unit
from placet.core.actor import Actor
from placet.core.errors import Conflict, Forbidden, InvalidInput, NotFound
from tests.carts.lists.conftest import View
from tests.cast import Cast

Scope = PurchaseList.Scope


def member(cast: Cast, who: str) -> Member:
    return Member.objects.select_related("user").get(pk=cast.member[who])


def unit(cast: Cast, code: str) -> Unit:
    return Unit.objects.get(pk=cast.unit[code])


def allowed(actor: Actor, wanted: PurchaseList) -> list[str]:
    fresh = PurchaseList.objects.select_related("unit", "owner__user", "owner__unit")
    found = fresh.get(pk=wanted.pk)
    predicates = {"view": can_view_list, "edit": can_edit_list, "manage": can_manage_list}
    return [name for name, predicate in predicates.items() if predicate(actor, found) is None]


def test_a_personal_list_is_its_owners_alone(ward: PurchaseList, cast: Cast) -> None:
    assert allowed(cast.lena, ward) == ["view", "edit", "manage"]
    for stranger in (cast.pavel, cast.rashid, cast.ines, cast.ola, cast.odd, cast.minjun):
        assert allowed(stranger, ward) == []
        with pytest.raises(NotFound):
            get_list(stranger, ward.pk)


@pytest.mark.parametrize(("level", "rights"), [("view", ["view"]), ("edit", ["view", "edit"])])
def test_sharing_with_a_colleague_or_a_unit(
    ward: PurchaseList, cast: Cast, level: str, rights: list[str]
) -> None:
    share_list(ward, member=member(cast, "sofia"), level=level, actor=cast.lena, now=cast.now)
    share_list(ward, unit=unit(cast, "icu"), level=level, actor=cast.lena, now=cast.now)
    assert allowed(cast.sofia, ward) == rights
    assert allowed(cast.mei, ward) == rights  # of the unit
    assert allowed(cast.pavel, ward) == rights  # of a unit below it
    assert allowed(cast.helena, ward) == []  # above it
    with pytest.raises(Forbidden):
        share_list(ward, member=member(cast, "mei"), level="edit", actor=cast.sofia, now=cast.now)


def test_a_share_is_ended_by_the_owner_or_by_leaving(ward: PurchaseList, cast: Cast) -> None:
    grant = share_list(
        ward, member=member(cast, "sofia"), level="edit", actor=cast.lena, now=cast.now
    )
    with pytest.raises(Forbidden):
        unshare_list(ward, grant_id=grant.pk, actor=cast.pavel, now=cast.now)
    unshare_list(ward, grant_id=grant.pk, actor=cast.sofia, now=cast.now)
    assert allowed(cast.sofia, ward) == []
    with pytest.raises(Conflict):
        unshare_list(ward, grant_id=grant.pk, actor=cast.lena, now=cast.now)


def test_a_units_list_is_seen_in_the_unit_and_kept_by_its_head(cast: Cast, db: None) -> None:
    ours = create_list("ICU", scope="unit", unit=unit(cast, "icu"), actor=cast.mei, now=cast.now)
    assert allowed(cast.pavel, ours) == ["view"]
    assert allowed(cast.rashid, ours) == ["view", "edit", "manage"]  # heads it
    assert allowed(cast.ines, ours) == ["view", "edit", "manage"]  # keeps the company's places
    assert allowed(cast.sofia, ours) == []
    assert allowed(cast.ola, ours) == []


def test_who_may_keep_a_list_for_others(cast: Cast, db: None) -> None:
    with pytest.raises(Forbidden):
        create_list("All", scope="company", actor=cast.lena, now=cast.now)
    with pytest.raises(Forbidden):
        create_list(
            "Finance", scope="unit", unit=unit(cast, "finance"), actor=cast.lena, now=cast.now
        )
    with pytest.raises(NotFound):
        create_list(
            "Theirs", scope="unit", unit=unit(cast, "warsaw"), actor=cast.lena, now=cast.now
        )
    with pytest.raises(Forbidden):
        create_list("Ours", actor=cast.tomas, now=cast.now)
    everybodys = create_list("All", scope="company", actor=cast.ines, now=cast.now)
    assert allowed(cast.lena, everybodys) == ["view"]
    assert allowed(cast.ola, everybodys) == []


def test_the_lists_that_are_listed_are_those_that_may_be_seen(
    ward: PurchaseList, cast: Cast
) -> None:
    create_list("ICU", scope="unit", unit=unit(cast, "icu"), actor=cast.mei, now=cast.now)
    create_list("All", scope="company", actor=cast.ines, now=cast.now)
    create_list("Warsaw", scope="company", actor=cast.jan, now=cast.now)
    create_list("Home", actor=cast.yuna, now=cast.now)
    share_list(ward, unit=unit(cast, "biomed"), level="edit", actor=cast.lena, now=cast.now)
    theirs = create_list("Pavel's", actor=cast.pavel, now=cast.now)
    Member.objects.filter(pk=cast.member["pavel"]).update(status=Member.Status.DEACTIVATED)
    people = [*cast.actors.values()]
    everything = list(PurchaseList.objects.select_related("unit", "owner__user", "owner__unit"))
    for actor, wanted in product(people, everything):
        listed = list_lists(actor).filter(pk=wanted.pk).exists()
        assert listed == (can_view_list(actor, wanted) is None), (actor.name, wanted.name)
        editable = wanted in list_editable_lists(actor)
        assert editable == (can_edit_list(actor, wanted) is None), (actor.name, wanted.name)
    # What is left by somebody is taken over by who manages members, since nobody heads ICU-4.
    assert allowed(cast.ines, theirs) == ["view", "edit", "manage"]
    assert allowed(cast.rashid, theirs) == []


def test_the_owner_changes_and_the_former_one_goes_on_editing(
    ward: PurchaseList, cast: Cast
) -> None:
    give_list(ward, member=member(cast, "pavel"), actor=cast.lena, now=cast.now)
    assert allowed(cast.pavel, ward) == ["view", "edit", "manage"]
    assert allowed(cast.lena, ward) == ["view", "edit"]
    with pytest.raises(Forbidden):
        give_list(ward, member=member(cast, "lena"), actor=cast.lena, now=cast.now)
    with pytest.raises(NotFound):
        give_list(ward, member=member(cast, "ola"), actor=cast.pavel, now=cast.now)
    assert ListGrant.objects.filter(purchase_list=ward).count() == 1


def test_put_away_and_taken_out_again(ward: PurchaseList, cast: Cast) -> None:
    archive_list(ward, actor=cast.lena, now=cast.now)
    assert allowed(cast.lena, ward) == ["view", "manage"]
    assert [one.pk for one in list_lists(cast.lena, is_archived=True)] == [ward.pk]
    with pytest.raises(Conflict):
        describe_list(get_list(cast.lena, ward.pk), name="X", actor=cast.lena, now=cast.now)
    restore_list(ward, actor=cast.lena, now=cast.now)
    assert allowed(cast.lena, ward) == ["view", "edit", "manage"]


def test_a_name_is_needed_and_who_is_second_is_told(
    ward: PurchaseList, cast: Cast, seen_by: View
) -> None:
    with pytest.raises(InvalidInput):
        describe_list(ward, name="  ", actor=cast.lena, now=cast.now)
    stale = seen_by(cast.lena)
    describe_list(ward, name="Ward", note="Monday", actor=cast.lena, now=cast.now)
    assert seen_by(cast.lena).note == "Monday"
    with pytest.raises(Conflict):
        describe_list(stale, name="Late", version=stale.version, actor=cast.lena, now=cast.now)
    assert seen_by(cast.lena).name == "Ward"
