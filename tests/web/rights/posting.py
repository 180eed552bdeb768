"""What is posted: by SKU for oneself; the plan of a shop's purchase for its buyer alone."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from placet.companies.models import Member
from placet.requisitions.posting.planning import plan_posted
from placet.requisitions.posting.showing import token_of_plan
from placet.requisitions.posting.values import PostedLine, PostedProduct, PostedPurchase
from tests.cast import Cast
from tests.requisitions.road import GLOVES
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
# A key of the company's orders for nobody, and people of the store name no member here.
OPERATIONS = read_table(
    """
                   owner peer sister head admin auditor desk store boss other parent child key
POST post_purchase   201  201    422  201   403     422  422   422  422   422    422   422 403
""",
    deactivated="401",
    suspended="403",
    anonymous="401",
)


def posted_in_a_shop(cast: Cast) -> dict[str, Any]:
    """The address of the plan of what Lena is about to buy in the shop."""
    line = PostedLine("SHOP-1", 1, PostedProduct("Wipes", 9_99))
    posted = PostedPurchase("EUR", (line,), ship_to=cast.address["ICU dock"], cost_center="4410")
    lena = Member.objects.select_related("user", "unit", "company").get(pk=cast.member["lena"])
    by_sku = PostedPurchase("EUR", (PostedLine(GLOVES, 20),), ship_to=cast.address["ICU dock"])
    actor = replace(cast.lena, channel="api")
    plan = plan_posted(by_sku, member=lena, actor=actor, now=cast.now)
    assert plan.planned is not None
    return {
        "shop_plan.token": token_of_plan(posted, lena, now=cast.now),
        "posted_plan_hash": plan.planned.hash,
    }


def operations_about_posting(cast: Cast, plan_hash: str) -> dict[str, Mapping[str, Any]]:
    """The JSON of each operation."""
    return {
        "post_purchase": {
            "currency": "EUR",
            "ship_to": cast.address["ICU dock"],
            "lines": [{"sku": GLOVES, "quantity": 20}],
            "plan_hash": plan_hash,
        }
    }
