"""Nobody raises their own rights: every field that could is tried by those who may change it.

Ines administers the company, Sofia one unit of it. Each tries, for herself, everything that she may
do for others; afterwards neither may do more than before.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from placet.budgets.actions import create_budget
from placet.catalog.actions import name_category_owner
from placet.catalog.models import Category
from placet.companies.acting import act_for
from placet.companies.actions import (
    add_cost_center,
    add_unit,
    clone_role,
    create_api_key,
    create_personal_key,
    create_role,
)
from placet.companies.models import Company, CostCenter, Limit, Member, Role, RoleGrant, Unit
from placet.companies.organisation.changes import MemberChanges
from placet.companies.organisation.limits import Bounds
from placet.companies.permissions import PERMISSIONS
from placet.companies.queries import get_actor, get_actor_of_key
from placet.core.actor import Actor
from placet.core.errors import Forbidden, PlacetError
from placet.requisitions.actions import (
    change_cost_center,
    change_member,
    change_role,
    clear_limit,
    deactivate_member,
    delegate_to,
    grant_role,
    hand_over_member,
    invite_member,
    move_unit,
    name_head,
    reactivate_member,
    revoke_role,
    set_absence,
    set_limit,
)
from placet.requisitions.actions.invite_members import Invitation, Place
from tests.cast import Cast

pytestmark = pytest.mark.django_db


def member(cast: Cast, who: str) -> Member:
    return Member.objects.select_related("user", "unit", "company").get(pk=cast.member[who])


def unit(cast: Cast, code: str) -> Unit:
    return Unit.objects.select_related("company", "parent").get(pk=cast.unit[code])


def role(cast: Cast, key: str) -> Role:
    return Role.objects.select_related("company").get(pk=cast.role[f"meridian/{key}"])


def again(actor: Actor) -> Actor:
    return get_actor(user_id=actor.user_id, company_slug=actor.company_slug, channel="web")


@pytest.fixture
def sofia(cast: Cast) -> Actor:
    """An admin of the ICU and below, with the same built-in role as Ines."""
    RoleGrant.objects.create(
        created_at=cast.now,
        member_id=cast.member["sofia"],
        role_id=cast.role["meridian/company_admin"],
        unit_id=cast.unit["icu"],
    )
    return again(cast.sofia)


Try = Callable[[Cast, Actor, str, dict[str, Any]], Any]

TRIES: dict[str, Try] = {
    "a role": lambda c, a, w, at: grant_role(member(c, w), role=role(c, "approver"), **at),
    "a role taken": lambda c, a, w, at: revoke_role(
        member(c, w), role=role(c, "company_admin"), **at
    ),
    "the head of a unit": lambda c, a, w, at: name_head(unit(c, "icu"), member=member(c, w), **at),
    "a unit": lambda c, a, w, at: change_member(member(c, w), unit=unit(c, "icu"), **at),
    "a manager": lambda c, a, w, at: change_member(member(c, w), manager=member(c, "mei"), **at),
    "manager of another": lambda c, a, w, at: change_member(
        member(c, "pavel"), manager=member(c, w), **at
    ),
    "a title": lambda c, a, w, at: change_member(member(c, w), title="Chief", **at),
    "an external id": lambda c, a, w, at: change_member(member(c, w), external_id="1", **at),
    "what to spend": lambda c, a, w, at: set_limit(
        member(c, w), use="spending", bounds=Bounds("EUR", mode="unrestricted"), **at
    ),
    "no limit": lambda c, a, w, at: clear_limit(member(c, w), use="spending", **at),
    "what to release": lambda c, a, w, at: set_limit(
        member(c, w), use="authority", bounds=Bounds("EUR", is_unlimited=True), **at
    ),
    "a delegation": lambda c, a, w, at: delegate_to(
        member(c, "rashid"),
        delegate=member(c, w),
        starts_at=c.now,
        ends_at=c.now + timedelta(days=1),
        **at,
    ),
    "what somebody leaves": lambda c, a, w, at: hand_over_member(
        member(c, "rashid"), to=member(c, w), **at
    ),
    "a cost centre": lambda c, a, w, at: change_cost_center(
        CostCenter.objects.select_related("unit", "company").get(pk=c.cost_center["meridian/4410"]),
        owner=member(c, w),
        **at,
    ),
    "a new cost centre": lambda c, a, w, at: add_cost_center(
        unit(c, "icu").company, code="1", name="Own", owner=member(c, w), unit=unit(c, "icu"), **at
    ),
    "a budget to answer for": lambda c, a, w, at: create_budget(
        name="ICU",
        owner_kind="unit",
        owner_ref=c.unit["icu"],
        responsible_id=c.member[w],
        currency="EUR",
        amount_minor=1_000,
        period="monthly",
        **at,
    ),
    "a category": lambda c, a, w, at: name_category_owner(
        Category.objects.order_by("id")[0], member=member(c, w), **at
    ),
    "coming back": lambda c, a, w, at: reactivate_member(member(c, w), **at),
    "leaving": lambda c, a, w, at: deactivate_member(member(c, w), **at),
}


@pytest.mark.parametrize("what", TRIES)
@pytest.mark.parametrize("who", ["ines", "sofia"])
def test_nobody_gives_it_to_themselves(cast: Cast, sofia: Actor, what: str, who: str) -> None:
    actor = cast.ines if who == "ines" else sofia
    Limit.objects.create(
        created_at=cast.now, member=member(cast, who), use="spending", mode="hard", currency="EUR"
    )
    with pytest.raises(Forbidden):
        TRIES[what](cast, actor, who, {"actor": actor, "now": cast.now})
    assert again(actor).grants == actor.grants
    assert Limit.objects.get(member=member(cast, who)).mode == "hard"


@pytest.mark.parametrize("what", TRIES)
@pytest.mark.parametrize("through", ["a key", "a key of a key", "a key for a colleague"])
def test_nor_through_a_key_that_they_made(
    cast: Cast, sofia: Actor, what: str, through: str
) -> None:
    """A key of the company is nobody, but whoever made it may hold it."""
    actor = _key_actor(cast, cast.ines)
    if through == "a key of a key":
        actor = _key_actor(cast, actor)
    if through == "a key for a colleague":
        actor = act_for(actor, sofia.member_id)
    Limit.objects.create(
        created_at=cast.now,
        member=member(cast, "ines"),
        use="spending",
        mode="hard",
        currency="EUR",
    )
    with pytest.raises(Forbidden):
        TRIES[what](cast, actor, "ines", {"actor": actor, "now": cast.now})
    assert again(cast.ines).grants == cast.ines.grants
    assert Limit.objects.get(member=member(cast, "ines")).mode == "hard"


def _key_actor(cast: Cast, maker: Actor) -> Actor:
    company = Company.objects.get(slug="meridian")
    scopes = [*sorted({grant.permission for grant in cast.ines.grants}), "act_for"]
    _made, secret = create_api_key(company, name="x", scopes=scopes, actor=maker, now=cast.now)
    return get_actor_of_key(secret, now=cast.now)[0]


def test_every_field_of_a_membership_is_tried() -> None:
    assert set(MemberChanges.__annotations__) == {
        *("unit", "manager", "title", "external_id"),
        *("language", "time_zone", "working_days", "work_starts", "work_ends"),
    }, "a new field needs a row above; language, zone and hours give no right"


@pytest.mark.parametrize("permission", sorted(set(PERMISSIONS)))
def test_a_unit_admin_passes_on_nothing_beyond_the_unit(
    cast: Cast, sofia: Actor, permission: str
) -> None:
    """A role, a clone, an invitation, a key: none of it reaches further than Sofia does."""
    at: dict[str, Any] = {"actor": sofia, "now": cast.now}
    company = unit(cast, "icu").company
    tries: list[Callable[[], Any]] = [
        lambda: create_role(company, key="x", name="X", permissions=[permission], **at),
        lambda: clone_role(role(cast, "company_admin"), key="x", name="X", **at),
        lambda: grant_role(member(cast, "pavel"), role=role(cast, "company_admin"), **at),
        lambda: invite_member(
            company,
            invitation=Invitation(
                "x@meridian.example",
                "X",
                unit(cast, "icu"),
                (Place(role(cast, "company_admin")),),
            ),
            **at,
        ),
        lambda: create_api_key(company, name="x", scopes=[permission], **at),
        lambda: add_unit(company, name="X", parent=unit(cast, "hospital"), **at),
        lambda: move_unit(unit(cast, "icu"), parent=unit(cast, "biomed"), **at),
        lambda: deactivate_member(member(cast, "ines"), **at),
    ]
    for attempt in tries:
        with pytest.raises(PlacetError):
            attempt()
    assert Role.objects.filter(company=company, key="x").count() == 0


def test_a_role_that_one_holds_is_changed_by_others_only(cast: Cast) -> None:
    company = Company.objects.get(slug="meridian")
    own = create_role(
        company, key="desk", name="Desk", permissions=["audit.view"], actor=cast.ines, now=cast.now
    )
    RoleGrant.objects.create(created_at=cast.now, member_id=cast.member["ines"], role=own)
    for permissions in (["order.approve"], []):
        with pytest.raises(Forbidden):
            change_role(own, name="Desk", permissions=permissions, actor=cast.ines, now=cast.now)
    clerk = clone_role(own, key="clerk", name="Clerk", actor=cast.ines, now=cast.now)
    change_role(clerk, name="Clerk", permissions=["order.approve"], actor=cast.ines, now=cast.now)
    assert again(cast.ines).grants >= cast.ines.grants
    with pytest.raises(PlacetError, match="built-in"):
        change_role(role(cast, "buyer"), name="B", permissions=[], actor=cast.ines, now=cast.now)


def test_a_key_of_ones_own_does_no_more_than_oneself(cast: Cast) -> None:
    key, secret = create_personal_key(
        "mine", scopes=sorted(PERMISSIONS), actor=cast.lena, now=cast.now
    )
    actor, _key = get_actor_of_key(secret, now=cast.now)
    assert key.member_id == cast.member["lena"]
    assert actor.grants == again(cast.lena).grants


def test_a_unit_admin_does_not_manage_somebody_stronger_who_sits_there(
    cast: Cast, sofia: Actor
) -> None:
    Member.objects.filter(pk=cast.member["ines"]).update(unit_id=cast.unit["icu-4"])
    at: dict[str, Any] = {"actor": sofia, "now": cast.now}
    with pytest.raises(Forbidden):
        change_member(member(cast, "ines"), title="Guest", **at)
    with pytest.raises(Forbidden):
        hand_over_member(member(cast, "ines"), to=member(cast, "pavel"), **at)
    change_member(member(cast, "pavel"), title="Deputy", **at)


def test_a_unit_admin_names_no_head_elsewhere_by_handing_over(cast: Cast, sofia: Actor) -> None:
    at: dict[str, Any] = {"actor": sofia, "now": cast.now}
    Unit.objects.filter(pk=cast.unit["biomed"]).update(head_id=cast.member["pavel"])
    with pytest.raises(Forbidden):
        hand_over_member(member(cast, "pavel"), to=member(cast, "mei"), **at)
    assert unit(cast, "biomed").head_id == cast.member["pavel"]
    Unit.objects.filter(pk=cast.unit["biomed"]).update(head=None)
    hand_over_member(member(cast, "pavel"), to=member(cast, "mei"), **at)


def test_a_unit_admin_replaces_nobody_who_approves_for_the_company(
    cast: Cast, sofia: Actor
) -> None:
    """Rashid sits in the ICU; as an approver of the whole company he is not Sofia's to move."""
    at: dict[str, Any] = {"actor": sofia, "now": cast.now}
    days = {"starts_at": cast.now, "ends_at": cast.now + timedelta(days=9)}
    mei = member(cast, "mei")
    delegate_to(mei, delegate=member(cast, "pavel"), **days, **at)
    RoleGrant.objects.create(
        created_at=cast.now, member=mei, role_id=cast.role["meridian/approver"]
    )
    tries: list[Callable[[], Any]] = [
        lambda: delegate_to(mei, delegate=member(cast, "pavel"), **days, **at),
        lambda: hand_over_member(mei, to=member(cast, "pavel"), **at),
        lambda: deactivate_member(mei, **at),
        lambda: set_absence(mei, **days, **at),
    ]
    for attempt in tries:
        with pytest.raises(Forbidden):
            attempt()
    assert member(cast, "mei").status == Member.Status.ACTIVE
