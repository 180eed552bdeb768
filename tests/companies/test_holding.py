"""A request that was under way when its company or its membership ended changes nothing."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from placet.budgets.actions import adjust_budget
from placet.budgets.models import Budget, LedgerEntry
from placet.companies.acting import CompanySuspended
from placet.companies.actions import suspend_company
from placet.companies.models import Company, Member, Role, RoleGrant
from placet.core.errors import Forbidden
from placet.requisitions.actions import grant_role, set_absence
from tests.cast import Cast

pytestmark = pytest.mark.django_db


def grants(cast: Cast) -> None:
    role = Role.objects.get(company_id=cast.company["meridian"], key="approver")
    pavel = Member.objects.select_related("company", "unit", "user").get(pk=cast.member["pavel"])
    grant_role(pavel, role=role, actor=cast.ines, now=cast.now)


def goes_away(cast: Cast) -> None:
    ines = Member.objects.select_related("company", "unit", "user").get(pk=cast.member["ines"])
    set_absence(
        ines,
        starts_at=cast.now,
        ends_at=cast.now.replace(year=cast.now.year + 1),
        actor=cast.ines,
        now=cast.now,
    )


def adjusts(cast: Cast) -> None:
    budget = Budget.objects.filter(company_id=cast.company["meridian"]).first()
    assert budget is not None
    adjust_budget(budget.pk, change_minor=100, reason="More", actor=cast.ines, now=cast.now)


def written(cast: Cast) -> tuple[Any, ...]:
    return (
        RoleGrant.objects.filter(member_id=cast.member["pavel"]).count(),
        Member.objects.get(pk=cast.member["ines"]).absences.count(),
        LedgerEntry.objects.count(),
    )


WISHES = [grants, goes_away, adjusts]


@pytest.mark.parametrize("wish", WISHES, ids=lambda wish: wish.__name__)
def test_while_the_company_stands_it_works(cast: Cast, wish: Callable[[Cast], None]) -> None:
    before = written(cast)
    wish(cast)
    assert written(cast) != before


@pytest.mark.parametrize("wish", WISHES, ids=lambda wish: wish.__name__)
def test_a_suspension_that_came_first_wins(cast: Cast, wish: Callable[[Cast], None]) -> None:
    """Ines was let in at the door, and then the merchant suspended her company."""
    before = written(cast)
    company = Company.objects.get(pk=cast.company["meridian"])
    suspend_company(company, actor=cast.odd, now=cast.now)
    with pytest.raises(CompanySuspended):
        wish(cast)
    assert written(cast) == before


@pytest.mark.parametrize("wish", WISHES, ids=lambda wish: wish.__name__)
def test_whoever_left_meanwhile_changes_nothing(cast: Cast, wish: Callable[[Cast], None]) -> None:
    before = written(cast)
    Member.objects.filter(pk=cast.member["ines"]).update(status=Member.Status.DEACTIVATED)
    with pytest.raises(Forbidden):
        wish(cast)
    assert written(cast) == before
