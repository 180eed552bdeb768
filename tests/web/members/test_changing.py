"""A membership is changed on the page: only what differs, and never over somebody else's change."""

import pytest

from placet.companies.models import Member, RoleGrant
from tests.cast import Cast
from tests.web.members.test_inviting import send
from tests.web.pages import page

pytestmark = pytest.mark.django_db


def form_of(cast: Cast, **changes: str) -> dict[str, str]:
    """The form of Lena as it was read."""
    return {
        "version": "1",
        "unit": cast.unit["icu-4"],
        "manager": "",
        "title": "Ward manager",
        "language": "en",
        "time_zone": "Europe/Berlin",
        **changes,
    }


def test_unit_manager_and_title_change(cast: Cast) -> None:
    path = f"members/{cast.member['lena']}/edit/"
    wanted = form_of(cast, unit=cast.unit["icu"], manager=cast.member["mei"], title="Head nurse")
    assert send(cast.ines, path, **wanted)[0] == 302
    lena = Member.objects.get(pk=cast.member["lena"])
    assert (lena.unit_id, lena.manager_id, lena.title) == (
        cast.unit["icu"],
        cast.member["mei"],
        "Head nurse",
    )
    status, text = send(cast.ines, path, **form_of(cast, title="Late"))
    assert status == 422
    assert "Somebody changed this meanwhile" in text
    assert 'value="Late"' in text


def test_a_circle_of_managers_is_refused_in_words(cast: Cast) -> None:
    Member.objects.filter(pk=cast.member["mei"]).update(manager=cast.member["lena"])
    wanted = form_of(cast, manager=cast.member["mei"])
    status, text = send(cast.ines, f"members/{cast.member['lena']}/edit/", **wanted)
    assert status == 422
    assert "would make the managers a circle" in text


def test_a_manager_whom_the_admin_could_not_name_may_stay(cast: Cast) -> None:
    Member.objects.filter(pk=cast.member["lena"]).update(manager=cast.member["ines"])
    path = f"members/{cast.member['lena']}/edit/"
    wanted = form_of(cast, manager=cast.member["ines"], title="Nurse")
    assert send(cast.ines, path, **wanted)[0] == 302
    assert Member.objects.get(pk=cast.member["lena"]).title == "Nurse"


def test_roles_are_given_for_a_place_and_taken_away(cast: Cast) -> None:
    lena, approver = cast.member["lena"], cast.role["meridian/approver"]
    path = f"members/{lena}/roles/grant/"
    assert send(cast.ines, path, role=approver, unit=cast.unit["icu"])[0] == 302
    grant = RoleGrant.objects.get(member_id=lena, role_id=approver)
    text = page(cast.ines, f"members/{lena}/")
    assert "Approve purchases" in text
    assert "Intensive care and below" in text
    assert send(cast.ines, f"members/{lena}/roles/{grant.pk}/revoke/")[0] == 302
    assert not RoleGrant.objects.filter(pk=grant.pk).exists()
    assert send(cast.ines, f"members/{lena}/roles/{grant.pk}/revoke/")[0] == 404


def test_order_of_the_list_is_in_the_address(cast: Cast) -> None:
    text = page(cast.ines, "members/?sort=name").partition("<table")[2]
    assert text.index("Anika Roth") < text.index("Lena Vogt") < text.index("Sofia Lindqvist")
    page(cast.ines, "members/?sort=no-such-order")
