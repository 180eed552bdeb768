"""Ines sees where purchases wait, on whom, and who will be missing; others do not."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from placet.companies.actions import delegate_to, grant_role, set_absence
from placet.companies.models import Member, Role, Unit
from placet.companies.queries import get_actor
from placet.requisitions.health import (
    list_decision_times,
    list_gaps,
    list_only_approvers,
    list_open_steps,
    rank_of,
)
from placet.requisitions.models import Decision, StepAssignment
from tests.cast import Cast
from tests.requisitions.road import DRESSING, INFUSION_SET, answer, fill_cart, submit
from tests.web.pages import as_actor, page, queries_of

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


def test_what_waits_is_told_with_its_age_and_with_whom_it_waits_for(cast: Cast) -> None:
    old = submit(fill_cart(cast, (DRESSING, 40)), actor=cast.lena, now=cast.now - 30 * HOUR)
    new = submit(fill_cart(cast, (DRESSING, 41), name="Later"), actor=cast.lena, now=cast.now)
    steps = list(list_open_steps(cast.ines))
    assert [step.requisition_id for step in steps] == [old.id, new.id]
    said = page(cast.ines, "health/")
    assert "30 hours" in said
    assert cast.rashid.name in said
    assert said.index(old.number) < said.index(new.number)


def test_a_step_that_nobody_can_answer_is_named(cast: Cast) -> None:
    submit(fill_cart(cast, (DRESSING, 40)), actor=cast.lena, now=cast.now)
    assert "Nobody can answer" not in page(cast.ines, "health/")
    StepAssignment.objects.update(is_open=False)
    assert [step.is_stuck for step in list_open_steps(cast.ines)] == [True]
    assert "Nobody can answer" in page(cast.ines, "health/")


def test_the_times_are_those_that_occurred(cast: Cast) -> None:
    rashid = replace(cast.rashid, channel="api")
    for number, hours in enumerate((1, 2, 9)):
        bought = submit(
            fill_cart(cast, (DRESSING, 40), name=f"Week {number}"), actor=cast.lena, now=cast.now
        )
        later = cast.now + hours * HOUR
        answer(bought, Decision.Kind.REJECT, actor=rashid, now=later, reason="No")
    (times,) = list_decision_times(cast.ines, since=cast.now - HOUR)
    assert times.member.id == cast.member["rashid"]
    assert (times.decisions, times.median, times.slow) == (3, 2.0, 9.0)
    assert list_decision_times(cast.ines, since=cast.now + 100 * HOUR) == []


@pytest.mark.parametrize(
    ("values", "percent", "expected"),
    [
        ([5.0], 50, 5.0),
        ([1.0, 2.0], 50, 1.0),
        ([3.0, 1.0, 2.0], 90, 3.0),
        ([1.0] * 9 + [8.0], 90, 1.0),
    ],
)
def test_ranks_are_the_nearest(values: list[float], percent: int, expected: float) -> None:
    assert rank_of(values, percent) == expected


def test_whoever_is_alone_is_named_and_two_are_enough(cast: Cast) -> None:
    submit(fill_cart(cast, (DRESSING, 40)), actor=cast.lena, now=cast.now)
    assert [(member.id, n) for member, n in list_only_approvers(cast.ines)] == [
        (cast.member["rashid"], 1)
    ]
    StepAssignment.objects.create(
        step=list_open_steps(cast.ines)[0],
        requisition=list_open_steps(cast.ines)[0].requisition,
        member_id=cast.member["mei"],
        is_open=True,
    )
    assert list_only_approvers(cast.ines) == []


def test_rashid_goes_away_without_a_deputy_and_then_with_one_and_then_both(cast: Cast) -> None:
    rashid = Member.objects.get(pk=cast.member["rashid"])
    mei = Member.objects.get(pk=cast.member["mei"])
    span = {"starts_at": cast.now + 24 * HOUR, "ends_at": cast.now + 72 * HOUR, "now": cast.now}
    set_absence(rashid, actor=cast.rashid, **span)
    assert [gap.member.id for gap in list_gaps(cast.ines, now=cast.now)] == [rashid.id]
    delegate_to(rashid, delegate=mei, actor=cast.rashid, **span)
    assert list_gaps(cast.ines, now=cast.now) == []
    set_absence(mei, actor=cast.actors["mei"], **span)
    gaps = {gap.member.id: gap.deputies_away for gap in list_gaps(cast.ines, now=cast.now)}
    assert gaps[rashid.id] == (mei.user.name,)
    assert list_gaps(cast.ines, now=cast.now + 100 * HOUR) == []


def test_a_unit_admin_sees_that_unit_alone(cast: Cast) -> None:
    submit(fill_cart(cast, (INFUSION_SET, 20)), actor=cast.lena, now=cast.now)
    admin_role = Role.objects.get(company_id=cast.company["meridian"], key="company_admin")
    pavel = Member.objects.get(pk=cast.member["pavel"])
    elsewhere = (
        Unit.objects.filter(company_id=cast.company["meridian"])
        .exclude(pk__in=cast.lena.unit_path.strip("/").split("/"))
        .first()
    )
    assert elsewhere is not None
    grant_role(pavel, role=admin_role, unit=elsewhere, actor=cast.ines, now=cast.now)
    there = get_actor(user_id=pavel.user_id, company_slug="meridian", channel="web")
    assert list(list_open_steps(there)) == []
    assert len(list_open_steps(cast.ines)) == 1
    assert page(there, "health/")


def test_buyers_see_no_health_and_other_companies_see_their_own(cast: Cast) -> None:
    bought = submit(fill_cart(cast, (DRESSING, 40)), actor=cast.lena, now=cast.now)
    page(cast.lena, "health/", status=403)
    assert bought.number in page(cast.ines, "health/")
    assert bought.number not in page(cast.jan, "health/")


def test_the_page_costs_the_same_for_one_and_for_five(cast: Cast) -> None:
    submit(fill_cart(cast, (DRESSING, 40)), actor=cast.lena, now=cast.now)
    one = queries_of(cast.ines, "health/")
    for number in range(4):
        submit(fill_cart(cast, (DRESSING, 40), name=f"W{number}"), actor=cast.lena, now=cast.now)
    assert queries_of(cast.ines, "health/") == one


def test_ines_asks_mei_at_rashids_step_with_a_reason(cast: Cast) -> None:
    bought = submit(fill_cart(cast, (DRESSING, 40)), actor=cast.lena, now=cast.now)
    step = list_open_steps(cast.ines)[0]
    ines = as_actor(cast.ines)
    form = ines.get(f"/c/meridian/health/steps/{step.pk}/").content.decode()
    assert cast.mei.name in form
    assert f'value="{cast.member["lena"]}"' not in form
    empty = ines.post(f"/c/meridian/health/steps/{step.pk}/", {"to": cast.member["mei"]})
    assert empty.status_code == 422
    wrong = {"to": cast.member["pavel"], "reason": "Hurry"}
    assert ines.post(f"/c/meridian/health/steps/{step.pk}/", wrong).status_code == 422
    good = {"to": cast.member["mei"], "reason": "Hurry"}
    assert ines.post(f"/c/meridian/health/steps/{step.pk}/", good).status_code == 302
    asked = StepAssignment.objects.filter(requisition=bought, is_open=True)
    assert set(asked.values_list("member_id", flat=True)) == {
        cast.member["rashid"],
        cast.member["mei"],
    }
    assert list_only_approvers(cast.ines) == []
