"""Units move with what hangs on them, and are closed once nothing lives in them."""

from __future__ import annotations

import pytest

from placet.companies.actions import add_unit, change_unit
from placet.companies.changing import ChangedMeanwhile
from placet.companies.models import Member, Role, RoleGrant, Unit
from placet.companies.organisation.closing import UnitInUse
from placet.companies.queries import get_actor
from placet.core.actor import Actor
from placet.core.errors import Conflict, Forbidden, InvalidInput, NotFound
from placet.jobs.verify import verify
from placet.plans.models import PurchasedLine
from placet.requisitions.actions import (
    apply_due_decisions,
    change_member,
    close_unit,
    move_unit,
)
from placet.requisitions.models import StepAssignment
from tests.cast import Cast
from tests.requisitions.road import DRESSING, GLOVES, answer, fill_cart, submit

pytestmark = pytest.mark.django_db


def unit(cast: Cast, code: str) -> Unit:
    return Unit.objects.select_related("company", "parent").get(pk=cast.unit[code])


def unit_admin(cast: Cast, code: str) -> Actor:
    """Sofia, who administers one unit and what is below it."""
    RoleGrant.objects.create(
        created_at=cast.now,
        member_id=cast.member["sofia"],
        role=Role.objects.get(pk=cast.role["meridian/company_admin"]),
        unit_id=cast.unit[code],
    )
    return get_actor(user_id=cast.sofia.user_id, company_slug="meridian", channel="web")


def test_a_subtree_moves_with_its_history_and_its_open_steps_ask_the_new_heads(
    cast: Cast,
) -> None:
    ordered = submit(fill_cart(cast, (GLOVES, 1)), actor=cast.lena, now=cast.now)
    waiting = submit(fill_cart(cast, (DRESSING, 50)), actor=cast.lena, now=cast.now)
    fresh = add_unit(
        unit(cast, "icu").company, name="Night", parent=unit(cast, "icu-4"), actor=cast.ines,
        now=cast.now,
    )  # fmt: skip
    moved = move_unit(
        unit(cast, "icu-4"), parent=unit(cast, "biomed"), actor=cast.ines, now=cast.now
    )
    biomed = unit(cast, "biomed")
    assert moved.path == f"{biomed.path}{moved.id}/"
    assert Unit.objects.get(pk=fresh.pk).path == f"{moved.path}{fresh.id}/"
    assert set(PurchasedLine.objects.values_list("unit_path", flat=True)) == {moved.path}
    asked = StepAssignment.objects.get(requisition=waiting, is_open=True)
    assert asked.member_id == cast.member["anika"], "she heads biomedical engineering"
    answer(waiting, "approve", actor=cast.anika, now=cast.now)
    apply_due_decisions(now=cast.now.replace(hour=10))
    assert ordered.status == "ordered"
    assert verify() == []


@pytest.mark.parametrize(
    ("which", "parent"), [("icu", "icu-4"), ("icu", "icu"), ("hospital", "icu"), ("icu", "warsaw")]
)
def test_no_circle_no_root_no_foreign_place(cast: Cast, which: str, parent: str) -> None:
    with pytest.raises((InvalidInput, NotFound)):
        move_unit(unit(cast, which), parent=unit(cast, parent), actor=cast.ines, now=cast.now)
    assert unit(cast, "icu-4").path.startswith(unit(cast, "icu").path)


def test_the_tree_stays_twelve_levels_deep(cast: Cast) -> None:
    deep = unit(cast, "finance")
    while deep.path.count("/") < 11:
        deep = add_unit(deep.company, name="Below", parent=deep, actor=cast.ines, now=cast.now)
    with pytest.raises(InvalidInput):
        move_unit(unit(cast, "icu"), parent=deep, actor=cast.ines, now=cast.now)
    move_unit(unit(cast, "icu-4"), parent=deep, actor=cast.ines, now=cast.now)


def test_who_manages_one_place_only_moves_nothing_in_or_out(cast: Cast) -> None:
    sofia = unit_admin(cast, "icu")
    for which, parent in (("biomed", "icu"), ("icu-4", "biomed"), ("icu", "biomed")):
        with pytest.raises(Forbidden):
            move_unit(unit(cast, which), parent=unit(cast, parent), actor=sofia, now=cast.now)
    inside = add_unit(
        unit(cast, "icu").company, name="Night", parent=unit(cast, "icu"), actor=sofia,
        now=cast.now,
    )  # fmt: skip
    move_unit(unit(cast, "icu-4"), parent=inside, actor=sofia, now=cast.now)
    with pytest.raises(NotFound):
        move_unit(unit(cast, "icu-4"), parent=unit(cast, "icu"), actor=cast.jan, now=cast.now)


def test_another_version_is_a_conflict(cast: Cast) -> None:
    seen = unit(cast, "icu-4").version
    change_unit(
        unit(cast, "icu-4"), name="ICU 4", code="icu-4", version=seen, actor=cast.ines,
        now=cast.now,
    )  # fmt: skip
    with pytest.raises(ChangedMeanwhile):
        move_unit(
            unit(cast, "icu-4"), parent=unit(cast, "biomed"), version=seen, actor=cast.ines,
            now=cast.now,
        )  # fmt: skip


def test_codes_are_unique_in_a_company(cast: Cast) -> None:
    with pytest.raises(Conflict):
        change_unit(unit(cast, "icu-4"), name="ICU-4", code="biomed", actor=cast.ines, now=cast.now)
    with pytest.raises(Conflict):
        add_unit(unit(cast, "icu").company, name="X", code="icu", actor=cast.ines, now=cast.now)
    with pytest.raises(InvalidInput):
        add_unit(unit(cast, "icu").company, name="  ", actor=cast.ines, now=cast.now)


def test_a_unit_is_closed_when_nothing_lives_in_it(cast: Cast) -> None:
    waiting = submit(fill_cart(cast, (DRESSING, 50)), actor=cast.lena, now=cast.now)
    with pytest.raises(UnitInUse) as refusal:
        close_unit(unit(cast, "icu-4"), actor=cast.ines, now=cast.now)
    assert refusal.value.facts["requisitions"] == [waiting.number]
    answer(waiting, "reject", actor=cast.rashid, now=cast.now, reason="No")
    apply_due_decisions(now=cast.now.replace(hour=10))
    with pytest.raises(UnitInUse) as refusal:
        close_unit(unit(cast, "icu-4"), actor=cast.ines, now=cast.now)
    assert refusal.value.facts["members"] == ["Lena Vogt", "Pavel Novák"]
    for who in ("lena", "pavel", "rashid", "mei"):
        one = Member.objects.select_related("user", "unit", "company").get(pk=cast.member[who])
        change_member(one, unit=unit(cast, "finance"), actor=cast.ines, now=cast.now)
    with pytest.raises(UnitInUse) as refusal:
        close_unit(unit(cast, "icu"), actor=cast.ines, now=cast.now)
    assert refusal.value.facts["units"] == ["ICU-4"]
    assert close_unit(unit(cast, "icu-4"), actor=cast.ines, now=cast.now).closed_at == cast.now
    with pytest.raises(Conflict):
        close_unit(unit(cast, "icu-4"), actor=cast.ines, now=cast.now)
    with pytest.raises(Conflict):
        close_unit(unit(cast, "hospital"), actor=cast.ines, now=cast.now)
    with pytest.raises(Forbidden):
        close_unit(unit(cast, "biomed"), actor=cast.lena, now=cast.now)
    with pytest.raises(NotFound):
        close_unit(unit(cast, "biomed"), actor=cast.jan, now=cast.now)
