"""The shapes of companies, people and money; each refers to others by key.

Days are offsets from the day on which the world is loaded: 0 is today, -7 a week ago. Amounts are
cents of the company's currency, which is EUR everywhere in this world.
"""

from typing import Literal, NamedTuple


class Company(NamedTuple):
    """A buying organisation, a household, or the merchant; it has been a customer for some days.

    Up to ``mail_decisions_up_to_minor`` its approvers decide from a mail without a sign-in.
    """

    key: str
    name: str
    kind: Literal["business", "household", "merchant"]
    language: str
    time_zone: str
    tax_number: str
    price_list: str
    customer_since_days: int
    po_pattern: str = ""
    po_hint: str = ""
    currency: str = "EUR"
    fiscal_year_month: int = 1
    payment_terms: str = "net_30"
    mail_decisions_up_to_minor: int = 0
    offered_terms: tuple[str, ...] = ()


class Reference(NamedTuple):
    """A field of its own that a company keeps on its purchases."""

    company: str
    key: str
    label: str
    required: bool
    for_the_supplier: bool


class Unit(NamedTuple):
    """A node of a company's tree; ``head`` is the key of a member."""

    key: str
    company: str
    parent: str | None
    name: str
    code: str
    head: str | None


class Role(NamedTuple):
    """A role that a company made for itself. The built-in ones need no row."""

    company: str
    key: str
    name: str
    permissions: tuple[str, ...] = ()


class Grant(NamedTuple):
    """A role, for the whole company or for a unit and all below it."""

    role: str
    unit: str | None = None


class User(NamedTuple):
    """A human being, who signs in with ``email``."""

    key: str
    name: str
    email: str
    language: str = "en"


class Member(NamedTuple):
    """A user's membership of one company. Its key is the user's, except for a second one."""

    key: str
    company: str
    unit: str
    title: str
    manager: str | None
    grants: tuple[Grant, ...]
    user: str = ""
    left_days_ago: int | None = None

    @property
    def person(self) -> str:
        """The key of the human."""
        return self.user or self.key


class Limit(NamedTuple):
    """What a member may spend; amounts that are not set do not limit."""

    member: str
    mode: Literal["unrestricted", "over", "hard", "always"]
    order_maximum_minor: int | None = None
    period: Literal["week", "month", "quarter"] = "month"
    period_spend_minor: int | None = None
    period_orders: int | None = None
    categories: tuple[str, ...] | None = None


# No amount that people type may be larger, so this covers every one of them.
ANY_AMOUNT = 10**15


class Authority(NamedTuple):
    """Which orders a member may release by size; ``unlimited`` covers every order.

    It covers all categories and all ship-tos: what an order may hold is for the rules to say.
    """

    member: str
    order_maximum_minor: int | None = None
    order_minimum_minor: int | None = None
    unlimited: bool = False


class Absence(NamedTuple):
    """A member is away from the first to the last day, both included."""

    member: str
    first_day: int
    last_day: int


class Delegation(NamedTuple):
    """``delegate`` decides for ``principal`` from the first to the last day, both included."""

    principal: str
    delegate: str
    first_day: int
    last_day: int
    cap_minor: int | None = None


class Address(NamedTuple):
    """A ship-to or the bill-to of a company; without a unit it serves all of it."""

    key: str
    company: str
    kind: Literal["ship_to", "bill_to"]
    name: str
    street: str
    postcode: str
    city: str
    country: str
    unit: str | None = None
    delivery_note: str = ""


class CostCenter(NamedTuple):
    """Where a cost is booked. ``key`` is unique in the world, ``code`` within the company."""

    key: str
    company: str
    code: str
    name: str
    unit: str
    owner: str


Period = Literal["this_month", "this_quarter", "this_year", "ends_tomorrow"]


class Budget(NamedTuple):
    """An amount for an owner and a period.

    ``name`` may hold ``{quarter}``, ``{month}`` or ``{year}`` of the day of loading. ``committed``
    and ``reserved`` are what the ledger shows when the world is complete: the history and the open
    requisitions explain a part of it, and the loader opens the account with the rest.
    ``owner`` is the key of a cost centre, unit or member, or the path of a category. One that
    comes back does so with its period, and names neither month nor quarter.
    """

    key: str
    company: str
    name: str
    owner_kind: Literal["cost_center", "unit", "member", "category", "company"]
    owner: str
    responsible: str
    period: Period
    mode: Literal["warn", "approve", "block"]
    amount_minor: int
    committed_minor: int
    reserved_minor: int = 0
    comes_back: bool = False
    rollover: Literal["none", "left", "all"] = "none"

    @property
    def left_minor(self) -> int:
        """What is neither ordered nor waiting; negative when overdrawn."""
        return self.amount_minor - self.committed_minor - self.reserved_minor
