"""Staff of the merchant: whom they see, and ordering for somebody of a customer.

The cart is one that Tomas of the order desk fills for Lena; ``boss`` gives customers to Tomas.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from tests.cast import Cast
from tests.requisitions.road import GLOVES
from tests.requisitions.test_order_on_behalf import cart_for, outlook
from tests.web.rights.table import read_table

ROWS = read_table(
    """
                         owner peer sister head admin auditor desk store boss other parent child
GET   member_customers   404   404  404    404  404   404     403  403   200  404   404    404
POST  member_customers   404   404  404    404  404   404     403  403   302  404   404    404
GET   orders_for         404   404  404    404  404   404     200  200   200  404   404    404
POST  orders_for         404   404  404    404  404   404     302  302   302  404   404    404
GET   order_for          404   404  404    404  404   404     200  404   404  404   404    404
POST  order_for_add      404   404  404    404  404   404     302  404   404  404   404    404
POST  order_for_line     404   404  404    404  404   404     302  404   404  404   404    404
POST  order_for_details  404   404  404    404  404   404     302  404   404  404   404    404
POST  order_for_submit   404   404  404    404  404   404     302  404   404  404   404    404
POST  order_for_drop     404   404  404    404  404   404     302  404   404  404   404    404
""",
    deactivated="404",
    suspended="403",
    anonymous="login",
)

OPERATIONS = read_table(
    """
                    owner peer sister head admin auditor desk store boss other parent child key
GET    get_charges              404  404  404  404  404  404  200  200  200  404  404  404  404
PUT    set_charges              404  404  404  404  404  404  403  403  200  404  404  404  404
GET    list_carts_for           404  404  404  404  404  404  200  200  200  404  404  404  404
POST   begin_cart_for_member    404  404  404  404  404  404  201  201  201  404  404  404  404
GET    get_cart_for             404  404  404  404  404  404  200  404  404  404  404  404  404
PATCH  describe_cart_for_member 404  404  404  404  404  404  200  404  404  404  404  404  404
DELETE drop_cart_for_member     404  404  404  404  404  404  204  404  404  404  404  404  404
POST   add_lines_for            404  404  404  404  404  404  201  404  404  404  404  404  404
PATCH  change_line_for_member   404  404  404  404  404  404  200  404  404  404  404  404  404
POST   order_for_member         404  404  404  404  404  404  201  404  404  404  404  404  404
""",
    deactivated="401",
    suspended="403",
    anonymous="401",
)
OF_THE_CART = (
    *("order_for", "order_for_add", "order_for_line", "order_for_details"),
    *("order_for_submit", "order_for_drop", "get_cart_for", "describe_cart_for_member"),
    *("drop_cart_for_member", "add_lines_for", "change_line_for_member", "order_for_member"),
)


def desk_of_staff(cast: Cast) -> dict[str, Any]:
    """A cart that the order desk fills for Lena, and the plan that was shown for it."""
    cart = cart_for(cast, (GLOVES, 20))
    tomas = cast.member["tomas"]
    found: dict[str, Any] = {f"{route}.cart_id": cart.pk for route in OF_THE_CART}
    line = cart.lines.get()
    return {
        **found,
        "order_for_line.line_id": line.pk,
        "change_line_for_member.line_id": line.pk,
        "member_customers.member_id": tomas,
        "get_charges.member_id": tomas,
        "set_charges.member_id": tomas,
        "staff_plan_hash": outlook(cast, cart).plan_hash,
    }


def wishes_about_staff(cast: Cast, plan_hash: str) -> dict[str, Mapping[str, Any]]:
    """The fields of each form."""
    return {
        "member_customers": {"version": "1", "sight": "these", "companies": []},
        "orders_for": {"member": cast.member["lena"], "reason": "Phoned."},
        "order_for_add": {"text": f"{GLOVES} 10"},
        "order_for_line": {"quantity": "30", "version": "1"},
        "order_for_details": {"ship_to": cast.address["ICU dock"]},
        "order_for_submit": {"plan_hash": plan_hash},
        "order_for_drop": {},
    }


def operations_about_staff(cast: Cast, plan_hash: str) -> dict[str, Mapping[str, Any]]:
    """The JSON of each operation."""
    return {
        "set_charges": {"sees_all": False, "companies": [cast.company["kowalski"]]},
        "begin_cart_for_member": {"member": cast.member["lena"], "reason": "Phoned."},
        "describe_cart_for_member": {"ship_to": cast.address["ICU dock"]},
        "add_lines_for": {"lines": [{"sku": GLOVES, "quantity": 10}]},
        "change_line_for_member": {"quantity": 30},
        "order_for_member": {"plan_hash": plan_hash},
    }
