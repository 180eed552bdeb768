"""Everything the engine may know about one purchase, frozen and complete.

The application loads these values in a fixed number of queries; the engine reads nothing else.
There are no permissive defaults: a fact that is missing is an error (`MissingFact`), zero means
zero, and *unlimited* is said with `UNLIMITED`. Amounts ending in `_minor` are minor units of the
purchase's currency unless the field says otherwise. Ids are opaque strings.

Named tuples, because a plan is computed at every change of a cart.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, tzinfo
from decimal import Decimal
from enum import Enum
from typing import Final, Literal, NamedTuple

from placet.policy.money import Money, Rate


class Unlimited(Enum):
    """The explicit statement that there is no bound."""

    UNLIMITED = "unlimited"


UNLIMITED: Final = Unlimited.UNLIMITED

Quantity = int | Decimal
Side = Literal["buyer", "merchant"]
AmountBasis = Literal["goods", "with_shipping", "gross"]
Period = Literal["day", "week", "month", "quarter", "year"]
LimitMode = Literal["unrestricted", "always", "over", "hard"]
BudgetMode = Literal["warn", "approve", "block"]


class MissingFact(Exception):
    """The facts are incomplete: nothing is assumed in place of what was not loaded."""

    code = "missing_fact"

    def __init__(self, what: str) -> None:
        super().__init__(f"the facts lack {what}")
        self.what = what


# ── The purchase ────────────────────────────────────────────────────────────────────────────────


class Allocation(NamedTuple):
    """A part of a line: how much of it goes where and on which cost centre.

    The amounts are this part's share: `goods_minor` net after all discounts; shipping and tax
    apportioned by net value with the remainder on the last allocation (see `totals`).
    """

    quantity: Quantity
    ship_to: str
    cost_centre: str  # the code; empty where the company keeps none
    need_by_on: date | None
    goods_minor: int
    shipping_minor: int
    tax_minor: int


class Line(NamedTuple):
    """One line as it stands on the screen; `number` counts from 1.

    `unit_price_minor`, `last_price_minor` and `list_price_minor` are prices for
    `price_quantity` units (1, or 100 for a price per hundred).
    """

    number: int
    sku: str
    name: str
    category: str  # path, "Medical devices/Infusion"
    brand: str
    supplier: str
    tags: frozenset[str]
    quantity: Quantity
    unit_price_minor: int
    price_quantity: int
    total_minor: int  # goods net after all discounts
    last_price_minor: int | None  # last price paid by this company; None when never bought
    list_price_minor: int | None
    restricted: bool
    first_time: bool
    allocations: tuple[Allocation, ...]


class QuoteTerms(NamedTuple):
    """What a negotiated purchase was agreed at; only the merchant's rules read the margin.

    Of an offer that is about to be made the discount is unknown too where something has no price.
    """

    discount_basis_points: int | None
    margin_basis_points: int | None  # unknown on the buyer's side
    target_price_minor: int | None


class Purchase(NamedTuple):
    """What somebody wants to buy. `goods_minor + shipping_minor + tax_minor == total_minor`."""

    currency: str
    lines: tuple[Line, ...]
    goods_minor: int  # net after all discounts
    shipping_minor: int
    tax_minor: int
    total_minor: int
    bill_to: str
    terms: str
    references: Mapping[str, str]  # "po": "PR-88121" and the company's own fields; empty as ""
    justification: str
    source: str  # cart, quote, reorder, api, list, punchout
    requested_on: date | None
    quote: QuoteTerms | None


# ── Limits, which are also authority ────────────────────────────────────────────────────────────


class PeriodBound(NamedTuple):
    """At most `spend` and at most `orders` in one period; each is a value or `UNLIMITED`."""

    period: Period
    spend: Money | Unlimited
    orders: int | Unlimited


class Limit(NamedTuple):
    """One object in both uses: a buyer's limit, and how much an approver may release.

    `None` means *not set*: as authority it covers nothing, and in a buyer's limit it is a missing
    fact. Bounds are inclusive. `mode` counts only for a buyer's limit.
    """

    mode: LimitMode
    order_minimum: Money | Unlimited | None
    order_maximum: Money | Unlimited | None
    periods: tuple[PeriodBound, ...] | Unlimited | None
    categories: frozenset[str] | Unlimited | None  # paths; everything below them is included
    ship_tos: frozenset[str] | Unlimited | None
    discount: int | Unlimited | None = UNLIMITED  # basis points at most, of what staff offer
    margin: int | Unlimited | None = UNLIMITED  # basis points at least, of what staff offer


UNRESTRICTED: Final = Limit(
    mode="unrestricted",
    order_minimum=UNLIMITED,
    order_maximum=UNLIMITED,
    periods=UNLIMITED,
    categories=UNLIMITED,
    ship_tos=UNLIMITED,
)


class PeriodUse(NamedTuple):
    """What the requester used of the running period, without this purchase.

    Submitted requisitions count; rejected, withdrawn, expired and cancelled ones do not. The
    period is one of the company's zone and fiscal year (see `budgets.period_of`).
    """

    period: Period
    spend: Money
    orders: int


# ── People ──────────────────────────────────────────────────────────────────────────────────────


class Person(NamedTuple):
    """A member who is active at `now`. `user` is the human, who may be a member elsewhere too."""

    user: str
    member: str
    name: str
    unit_path: str  # ids from the root, "u1/u4/u9"; empty for merchant staff
    authority: Limit | None  # what this person may release; None where nothing is set


class Requester(NamedTuple):
    """Who asks. Roles and permissions are those that hold *for the purchase's unit*."""

    person: Person
    roles: frozenset[str]
    permissions: frozenset[str]
    limit: Limit
    uses: tuple[PeriodUse, ...]


class Unit(NamedTuple):
    """A unit on the path from the company's root to the purchase's unit."""

    path: str
    name: str
    head: str | None  # member, also when not active: then the step falls back
    inherits_rules: bool  # False: rulebooks of the units above do not apply here or below


class Grant(NamedTuple):
    """`member` holds a role or a permission (`name`) for the unit at `unit_path` and all below.

    An empty `unit_path` means the whole company.
    """

    name: str
    member: str
    unit_path: str


class Delegation(NamedTuple):
    """`delegate` may decide for `principal` between two instants, up to `cap` an order."""

    principal: str
    delegate: str
    starts_at: datetime
    ends_at: datetime
    cap: Money | Unlimited


class Absence(NamedTuple):
    """`member` is away between two instants (the end is exclusive)."""

    member: str
    starts_at: datetime
    ends_at: datetime


class Organisation(NamedTuple):
    """Enough to say who is asked, and no more: only what `CompiledRulebook.reads` names.

    Every member named in any of the other fields who is *not* in `people` is not active at `now`.
    """

    people: Mapping[str, Person]  # by member id: company people and merchant staff
    units: tuple[Unit, ...]  # from the root to the purchase's unit
    roles: tuple[Grant, ...]  # of the roles that are read, on the path or anywhere as asked
    permissions: tuple[Grant, ...]  # of the permissions that are read, on units of the path
    managers: Mapping[str, str]  # member to manager, along the requester's chain
    admins: tuple[str, ...]
    cost_centre_owners: Mapping[str, str]
    category_owners: Mapping[str, str]  # by category path; the nearest one above counts
    merchant_roles: Mapping[str, tuple[str, ...]]  # role to staff
    merchant_owners: tuple[str, ...]
    delegations: tuple[Delegation, ...]
    absences: tuple[Absence, ...]


# ── Money that is there ─────────────────────────────────────────────────────────────────────────


class Budget(NamedTuple):
    """A budget that this purchase draws on. Amounts are minor units of *its* currency.

    `kind` and `key` say which part of the purchase counts: all of it for a company, unit or
    member, the allocations of a cost centre, the lines of a category and below. `basis` says
    whether shipping and tax count too.
    """

    id: str
    name: str
    kind: Literal["company", "unit", "member", "cost_centre", "category"]
    key: str
    owner: str | None  # member
    mode: BudgetMode
    basis: AmountBasis
    currency: str
    amount_minor: int
    committed_minor: int
    reserved_minor: int


class Credit(NamedTuple):
    """What the merchant lends the company; amounts in the company's currency."""

    limit: Money | Unlimited
    open_balance_minor: int
    overdue_minor: int
    mode: BudgetMode


class Company(NamedTuple):
    """The buying company as the rules see it."""

    id: str
    currency: str
    zone: tzinfo
    customer_since_on: date
    earlier_orders: int
    credit: Credit


class History(NamedTuple):
    """Sums over a rolling window of the last N days, without this purchase.

    Keys are (measure, days), exactly those that `CompiledRulebook.reads.windows` names. Spend is
    in minor units of the company's currency. Measures in `totals`: `similar_orders`,
    `spend_requester`, `spend_unit`; in `by_key`: `spend_category` (by the line's category),
    `spend_ship_to` (by ship-to).
    """

    totals: Mapping[tuple[str, int], int]
    by_key: Mapping[tuple[str, int], Mapping[str, int]]
    first_categories: frozenset[str]  # categories of this purchase never ordered from before
    first_ship_tos: frozenset[str]  # ship-tos of this purchase never delivered to before


class Facts(NamedTuple):
    """All facts of one plan."""

    now: datetime
    purchase: Purchase
    requester: Requester
    beneficiary: Person | None  # the person it is for, where it is not the requester
    authors: frozenset[str]  # users who shaped this revision, the requester included or not
    organisation: Organisation
    budgets: tuple[Budget, ...]
    company: Company
    history: History
    rates: Mapping[tuple[str, str], Rate]  # by (source, target), frozen at first submission
