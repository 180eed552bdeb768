"""What lies outside one's reach does not exist: every address, with other people's ids."""

from __future__ import annotations

from typing import Any

import pytest

from placet.budgets.models import Budget
from placet.events.actions import place_events
from placet.rulebooks.models import Rulebook
from placet.webhooks.models import Delivery, Endpoint
from tests.api.caller import Caller, document, key_of
from tests.api.road import decide, fill_cart, submit
from tests.cast import Cast

pytestmark = pytest.mark.django_db

HASH = "0" * 64
# A good body for every address that takes one: only reach can be why it is refused.
BODIES: dict[tuple[str, str], Any] = {
    ("patch", "/carts/{cart_id}"): {"name": "Mine now"},
    ("post", "/carts/{cart_id}/submissions"): {"plan_hash": HASH},
    ("post", "/carts/{cart_id}/lines"): {"sku": "GLV-M", "quantity": 1},
    ("patch", "/carts/{cart_id}/lines/{line_id}"): {"quantity": 9},
    ("delete", "/carts/{cart_id}/lines/{line_id}"): None,
    ("post", "/carts/{cart_id}/pastes"): {"text": "GLV-M 1"},
    ("post", "/carts/{cart_id}/comments"): {"text": "Hello"},
    ("post", "/carts/{cart_id}/resolutions"): {},
    ("post", "/requisitions/{requisition_id}/withdrawals"): {},
    ("post", "/steps/{step_id}/decisions"): {"decision": "approve", "revision_hash": HASH},
    ("post", "/orders/{order_id}/acknowledgements"): {"erp_number": "SO-1"},
    ("post", "/orders/{order_id}/failures"): {"reason": "No"},
    ("post", "/orders/{order_id}/retries"): {},
    ("post", "/webhook_endpoints/{endpoint_id}/rotations"): {},
    ("post", "/webhook_endpoints/{endpoint_id}/disablements"): {},
    ("post", "/webhook_endpoints/{endpoint_id}/enablements"): {},
    ("post", "/webhook_endpoints/{endpoint_id}/test_events"): {},
    ("post", "/deliveries/{delivery_id}/replays"): {},
    ("patch", "/rulebooks/{rulebook_id}"): {"name": "Mine now"},
    ("put", "/rulebooks/{rulebook_id}/draft"): {"document": {}},
    ("delete", "/rulebooks/{rulebook_id}/draft"): None,
    ("post", "/rulebooks/{rulebook_id}/publications"): {"version": 1},
}
OPEN_TO_ALL = {"/products/{sku}"}
LISTS_OF_THE_MERCHANT = {"/products", "/categories"}


@pytest.fixture
def things(
    lena: Caller, rashid: Caller, jonas: Caller, ines: Caller, meridian: Caller, cast: Cast
) -> dict[str, str]:
    """An id of Meridian's for every name in an address."""
    open_cart = fill_cart(lena, cast)
    requisition = submit(lena, fill_cart(lena, cast))
    decision = decide(rashid, requisition)
    decide(jonas, requisition)
    hook = meridian.post("/webhook_endpoints", {"url": "https://erp.example/hook"}).json
    meridian.post(f"/webhook_endpoints/{hook['id']}/test_events")
    return {
        "cart_id": open_cart,
        "line_id": lena.get(f"/carts/{open_cart}").json["lines"][0]["id"],
        "requisition_id": requisition["id"],
        "number": "1",
        "step_id": decision["step"],
        "decision_id": decision["id"],
        "order_id": lena.get("/orders").json["data"][0]["id"],
        "budget_id": Budget.objects.get(company_id=cast.company["meridian"]).id,
        "rulebook_id": Rulebook.objects.filter(company_id=cast.company["meridian"])[0].id,
        "member_id": cast.member["lena"],
        "endpoint_id": Endpoint.objects.get().id,
        "delivery_id": Delivery.objects.get().id,
    }


def operations() -> list[tuple[str, str]]:
    """Every method and address of the API, without the prefix."""
    return [
        (method, path.removeprefix("/api/v1"))
        for path, methods in document()["paths"].items()
        for method in methods
    ]


def ask(caller: Caller, method: str, path: str) -> Any:
    """Ask with a good body, a fresh key and any version."""
    if method == "get":
        return caller.get(path[0])
    if method == "post":
        return caller.post(path[0], BODIES[method, path[1]])
    return caller.send(method.upper(), path[0], BODIES[method, path[1]], if_match="*")


def test_every_address_with_foreign_ids_is_not_found(
    things: dict[str, str], ola: Caller, lena: Caller, cast: Cast
) -> None:
    outsiders = [ola, key_of("kowalski"), key_of("kowalski").acting_for(cast.member["jan"])]
    for method, template in operations():
        if "{" not in template or template in OPEN_TO_ALL:
            continue
        path = template.format(**things)
        for outsider in outsiders:
            answer = ask(outsider, method, (path, template))  # type: ignore[arg-type]
            # Who may not even look at a kind of thing is told so, whatever the id is.
            expected = {404} if answer.json["code"] == "not_found" else {403}
            assert answer.status in expected, (method, template, answer.json)
            nobodys = template.format(**{**dict.fromkeys(things, "9" * 8), "number": "1"})
            same = ask(outsider, method, (nobodys, template))  # type: ignore[arg-type]
            assert (same.status, same.json["code"]) == (answer.status, answer.json["code"])
            assert same.json["detail"] == answer.json["detail"]


def test_lists_of_strangers_hold_nothing_of_ours(things: dict[str, str], ola: Caller) -> None:
    place_events()
    jan = key_of("kowalski")
    for method, path in operations():
        if method != "get" or "{" in path or path in LISTS_OF_THE_MERCHANT:
            continue
        for caller in (ola, jan):
            text = str(caller.get(path).json)
            assert not [name for name, found in things.items() if len(found) > 5 and found in text]
            assert "Meridian" not in text


def test_foreign_ids_inside_a_body_do_not_exist_either(ola: Caller, cast: Cast) -> None:
    cart = ola.post("/carts", {"name": "Warsaw"}).json
    address = f"/carts/{cart['id']}"
    for field, foreign in (
        ("cost_center", cast.cost_center["meridian/4410"]),
        ("ship_to", cast.address["ICU dock"]),
        ("bill_to", cast.address["Accounts payable"]),
        ("ship_to", cast.address["Faktury"]),
    ):
        assert ola.patch(address, {field: foreign}, if_match="*").status == 404, field
    line = ola.post(f"{address}/lines", {"sku": "GLV-M", "quantity": 2}).json
    parts = [{"quantity": 2, "ship_to": cast.address["ICU dock"]}]
    refused = ola.patch(f"{address}/lines/{line['id']}", {"allocations": parts}, if_match="*")
    assert refused.status == 404
    said = ola.post(f"{address}/comments", {"text": "Hi", "mentions": [cast.member["lena"]]})
    assert said.json["mentions"] == []
    shown = ola.get(address).json
    assert (shown["ship_to"], shown["bill_to"]) == (cart["ship_to"], cart["bill_to"])


def test_colleagues_see_a_cart_only_when_it_is_shared(
    lena: Caller, meridian: Caller, cast: Cast
) -> None:
    cart_id = fill_cart(lena, cast)
    pavel = meridian.acting_for(cast.member["pavel"])
    assert pavel.get(f"/carts/{cart_id}").status == 404
    assert pavel.get("/carts").json["data"] == []
    lena.post(f"/carts/{cart_id}/comments", {"text": "@Pavel look"})
    seen = pavel.get(f"/carts/{cart_id}")
    assert seen.json["allowed_actions"] == ["comment"]
    closed = {one["action"]: one["reason"] for one in seen.json["closed_actions"]}
    assert closed["edit"] == "Ask Lena Vogt to let you edit this cart."
    refused = pavel.post(f"/carts/{cart_id}/lines", {"sku": "GLV-M", "quantity": 1})
    assert (refused.status, refused.json["reason"]) == (403, "needs_edit")


def test_the_buyer_does_not_process_orders(things: dict[str, str], lena: Caller) -> None:
    address = f"/orders/{things['order_id']}"
    assert lena.post(f"{address}/acknowledgements", {"erp_number": "X"}).status == 403
    assert lena.post(f"{address}/failures", {"reason": "X"}).status == 403
    assert lena.get(address).json["status"] == "unprocessed"
