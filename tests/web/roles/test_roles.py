"""Roles on their pages: what they allow, clones, changes, two side by side."""

import pytest

from placet.companies.models import Role
from tests.cast import Cast
from tests.web.members.test_inviting import send
from tests.web.pages import page

pytestmark = pytest.mark.django_db


def test_the_list_counts_who_holds_each(cast: Cast) -> None:
    text = page(cast.ines, "members/roles/")
    assert "Built in" in text
    assert "3 members" in text.partition("Biomedical engineering")[2]
    page(cast.lena, "members/roles/", status=403)


def test_every_permission_has_a_sentence(cast: Cast) -> None:
    text = page(cast.ines, f"members/roles/{cast.role['meridian/buyer']}/")
    assert "Fill carts and send them on" in text
    assert "Process orders" not in text
    assert "A built-in role stays as it is" in text
    assert "/edit/" not in text
    page(cast.ines, f"members/roles/{cast.role['kowalski/buyer']}/", status=404)


def test_a_built_in_role_is_cloned_and_the_clone_is_changed(cast: Cast) -> None:
    buyer = cast.role["meridian/buyer"]
    text = page(cast.ines, f"members/roles/new/?of={buyer}")
    assert "Copy of Buyer" in text
    assert 'value="order.submit" checked' in text
    wanted = {"name": "Buyer of the night", "permissions": ["order.submit", "price.view"]}
    assert send(cast.ines, f"members/roles/new/?of={buyer}", **wanted)[0] == 302
    role = Role.objects.get(key="buyer-of-the-night")
    assert role.permissions == ["order.submit", "price.view"]
    path = f"members/roles/{role.pk}/edit/"
    form = {"version": "1", "name": "Night", "permissions": ["order.submit"]}
    assert send(cast.ines, path, **form)[0] == 302
    role.refresh_from_db()
    assert (role.name, role.key, role.permissions) == (
        "Night",
        "buyer-of-the-night",
        ["order.submit"],
    )
    assert send(cast.ines, path, **form)[0] == 422
    built_in = f"members/roles/{buyer}/edit/"
    assert send(cast.ines, built_in, **form)[0] == 403


def test_two_roles_of_one_name_have_two_keys(cast: Cast) -> None:
    for _time in range(2):
        assert send(cast.ines, "members/roles/new/", name="Łódź – night")[0] == 302
    made = Role.objects.filter(name="Łódź – night").order_by("id")
    assert len({role.key for role in made}) == 2


def test_two_roles_stand_side_by_side(cast: Cast) -> None:
    buyer, approver = cast.role["meridian/buyer"], cast.role["meridian/approver"]
    text = page(cast.ines, f"members/roles/compare/?first={buyer}&second={approver}")
    row = text.partition("Approve purchases")[2].partition("</tr>")[0]
    assert row.index("No") < row.index("Yes")
    assert 'class="differs"' in text
    same = page(cast.ines, f"members/roles/compare/?first={buyer}&second={buyer}")
    assert "Both allow the same" in same
    page(cast.ines, f"members/roles/compare/?first={cast.role['kowalski/buyer']}", status=404)


def test_a_right_that_one_lacks_is_shown_closed_and_kept(cast: Cast) -> None:
    # Mira manages the store and defines no roles; the owner does, and holds no budgets there.
    text = page(cast.odd, "members/roles/new/")
    assert 'value="budget.manage" disabled' in text
    wanted = {"name": "Odd", "permissions": ["budget.manage", "customer.view"]}
    assert send(cast.odd, "members/roles/new/", **wanted)[0] == 302
    assert Role.objects.get(name="Odd").permissions == ["customer.view"]
