"""Assortments on their pages: a company's own, and the merchant's for a customer."""

from __future__ import annotations

from typing import Any

import pytest

from placet.catalog.models import Assortment
from placet.core.actor import Actor
from tests.cast import Cast
from tests.web.pages import as_actor, page, queries_of

pytestmark = pytest.mark.django_db
WISH = {"name": "No office", "effect": "deny", "categories": ["office/"], "audience": "company:"}


def send(actor: Actor, path: str, **wish: Any) -> Any:
    """What comes back."""
    return as_actor(actor).post(f"/c/{actor.company_slug}/{path}", wish)


def test_an_admin_makes_changes_and_closes_one(cast: Cast) -> None:
    icu = cast.unit["icu"]
    assert "Everybody may order everything" in page(cast.ines, "assortments/")
    wish = {**WISH, "audience": f"unit:{icu}", "products": "GLV-L, glv"}
    refused = send(cast.ines, "assortments/new/", **wish)
    assert refused.status_code == 422
    assert "Unknown: glv." in refused.content.decode()
    assert "No office" in refused.content.decode()
    made = send(cast.ines, "assortments/new/", **{**wish, "products": "GLV-L\nGLV-S"})
    assert made.status_code == 302
    found = Assortment.objects.get()
    assert (found.unit_id, found.entries.count(), found.side) == (icu, 3, "buyer")
    assert "and below" in page(cast.ines, "assortments/")
    assert "GLV-L" in page(cast.ines, f"assortments/{found.pk}/")
    wish = {**WISH, "name": "Only office", "effect": "allow", "version": "1"}
    assert send(cast.ines, f"assortments/{found.pk}/", **wish).status_code == 302
    assert send(cast.ines, f"assortments/{found.pk}/", **wish).status_code == 422
    found.refresh_from_db()
    assert (found.effect, found.unit_id) == ("allow", None)
    assert send(cast.ines, f"assortments/{found.pk}/close/").status_code == 302
    assert "Only office" in page(cast.ines, "assortments/?state=closed")


def test_what_would_somebody_see(cast: Cast) -> None:
    send(cast.ines, "assortments/new/", **WISH)
    lena = cast.member["lena"]
    shown = page(cast.ines, f"assortments/?member={lena}&sku=PEN-B")
    assert "Lena Vogt may not order Ballpoint pen, blue." in shown
    assert "0 of 4" in shown, "of what is on sale in the office"
    assert "Lena Vogt may order Nitrile gloves, M." in page(
        cast.ines, f"assortments/?member={lena}&sku=GLV-M"
    )
    page(cast.ines, f"assortments/?member={cast.member['ola']}", status=404)


def test_the_merchant_keeps_them_for_a_customer(cast: Cast) -> None:
    path = f"customers/{cast.company['meridian']}/assortments/"
    assert send(cast.mira, f"{path}new/", **WISH).status_code == 302
    made = Assortment.objects.get()
    assert (made.side, made.company_id) == ("merchant", cast.company["meridian"])
    assert "No office" in page(cast.mira, path)
    assert 'name="audience"' not in page(cast.mira, f"assortments/{made.pk}/")
    assert "No office" not in page(cast.ines, "assortments/")
    lena = cast.member["lena"]
    told = page(cast.ines, f"assortments/?member={lena}&sku=PEN-B")
    assert "There is no product PEN-B." in told, "nothing tells the company that there is"
    page(cast.ines, f"assortments/{made.pk}/", status=404)
    assert send(cast.mira, f"assortments/{made.pk}/close/").status_code == 302


def test_outsiders_find_nothing(cast: Cast) -> None:
    send(cast.ines, "assortments/new/", **WISH)
    made = Assortment.objects.get()
    for person in (cast.jan, cast.mira, cast.minjun):
        page(person, f"assortments/{made.pk}/", status=404)
        assert send(person, f"assortments/{made.pk}/close/").status_code == 404
    page(cast.lena, "assortments/", status=403)
    page(cast.mira, "assortments/", status=404)
    page(cast.tomas, f"customers/{cast.company['meridian']}/assortments/", status=403)
    page(cast.ines, f"customers/{cast.company['meridian']}/assortments/", status=404)


def test_a_family_has_them_for_everybody_or_one(cast: Cast) -> None:
    shown = page(cast.minjun, "assortments/new/")
    assert "Yuna Park" in shown
    assert "Holders of a role" not in shown
    wish = {**WISH, "audience": f"member:{cast.member['yuna']}"}
    assert send(cast.minjun, "assortments/new/", **wish).status_code == 302


def test_more_of_them_cost_no_more_queries(cast: Cast) -> None:
    send(cast.ines, "assortments/new/", **{**WISH, "products": "GLV-L"})
    address = f"assortments/?member={cast.member['lena']}"
    before = queries_of(cast.ines, address)
    for number in range(8):
        wish = {**WISH, "name": f"No {number}", "products": "GLV-S GLV-M"}
        send(cast.ines, "assortments/new/", **wish)
    assert queries_of(cast.ines, address) == before
