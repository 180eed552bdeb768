"""A thousand requests that nobody should send: never a 5xx, never a decision, nothing torn."""

from __future__ import annotations

import json
import random
from typing import Any

import pytest

from placet.jobs.verify import verify
from placet.orders.models import Order
from placet.policy.starters import no_rules
from placet.requisitions.models import Decision
from tests.api.caller import Caller, document
from tests.api.road import fill_cart, submit
from tests.api.test_reach import BODIES, operations
from tests.cast import Cast

pytestmark = pytest.mark.django_db

REQUESTS = 1_000
MORE_BODIES: dict[tuple[str, str], Any] = {
    ("post", "/carts"): {"name": "Week"},
    ("post", "/plans"): {
        "amount": {"amount_minor": 1_000, "currency": "EUR"},
        "category": "office",
    },
    ("post", "/rulebooks"): {"name": "ICU", "side": "buyer"},
    ("post", "/rulebooks/check"): {"document": no_rules(), "examples": []},
    ("post", "/companies"): {
        "name": "Lund",
        "slug": "lund",
        "currency": "EUR",
        "time_zone": "UTC",
        "founder": {"name": "Eva", "email": "eva@lund.example"},
    },
    ("post", "/imports"): {"kind": "cost_centers", "rows": [{"code": "1", "name": "One"}]},
    ("post", "/units"): {"name": "Ward", "parent": None, "metadata": {"a": "b"}},
    ("post", "/members"): {"name": "Eva", "email": "eva@lund.example", "unit": "x", "roles": []},
    ("post", "/members/invitations"): {"members": []},
    ("post", "/roles"): {"key": "ward", "name": "Ward", "permissions": ["order.submit"]},
    ("post", "/delegations"): {
        "principal": "x",
        "delegate": "x",
        "starts_at": "2026-12-01T00:00:00Z",
        "ends_at": "2026-12-24T00:00:00Z",
    },
    ("post", "/absences"): {
        "member": "x",
        "starts_at": "2026-12-01T00:00:00Z",
        "ends_at": "2026-12-24T00:00:00Z",
    },
    ("post", "/addresses"): {
        "kind": "ship_to",
        "name": "Dock",
        "street": "Weg 1",
        "postcode": "1",
        "city": "Bonn",
        "country": "DE",
    },
    ("post", "/cost_centers"): {"code": "1", "name": "One", "owner": None},
    ("post", "/reference_fields"): {"key": "ward", "name": "Ward", "choices": []},
    ("post", "/webhook_endpoints"): {"url": "https://erp.example/x", "event_types": ["order.*"]},
}
HOSTILE: tuple[Any, ...] = (
    *(None, True, 0, -1, 0.5, 10**15, -(10**15), 2**31, 2**63, 10**30, [], {}, [[]], {"a": {}}),
    *("", " ", "\x00", "x" * 5_000, "\u202egnp.exe", "Ａ１", "İı", "e\u0301", "\U0001f6d2", "%00"),
    *("' OR 1=1 --", "<script>", "../..", "0", "-1", "1e9", "NaN", "null", "=cmd()", "\r\nX: y"),
    *("https://[::1]/", "http://169.254.169.254/", "javascript:alert(1)", "2026-02-30", "\ud800"),
)
IN_ADDRESSES = ("x", "%00", "%2e%2e", "%E2%80%AE", "0", "-1", "9" * 40, "%27", "a%0d%0ab", "%ff")


def spoilt(chance: random.Random, body: Any) -> Any:
    """The body with one value, one name, or everything replaced by something hostile."""
    hostile = chance.choice(HOSTILE)
    if not isinstance(body, dict) or not body or chance.random() < 0.1:
        return hostile if isinstance(hostile, dict) else {"x": hostile}
    changed = dict(body)
    name = chance.choice(sorted(changed))
    if chance.random() < 0.15:
        changed[str(hostile)[:50]] = changed.pop(name)
    elif isinstance(changed[name], list) and chance.random() < 0.5:
        changed[name] = [hostile, *changed[name]]
    else:
        changed[name] = hostile
    return changed


def address(chance: random.Random, template: str, things: dict[str, str]) -> str:
    """The address with good ids, or with hostile ones; sometimes with a hostile filter."""
    filled = template
    for name, value in things.items():
        chosen = chance.choice(IN_ADDRESSES) if chance.random() < 0.15 else value
        filled = filled.replace("{" + name + "}", chosen)
    if chance.random() < 0.4:
        name = chance.choice(["limit", "cursor", "after", "status", "q", "category", "x%00"])
        filled += f"?{name}={chance.choice(IN_ADDRESSES)}"
    return filled


def test_a_thousand_hostile_requests(
    lena: Caller, rashid: Caller, norden: Caller, ines: Caller, cast: Cast
) -> None:
    requisition = submit(lena, fill_cart(lena, cast))
    cart_id = fill_cart(lena, cast)
    things = {
        "cart_id": cart_id,
        "line_id": lena.get(f"/carts/{cart_id}").json["lines"][0]["id"],
        "requisition_id": requisition["id"],
        "step_id": requisition["steps"][0]["id"],
        "number": "1",
        "member_id": cast.member["lena"],
        "unit_id": cast.unit["icu"],
        "role_id": cast.role["meridian/finance"],
        "company_id": cast.company["meridian"],
        "address_id": cast.address["ICU dock"],
        "cost_center_id": cast.cost_center["meridian/4410"],
        "use": "spending",
        "kind": "cost_centers",
        "sku": "GLV-M",
    }
    for path in document()["paths"]:
        for part in path.split("{")[1:]:
            things.setdefault(part.split("}")[0], "x")
    chance = random.Random(48)
    everything = sorted(operations())
    bodies = {**BODIES, **MORE_BODIES}
    seen: set[int] = set()
    for _ in range(REQUESTS):
        method, template = chance.choice(everything)
        caller = chance.choice([lena, rashid, norden, ines])
        path = address(chance, template, things)
        if method == "get":
            said = caller.send("GET", path)
        else:
            body = spoilt(chance, bodies.get((method, template)))
            sent = str(body).encode("utf-8", "replace") if chance.random() < 0.1 else escaped(body)
            headers = {"idempotency_key": f"fuzz-{chance.randrange(50)}", "if_match": "*"}
            said = caller.send(method.upper(), path, sent, **headers)
        assert said.status < 500, (method, path, said.json)
        seen.add(said.status)
    assert {200, 403, 404, 422} <= seen
    assert not Decision.objects.exists()
    assert not Order.objects.exists()
    assert list(verify()) == []


def escaped(body: Any) -> bytes:
    """JSON in ASCII, so that half characters arrive as such."""
    return json.dumps(body).encode()
