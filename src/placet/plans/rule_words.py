"""The words of rules: how a comparison is said of an order, of a line, of a part of a line.

``NOUNS`` name what has a value, ``VERBS`` say how it compares; ``SAID`` holds what people would
put differently. Each is a pair: when it must hold, and when it must not. ``{value}`` and
``{about}`` are written out by the caller.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Pair = tuple[str | Promise, str | Promise]

VERBS: Final[Mapping[str, Pair]] = {
    ">": (_("is over {value}"), _("is not over {value}")),
    ">=": (_("is {value} or more"), _("is below {value}")),
    "<": (_("is below {value}"), _("is {value} or more")),
    "<=": (_("is {value} or less"), _("is over {value}")),
    "=": (_("is {value}"), _("is not {value}")),
    "between": (_("is between {value}"), _("is not between {value}")),
    "in": (_("is {value}"), _("is not {value}")),
    "within": (_("is in {value}"), _("is not in {value}")),
    "matches": (_("has the form {value}"), _("does not have the form {value}")),
    "is empty": (_("is missing"), _("is given")),
}

SUMS: Final[Mapping[str, Mapping[str, Pair]]] = {
    "amount": {
        ">": (_("adds up to more than {value}"), _("adds up to {value} or less")),
        ">=": (_("adds up to {value} or more"), _("adds up to less than {value}")),
        "<": (_("adds up to less than {value}"), _("adds up to {value} or more")),
        "<=": (_("adds up to {value} or less"), _("adds up to more than {value}")),
        "=": (_("adds up to {value}"), _("does not add up to {value}")),
        "between": (_("adds up to between {value}"), _("does not add up to between {value}")),
        "is empty": (_("adds up to nothing"), _("adds up to something")),
    },
    "quantity": {
        ">": (_("is more than {value} pieces"), _("is {value} pieces or fewer")),
        ">=": (_("is {value} pieces or more"), _("is fewer than {value} pieces")),
        "<": (_("is fewer than {value} pieces"), _("is {value} pieces or more")),
        "<=": (_("is {value} pieces or fewer"), _("is more than {value} pieces")),
        "=": (_("is {value} pieces"), _("is not {value} pieces")),
        "between": (_("is between {value} pieces"), _("is not between {value} pieces")),
        "is empty": (_("is nothing"), _("is something")),
    },
}

NOUNS: Final[Mapping[str, str | Promise]] = {
    "purchase.amount": _("the order"),
    "purchase.goods": _("the order’s goods value"),
    "purchase.shipping": _("shipping"),
    "purchase.tax": _("the tax"),
    "purchase.total": _("the total with tax"),
    "purchase.line_count": _("the number of lines"),
    "purchase.currency": _("the currency"),
    "purchase.bill_to": _("the bill-to"),
    "purchase.terms": _("the payment term"),
    "purchase.reference": _("the reference “{about}”"),
    "purchase.justification": _("the justification"),
    "purchase.source": _("the source of the order"),
    "purchase.requested_in_days": _("the number of days until the requested date"),
    "purchase.weekday": _("the weekday (Monday is 1)"),
    "purchase.hour": _("the hour of the day"),
    "quote.discount": _("the quote’s discount"),
    "quote.margin": _("the margin"),
    "quote.target_price": _("the target price"),
    "requester.member": _("the requester"),
    "requester.unit": _("the requester’s unit"),
    "requester.roles": _("the requester’s role"),
    "requester.permissions": _("a permission of the requester"),
    "requester.orders": _("the number of the requester’s orders in a {about}"),
    "requester.spend": _("what the requester spends in a {about}"),
    "beneficiary.member": _("the person it is for"),
    "company.earlier_orders": _("the number of earlier orders of the company"),
    "company.customer_for_days": _("the number of days as a customer"),
    "company.open_balance": _("the open balance"),
    "company.overdue": _("the overdue amount"),
    "history.similar_orders": _("the number of similar orders in {about} days"),
    "history.requester_spend": _("what the requester spends in {about} days"),
    "history.unit_spend": _("what the unit spends in {about} days"),
    "line.sku": _("SKU"),
    "line.name": _("name"),
    "line.category": _("category"),
    "line.brand": _("brand"),
    "line.supplier": _("supplier"),
    "line.tags": _("tag"),
    "line.quantity": _("quantity"),
    "line.unit_price": _("unit price"),
    "line.total": _("line total"),
    "line.above_last_price": _("rise over the last price paid"),
    "line.above_list_price": _("rise over the list price"),
    "line.category_spend": _("spend on its category in {about} days"),
    "allocation.ship_to": _("ship-to"),
    "allocation.cost_centre": _("cost centre"),
    "allocation.quantity": _("allocated quantity"),
    "allocation.amount": _("allocated amount"),
    "allocation.need_by_in_days": _("number of days until it is needed"),
    "allocation.ship_to_spend": _("spend to its ship-to in {about} days"),
}

_CATEGORY: Final[Pair] = (_("is in {value}"), _("is not in {value}"))
_CENTER: Final[Pair] = (_("is on cost centre {value}"), _("is not on cost centre {value}"))
_SHIP_TO: Final[Pair] = (_("goes to {value}"), _("does not go to {value}"))
_ROLE: Final[Pair] = (
    _("the requester has the role {value}"),
    _("the requester does not have the role {value}"),
)

SAID: Final[Mapping[str, Pair]] = {
    "line.category =": _CATEGORY,
    "line.category in": _CATEGORY,
    "line.category within": _CATEGORY,
    "line.tags in": (_("is tagged {value}"), _("is not tagged {value}")),
    "line.name =": (_("is called {value}"), _("is not called {value}")),
    "line.name in": (_("is called {value}"), _("is not called {value}")),
    "line.name matches": (_("is called like {value}"), _("is not called like {value}")),
    "line.brand =": (_("is of the brand {value}"), _("is not of the brand {value}")),
    "line.brand in": (_("is of the brand {value}"), _("is not of the brand {value}")),
    "line.supplier =": (_("comes from {value}"), _("does not come from {value}")),
    "line.supplier in": (_("comes from {value}"), _("does not come from {value}")),
    "line.restricted": (_("is restricted"), _("is not restricted")),
    "line.first_time": (_("is bought for the first time"), _("was bought before")),
    "line.first_of_category": (
        _("is the first of its category"),
        _("is not the first of its category"),
    ),
    "line.above_last_price >": (
        _("costs over {value} more than the last price paid"),
        _("does not cost over {value} more than the last price paid"),
    ),
    "line.above_list_price >": (
        _("costs over {value} more than the list price"),
        _("does not cost over {value} more than the list price"),
    ),
    "allocation.cost_centre =": _CENTER,
    "allocation.cost_centre in": _CENTER,
    "allocation.ship_to =": _SHIP_TO,
    "allocation.ship_to in": _SHIP_TO,
    "allocation.first_to_ship_to": (
        _("goes to its ship-to for the first time"),
        _("does not go to its ship-to for the first time"),
    ),
    "beneficiary.differs": (
        _("the order is for somebody else"),
        _("the order is for the requester"),
    ),
    "requester.roles in": _ROLE,
    "requester.permissions in": (
        _("the requester holds the permission {value}"),
        _("the requester does not hold the permission {value}"),
    ),
    "requester.unit within": (
        _("the requester belongs to {value}"),
        _("the requester does not belong to {value}"),
    ),
    "requester.orders >": (
        _("the requester makes more than {value} orders in a {about}"),
        _("the requester makes no more than {value} orders in a {about}"),
    ),
    "history.similar_orders >=": (
        _("at least {value} similar order left in the last {about} days"),
        _("fewer than {value} similar orders left in the last {about} days"),
    ),
    "purchase.justification is empty": (
        _("there is no justification"),
        _("there is a justification"),
    ),
    "purchase.source =": (_("the order comes from {value}"), _("it does not come from {value}")),
}

ROWS: Final[Mapping[str, str | Promise]] = {
    "any line": _("a line {predicate}"),
    "all line": _("every line {predicate}"),
    "no line": _("no line {predicate}"),
    "not all line": _("not every line {predicate}"),
    "any allocation": _("something {predicate}"),
    "all allocation": _("everything {predicate}"),
    "no allocation": _("nothing {predicate}"),
    "not all allocation": _("not everything {predicate}"),
}

SUMMED: Final[Mapping[str, str | Promise]] = {
    "line_total": _("what {where} {verb}"),
    "allocation_total": _("what {where} {verb}"),
    "line_quantity": _("the quantity of what {where} {verb}"),
}

PERIODS: Final[Mapping[str, str | Promise]] = {
    "day": _("day"),
    "week": _("week"),
    "month": _("month"),
    "quarter": _("quarter"),
    "year": _("year"),
}

SOURCES: Final[Mapping[str, str | Promise]] = {
    "cart": _("a cart"),
    "quote": _("a quote"),
    "reorder": _("a reorder"),
    "api": _("the API"),
    "list": _("a purchase list"),
    "import": _("an import"),
    "punchout": _("punchout"),
    "on_behalf": _("the supplier’s staff"),
    "standing": _("a standing requisition"),
}

WAYS_OUT: Final[Mapping[str, str | Promise]] = {
    "add_items": _("add items"),
    "fewer_units": _("order fewer units"),
    "wait_for_next_period": _("order in the next period"),
    "remove_lines": _("remove these lines"),
    "choose_ship_to": _("choose another ship-to"),
    "another_cost_centre": _("use another cost centre"),
    "ask_budget_owner": _("ask the budget’s owner for more"),
    "ask_admin": _("ask a company admin"),
    "pay_open_invoices": _("pay open invoices"),
}
