"""Releases, templates and the rest of the merchant's desk of quotes: who may do what."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from placet.companies.models import Limit
from placet.quotes.actions import TemplateValues, keep_template, save_offer_draft, withdraw_quote
from placet.quotes.drafting import DraftLine
from tests.cast import Cast
from tests.quotes.desk import authority, rules_for_offers
from tests.quotes.talks import GLOVES, ask, prices, say
from tests.web.rights.table import read_table

ROWS = read_table(
    """
                              owner peer sister head admin auditor desk store other parent child
POST  quote_figures             403  404   404    403  403   403     404  back  404   404    404
POST  quote_assign              403  404   404    403  403   403     404  302   404   404    404
POST  quote_again               302  404   404    302  403   403     404  403   404   404    404
POST  quote_write_line          302  404   404    403  403   403     404  302   404   404    404
GET   quote_templates           404  404   404    404  404   404     200  200   404   404    404
POST  quote_template_use        403  404   404    403  403   403     404  back  404   404    404
POST  quote_template_keep       403  404   404    403  403   403     404  302   404   404    404
POST  quote_template_discard    403  403   403    403  403   403     403  302   403   403    403
GET   releases                  404  404   404    404  404   404     200  200   404   404    404
GET   release                   404  404   404    404  404   404     404  200   404   404    404
POST  release_decide            404  404   404    404  404   404     404  302   404   404    404
POST  release_take_back         404  404   404    404  404   404     404  302   404   404    404
""",
    deactivated="404",
    suspended="403",
    anonymous="login",
)

OPERATIONS = read_table(
    """
  owner peer  sister head  admin auditor desk  store other parent child key
GET    list_offer_releases     200   200   200   200   200   200   200   200   200   200   200   200
GET    get_offer_release       404   404   404   404   404   404   404   200   404   404   404   404
POST   decide_offer_release    404   404   404   404   404   404   404   201   404   404   404   404
POST   take_back_offer_release 404   404   404   404   404   404   404   201   404   404   404   404
POST   assign_quote            403   404   404   403   403   403   404   201   404   404   404   403
POST   ask_for_quote_again     201   404   404   201   403   403   404   403   404   404   404   403
POST   write_line_message      201   404   404   403   403   403   404   201   404   404   404   403
GET    list_offer_templates    200   200   200   200   200   200   200   200   200   200   200   200
POST   keep_offer_template     403   403   403   403   403   403   403   201   403   403   403   403
DELETE discard_offer_template  403   403   403   403   403   403   403   204   403   403   403   403
""",
    deactivated="401",
    suspended="403",
    anonymous="401",
)


def desk_of_quotes(cast: Cast) -> dict[str, Any]:
    """An offer that Mira is asked about, one that she asked about herself, and a template."""
    rules_for_offers(cast)
    own = say(ask(cast, (GLOVES, 40)), cast.mira, prices((GLOVES, 40, 300)))
    authority(cast, "odd", discount=0)
    authority(cast, "mira", discount=9_900)
    asked = say(ask(cast, (GLOVES, 41)), cast.odd, prices((GLOVES, 41, 300)))
    Limit.objects.filter(member_id=cast.member["odd"]).delete()
    over = ask(cast, (GLOVES, 42))
    withdraw_quote(over, actor=cast.lena, now=cast.now)
    waiting = ask(cast, (GLOVES, 43))
    save_offer_draft(waiting, values=prices((GLOVES, 43, 700)), actor=cast.mira, now=cast.now)
    template = keep_template(
        "Gloves",
        currency="EUR",
        values=TemplateValues([DraftLine(1, GLOVES, "", 100, 0, 700)]),
        actor=cast.mira,
        now=cast.now,
    )
    talked = ("quote_figures", "quote_assign", "quote_template_use", "quote_template_keep")
    return {
        **{f"{route}.key": waiting.pk for route in (*talked, "quote_write_line")},
        "quote_again.key": over.pk,
        "quote_write_line.line": "1",
        "ask_for_quote_again.quote_id": over.pk,
        "assign_quote.quote_id": waiting.pk,
        "write_line_message.quote_id": waiting.pk,
        "write_line_message.number": "1",
        "release.key": asked.pk,
        "release_decide.key": asked.pk,
        "release_take_back.key": own.pk,
        "release_id": asked.pk,
        "take_back_offer_release.release_id": own.pk,
        "quote_template_discard.key": template.pk,
        "template_id": template.pk,
        "release_hash": asked.content_hash,
    }


def wishes_about_the_desk_of_quotes(
    cast: Cast, release_hash: str, template_id: str
) -> dict[str, Mapping[str, Any]]:
    """The fields of each form and each body, by the name of its route."""
    line = {"number": 1, "sku": GLOVES, "quantity": 100, "unit_price_minor": 600}
    decision = {"verdict": "release", "hash": release_hash}
    return {
        "quote_figures": {
            "is_whole": "1",
            "line-TOTAL_FORMS": "1",
            "line-INITIAL_FORMS": "0",
            "line-0-sku": GLOVES,
            "line-0-quantity": "5",
            "line-0-unit_price": "7.00",
        },
        "quote_assign": {"member": cast.member["mira"]},
        "quote_again": {},
        "quote_write_line": {"text": "Which size?"},
        "quote_template_use": {"template": template_id},
        "quote_template_keep": {"name": "Small order", "valid_days": "30"},
        "quote_template_discard": {},
        "release_decide": decision,
        "release_take_back": {},
        "decide_offer_release": decision,
        "take_back_offer_release": {},
        "assign_quote": {"member": cast.member["mira"]},
        "ask_for_quote_again": {},
        "write_line_message": {"text": "Which size?"},
        "keep_offer_template": {"name": "Small order", "currency": "EUR", "lines": [line]},
        "discard_offer_template": {},
    }
