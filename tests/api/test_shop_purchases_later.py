"""A purchase with no product behind it, after it was sent in: every page, file, report and mail.

At each stage of its life both sides look at all of it. Nothing fails, and nothing leads to a page
of the catalog that is not there.
"""

from __future__ import annotations

import pytest
from django.core import mail

from placet.core.actor import Actor
from placet.jobs.sweep import sweep
from placet.jobs.verify import verify
from placet.orders.models import Order
from placet.requisitions.models import Requisition
from tests.api.caller import Caller, own_key_of
from tests.api.road import decide
from tests.api.shop import PROBE, SCREWS, purchase, revised, sent
from tests.cast import Cast
from tests.web.pages import as_actor

pytestmark = pytest.mark.django_db
LISTS = ("orders/", "requisitions/", "awaiting/", "reports/", "exceptions/", "usual/")
FILES = (
    *("orders/export/", "orders/export/?format=xlsx", "requisitions/export/"),
    *("requisitions/export/?format=xlsx", "reports/export/", "audit/"),
)
OF_REQUISITION = ("", "evidence/", "evidence.pdf", "requisition.pdf", "reorder/")
OF_ORDER = ("", "order.pdf", "order.csv", "order.xlsx", "order.ubl.xml")
PROBE_ONE = {**PROBE, "quantity": 1, "unit_price_minor": 900_00, "note": "=1+1"}


def look(cast: Cast, requisition_id: str) -> None:
    """Everybody opens everything of it; the merchant sees the requisition while it waits."""
    row = Requisition.objects.get(pk=requisition_id)
    order = Order.objects.filter(requisition_id=row.pk).first()
    of_order = {f"orders/{order.number}/{one}" for one in OF_ORDER} if order else set()
    of_row = {f"requisitions/{row.pk}/{one}" for one in OF_REQUISITION}
    evidence = {path for path in of_row if "/evidence" in path}
    closed: dict[Actor, dict[str, int]] = {
        cast.lena: {"audit/": 403},
        cast.aron: {},
        cast.tomas: {"audit/": 403} | dict.fromkeys(of_row if order else evidence, 404),
    }
    for person, refused in closed.items():
        client = as_actor(person)
        answers = {}
        for path in {*LISTS, *FILES, *of_row, *of_order}:
            answer = client.get(f"/c/{person.company_slug}/{path}")
            answers[path] = answer.status_code
            assert "/catalog/SHOP-" not in answer.getvalue().decode(errors="ignore"), path
        assert {path: code for path, code in answers.items() if code != 200} == refused
    sweep(now=cast.now)
    assert list(verify()) == []


def test_from_the_first_post_to_the_shipment(
    shop: Caller, rashid: Caller, jonas: Caller, lena: Caller, norden: Caller, cast: Cast
) -> None:
    made = sent(shop, purchase(cast, PROBE_ONE, SCREWS))
    look(cast, made["id"])
    decide(rashid, made)
    decide(jonas, made)
    look(cast, made["id"])
    order = Order.objects.get()
    # In the portal it is not edited: the buyer is told where.
    closed = lena.post(f"/orders/{order.pk}/changes")
    assert (closed.status, "shop" in closed.json["detail"]) == (403, True), closed.json
    less = purchase(cast, PROBE_ONE, {**SCREWS, "quantity": 100})
    assert revised(shop, made, less).status == 201
    look(cast, made["id"])
    assert Requisition.objects.get().status == "ordered"
    address = f"/orders/{order.pk}"
    assert norden.post(f"{address}/failures", {"reason": "No such SKU"}).status == 201
    look(cast, made["id"])
    assert norden.post(f"{address}/retries").status == 201
    assert norden.post(f"{address}/acknowledgements", {"erp_number": "SO-1"}).status == 201
    too_late = shop.post(f"/requisitions/{made['id']}/revisions", _again(less))
    assert too_late.status == 409, too_late.json
    asked = lena.post(f"{address}/requests", {"kind": "change", "reason": "One less"})
    assert asked.status == 201, asked.json
    look(cast, made["id"])
    given = own_key_of(cast.mira).post(f"{address}/requests/{asked.json['id']}/acceptances")
    assert given.status == 201, given.json
    assert revised(shop, made, purchase(cast, PROBE_ONE)).status == 201
    look(cast, made["id"])
    assert norden.post(f"{address}/acknowledgements", {"erp_number": "SO-2"}).status == 201
    left = {"lines": [{"line": 1, "quantity": 1}], "shipped_on": cast.now.date().isoformat()}
    shipped = norden.post(f"{address}/shipments", left)
    assert shipped.status == 201, shipped.json
    look(cast, made["id"])
    for path in ("/orders", "/requisitions", "/exports/orders.csv", "/exports/requisitions.xlsx"):
        assert lena.get(path).status == 200, path
        assert norden.get(path).status == 200, path
    assert mail.outbox
    assert not [one for one in mail.outbox if "/catalog/" in one.body]


def test_an_accepted_cancellation_gives_everything_back(
    shop: Caller, lena: Caller, norden: Caller, cast: Cast
) -> None:
    made = sent(shop, purchase(cast))
    order = Order.objects.get()
    norden.post(f"/orders/{order.pk}/acknowledgements", {"erp_number": "SO-1"})
    asked = lena.post(f"/orders/{order.pk}/requests", {"kind": "cancel", "reason": "Not any more"})
    assert asked.status == 201, asked.json
    own = own_key_of(cast.mira)
    ended = own.post(f"/orders/{order.pk}/requests/{asked.json['id']}/acceptances")
    assert ended.status == 201, ended.json
    assert Order.objects.get().status == "cancelled"
    look(cast, made["id"])


def _again(body: dict[str, object]) -> dict[str, object]:
    kept = {key: body[key] for key in body if key not in ("member", "external_id")}
    return {**kept, "plan_hash": "x"}
