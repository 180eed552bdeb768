"""Beginnings: what many companies write first. Each is a rule with its values left open.

They are plain data in the words of the registry; the reader fills in the amount, the category, the
people.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final, NamedTuple

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Document = Mapping[str, Any]


class Starter(NamedTuple):
    """A beginning with its card; ``when`` and ``then`` are parts of a rule."""

    key: str
    icon: str
    title: str | Promise
    text: str | Promise
    when: Document
    then: Document


_HEAD: Final = {"select": "head", "levels_up": 0}
_ASK_HEAD: Final = {"effect": "require", "steps": [{"approvers": [_HEAD], "rank": 10}]}
_EVERY_ORDER: Final = {"all": ()}


def _field(field: str, operator: str, /, **more: Any) -> Document:
    return {"field": field, "op": operator, **more}


OF_COMPANIES: Final = (
    Starter(
        "over-an-amount", "banknote", _("Over an amount"),
        _("Orders over 500.00 need the head of the unit."),
        _field("purchase.amount", ">"), _ASK_HEAD,
    ),
    Starter(
        "by-amount", "chart-no-axes-column-increasing", _("The more, the higher"),
        _("From 2,000.00 the head of the unit, from 5,000.00 the one above too."),
        _EVERY_ORDER,
        {"effect": "require", "tiers": {"mode": "cumulative", "tiers": (
            {"approvers": [_HEAD]},
            {"approvers": [{"select": "head", "levels_up": 1}]},
        )}},
    ),
    Starter(
        "certain-products", "shapes", _("Certain products"),
        _("Orders with a line of a category need the people who know it."),
        {"any_line": _field("line.category", "within")},
        {"effect": "require", "steps": [{"approvers": [{"select": "role", "where": "company"}],
                                         "rank": 20}]},
    ),
    Starter(
        "certain-ship-to", "truck", _("Certain ship-tos"),
        _("Only to our own addresses; everything else cannot be ordered."),
        {"any_allocation": {"not": _field("allocation.ship_to", "in")}},
        {"effect": "block", "ways_out": ["choose_ship_to", "ask_admin"]},
    ),
    Starter(
        "cost-centre", "landmark", _("On a cost centre"),
        _("Over an amount on a cost centre, whoever answers for it decides."),
        {"allocation_total": _field("allocation.cost_centre", "in"), "op": ">"},
        {"effect": "require", "steps": [{"approvers": [{"select": "cost_centre_owner"}]}]},
    ),
    Starter(
        "too-many-orders", "repeat", _("Too many orders"),
        _("The third order in a week needs a yes."),
        _field("requester.orders", ">", value=2, period="week"), _ASK_HEAD,
    ),
    Starter(
        "spend", "wallet", _("Spend in a period"),
        _("Who spends more than an amount in a month asks from then on."),
        _field("requester.spend", ">", period="month"), _ASK_HEAD,
    ),
    Starter(
        "dearer", "trending-up", _("Dearer than last time"),
        _("Warn when a line costs over 10 % more than the last price paid."),
        {"any_line": _field("line.above_last_price", ">", value=1_000)}, {"effect": "warn"},
    ),
    Starter(
        "similar-order", "copy", _("The same twice"),
        _("Warn when a similar order left in the last 7 days."),
        _field("history.similar_orders", ">=", value=1, days=7), {"effect": "warn"},
    ),
    Starter(
        "small-and-plain", "check", _("Small orders go through"),
        _("Up to an amount nobody is asked, unless something is restricted."),
        {"all": [_field("purchase.amount", "<="),
                 {"no_line": _field("line.restricted", "=", value=True)}]},
        {"effect": "auto_approve"},
    ),
    Starter(
        "first-time", "sparkles", _("Bought for the first time"),
        _("What nobody has bought before is looked at once."),
        {"any_line": _field("line.first_time", "=", value=True)}, _ASK_HEAD,
    ),
    Starter(
        "po-reference", "hash", _("A reference of a certain form"),
        _("Without a PO reference of your form it cannot be ordered."),
        {"not": _field("purchase.reference", "matches", key="po", value="PR-[0-9]{5}")},
        {"effect": "block", "ways_out": []},
    ),
)  # fmt: skip

_STAFF: Final = {"effect": "require", "steps": [{"approvers": [{"select": "merchant_role"}]}]}
OF_MERCHANTS: Final = (
    Starter(
        "minimum", "banknote", _("Below a minimum"),
        _("Orders below an amount are released by somebody of yours."),
        _field("purchase.amount", "<"), _STAFF,
    ),
    Starter(
        "new-customer", "user-plus", _("A new customer"),
        _("A company’s first order is looked at."),
        _field("company.earlier_orders", "=", value=0), _STAFF,
    ),
    Starter(
        "overdue", "hourglass", _("Overdue invoices"),
        _("Who owes more than an amount is asked about it first."),
        _field("company.overdue", ">"), _STAFF,
    ),
    Starter(
        "large", "chart-no-axes-column-increasing", _("Large orders"),
        _("Orders over an amount are confirmed by the store."),
        _field("purchase.amount", ">"), _STAFF,
    ),
)  # fmt: skip

BLANK: Final = Starter(
    "blank", "plus", _("Something else"), _("Start with an empty rule."),
    _EVERY_ORDER, {"effect": ""},
)  # fmt: skip


def list_starters(side: str) -> tuple[Starter, ...]:
    """The beginnings of a side, the empty one last."""
    return (*(OF_MERCHANTS if side == "merchant" else OF_COMPANIES), BLANK)


def find_starter(side: str, key: str) -> Starter:
    """The beginning of this key; the empty one for anything else."""
    return next((one for one in list_starters(side) if one.key == key), BLANK)
