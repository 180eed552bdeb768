"""English: the words of the fields, and the sentences of reasons, steps and ways out.

Templates take named values. `{amount}` and the like are already written out, money by locale.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

FIELDS: Final[Mapping[str, str]] = {
    "purchase.amount": "order",
    "purchase.goods": "goods",
    "purchase.shipping": "shipping",
    "purchase.tax": "tax",
    "purchase.total": "total with tax",
    "purchase.line_count": "number of lines",
    "purchase.currency": "currency",
    "purchase.bill_to": "bill-to",
    "purchase.terms": "terms",
    "purchase.reference": "reference {about}",
    "purchase.justification": "justification",
    "purchase.source": "source",
    "purchase.requested_in_days": "days until the requested date",
    "purchase.weekday": "weekday (Monday is 1)",
    "purchase.hour": "hour of the day",
    "quote.discount": "quote discount",
    "quote.margin": "margin",
    "quote.target_price": "target price",
    "requester.member": "requester",
    "requester.unit": "requester’s unit",
    "requester.roles": "requester’s roles",
    "requester.permissions": "requester’s permissions",
    "requester.orders": "orders this {about}, with this one",
    "requester.spend": "spend this {about}, with this order",
    "beneficiary.differs": "order for somebody else",
    "beneficiary.member": "person it is for",
    "company.earlier_orders": "earlier orders of the company",
    "company.customer_for_days": "days as a customer",
    "company.open_balance": "open balance",
    "company.overdue": "overdue amount",
    "history.similar_orders": "similar orders in {days}",
    "history.requester_spend": "requester’s spend in {days}, with this order",
    "history.unit_spend": "unit’s spend in {days}, with this order",
    "line.sku": "SKU",
    "line.name": "product",
    "line.category": "category",
    "line.brand": "brand",
    "line.supplier": "supplier",
    "line.tags": "tags",
    "line.quantity": "quantity",
    "line.unit_price": "unit price",
    "line.total": "line total",
    "line.restricted": "restricted item",
    "line.first_time": "bought for the first time",
    "line.above_last_price": "price above the last price paid",
    "line.above_list_price": "price above the list price",
    "line.first_of_category": "first order of the category",
    "line.category_spend": "spend on the category in {days}, with this order",
    "allocation.ship_to": "ship-to",
    "allocation.cost_centre": "cost centre",
    "allocation.quantity": "allocated quantity",
    "allocation.amount": "allocated amount",
    "allocation.need_by_in_days": "days until needed",
    "allocation.first_to_ship_to": "first order to the ship-to",
    "allocation.ship_to_spend": "spend to the ship-to in {days}, with this order",
    "line_total": "total",
    "line_quantity": "quantity",
    "allocation_total": "order",
}

OPERATORS: Final[Mapping[str, str]] = {
    ">": "{field} over {wanted}",
    ">=": "{field} from {wanted}",
    "<": "{field} below {wanted}",
    "<=": "{field} up to {wanted}",
    "=": "{field} is {wanted}",
    "between": "{field} between {wanted}",
    "in": "{field} is {wanted}",
    "within": "{field} is in {wanted}",
    "matches": "{field} has the form {wanted}",
    "is empty": "{field} is missing",
    "not >": "{field} not over {wanted}",
    "not >=": "{field} below {wanted}",
    "not <": "{field} at least {wanted}",
    "not <=": "{field} over {wanted}",
    "not =": "{field} is not {wanted}",
    "not between": "{field} not between {wanted}",
    "not in": "{field} is not {wanted}",
    "not within": "{field} is not in {wanted}",
    "not matches": "{field} does not have the form {wanted}",
    "not is empty": "{field} is given",
}

FINDINGS: Final[Mapping[str, str]] = {
    "purchase.amount <": "{gap} below the minimum of {wanted}",
    "line.category within": "{lines} in {wanted}",
    "line.category =": "{lines} in {wanted}",
    "line.category not within": "{lines} not in {wanted}",
    "line.tags in": "{lines} tagged {wanted}",
    "line.restricted true": "{lines} restricted",
    "line.restricted false": "{lines} not restricted",
    "line.first_time true": "{lines} bought for the first time",
    "line.first_time false": "{lines} bought before",
    "line.first_of_category true": "{lines} the first of its category",
    "beneficiary.differs true": "Order for somebody else",
    "beneficiary.differs false": "Order for oneself",
    "line.above_last_price >": "{lines} {actual} above the last price paid, over {wanted}",
    "allocation.cost_centre =": "on cost centre {wanted}",
    "allocation.cost_centre in": "on cost centre {wanted}",
    "allocation.ship_to =": "to {wanted}",
    "allocation.ship_to in": "to {wanted}",
    "allocation.ship_to not in": "to {actual}, which is not {wanted}",
    "allocation.first_to_ship_to true": "{lines} the first delivery to its ship-to",
    "requester.permissions not in": "Requester does not hold {wanted}",
    "requester.orders >": "{ordinal} order this {about}, {wanted} allowed",
    "history.similar_orders >": "{similar} in the last {days}",
    "history.similar_orders >=": "{similar} in the last {days}",
    "limit.order_minimum <": "{gap} below your minimum of {wanted}",
    "limit.order_maximum >": "{gap} over your limit",
    "limit.spend >": "{gap} over your limit of {wanted} this {about}",
    "limit.orders >": "{ordinal} order this {about}, {wanted} allowed",
    "limit.categories not within": "{lines} outside your categories",
    "limit.ship_tos not in": "{actual} is not one of your ship-tos",
    "budget.left >": "{gap} over in {about}; before it {wanted} was left",
    "budget.left > spent": "{gap} over in {about}; before it nothing was left",
    "budget.left > overdrawn": "{gap} over in {about}, {already} of it before this order",
    "credit.balance >": "{gap} over the credit limit of {wanted}",
    "rates is empty": "no rate for {actual}",
    "authority.none is empty": "{about} has no authority set",
    "authority.order_maximum >": "{about} may release up to {wanted}",
    "authority.order_minimum <": "{about} may release from {wanted}",
    "authority.orders >": "{about} may release up to {wanted} orders",
    "authority.spend >": "{about} may release spend up to {wanted}",
    "authority.period is empty": "{about} has no authority over the period",
    "authority.categories not within": "{about} has no authority over {actual}",
    "authority.ship_tos not in": "{about} has no authority over {actual}",
    "quote.discount >": "quote discount {actual}, over {wanted}",
    "quote.margin <": "margin {actual}, below {wanted}",
    "quote.discount is empty": "the discount is not known",
    "quote.margin is empty": "the margin is not known",
    "authority.discount >": "{about} may release discounts up to {wanted}",
    "authority.discount is empty": "{about} has no authority over discounts",
    "authority.margin <": "{about} may release margins from {wanted}",
    "authority.margin is empty": "{about} has no authority over margins",
    "authority.nobody >": "nobody’s authority covers {actual}",
}
"""By field and operator, where the plain pattern would not be how people say it."""

REASONS: Final[Mapping[str, str]] = {
    "added": "{findings} asked for one more approval",
    "authority.author": "{findings}: beyond the author’s own authority",
    "always": "Every order",
    "default": "No rule says otherwise",
    "limit.always": "Every order of yours needs approval",
    "limit.hard": "{findings}; nobody can approve it",
    "nobody_can_approve": "Nobody can approve it: {findings}",
    "unreadable_rulebook": "A rulebook cannot be read",
}

LABELS: Final[Mapping[str, str]] = {
    "added": "asked in addition",
    "head": "head of {unit}",
    "manager": "manager",
    "role": "{role}",
    "members": "named approvers",
    "permission": "approvers of the unit",
    "budget_owner": "budget owner",
    "cost_centre_owner": "cost centre owner",
    "category_owner": "category owner",
    "admins": "company admins",
    "merchant_role": "{role}",
    "merchant_owner": "the supplier’s owner",
}

WAYS_OUT: Final[Mapping[str, str]] = {
    "add_items": "Add items",
    "fewer_units": "Order fewer units",
    "wait_for_next_period": "Order in the next period",
    "remove_lines": "Remove these lines",
    "choose_ship_to": "Choose another ship-to",
    "another_cost_centre": "Use another cost centre",
    "ask_budget_owner": "Ask the budget’s owner for more",
    "ask_admin": "Ask a company admin",
    "pay_open_invoices": "Pay open invoices",
}

CHANGES: Final[Mapping[str, str]] = {
    "cost_centre": "Use cost centre {to}",
    "ship_to": "Deliver to {to}",
    "substitute": "Take {to} instead of {product}",
    "fewer_units": "Order {to} instead of {quantity} × {product}",
    "remove_line": "Leave out {product}",
    "remove_lines": "Leave out lines {lines}",
    "wait": "Order from {to} on",
}
"""What could be changed, before the colon."""

EFFECTS: Final[Mapping[str, str]] = {
    "free": "nobody has to approve",
    "one": "only {who} has to approve",
    "fewer": "{n} approvals instead of {before}",
    "supplier": "the supplier",
    "possible.free": "it can be ordered, and nobody has to approve",
    "possible.one": "it can be ordered, {who} approves",
    "possible.several": "it can be ordered, with {n} approvals",
}
"""What that would do, behind the colon."""

COUNTED: Final[Mapping[str, tuple[str, ...]]] = {
    "days": ("{n} day", "{n} days"),
    "similar": ("{n} similar order", "{n} similar orders"),
}

ORDER: Final = "Order {finding}"
"""A reason that is no more than a place: `Order on cost centre 4410`."""

PLACES: Final = frozenset({"allocation.cost_centre", "allocation.ship_to"})

LINE: Final = ("Line {numbers} is", "Lines {numbers} are", "Every line is")
AND: Final = " and "
TO: Final = " and "
OR: Final = " or "
PERIODS: Final[Mapping[str, str]] = {
    "day": "day",
    "week": "week",
    "month": "month",
    "quarter": "quarter",
    "year": "year",
}


def plural(number: int) -> int:
    """Which of the forms in `COUNTED` a number takes."""
    return int(number != 1)


def ordinal(number: int) -> str:
    """1st, 2nd, 3rd, 11th."""
    if number % 100 in (11, 12, 13):
        return f"{number}th"
    ending = {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{ending}"
