"""The supplier's people decide from a mail too, and read nothing of what is the buyer's own."""

from __future__ import annotations

import pytest

from placet.carts.actions import comment_on_cart, describe_cart
from placet.requisitions.links import make_link, token_of
from placet.requisitions.models import Decision
from placet.rulebooks.actions import create_rulebook, publish_rulebook
from tests.cast import Cast
from tests.requisitions.road import GLOVES, fill_cart, pending_step, submit
from tests.web.pages import as_actor

pytestmark = pytest.mark.django_db


def test_the_store_manager_sees_no_reason_cost_centre_or_talk_of_the_buyer(cast: Cast) -> None:
    step = {"approvers": [{"select": "merchant_role", "role": "store_manager"}], "rank": 10}
    rule = {
        "id": "every-order",
        "name": {"en": "Every order"},
        "when": {
            "field": "purchase.goods",
            "op": "<",
            "value": {"amount_minor": 10**9, "currency": "EUR"},
        },
        "then": {"effect": "require", "steps": [step]},
    }
    rules = create_rulebook(name="Norden's rules", side="merchant", actor=cast.odd, now=cast.now)
    document = {"format": 1, "side": "merchant", "default": "free", "rules": [rule]}
    publish_rulebook(rules, document=document, actor=cast.odd, now=cast.now)
    cart = fill_cart(cast, (GLOVES, 10))
    describe_cart(cart, justification="Our secret reason", actor=cast.lena, now=cast.now)
    comment_on_cart(cart, text="Our secret talk", actor=cast.lena, now=cast.now)
    requisition = submit(cart, actor=cast.lena, now=cast.now)
    pending = pending_step(requisition)
    link = make_link(pending, cast.member["mira"], None, now=cast.now)
    browser = as_actor(cast.mira)
    shown = browser.get(f"/d/{token_of(link)}/").content.decode()
    assert requisition.name in shown
    for own in ("Our secret", "4410", "Last paid", "ICU consumables"):
        assert own not in shown, own
    wish = {"decision": "approve", "content_hash": pending.revision.content_hash}
    assert "Approved. Thank you." in browser.post(f"/d/{token_of(link)}/", wish).content.decode()
    assert Decision.objects.get().channel == "mail"
