"""The merchant's desk of customers: who keeps their rules, and who says what about them.

``boss`` is the owner of the store. Kowalski lets the merchant keep its rules with it; Meridian was
asked and has not answered.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from placet.rulebooks.actions import ask_to_keep
from placet.rulebooks.models import Rulebook
from tests.cast import Cast
from tests.web.rights.table import read_table

ROWS = read_table(
    """
                             owner peer sister head admin auditor desk store boss other parent child
GET   customer_approvers       404   404  404    404  404   404     403  403   200  404   404    404
POST  customer_approvers       404   404  404    404  404   404     403  403   302  404   404    404
POST  customer_rules_ask       404   404  404    404  404   404     403  403   302  404   404    404
POST  customer_rules_hand_back 404   404  404    404  404   404     403  403   302  404   404    404
GET   customers_export         404   404  404    404  404   404     200  200   200  404   404    404
GET   customer_reps            404   404  404    404  404   404     403  403   200  404   404    404
POST  customer_reps            404   404  404    404  404   404     403  403   302  404   404    404
GET   store_settings           404   404  404    404  404   404     403  403   200  404   404    404
POST  store_settings           404   404  404    404  404   404     403  403   302  404   404    404
GET   store_rules              404   404  404    404  404   404     403  403   200  404   404    404
POST  store_rules              404   404  404    404  404   404     403  403   302  404   404    404
POST  keeping_answer           403   403  403    403  302   403     403  403   404  403   404    403
""",
    deactivated="404",
    suspended="403",
    anonymous="login",
)

OPERATIONS = read_table(
    """
                   owner peer sister head admin auditor desk store boss other parent child key
GET    read_store 200 200 200 200 200 200 200 200 200 200 200 200 200
PATCH  change_store_settings 403 403 403 403 403 403 403 403 200 403 403 403 403
GET    list_company_reps 404 404 404 404 404 404 200 200 200 404 404 404 404
PUT    set_company_reps 404 404 404 404 404 404 403 403 200 404 404 404 404
GET    get_approvers 404 404 404 404 404 404 403 403 200 404 404 404 404
PUT    put_approvers 404 404 404 404 404 404 403 403 200 404 404 404 404
POST   request_keeping 404 404 404 404 404 404 403 403 201 404 404 404 404
POST   end_keeping 404 404 404 404 404 404 403 403 201 404 404 404 404
POST   answer_keeping_request 403 403 403 403 201 403 404 404 404 404 404 404 201
""",
    deactivated="401",
    suspended="403",
    anonymous="401",
)


def desk_of_customers(cast: Cast) -> dict[str, Any]:
    """Ids by the names that routes use, and the version of the rulebook that was asked for."""
    Rulebook.objects.filter(company_id=cast.company["kowalski"], unit=None).update(kept_by="both")
    asked = Rulebook.objects.select_related("company").get(
        company_id=cast.company["meridian"], unit=None
    )
    version = asked.version
    ask_to_keep(asked.company, keeper="both", reason="As agreed.", actor=cast.odd, now=cast.now)
    # The forms of others are about the rulebook as they saw it.
    Rulebook.objects.filter(pk=asked.pk).update(version=version)
    kowalski = cast.company["kowalski"]
    return {
        "customer_approvers.customer_id": kowalski,
        "customer_rules_hand_back.customer_id": kowalski,
        "get_approvers.company_id": kowalski,
        "put_approvers.company_id": kowalski,
        "end_keeping.company_id": kowalski,
        "asked_version": str(version),
    }


def wishes_about_customers(cast: Cast, asked_version: str) -> dict[str, Mapping[str, Any]]:
    """The fields of each form, by the name of its route."""
    return {
        "customer_approvers": {
            "based_on": "1",
            "rows": "1",
            "mode": "final",
            "others": "keep",
            "from_0": "2000",
            "first_0": cast.member["jan"],
            "do": "publish",
        },
        "customer_rules_ask": {"keeper": "merchant", "reason": "As agreed."},
        "customer_rules_hand_back": {},
        "store_settings": {"version": "0", "support_phone": "+49 30 1", "quote_valid_days": "30"},
        "store_rules": {
            "based_on": "0",
            "on_first-order": "on",
            "role_first-order": "store_manager",
            "do": "publish",
        },
        "customer_reps": {"reps": [cast.member["mira"]]},
        "keeping_answer": {"version": asked_version, "do": "accept"},
    }


def operations_about_customers(cast: Cast, asked_version: str) -> dict[str, Mapping[str, Any]]:
    """The body of each operation, by its name."""
    return {
        "change_store_settings": {"support_phone": "+49 30 1"},
        "set_company_reps": {"members": [cast.member["mira"]]},
        "put_approvers": {
            "mode": "final",
            "tiers": [{"from_minor": 200_000, "members": [cast.member["jan"]]}],
            "version": 1,
        },
        "request_keeping": {"keeper": "merchant", "reason": "As agreed."},
        "end_keeping": {},
        "answer_keeping_request": {"accepted": True, "version": int(asked_version)},
    }
