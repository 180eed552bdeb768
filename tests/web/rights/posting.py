"""Purchases that are posted: each member by SKU for themselves; a shop's plan for its buyer alone."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from placet.companies.models import Member
from placet.requisitions.posting.showing import token_of_plan
from placet.requisitions.posting.values import PostedLine, PostedProduct, PostedPurchase
from tests.cast import Cast
from tests.web.rights.table import read_table

ROWS = read_table(
    """
               owner peer sister head admin auditor desk store other parent child
GET shop_plan    200  404    404  404   404     404  404   404   404    404   404
""",
    deactivated="404",
    suspended="403",
    anonymous="login",
)
# Whoever may submit learns that another plan was shown; a store's own key names no member here.
OPERATIONS = read_table(
    """
                   owner peer sister head admin auditor desk store boss other parent child key
POST post_purchase   409  409    422  403   403     403  422   422  422   422    422   422 403
""",
    deactivated="401",
    suspended="403",
    anonymous="401",
)


def posted_in_a_shop(cast: Cast) -> dict[str, Any]:
    """The address of the plan of what Lena is about to buy in the shop."""
    line = PostedLine("SHOP-1", 1, PostedProduct("Wipes", 9_99))
    posted = PostedPurchase("EUR", (line,), ship_to=cast.address["ICU dock"], cost_center="4410")
    lena = Member.objects.get(pk=cast.member["lena"])
    return {"shop_plan.token": token_of_plan(posted, lena, now=cast.now)}


def operations_about_posting(cast: Cast) -> dict[str, Mapping[str, Any]]:
    """The JSON of each operation."""
    return {
        "post_purchase": {
            "currency": "EUR",
            "ship_to": cast.address["ICU dock"],
            "lines": [{"sku": "GLV-M", "quantity": 20}],
            "plan_hash": "x",
        }
    }
