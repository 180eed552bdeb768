"""Who manages a unit sees its people and those below, in lists, pages and pickers."""

import pytest

from placet.companies.actions import create_role, grant_role
from placet.companies.models import Company, Member, Role, RoleGrant, Unit
from placet.companies.queries import get_actor
from placet.core.actor import Actor
from tests.cast import Cast
from tests.cast_people import system_of
from tests.web.members.test_inviting import found, send
from tests.web.pages import page

pytestmark = pytest.mark.django_db


@pytest.fixture
def pavel(cast: Cast) -> Actor:
    """Pavel manages members, limits and units of Intensive care."""
    meridian = Company.objects.get(pk=cast.company["meridian"])
    keeps = ("member.manage", "limit.manage", "unit.manage")
    role = create_role(
        meridian,
        key="unit-admin",
        name="Unit admin",
        permissions=keeps,
        actor=system_of(meridian),
        now=cast.now,
    )
    grant_role(
        Member.objects.get(pk=cast.member["pavel"]),
        role=role,
        unit=Unit.objects.get(pk=cast.unit["icu"]),
        actor=system_of(meridian),
        now=cast.now,
    )
    return get_actor(user_id=cast.user["pavel"], company_slug="meridian", channel="web")


def test_the_list_holds_his_people_alone(cast: Cast, pavel: Actor) -> None:
    text = page(pavel, "members/")
    assert "Rashid Haddad" in text
    assert "Lena Vogt" in text
    assert "Helena Brandt" not in text
    assert "Sofia Lindqvist" not in text
    assert cast.unit["finance"] not in text


def test_a_member_of_another_unit_is_not_there(cast: Cast, pavel: Actor) -> None:
    page(pavel, f"members/{cast.member['lena']}/")
    page(pavel, f"members/{cast.member['sofia']}/", status=404)
    for path in ("edit/", "leave/", "away/", "limits/spending/"):
        page(pavel, f"members/{cast.member['sofia']}/{path}", status=404)
    page(pavel, f"members/units/{cast.unit['finance']}/", status=404)
    page(pavel, f"members/units/{cast.unit['hospital']}/", status=404)


def test_pickers_offer_his_units_and_people(cast: Cast, pavel: Actor) -> None:
    text = page(pavel, f"members/{cast.member['lena']}/edit/")
    assert cast.unit["icu"] in text
    assert cast.unit["finance"] not in text
    assert cast.member["mei"] in text
    assert cast.member["sofia"] not in text
    leave = page(pavel, f"members/{cast.member['rashid']}/leave/")
    assert cast.member["helena"] not in leave
    assert f'value="{cast.member["pavel"]}"' not in leave


def test_his_tree_begins_at_his_unit(cast: Cast, pavel: Actor) -> None:
    text = page(pavel, "members/units/")
    assert "Intensive care" in text
    assert "ICU-4" in text
    assert "Meridian Health Group</a>" not in text
    assert "Biomedical engineering" not in text
    icu = page(pavel, f"members/units/{cast.unit['icu']}/")
    assert "Rename" in icu
    assert "Move to" not in icu
    page(pavel, f"members/units/{cast.unit['icu']}/move/", status=403)


def test_he_gives_roles_within_his_unit_only(cast: Cast, pavel: Actor) -> None:
    lena = cast.member["lena"]
    text = page(pavel, f"members/{lena}/")
    assert "Give this role" in text
    approver = cast.role["meridian/approver"]
    path = f"members/{lena}/roles/grant/"
    assert send(pavel, path, role=approver, unit=cast.unit["icu-4"])[0] == 302
    assert send(pavel, path, role=approver, unit="company")[0] == 422
    assert send(pavel, path, role=approver, unit=cast.unit["finance"])[0] == 422
    assert (
        send(pavel, path, role=cast.role["meridian/company_admin"], unit=cast.unit["icu"])[0] == 422
    )
    granted = RoleGrant.objects.filter(member_id=lena, role_id=approver)
    assert [grant.unit_id for grant in granted] == [cast.unit["icu-4"]]


def test_he_sees_no_button_that_would_be_refused(cast: Cast, pavel: Actor) -> None:
    # Lena's role of a buyer holds for the company: it is not his to take.
    assert "Take away" not in page(pavel, f"members/{cast.member['lena']}/")
    assert "Take away" in page(pavel, f"members/{cast.member['mei']}/")
    admin = Role.objects.get(pk=cast.role["meridian/company_admin"])
    company = Company.objects.get(pk=cast.company["meridian"])
    mei = Member.objects.get(pk=cast.member["mei"])
    grant_role(mei, role=admin, actor=system_of(company), now=cast.now)
    text = page(pavel, f"members/{mei.pk}/")
    assert "/leave/" not in text
    assert "/edit/" not in text
    page(pavel, f"members/{mei.pk}/leave/", status=403)


def test_he_invites_into_his_units(cast: Cast, pavel: Actor) -> None:
    text = page(pavel, "members/invite/")
    assert "The whole company" not in text
    lines = "nora@meridian.example, Nora, ICU-4, Buyer@ICU-4"
    assert send(pavel, "members/invite-many/", rows=lines)[0] == 302
    assert found("nora@meridian.example").unit_id == cast.unit["icu-4"]
    status, text = send(pavel, "members/invite-many/", rows="omar@meridian.example, Omar, Finance")
    assert status == 422
    assert "You manage no unit" in text
    status, text = send(
        pavel, "members/invite-many/", rows="o@meridian.example, Omar, ICU-4, Buyer"
    )
    assert status == 422
    assert "This needs the permission" in text


def test_nobody_changes_themselves(cast: Cast, pavel: Actor) -> None:
    me = cast.member["pavel"]
    text = page(pavel, f"members/{me}/")
    assert "Give this role" not in text
    assert "Set a limit" not in text
    assert send(pavel, f"members/{me}/roles/grant/", role=cast.role["meridian/approver"])[0] == 403
    assert send(pavel, f"members/{me}/limits/spending/", version="0", mode="over")[0] == 403
    assert send(pavel, f"members/{me}/edit/", version="1")[0] == 403
