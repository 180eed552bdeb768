#!/usr/bin/env python3
"""A shop that lets Placet approve what its customers buy: examples/shop/shop.py [ADDRESS]

It plays one against the demo (``make demo``), with nothing but the standard library: a checkout
that shows the plan, a purchase that is sent in once, webhooks that are checked, a revision after
changes were asked for, the order taken over by its ERP, and a rejection. Each function of ``Shop``
is what an existing shop has to add. docs/api/approval-service.md explains them.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import os
import queue
import sys
import time
import urllib.error
import urllib.request
import uuid
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any

TOLERANCE = 300  # seconds by which the clock of a webhook may differ from ours
PATIENCE = 60  # seconds to wait for a webhook before asking for the events that we missed


class Refused(Exception):
    """Placet said no: ``problem`` is its application/problem+json."""

    def __init__(self, problem: dict[str, Any]) -> None:
        super().__init__(f"{problem['status']} {problem['code']}: {problem['detail']}")
        self.problem = problem


class Placet:
    """The API with one key."""

    def __init__(self, address: str, key: str, member: str = "") -> None:
        self.base, self.key, self.member = f"{address}/api/v1", key, member

    def call(self, method: str, path: str, body: Any = None, idempotency: str = "") -> Any:
        """The JSON of the answer; raises ``Refused``.

        The same ``idempotency`` may be sent as often as it takes to get an answer: it happens once.
        """
        headers = {"Authorization": f"Bearer {self.key}", "Content-Type": "application/json"}
        if self.member:
            headers["Placet-Member"] = self.member
        if method == "POST":
            headers["Idempotency-Key"] = idempotency or str(uuid.uuid4())
        sent = None if body is None else json.dumps(body).encode()
        for attempt in range(5):
            request = urllib.request.Request(  # noqa: S310
                self.base + path, sent, headers, method=method
            )
            try:
                with urllib.request.urlopen(request, timeout=30) as answer:  # noqa: S310
                    return json.loads(answer.read() or b"null")
            except urllib.error.HTTPError as error:
                problem = json.loads(error.read())
                if error.code not in (429, 503):
                    raise Refused(problem) from None
                time.sleep(float(error.headers.get("Retry-After", 1)))
            except (urllib.error.URLError, TimeoutError):
                # The answer was lost, and perhaps not the request: the same key makes it safe.
                time.sleep(2**attempt)
        raise TimeoutError(f"no answer: {method} {path}")


def is_from_placet(secrets: list[str], headers: Any, body: bytes) -> bool:
    """Standard Webhooks: HMAC-SHA256 of id, timestamp and body, with each secret that is valid.

    While a secret is rotated there are two signatures; one that fits is enough.
    """
    message_id, at = headers.get("webhook-id", ""), headers.get("webhook-timestamp", "")
    if not at.isdigit() or abs(time.time() - int(at)) > TOLERANCE:
        return False
    signed = f"{message_id}.{at}.".encode() + body
    given = [one.partition(",")[2] for one in headers.get("webhook-signature", "").split()]
    for secret in secrets:
        key = base64.b64decode(secret.removeprefix("whsec_"))
        wanted = base64.b64encode(hmac.new(key, signed, hashlib.sha256).digest()).decode()
        if any(hmac.compare_digest(wanted, one) for one in given):
            return True
    return False


class Shop:
    """What an existing shop adds: a checkout, a receiver, a table of what it has sent in."""

    def __init__(self, placet: Placet) -> None:
        self.placet = placet
        self.secrets: list[str] = []
        self.news: queue.Queue[dict[str, Any]] = queue.Queue()
        self.seen: set[str] = set()
        self.position = 0

    def listen(self) -> None:
        """Receive webhooks, and tell Placet where."""
        shop = self

        class Receiver(BaseHTTPRequestHandler):
            """Answers at once: what is to be done is done elsewhere."""

            def do_POST(self) -> None:
                """Take a message whose signature fits, once."""
                body = self.rfile.read(int(self.headers["Content-Length"]))
                is_true = is_from_placet(shop.secrets, self.headers, body)
                self.send_response(204 if is_true else 401)
                self.end_headers()
                if is_true:
                    shop.learn(self.headers["webhook-id"], json.loads(body))

            def log_message(self, format: str, *args: Any) -> None:  # noqa: A002
                """Nothing."""

        server = ThreadingHTTPServer(("127.0.0.1", 0), Receiver)
        Thread(target=server.serve_forever, daemon=True).start()
        wanted = {
            "url": f"http://127.0.0.1:{server.server_address[1]}/placet",
            "event_types": ["requisition.*", "order.*"],
        }
        endpoint = self.placet.call("POST", "/webhook_endpoints", wanted)
        self.secrets.append(endpoint["secret"])
        events = self.placet.call("GET", "/events?limit=200")
        while events["has_more"]:
            events = self.placet.call("GET", f"/events?limit=200&after={events['next_position']}")
        self.position = events["next_position"]

    def learn(self, message_id: str, message: dict[str, Any]) -> None:
        """Keep news of our own carts; a message may come twice, and then has the same id."""
        if message_id not in self.seen and message["data"].get("is_from_shop"):
            self.seen.add(message_id)
            self.news.put(message)

    def wait_for(self, event_type: str, cart_id: str) -> dict[str, Any]:
        """The news of this kind about a cart; without a webhook for long, what we missed."""
        until, kept = time.monotonic() + PATIENCE, []
        while True:
            try:
                left = until - time.monotonic()
                message = self.news.get(timeout=min(max(left, 0.01), PATIENCE))
            except queue.Empty:
                self.catch_up()
                until = time.monotonic() + PATIENCE
                continue
            if (message["type"], message["data"]["external_id"]) == (event_type, cart_id):
                for one in kept:
                    self.news.put(one)
                return message
            kept.append(message)

    def catch_up(self) -> None:
        """The events behind the last position that we have: the same facts, in order."""
        page = self.placet.call("GET", f"/events?limit=200&after={self.position}")
        for event in page["data"]:
            self.learn(event["id"], event)
        self.position = page["next_position"]

    def plan(self, purchase: dict[str, Any]) -> dict[str, Any]:
        """What the checkout shows before the button is pressed; nothing is written by it."""
        plan = self.placet.call("POST", "/requisitions?dry_run=true", purchase)
        print(f"  checkout: {plan['sentence']}")
        for check in plan["checks"]:
            print(f"  checkout: we check it ourselves: {check}")
        return plan

    def submit(self, purchase: dict[str, Any], plan_hash: str) -> str:
        """Send the purchase in; the cart's id is the idempotency key of the content.

        Somebody else's change of rules or budgets is a 409 with the plan that holds now: a real
        shop shows it and lets its buyer press the button again.
        """
        for _again in range(3):
            body = {**purchase, "plan_hash": plan_hash, "warnings_read": True}
            key = f"{purchase['external_id']}-{plan_hash[:40]}"
            try:
                return self.placet.call("POST", "/requisitions", body, key)["id"]
            except Refused as refused:
                if refused.problem["code"] == "external_id_taken":
                    return refused.problem["requisition"]
                if refused.problem["code"] != "plan_changed":
                    raise
                plan_hash = refused.problem["plan"]["plan_hash"]
                print(f"  checkout: it changed. {refused.problem['plan']['sentence']}")
        raise RuntimeError("the plan changes faster than anybody can press a button")

    def revise(self, requisition_id: str, purchase: dict[str, Any]) -> None:
        """The buyer has changed the cart: post all of it again."""
        path = f"/requisitions/{requisition_id}/revisions"
        body = {key: purchase[key] for key in purchase if key not in ("member", "external_id")}
        plan = self.placet.call("POST", f"{path}?dry_run=true", body)
        print(f"  checkout: {plan['kept']} approvals stay, {plan['reset']} are asked again")
        body |= {"plan_hash": plan["plan_hash"], "warnings_read": True}
        self.placet.call("POST", path, body, f"{requisition_id}-{plan['plan_hash'][:40]}")

    def take_over(self, order_id: str) -> str:
        """The ERP fetches what is pending and says its own number; twice changes nothing."""
        cursor = ""
        while True:
            page = self.placet.call("GET", f"/orders?export_state=pending&limit=200{cursor}")
            if any(order["id"] == order_id for order in page["data"]):
                break
            if not page["has_more"]:
                raise LookupError(f"{order_id} is not pending")
            cursor = f"&cursor={page['next_cursor']}"
        number = f"SHOP-{order_id[-6:].upper()}"
        path = f"/orders/{order_id}/acknowledgements"
        self.placet.call("POST", path, {"erp_number": number}, f"take-{order_id}")
        self.placet.call("POST", path, {"erp_number": number}, f"take-{order_id}")
        return number


def make_cart(buyer: str, ship_to: str, cart_id: str, bags: int) -> dict[str, Any]:
    """What lies in the shop's own cart: nothing of it has to be in Placet's catalog."""
    return {
        "member": buyer,
        "external_id": cart_id,
        "shop_url": f"https://shop.norden.example/carts/{cart_id}",
        "name": f"Shop cart {cart_id}",
        "currency": "EUR",
        "ship_to": ship_to,
        "cost_center": "4410",
        "po_number": "PR-88130",
        "shipping": [{"amount_minor": 990}],
        "shipping_tax_basis_points": 1900,
        "lines": [
            {
                "sku": "SHOP-WIPES-200",
                "name": "Disinfecting wipes, 200 a bag",
                "category": "consumables/disinfection",
                "brand": "Norden",
                "pack": "bag",
                "quantity": bags,
                "unit_price_minor": 999,
                "tax_basis_points": 1900,
            }
        ],
    }


def decide(rashid: Placet, requisition_id: str, decision: str, reason: str = "") -> None:
    """The demo's approver, with a key of his own; a real one uses pages and mails."""
    steps = rashid.call("GET", "/steps?limit=200")["data"]
    step = next(one for one in steps if one["requisition"] == requisition_id)
    said = {"decision": decision, "revision_hash": step["revision_hash"], "reason": reason}
    rashid.call("POST", f"/steps/{step['id']}/decisions", said)
    print(f"Rashid: {decision}. {reason}")


def main(address: str, keys: dict[str, Any]) -> None:
    """One purchase that is changed and ordered, and one that is rejected."""
    members = keys["members"]
    lena = Placet(address, keys["keys"]["meridian"], members["lena"])
    rashid = Placet(address, keys["keys"]["rashid"])
    shop = Shop(Placet(address, keys["keys"]["store"]))
    shop.listen()
    # A shop knows its customers' addresses; here it asks with the customer's own key.
    places = lena.call("GET", "/addresses?kind=ship_to")["data"]

    def cart_of(cart_id: str, bags: int) -> dict[str, Any]:
        return make_cart(members["lena"], places[0]["id"], cart_id, bags)

    stamp = uuid.uuid4().hex[:8]
    print("A cart of 120 bags")
    cart = cart_of(f"A-{stamp}", 120)
    plan = shop.plan(cart)
    requisition_id = shop.submit(cart, plan["plan_hash"])
    assert shop.submit(cart, plan["plan_hash"]) == requisition_id, "sent twice, there once"
    decide(rashid, requisition_id, "request_changes", "Half of it will do.")
    news = shop.wait_for("requisition.changes_requested", cart["external_id"])
    print(f"  webhook: {news['type']} about {news['data']['external_id']}")
    shop.revise(requisition_id, cart_of(cart["external_id"], 60))
    decide(rashid, requisition_id, "approve")
    order = shop.wait_for("order.created", cart["external_id"])["data"]["id"]
    print(f"  webhook: order.created; our ERP took it over as {shop.take_over(order)}")

    print("A cart of 90 bags")
    other = cart_of(f"B-{stamp}", 90)
    # Somebody put more into the cart in another tab: the plan of 80 is not the plan of 90.
    rejected = shop.submit(other, shop.plan(cart_of(f"B-{stamp}", 80))["plan_hash"])
    decide(rashid, rejected, "reject", "We have enough.")
    news = shop.wait_for("requisition.rejected", other["external_id"])
    print(f"  webhook: {news['type']} about {news['data']['external_id']}")
    print("The shop is connected.")


if __name__ == "__main__":
    where = sys.argv[1] if len(sys.argv) > 1 else os.environ.get("PLACET_ADDRESS", "")
    where = (where or "http://127.0.0.1:8000").rstrip("/")
    with urllib.request.urlopen(f"{where}/demo/keys.json", timeout=30) as shown:  # noqa: S310
        main(where, json.loads(shown.read()))
