"""The registry of everything that a rule may compare.

Each field is registered once, with its kind, unit, parameter and the fact that it reads.
Validation, the rule builder's form, the JSON schema, the API documentation and the sentences all
come from here, so none of them can disagree. Its words are in `words_en` and `words_pl`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final, Literal, NamedTuple

from placet.policy import readers

Scope = Literal["purchase", "line", "allocation"]
Kind = Literal["money", "count", "quantity", "basis_points", "text", "path", "texts", "flag"]
Parameter = Literal["", "days", "period", "key"]
Operator = Literal[">", ">=", "<", "<=", "=", "between", "in", "within", "matches", "is empty"]

_ORDERED: Final[tuple[Operator, ...]] = (">", ">=", "<", "<=", "=", "between")
OPERATORS: Final[Mapping[Kind, tuple[Operator, ...]]] = {
    "money": (*_ORDERED, "is empty"),
    "count": (*_ORDERED, "is empty"),
    "quantity": (*_ORDERED, "is empty"),
    "basis_points": (*_ORDERED, "is empty"),
    "text": ("=", "in", "matches", "is empty"),
    "path": ("=", "in", "within", "is empty"),
    "texts": ("in", "is empty"),
    "flag": ("=",),
}
"""Which comparisons a kind of value understands. `in` on several texts means: has any of them."""

NUMERIC: Final[frozenset[Kind]] = frozenset({"money", "count", "quantity", "basis_points"})
PERIODS: Final = ("day", "week", "month", "quarter", "year")
SOURCES: Final = (
    *("cart", "quote", "reorder", "api", "list", "import", "punchout", "on_behalf", "standing"),
)


class Field(NamedTuple):
    """One thing that a rule may compare.

    `kind` is the type and the unit: money in minor units, basis points are hundredths of a
    percent. `reads` names the fact. `read` takes what its scope offers, (context), (line, context)
    or (allocation, context), and the parameter last where there is one: a number of days, a
    period, a reference's key. An absent value (None) makes every comparison false but `is empty`.
    `read_column` reads all lines at once from the `columns` that it names, for a field that is
    read for every purchase.
    """

    key: str
    kind: Kind
    reads: str
    read: Callable[..., Any]
    parameter: Parameter = ""
    currency: Literal["purchase", "company"] = "purchase"
    choices: tuple[str, ...] = ()
    read_column: Callable[..., Sequence[Any]] | None = None
    columns: tuple[str, ...] = ()

    @property
    def attribute(self) -> str:
        """The attribute of the line or allocation that this field is, where it is nothing more."""
        scope, _, name = self.reads.partition(".")
        is_itself = self.reads in (self.key, f"{self.key}_minor") and self.read_column is None
        return name if is_itself and scope == self.scope != "purchase" else ""

    @property
    def may_be_absent(self) -> bool:
        """Whether the facts may hold no value, which meets no comparison."""
        return self.key in _MAY_BE_ABSENT

    @property
    def scope(self) -> Scope:
        """What one value belongs to: the purchase, one of its lines, or an allocation of a line."""
        if self.key.startswith("line."):
            return "line"
        return "allocation" if self.key.startswith("allocation.") else "purchase"


_MAY_BE_ABSENT: Final = frozenset(
    {
        "purchase.requested_in_days",
        "quote.discount",
        "quote.margin",
        "quote.target_price",
        "beneficiary.member",
        "line.above_last_price",
        "line.above_list_price",
        "allocation.need_by_in_days",
    }
)

_PURCHASE: Final = (
    Field("purchase.amount", "money", "purchase", readers.amount),
    Field("purchase.goods", "money", "purchase.goods_minor", readers.goods),
    Field("purchase.shipping", "money", "purchase.shipping_minor", readers.shipping),
    Field("purchase.tax", "money", "purchase.tax_minor", readers.tax),
    Field("purchase.total", "money", "purchase.total_minor", readers.total),
    Field("purchase.line_count", "count", "purchase.lines", readers.line_count),
    Field("purchase.currency", "text", "purchase.currency", readers.currency),
    Field("purchase.bill_to", "text", "purchase.bill_to", readers.bill_to),
    Field("purchase.terms", "text", "purchase.terms", readers.terms),
    Field("purchase.reference", "text", "purchase.references", readers.reference, "key"),
    Field("purchase.justification", "text", "purchase.justification", readers.justification),
    Field("purchase.source", "text", "purchase.source", readers.source, choices=SOURCES),
    Field("purchase.requested_in_days", "count", "purchase.requested_on", readers.requested_in),
    Field("purchase.weekday", "count", "now", readers.weekday),
    Field("purchase.hour", "count", "now", readers.hour),
    Field("quote.discount", "basis_points", "purchase.quote", readers.quote_discount),
    Field("quote.margin", "basis_points", "purchase.quote", readers.quote_margin),
    Field("quote.target_price", "money", "purchase.quote", readers.quote_target),
)

_PEOPLE: Final = (
    Field("requester.member", "text", "requester.person", readers.requester_member),
    Field("requester.unit", "path", "requester.person", readers.requester_unit),
    Field("requester.roles", "texts", "requester.roles", readers.requester_roles),
    Field("requester.permissions", "texts", "requester.permissions", readers.permissions),
    Field("requester.orders", "count", "requester.uses", readers.orders, "period"),
    Field("requester.spend", "money", "requester.uses", readers.spend, "period", "company"),
    Field("beneficiary.differs", "flag", "beneficiary", readers.beneficiary_differs),
    Field("beneficiary.member", "text", "beneficiary", readers.beneficiary_member),
)

_COMPANY: Final = (
    Field("company.earlier_orders", "count", "company", readers.earlier_orders),
    Field("company.customer_for_days", "count", "company", readers.customer_for_days),
    Field("company.open_balance", "money", "company.credit", readers.open_balance, "", "company"),
    Field("company.overdue", "money", "company.credit", readers.overdue, "", "company"),
    Field("history.similar_orders", "count", "history.totals", readers.similar_orders, "days"),
    Field(
        "history.requester_spend", "money", "history.totals", readers.requester_spend,
        "days", "company",
    ),
    Field("history.unit_spend", "money", "history.totals", readers.unit_spend, "days", "company"),
)  # fmt: skip

_LINE: Final = (
    Field("line.sku", "text", "line.sku", readers.line_sku),
    Field("line.name", "text", "line.name", readers.line_name),
    Field("line.category", "path", "line.category", readers.line_category),
    Field("line.brand", "text", "line.brand", readers.line_brand),
    Field("line.supplier", "text", "line.supplier", readers.line_supplier),
    Field("line.tags", "texts", "line.tags", readers.line_tags),
    Field("line.quantity", "quantity", "line.quantity", readers.line_quantity),
    Field(
        "line.unit_price", "money", "line.unit_price_minor", readers.line_unit_price,
        read_column=readers.unit_prices,
        columns=("unit_price_minor", "price_quantity"),
    ),
    Field("line.total", "money", "line.total_minor", readers.line_total),
    Field("line.restricted", "flag", "line.restricted", readers.line_restricted),
    Field("line.first_time", "flag", "line.first_time", readers.line_first_time),
    Field("line.above_last_price", "basis_points", "line.last_price_minor", readers.above_last),
    Field("line.above_list_price", "basis_points", "line.list_price_minor", readers.above_list),
    Field("line.first_of_category", "flag", "history.first_categories", readers.first_of_category),
    Field(
        "line.category_spend", "money", "history.by_key", readers.category_spend, "days", "company"
    ),
)  # fmt: skip

_ALLOCATION: Final = (
    Field("allocation.ship_to", "text", "allocation.ship_to", readers.ship_to),
    Field("allocation.cost_centre", "text", "allocation.cost_centre", readers.cost_centre),
    Field("allocation.quantity", "quantity", "allocation.quantity", readers.allocation_quantity),
    Field("allocation.amount", "money", "allocation", readers.allocation_amount),
    Field("allocation.need_by_in_days", "count", "allocation.need_by_on", readers.need_by_in),
    Field("allocation.first_to_ship_to", "flag", "history.first_ship_tos", readers.first_ship_to),
    Field(
        "allocation.ship_to_spend", "money", "history.by_key", readers.ship_to_spend,
        "days", "company",
    ),
)  # fmt: skip

FIELDS: Final[Mapping[str, Field]] = {
    field.key: field for field in (*_PURCHASE, *_PEOPLE, *_COMPANY, *_LINE, *_ALLOCATION)
}
"""Every field by its key, in the order in which the rule builder offers them."""

SUMS: Final[Mapping[str, Kind]] = {
    "line_total": "money",
    "line_quantity": "quantity",
    "allocation_total": "money",
}
"""What may be summed over the lines, or the allocations, that meet a condition."""

WINDOW_MEASURES: Final[Mapping[str, str]] = {
    "history.similar_orders": "similar_orders",
    "history.requester_spend": "spend_requester",
    "history.unit_spend": "spend_unit",
    "line.category_spend": "spend_category",
    "allocation.ship_to_spend": "spend_ship_to",
}
"""The measure of `facts.History` that a field over a number of days reads."""
