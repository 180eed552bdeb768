"""A small company to test the engine with: facts that are complete, and easy to change.

Meridian's ICU: Lena buys, Rashid is head of ICU, Helena head of the hospital above it. Everything
is a plain value; each builder takes only what a test cares about.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from placet.policy.facts import (
    UNLIMITED,
    UNRESTRICTED,
    Allocation,
    Budget,
    Company,
    Credit,
    Facts,
    Grant,
    History,
    Limit,
    Line,
    Organisation,
    PeriodBound,
    PeriodUse,
    Person,
    Purchase,
    Requester,
    Unit,
)
from placet.policy.money import Money
from placet.policy.plan import Plan
from placet.policy.rulebook import CompiledRulebook, compile_rulebook

NOW = datetime(2025, 11, 25, 9, 10, tzinfo=UTC)
ROOT, HOSPITAL, ICU = "mhg", "mhg/hospital", "mhg/hospital/icu"


def eur(text: str) -> Money:
    """`eur("500.00")` is 500.00 EUR."""
    units, _, cents = text.partition(".")
    return Money(int(units) * 100 + int((cents or "0").ljust(2, "0")), "EUR")


def money(text: str, currency: str = "EUR") -> dict[str, Any]:
    """Money as a document writes it."""
    return {"amount_minor": eur(text).amount_minor, "currency": currency}


def person(name: str, unit: str = ICU, authority: Limit | None = None) -> Person:
    return Person(f"user-{name}", name, name.capitalize(), unit, authority)


LENA = person("lena")
STAFF = ("rashid", "ada", "ben", "cy", "anika", "jonas", "piotr", "ines")


def people(*extra: Person) -> dict[str, Person]:
    known = {name: person(name) for name in STAFF}
    known["lena"] = LENA
    known["helena"] = person("helena", HOSPITAL)
    known["tom"] = person("tom", "")
    known["olga"] = person("olga", "")
    return known | {other.member: other for other in extra}


UNITS = (
    Unit(ROOT, "Meridian", "greta", True),
    Unit(HOSPITAL, "St. Anna", "helena", True),
    Unit(ICU, "ICU", "rashid", True),
)


def organisation(**changes: Any) -> Organisation:
    base = Organisation(
        people=people(),
        units=UNITS,
        roles=(
            Grant("biomed", "anika", ROOT),
            Grant("biomed", "jonas", ROOT),
            Grant("biomed", "piotr", ROOT),
        ),
        permissions=(Grant("order.approve", "rashid", ICU), Grant("order.approve", "helena", ROOT)),
        managers={"lena": "rashid", "rashid": "helena"},
        admins=("ines",),
        cost_centre_owners={"4410": "rashid"},
        category_owners={"Medical devices": "anika"},
        merchant_roles={"store_manager": ("tom",), "owner": ("olga",)},
        merchant_owners=("olga",),
        delegations=(),
        absences=(),
    )
    return base._replace(**changes)


def allocation(goods_minor: int, **changes: Any) -> Allocation:
    return Allocation(1, "Dock B", "4410", None, goods_minor, 0, 0)._replace(**changes)


def line(number: int, amount: str, category: str = "Consumables/Gloves", **changes: Any) -> Line:
    total = eur(amount).amount_minor
    base = Line(
        number=number,
        sku=f"NS-{number}",
        name=f"Product {number}",
        category=category,
        brand="Norden",
        supplier="Norden Supply",
        tags=frozenset(),
        quantity=1,
        unit_price_minor=total,
        price_quantity=1,
        total_minor=total,
        last_price_minor=None,
        list_price_minor=None,
        restricted=False,
        first_time=False,
        allocations=(allocation(total),),
    )
    return base._replace(**changes)


def purchase(*lines: Line, currency: str = "EUR", **changes: Any) -> Purchase:
    goods = sum(each.total_minor for each in lines)
    base = Purchase(
        currency=currency,
        lines=lines,
        goods_minor=goods,
        shipping_minor=0,
        tax_minor=0,
        total_minor=goods,
        bill_to="",
        terms="net30",
        references={"po": "PR-88121"},
        justification="",
        source="cart",
        requested_on=date(2025, 11, 28),
        quote=None,
    )
    return base._replace(**changes)


def of(amount: str, *, currency: str = "EUR") -> Purchase:
    """A purchase of one line."""
    return purchase(line(1, amount), currency=currency)


def facts(bought: Purchase | str = "100.00", **changes: Any) -> Facts:
    requester = Requester(LENA, frozenset({"buyer"}), frozenset({"order.submit"}), UNRESTRICTED, ())
    base = Facts(
        now=NOW,
        purchase=of(bought) if isinstance(bought, str) else bought,
        requester=requester,
        beneficiary=None,
        authors=frozenset({"user-lena"}),
        organisation=organisation(),
        budgets=(),
        company=Company(
            id="mhg",
            currency="EUR",
            zone=ZoneInfo("Europe/Warsaw"),
            customer_since_on=date(2020, 1, 1),
            earlier_orders=12,
            credit=Credit(UNLIMITED, 0, 0, "warn"),
        ),
        history=History({}, {}, frozenset(), frozenset()),
        rates={},
    )
    return base._replace(**changes)


def limit(**changes: Any) -> Limit:
    base = Limit("over", UNLIMITED, UNLIMITED, UNLIMITED, UNLIMITED, UNLIMITED)
    return base._replace(**changes)


def limited(known: Facts, own: Limit, *uses: PeriodUse) -> Facts:
    return known._replace(requester=known.requester._replace(limit=own, uses=uses))


def orders_a_week(allowed: int) -> Limit:
    return limit(periods=(PeriodBound("week", UNLIMITED, allowed),))


def icu_budget(**changes: Any) -> Budget:
    base = Budget(
        id="bud-icu",
        name="ICU consumables Q4",
        kind="cost_centre",
        key="4410",
        owner="rashid",
        mode="approve",
        basis="with_shipping",
        currency="EUR",
        amount_minor=2_500_000,
        committed_minor=1_840_000,
        reserved_minor=210_000,
    )
    return base._replace(**changes)


def rule(
    name: str, when: Mapping[str, Any], then: Mapping[str, Any], **more: Any
) -> dict[str, Any]:
    return {"id": name, "when": when, "then": then, **more}


def rulebook(*rules: Mapping[str, Any], **changes: Any) -> CompiledRulebook:
    document = {"format": 1, "side": "buyer", "default": "free", "rules": list(rules)}
    place = {
        key: changes.pop(key) for key in ("rulebook", "version", "unit_path") if key in changes
    }
    return compile_rulebook({**document, **changes}, **place)


EVERY: dict[str, Any] = {"all": []}


def amount(operator: str, value: str, currency: str = "EUR") -> dict[str, Any]:
    return {"field": "purchase.amount", "op": operator, "value": money(value, currency)}


def named(*members: str) -> dict[str, Any]:
    return {"select": "members", "members": list(members)}


HEAD = {"select": "head", "levels_up": 0}
BIOMED = {"select": "role", "role": "biomed", "where": "nearest"}


def asks(*approvers: Mapping[str, Any], **step: Any) -> dict[str, Any]:
    return {"effect": "require", "steps": [{"approvers": list(approvers), **step}]}


def asked(plan: Plan) -> list[list[str]]:
    """The members asked, step by step."""
    return [[approver.member for approver in step.approvers] for step in plan.steps]


def shown(plan: Plan) -> Sequence[object]:
    """The plan as the table of the worked examples says it."""
    return "blocked" if plan.outcome == "blocked" else asked(plan) or "free"
