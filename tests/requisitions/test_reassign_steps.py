"""Who is asked follows the organisation: in the same transaction, and never with nobody."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest

from placet.companies.models import Absence, Delegation, Role, Unit
from placet.core.errors import Forbidden
from placet.events.models import Event
from placet.jobs.verify import verify
from placet.requisitions.actions import (
    NobodyLeft,
    apply_due_decisions,
    delegate_to,
    end_absence,
    end_delegation,
    grant_role,
    name_head,
    reassign_due_steps,
    revoke_role,
    set_absence,
)
from placet.requisitions.errors import NotAsked
from placet.requisitions.models import DecisionOutcome, Requisition, StepAssignment
from tests.cast import Cast
from tests.requisitions.road import DRESSING, INFUSION_SET, answer, fill_cart, member, submit

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
LATER = timedelta(seconds=10)


@pytest.fixture(autouse=True)
def _nothing_is_open_with_nobody() -> Iterator[None]:
    yield
    assert verify() == []


@pytest.fixture
def waiting(cast: Cast) -> Requisition:
    """Lena's dressings wait for Rashid, the head of ICU."""
    return submit(fill_cart(cast, (DRESSING, 50)), actor=cast.lena, now=cast.now)


def asked(requisition: Requisition, cast: Cast) -> dict[str, str | None]:
    """Who may decide the purchase now, and for whom."""
    names = {pk: key for key, pk in cast.member.items()}
    rows = StepAssignment.objects.filter(requisition=requisition, is_open=True)
    return {names[row.member_id]: names.get(row.principal_id or "") for row in rows.order_by("id")}


def reassignments(requisition: Requisition) -> int:
    return Event.objects.filter(type="step.reassigned", subject=requisition.pk).count()


def away(cast: Cast, who: str, start: timedelta = timedelta(), days: int = 5) -> Absence:
    begins = cast.now + start
    return set_absence(
        member(cast, who),
        starts_at=begins,
        ends_at=begins + days * DAY,
        actor=getattr(cast, who),
        now=cast.now,
    )


def test_an_absence_asks_the_head_above_and_its_end_takes_her_out_again(
    cast: Cast, waiting: Requisition
) -> None:
    assert asked(waiting, cast) == {"rashid": None}
    absence = away(cast, "rashid")
    assert asked(waiting, cast) == {"rashid": None, "helena": None}
    end_absence(absence, actor=cast.rashid, now=cast.now)
    assert asked(waiting, cast) == {"rashid": None}
    assert reassignments(waiting) == 2


def test_who_is_asked_in_place_of_somebody_away_decides(cast: Cast, waiting: Requisition) -> None:
    away(cast, "rashid")
    answer(waiting, "approve", actor=cast.helena, now=cast.now)
    apply_due_decisions(now=cast.now + LATER)
    waiting.refresh_from_db()
    assert waiting.status == Requisition.Status.ORDERED


def test_a_delegate_is_asked_about_what_is_open_already(cast: Cast, waiting: Requisition) -> None:
    delegation = delegate_to(
        member(cast, "rashid"),
        delegate=member(cast, "mei"),
        starts_at=cast.now,
        ends_at=cast.now + DAY,
        actor=cast.rashid,
        now=cast.now,
    )
    assert asked(waiting, cast) == {"rashid": None, "mei": "rashid"}
    end_delegation(delegation, actor=cast.mei, now=cast.now)
    assert asked(waiting, cast) == {"rashid": None}
    with pytest.raises(NotAsked):
        answer(waiting, "approve", actor=cast.mei, now=cast.now)


def test_with_a_delegate_nobody_above_is_asked(cast: Cast, waiting: Requisition) -> None:
    away(cast, "rashid")
    delegate_to(
        member(cast, "rashid"),
        delegate=member(cast, "mei"),
        starts_at=cast.now,
        ends_at=cast.now + DAY,
        actor=cast.rashid,
        now=cast.now,
    )
    assert asked(waiting, cast) == {"rashid": None, "mei": "rashid"}


def test_nobody_is_asked_about_their_own_purchase_by_a_delegation(
    cast: Cast, waiting: Requisition
) -> None:
    away(cast, "rashid")
    delegate_to(
        member(cast, "rashid"),
        delegate=member(cast, "lena"),
        starts_at=cast.now,
        ends_at=cast.now + DAY,
        actor=cast.rashid,
        now=cast.now,
    )
    assert asked(waiting, cast) == {"rashid": None, "helena": None}


@pytest.mark.parametrize(("unit", "is_asked"), [("icu", True), ("biomed", False)])
def test_a_delegation_for_a_unit_holds_for_its_purchases(
    cast: Cast, waiting: Requisition, unit: str, is_asked: bool
) -> None:
    delegate_to(
        member(cast, "rashid"),
        delegate=member(cast, "mei"),
        starts_at=cast.now,
        ends_at=cast.now + DAY,
        unit=Unit.objects.get(pk=cast.unit[unit]),
        actor=cast.rashid,
        now=cast.now,
    )
    assert ("mei" in asked(waiting, cast)) is is_asked
    if is_asked:
        answer(waiting, "approve", actor=cast.mei, now=cast.now)


def test_what_lies_ahead_moves_steps_when_it_begins_and_once(
    cast: Cast, waiting: Requisition
) -> None:
    away(cast, "rashid", start=DAY, days=2)
    delegation = delegate_to(
        member(cast, "rashid"),
        delegate=member(cast, "mei"),
        starts_at=cast.now + 2 * DAY,
        ends_at=cast.now + 3 * DAY,
        actor=cast.rashid,
        now=cast.now,
    )
    assert reassign_due_steps(now=cast.now + DAY - LATER) == 0
    assert asked(waiting, cast) == {"rashid": None}
    assert reassign_due_steps(now=cast.now + DAY) == 1
    assert asked(waiting, cast) == {"rashid": None, "helena": None}
    assert reassign_due_steps(now=cast.now + 2 * DAY) == 1
    assert asked(waiting, cast) == {"rashid": None, "mei": "rashid"}
    assert reassign_due_steps(now=cast.now + 9 * DAY) == 2, "the worker was down for a week"
    assert asked(waiting, cast) == {"rashid": None}
    assert reassign_due_steps(now=cast.now + 9 * DAY) == 0
    assert Delegation.objects.get(pk=delegation.pk).over_at == cast.now + 9 * DAY


def test_an_absence_that_nobody_saw_begin_or_end_moves_nothing(
    cast: Cast, waiting: Requisition
) -> None:
    away(cast, "rashid", start=DAY, days=1)
    assert reassign_due_steps(now=cast.now + 5 * DAY) == 1
    assert reassign_due_steps(now=cast.now + 5 * DAY) == 0
    assert reassignments(waiting) == 0


def test_another_head_is_asked_in_place_of_the_one_before(cast: Cast, waiting: Requisition) -> None:
    icu = Unit.objects.select_related("company").get(pk=cast.unit["icu"])
    name_head(icu, member=member(cast, "mei"), actor=cast.ines, now=cast.now)
    assert asked(waiting, cast) == {"mei": None}
    with pytest.raises(NotAsked):
        answer(waiting, "approve", actor=cast.rashid, now=cast.now)
    name_head(icu, member=None, actor=cast.ines, now=cast.now)
    assert asked(waiting, cast) == {"helena": None}, "nobody heads it: the unit above"


def test_a_decision_that_waits_lapses_when_its_author_is_not_asked_any_more(
    cast: Cast, waiting: Requisition
) -> None:
    decision = answer(waiting, "approve", actor=cast.rashid, now=cast.now)
    icu = Unit.objects.select_related("company").get(pk=cast.unit["icu"])
    name_head(icu, member=member(cast, "mei"), actor=cast.ines, now=cast.now)
    apply_due_decisions(now=cast.now + LATER)
    assert DecisionOutcome.objects.get(decision=decision).reason == "not_asked_any_more"
    assert asked(waiting, cast) == {"mei": None}


def test_a_new_holder_of_the_role_is_asked_and_a_former_one_is_not(cast: Cast) -> None:
    waiting = submit(fill_cart(cast, (INFUSION_SET, 1)), actor=cast.lena, now=cast.now)
    assert asked(waiting, cast) == {"anika": None, "jonas": None, "piotr": None}
    role = Role.objects.get(pk=cast.role["meridian/biomedical-engineering"])
    grant_role(member(cast, "sofia"), role=role, actor=cast.ines, now=cast.now)
    revoke_role(member(cast, "anika"), role=role, actor=cast.ines, now=cast.now)
    assert asked(waiting, cast) == {"jonas": None, "piotr": None, "sofia": None}
    for who in ("jonas", "piotr", "sofia"):
        revoke_role(member(cast, who), role=role, actor=cast.ines, now=cast.now)
    assert asked(waiting, cast) == {"rashid": None}, "nobody holds it: the head above"


def test_who_decided_is_not_asked_again_for_somebody_who_is_away(cast: Cast) -> None:
    """Helena approves the first step in Rashid's place; the second must not count her too."""
    waiting = submit(
        fill_cart(cast, (DRESSING, 50), (INFUSION_SET, 1)), actor=cast.lena, now=cast.now
    )
    away(cast, "rashid")
    answer(waiting, "approve", actor=cast.helena, now=cast.now)
    apply_due_decisions(now=cast.now + LATER)
    role = Role.objects.get(pk=cast.role["meridian/biomedical-engineering"])
    for who in ("anika", "jonas", "piotr"):
        revoke_role(member(cast, who), role=role, actor=cast.ines, now=cast.now)
    waiting.refresh_from_db()
    assert waiting.status == Requisition.Status.PENDING
    assert asked(waiting, cast) == {"ines": None}


def test_a_step_with_nobody_left_refuses_the_change_and_is_named(
    cast: Cast, waiting: Requisition
) -> None:
    for unit in ("hospital", "icu-4"):
        name_head(
            Unit.objects.select_related("company").get(pk=cast.unit[unit]),
            member=None,
            actor=cast.ines,
            now=cast.now,
        )
    icu = Unit.objects.select_related("company").get(pk=cast.unit["icu"])
    name_head(icu, member=None, actor=cast.ines, now=cast.now)
    assert asked(waiting, cast) == {"ines": None}, "the admins at last"
    system = cast.ines
    admin = Role.objects.get(pk=cast.role["meridian/company_admin"])
    with pytest.raises(Forbidden):
        revoke_role(member(cast, "ines"), role=admin, actor=system, now=cast.now)
    from tests.cast_people import system_of

    with pytest.raises(NobodyLeft) as refusal:
        revoke_role(member(cast, "ines"), role=admin, actor=system_of(icu.company), now=cast.now)
    assert waiting.number in refusal.value.detail


def test_an_outsider_moves_nobodys_steps(cast: Cast, waiting: Requisition) -> None:
    with pytest.raises(Exception, match="no such"):
        set_absence(
            member(cast, "rashid"),
            starts_at=cast.now,
            ends_at=cast.now + DAY,
            actor=cast.jan,
            now=cast.now,
        )
    assert asked(waiting, cast) == {"rashid": None}
