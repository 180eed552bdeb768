"""Editing on pages: the cart again, with what is kept, reset and new; an admin plans it again."""

from __future__ import annotations

import re

import pytest

from placet.carts.models import Cart, CartLine
from placet.requisitions.actions import replan_requisition
from placet.requisitions.actions.replan_requisition import preview_replan
from placet.requisitions.models import Requisition
from tests.cast import Cast
from tests.requisitions.road import INFUSION_SET, answer
from tests.web.pages import as_actor, page
from tests.web.road import approve, waiting

pytestmark = pytest.mark.django_db


def begin_edit(requisition: Requisition, cast: Cast) -> Cart:
    address = f"/c/meridian/requisitions/{requisition.number}/"
    assert "Edit</button>" in page(cast.lena, f"requisitions/{requisition.number}/")
    as_actor(cast.lena).post(address + "edit/")
    return Cart.objects.get(revises=requisition.pk)


def change(cart: Cart, quantity: int, cast: Cast) -> None:
    line = CartLine.objects.get(cart=cart, product__sku=INFUSION_SET)
    as_actor(cast.lena).post(
        f"/c/meridian/carts/{cart.pk}/lines/{line.pk}/", {"quantity": str(quantity)}
    )


def plan_hash(shown: str) -> str:
    found = re.search(r'name="plan_hash" value="([0-9a-f]{64})"', shown)
    assert found
    return found.group(1)


def test_an_edit_shows_what_becomes_of_the_approvals_and_resubmits(cast: Cast) -> None:
    requisition = waiting(cast)
    approve(requisition, "rashid", cast=cast)
    cart = begin_edit(requisition, cast)
    shown = page(cast.lena, f"carts/{cart.pk}/")
    assert f"You are editing {requisition.number}" in shown
    assert "approved this in revision 1" in shown
    change(cart, 12, cast)
    shown = page(cast.lena, f"carts/{cart.pk}/")
    assert "decides again: approved" in shown
    assert "Freezes revision 2" in shown
    told = as_actor(cast.lena).post(
        f"/c/meridian/carts/{cart.pk}/submit/", {"plan_hash": plan_hash(shown)}, follow=True
    )
    assert f"{requisition.number} is resubmitted." in told.content.decode()
    requisition.refresh_from_db()
    assert requisition.revision is not None
    assert requisition.revision.number == 2


def test_what_was_decided_meanwhile_is_shown_before_anything_is_resubmitted(cast: Cast) -> None:
    requisition = waiting(cast)
    cart = begin_edit(requisition, cast)
    change(cart, 9, cast)
    seen = plan_hash(page(cast.lena, f"carts/{cart.pk}/"))
    approve(requisition, "rashid", cast=cast)
    refused = as_actor(cast.lena).post(f"/c/meridian/carts/{cart.pk}/submit/", {"plan_hash": seen})
    assert refused.status_code == 409
    assert "What it needs has changed." in refused.content.decode()
    assert "Kept" in refused.content.decode()


def test_an_edit_is_discarded(cast: Cast) -> None:
    requisition = waiting(cast)
    cart = begin_edit(requisition, cast)
    assert "Go on editing" in page(cast.lena, f"requisitions/{requisition.number}/")
    told = as_actor(cast.lena).post(f"/c/meridian/carts/{cart.pk}/edit/discard/", follow=True)
    assert "Your changes are discarded" in told.content.decode()
    assert not Cart.objects.exclude(revises="").exists()


def test_after_the_end_the_cart_is_kept_as_a_new_purchase(cast: Cast) -> None:
    requisition = waiting(cast)
    cart = begin_edit(requisition, cast)
    answer(requisition, "approve", actor=cast.rashid, now=cast.now)
    as_actor(cast.lena).post(f"/c/meridian/requisitions/{requisition.number}/withdraw/")
    shown = page(cast.lena, f"carts/{cart.pk}/")
    assert f"{requisition.number} has ended" in shown
    told = as_actor(cast.lena).post(f"/c/meridian/carts/{cart.pk}/edit/keep/", follow=True)
    assert "This cart is a new purchase now." in told.content.decode()


def test_a_withdrawn_purchase_is_rebuilt(cast: Cast) -> None:
    requisition = waiting(cast)
    as_actor(cast.lena).post(f"/c/meridian/requisitions/{requisition.number}/withdraw/")
    assert "Rebuild cart" in page(cast.lena, f"requisitions/{requisition.number}/")
    as_actor(cast.lena).post(f"/c/meridian/requisitions/{requisition.number}/rebuild/")
    assert Cart.objects.get(rebuilds=requisition.pk).status == "open"


def test_an_admin_sees_what_planning_again_means_and_gives_a_reason(cast: Cast) -> None:
    requisition = waiting(cast)
    approve(requisition, "rashid", cast=cast)
    assert "Plan again" not in page(cast.lena, f"requisitions/{requisition.number}/")
    assert "Plan again" in page(cast.ines, f"requisitions/{requisition.number}/")
    address = f"requisitions/{requisition.number}/replan/"
    shown = page(cast.ines, address)
    assert "changes nothing" in shown
    refused = as_actor(cast.ines).post(
        f"/c/meridian/{address}", {"reason": " ", "plan_hash": plan_hash(shown)}
    )
    assert refused.status_code == 422
    told = as_actor(cast.ines).post(
        f"/c/meridian/{address}",
        {"reason": "To be sure.", "plan_hash": plan_hash(shown)},
        follow=True,
    )
    assert "is planned again by the rules of today" in told.content.decode()


def test_the_supplier_is_not_told_who_planned_it_again_and_why(cast: Cast) -> None:
    requisition = waiting(cast)
    shown = preview_replan(requisition, actor=cast.ines, now=cast.now)
    replan_requisition(
        requisition,
        reason="Spend less.",
        plan_hash=shown.planned.hash,
        actor=cast.ines,
        now=cast.now,
    )
    address = f"requisitions/{requisition.pk}/"
    seen = page(cast.lena, address)
    assert "Ines Keller had it planned again by the rules of that day" in seen
    assert "Spend less." in seen
    seen = page(cast.tomas, address)
    assert "It was planned again by the rules of that day" in seen
    assert "Ines Keller" not in seen
    assert "Spend less." not in seen
