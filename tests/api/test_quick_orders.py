"""Quick orders in the API: a dry run, the rows added, and taken out again."""

from __future__ import annotations

import pytest

from placet.carts.models import CartLine
from tests.api.caller import Caller
from tests.cast import Cast
from tests.requisitions.road import fill_cart

pytestmark = pytest.mark.django_db
ROWS = [
    {"sku": "PEN-B", "quantity": "7"},
    {"sku": "GLV-OLD", "quantity": "2"},
    {"sku": "NO-SUCH"},
    {"sku": "BOX-50", "quantity": "1.000"},
]


def test_a_dry_run_adds_nothing_and_a_reversal_takes_all_out(cast: Cast, lena: Caller) -> None:
    cart = fill_cart(cast)
    address = f"/carts/{cart.pk}/line_imports"
    tried = lena.post(address, {"rows": ROWS, "dry_run": True}).json
    assert [row["code"] for row in tried["rows"]] == ["ok", "substitute", "unknown", "malformed"]
    assert (tried["good"], tried["dry_run"], tried["line_imports"]) == (1, True, [])
    assert not CartLine.objects.filter(cart=cart).exists()
    made = lena.post(address, {"rows": ROWS, "substitutes": True}).json
    added = made["line_imports"][0]
    assert {one["sku"]: one["quantity"] for one in added["added"]} == {"PEN-B": 7, "GLV-M": 2}
    undone = lena.post(f"/line_imports/{added['id']}/reversals").json
    assert undone["undone_at"]
    assert not CartLine.objects.filter(cart=cart).exists()
    assert lena.post(f"/line_imports/{added['id']}/reversals").status == 409


def test_somebody_elses_cart_is_not_there(cast: Cast, ola: Caller) -> None:
    cart = fill_cart(cast)
    assert ola.post(f"/carts/{cart.pk}/line_imports", {"rows": ROWS}).status == 404
    assert not CartLine.objects.filter(cart=cart).exists()
