"""Quotes of Lena in every state that a page or an operation needs, and who may do what."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from placet.quotes.actions import draft_quote
from tests.cast import Cast
from tests.quotes.talks import GLOVES, ask, prices, say, wish
from tests.web.rights.table import read_table

ROWS = read_table(
    """
                      owner peer sister head admin auditor desk store other parent child
GET   quotes          200   200  200    200  200   200     200  200   200   200    200
GET   quote_new       200   200  200    200  200   200     200  200   200   200    200
POST  quote_new       302   302  302    302  422   422     422  422   302   302    302
GET   quote           200   404  404    200  200   200     404  200   404   404    404
GET   quote_pdf       200   404  404    200  200   200     404  200   404   404    404
GET   quote_draft     200   404  404    404  404   404     404  404   404   404    404
POST  quote_draft     302   404  404    404  404   404     404  404   404   404    404
POST  quote_discard   302   404  404    404  404   404     404  404   404   404    404
POST  quote_accept    302   404  404    403  403   403     404  403   404   404    404
POST  quote_decline   302   404  404    403  403   403     404  302   404   404    404
POST  quote_withdraw  302   404  404    403  403   403     404  403   404   404    404
POST  quote_write     302   404  404    403  403   403     404  302   404   404    404
""",
    deactivated="404",
    suspended="403",
    anonymous="login",
)
"""The draft is one that was never sent; everything else is about a quote with an offer."""

OPERATIONS = read_table(
    """
                        owner peer sister head admin auditor desk store other parent child key
GET    list_quotes      200   200  200    200  200   200     200  200   200   200    200   200
GET    get_quote        200   404  404    200  200   200     404  200   404   404    404   200
GET    get_quote_document 200 404  404    200  200   200     404  200   404   404    404   200
POST   ask_for_quote    201   201  201    201  403   403     403  403   201   201    201   403
POST   ask_for_cart     201   404  404    404  404   404     404  404   404   404    404   404
POST   make_offer       409   404  404    403  403   403     404  201   404   404    404   403
POST   take_offer       201   404  404    403  403   403     404  403   404   404    404   403
POST   decline_quote    201   404  404    403  403   403     404  201   404   404    404   403
POST   withdraw_quote   201   404  404    403  403   403     404  403   404   404    404   403
DELETE discard_quote    204   404  404    404  404   404     404  404   404   404    404   404
POST   write_message    201   404  404    403  403   403     404  201   404   404    404   403
""",
    deactivated="401",
    suspended="403",
    anonymous="401",
)
"""The offer that somebody may make answers a request: it is the merchant's turn."""


def quoted_things(cast: Cast) -> dict[str, Any]:
    """Ids by the names that routes use, and the hash of the offer that is on the table."""
    quote = ask(cast, (GLOVES, 100))
    offer = say(quote, cast.mira, prices((GLOVES, 100, 700)))
    draft = draft_quote("Draft", values=wish((GLOVES, 5)), actor=cast.lena, now=cast.now)
    countered = ask(cast, (GLOVES, 50))
    found: dict[str, Any] = {
        f"{route}.key": quote.pk
        for route in (
            *(
                "quote",
                "quote_accept",
                "quote_decline",
                "quote_withdraw",
                "quote_write",
                "quote_pdf",
            ),
        )
    }
    return {
        **found,
        "quote_draft.key": draft.pk,
        "quote_discard.key": draft.pk,
        "quote_id": quote.pk,
        "make_offer.quote_id": countered.pk,
        "discard_quote.quote_id": draft.pk,
        "offer_hash": offer.content_hash,
    }


def wishes_about_quotes(offer_hash: str) -> dict[str, Mapping[str, Any]]:
    """The fields of each form and each body, by the name of its route."""
    line = {"number": 1, "sku": GLOVES, "quantity": 100, "unit_price_minor": 600}
    return {
        "quote_new": {"name": "Gloves", "rows": f"{GLOVES} 100"},
        "quote_draft": {
            "name": "Draft",
            "seen": "0",
            "send": "1",
            "is_whole": "1",
            "line-TOTAL_FORMS": "1",
            "line-INITIAL_FORMS": "0",
            "line-0-sku": GLOVES,
            "line-0-quantity": "5",
        },
        "quote_discard": {},
        "quote_accept": {"hash": offer_hash, "whole": "1"},
        "quote_decline": {"reason": "Too dear.", "seen": "2"},
        "quote_withdraw": {},
        "quote_write": {"text": "Powder-free?"},
        "ask_for_quote": {"name": "Gloves", "lines": [{"sku": GLOVES, "quantity": 100}]},
        "ask_for_cart": {},
        "make_offer": {"offer_number": 1, "lines": [line]},
        "take_offer": {"offer_hash": offer_hash},
        "decline_quote": {"offer_number": 2, "reason": "Too dear."},
        "withdraw_quote": {},
        "discard_quote": {},
        "write_message": {"text": "Powder-free?"},
    }
