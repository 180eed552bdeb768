"""What lies outside one's reach does not exist: every address, with other people's ids."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest

from placet.budgets.models import Budget
from placet.companies.models import Member, SavedView
from placet.events.actions import place_events
from placet.notices.models import Notice
from placet.notices.outbox import read_outbox as read_notices
from placet.orders.models import OrderRequest, Shipment
from placet.plans.back_test import start_back_test
from placet.policy.starters import no_rules
from placet.quotes.models import OfferRelease, QuoteTemplate
from placet.requisitions.actions import delegate_to, set_absence
from placet.requisitions.models import Step, Suggestion
from placet.rulebooks.models import Rulebook
from placet.webhooks.models import Delivery, Endpoint
from tests.api.caller import Caller, document, key_of
from tests.api.road import decide, fill_cart, submit
from tests.cast import Cast
from tests.web.rights.connecting import connected_things
from tests.web.rights.exporting import exporting_things
from tests.web.rights.imports import import_things
from tests.web.rights.links import link_things
from tests.web.rights.lists import listed_things
from tests.web.rights.organisation import build_organisation
from tests.web.rights.store import kept_things

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
    ("post", "/requisitions/{requisition_id}/placements"): {},
    ("post", "/steps/{step_id}/decisions"): {"decision": "approve", "revision_hash": HASH},
    ("post", "/orders/{order_id}/acknowledgements"): {"erp_number": "SO-1"},
    ("post", "/orders/{order_id}/failures"): {"reason": "No"},
    ("post", "/orders/{order_id}/retries"): {},
    ("post", "/webhook_endpoints/{endpoint_id}/rotations"): {},
    ("post", "/webhook_endpoints/{endpoint_id}/disablements"): {},
    ("post", "/webhook_endpoints/{endpoint_id}/enablements"): {},
    ("post", "/webhook_endpoints/{endpoint_id}/test_events"): {},
    ("patch", "/webhook_endpoints/{endpoint_id}"): {"status": "disabled"},
    ("post", "/webhook_endpoints/{endpoint_id}/replays"): {"position": 0},
    ("post", "/deliveries/{delivery_id}/replays"): {},
    ("patch", "/rulebooks/{rulebook_id}"): {"name": "Mine now"},
    ("put", "/rulebooks/{rulebook_id}/draft"): {"document": {}},
    ("delete", "/rulebooks/{rulebook_id}/draft"): None,
    ("post", "/rulebooks/{rulebook_id}/publications"): {"version": 1},
    ("post", "/rulebooks/{rulebook_id}/back_tests"): {"document": no_rules(), "days": 30},
    ("post", "/runs/{run_id}/cancellations"): {},
    ("post", "/imports/{import_id}/reversals"): {},
    ("patch", "/budgets/{budget_id}"): {"name": "Mine now"},
    ("post", "/budgets/{budget_id}/closures"): {},
    ("post", "/budgets/{budget_id}/adjustments"): {"amount_minor": 1, "reason": "More"},
    ("post", "/budgets/{budget_id}/transfers"): {
        "target": "bud_1",
        "amount_minor": 1,
        "reason": "Moved",
    },
    ("put", "/companies/{customer_id}/credit"): {"limit_minor": 1_000},
    ("delete", "/companies/{customer_id}/credit"): None,
    ("post", "/companies/{customer_id}/credit/payments"): {"amount_minor": 1, "reason": "INV-1"},
    ("patch", "/companies/{company_id}"): {"name": "Mine now", "metadata": {"a": "b"}},
    ("post", "/companies/{company_id}/suspensions"): {},
    ("post", "/companies/{company_id}/resumptions"): {},
    ("post", "/company_applications/{application_id}/acceptances"): {"slug": "mine"},
    ("post", "/company_applications/{application_id}/declinations"): {"answer": "No"},
    ("patch", "/units/{unit_id}"): {"name": "Mine now", "code": "m", "external_id": "1"},
    ("post", "/units/{unit_id}/moves"): {"parent": "unt_1"},
    ("post", "/units/{unit_id}/closings"): {},
    ("post", "/units/{unit_id}/heads"): {"member": None},
    ("patch", "/members/{member_id}"): {"title": "Mine", "manager": None, "external_id": "1"},
    ("post", "/members/{member_id}/invitations"): {},
    ("post", "/members/{member_id}/deactivations"): {"hand_over_to": "mem_1"},
    ("post", "/members/{member_id}/reactivations"): {},
    ("patch", "/roles/{role_id}"): {"name": "Mine", "permissions": ["order.approve"]},
    ("post", "/members/{member_id}/role_grants"): {"role": "rol_1", "unit": "unt_1"},
    ("post", "/members/{member_id}/role_grants/{grant_id}/revocations"): {},
    ("put", "/members/{member_id}/limits/{use}"): {
        "currency": "EUR",
        "order_maximum_minor": 1,
        "categories": ["office/"],
        "ship_tos": ["adr_1"],
    },
    ("delete", "/members/{member_id}/limits/{use}"): None,
    ("post", "/delegations/{delegation_id}/endings"): {},
    ("post", "/absences/{absence_id}/endings"): {},
    ("patch", "/addresses/{address_id}"): {"street": "Mine 1", "unit": None, "country": "DE"},
    ("post", "/addresses/{address_id}/shares"): {"members": ["mem_1"]},
    ("post", "/addresses/{address_id}/closings"): {},
    ("patch", "/cost_centers/{cost_center_id}"): {"name": "Mine", "owner": None},
    ("post", "/cost_centers/{cost_center_id}/closings"): {},
    ("patch", "/reference_fields/{field_id}"): {"kind": "list", "choices": ["a"]},
    ("post", "/reference_fields/{field_id}/closings"): {},
    ("post", "/steps/{step_id}/reassignments"): {"member": "mem_1", "reason": "Stuck"},
    ("post", "/steps/{step_id}/reductions"): {"line_decisions": [{"line": 1, "quantity": 1}]},
    ("post", "/steps/{step_id}/forwards"): {"member": "mem_1", "note": "Yours"},
    ("post", "/steps/{step_id}/approvers"): {"member": "mem_1", "note": "You too"},
    ("post", "/steps/{step_id}/suggestions"): {
        "revision_hash": "0" * 64,
        "line": 1,
        "quantity": 1,
    },
    ("post", "/suggestions/{suggestion_id}/acceptances"): {"plan_hash": "0" * 64},
    ("post", "/suggestions/{suggestion_id}/declines"): {"reason": "No"},
    ("post", "/requisitions/{requisition_id}/suggestion_previews"): {"suggestions": ["sug_1"]},
    ("post", "/requisitions/{requisition_id}/comments"): {"text": "Mine"},
    ("post", "/requisitions/{requisition_id}/resolutions"): {},
    ("post", "/requisitions/{requisition_id}/nudges"): {},
    ("post", "/requisitions/{requisition_id}/edits"): {},
    ("delete", "/requisitions/{requisition_id}/edits"): None,
    ("post", "/requisitions/{requisition_id}/revisions"): {"plan_hash": "0" * 64},
    ("post", "/requisitions/{requisition_id}/rebuilds"): {},
    ("post", "/requisitions/{requisition_id}/replans"): {"reason": "New rules"},
    ("post", "/me/notices/{notice_id}/readings"): {},
    ("post", "/carts/{cart_id}/grants"): {"member": "mem_1", "level": "view"},
    ("post", "/carts/{cart_id}/quote_requests"): {},
    ("post", "/quotes/{quote_id}/offers"): {
        "offer_number": 1,
        "lines": [{"number": 1, "sku": "GLV-M", "quantity": 1, "unit_price_minor": 1}],
    },
    ("post", "/quotes/{quote_id}/carts"): {"offer_hash": "0" * 64},
    ("post", "/quotes/{quote_id}/declines"): {"offer_number": 1, "reason": "No"},
    ("post", "/quotes/{quote_id}/withdrawals"): {},
    ("post", "/quotes/{quote_id}/messages"): {"text": "Mine"},
    ("delete", "/quotes/{quote_id}"): None,
}
QUOTE = {"name": "Gloves", "lines": [{"sku": "GLV-M", "quantity": 100}]}
# What is in an address and is no id: the same for everybody.
PLAIN = {"number": "1", "use": "spending", "list_name": "orders", "ending": "pdf"}
# What is everybody's, or one's own whatever the address says.
OPEN_TO_ALL = {
    *("/products/{sku}", "/reports/{kind}", "/exports/{kind}", "/column_maps/columns/{list_name}"),
    *("/exports/orders.{ending}", "/exports/requisitions.{ending}"),
}
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
    rulebook = Rulebook.objects.filter(company_id=cast.company["meridian"])[0]
    imported = import_things(cast)
    place_events()
    read_notices(now=cast.now)
    run = start_back_test(rulebook, document=no_rules(), actor=cast.ines, now=cast.now)
    order_id = lena.get("/orders").json["data"][0]["id"]
    quote_id = lena.post("/quotes", QUOTE).json["id"]
    return {
        **stand_ins(cast),
        **_of_the_desk(cast, order_id, quote_id),
        **{name: one for name, one in build_organisation(cast).items() if "." not in name},
        **_kept(cast),
        **PLAIN,
        "run_id": run.pk,
        "import_id": imported["import_id"],
        "customer_id": cast.company["meridian"],
        "cart_id": open_cart,
        "line_id": lena.get(f"/carts/{open_cart}").json["lines"][0]["id"],
        "requisition_id": requisition["id"],
        "step_id": decision["step"],
        "decision_id": decision["id"],
        "order_id": order_id,
        "budget_id": Budget.objects.get(company_id=cast.company["meridian"]).id,
        "rulebook_id": rulebook.pk,
        "member_id": cast.member["lena"],
        "endpoint_id": Endpoint.objects.get().id,
        "delivery_id": Delivery.objects.get().id,
        "notice_id": Notice.objects.filter(member_id=cast.member["lena"]).earliest("pk").pk,
        "quote_id": quote_id,
        "suggestion_id": _suggestion(cast, decision["step"]).pk,
    }


def _kept(cast: Cast) -> dict[str, str]:
    """Lists, schedules, links, conversations and what the merchant keeps."""
    made = {**listed_things(cast), **link_things(cast), **kept_things(cast)}
    made |= connected_things(cast)
    made["map_id"] = exporting_things(cast)["map_id"]
    return {
        **{name: one for name, one in made.items() if "." not in name and isinstance(one, str)},
        "grantee_id": cast.member["mei"],
    }


def _of_the_desk(cast: Cast, order_id: str, quote_id: str) -> dict[str, str]:
    """What the desk has about an order and a quote of Meridian's, and a view of Lena's own."""
    lena, mira = cast.member["lena"], cast.member["mira"]
    told: dict[str, Any] = {"created_at": cast.now, "order_id": order_id}
    shipment = Shipment.objects.create(**told, number=1, shipped_on=cast.now.date(), channel="api")
    asked = OrderRequest.objects.create(**told, kind="cancel", reason="Too many", asked_by_id=lena)
    release = OfferRelease.objects.create(
        created_at=cast.now,
        quote_id=quote_id,
        author_id=mira,
        offer_number=0,
        content=b"{}",
        content_hash="0" * 64,
        plan="{}",
        plan_hash="0" * 64,
    )
    template = QuoteTemplate.objects.create(
        created_at=cast.now, name="Gloves", currency="EUR", changed_by_id=mira, changed_at=cast.now
    )
    view = SavedView.objects.create(
        created_at=cast.now, member_id=lena, list_name="orders", name="Mine", query="q=gloves"
    )
    return {
        "shipment_id": shipment.pk,
        "request_id": asked.pk,
        "release_id": release.pk,
        "template_id": template.pk,
        "view_id": view.pk,
    }


def _suggestion(cast: Cast, step_id: str) -> Suggestion:
    """Rashid's, about the first line of what he is asked."""
    step = Step.objects.get(pk=step_id)
    return Suggestion.objects.create(
        created_at=cast.now,
        requisition_id=step.requisition_id,
        revision_id=step.revision_id,
        step=step,
        member_id=cast.member["rashid"],
        line_number=1,
        quantity=2,
    )


def stand_ins(cast: Cast) -> dict[str, str]:
    """An absence of Rashid's and his delegation to Mei."""
    rashid, mei = (Member.objects.get(pk=cast.member[name]) for name in ("rashid", "mei"))
    span = {"starts_at": cast.now, "ends_at": cast.now + timedelta(days=7)}
    return {
        "absence_id": set_absence(rashid, actor=cast.rashid, now=cast.now, **span).pk,
        "delegation_id": delegate_to(
            rashid, delegate=mei, actor=cast.rashid, now=cast.now, **span
        ).pk,
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
    key = method, path[1]
    body = BODIES[key] if key in BODIES else smallest_body(*key)
    if method == "post":
        return caller.post(path[0], body)
    return caller.send(method.upper(), path[0], body, if_match="*")


def smallest_body(method: str, path: str) -> Any:
    """The least that the description of an operation asks for; nothing where it takes nothing."""
    operation = document()["paths"][f"/api/v1{path}"][method]
    if "requestBody" not in operation:
        return None
    return _smallest(operation["requestBody"]["content"]["application/json"]["schema"])


def _smallest(schema: dict[str, Any]) -> Any:
    if "$ref" in schema:
        return _smallest(document()["components"]["schemas"][schema["$ref"].rpartition("/")[2]])
    for choice in ("anyOf", "oneOf", "allOf"):
        if choice in schema:
            return _smallest(schema[choice][0])
    if "enum" in schema or "const" in schema:
        return schema.get("const", (schema.get("enum") or [None])[0])
    if schema.get("type") == "object":
        wanted = schema.get("required", [])
        return {name: _smallest(schema["properties"][name]) for name in wanted}
    if schema.get("type") == "array":
        return [_smallest(schema["items"])] * schema.get("minItems", 0)
    if schema.get("type") == "string":
        return _smallest_text(schema)
    return {"integer": schema.get("minimum", 1), "boolean": False, "null": None}[schema["type"]]


def _smallest_text(schema: dict[str, Any]) -> str:
    written = {"date": "2026-12-01", "date-time": "2026-12-01T00:00:00Z", "base64": "QQ=="}
    if schema.get("format") in written:
        return written[schema["format"]]
    if "pattern" in schema:
        return next(
            text for text in ("EUR", "0" * 64, "DE", "a") if re.search(schema["pattern"], text)
        )
    return "a" * max(schema.get("minLength", 1), 1)


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
            nobodys = template.format(**{**dict.fromkeys(things, "9" * 8), **PLAIN})
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
            ids = {found for name, found in things.items() if name not in PLAIN}
            assert not [found for found in ids if found in text]
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
