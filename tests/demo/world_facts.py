"""The facts of a purchase in the demo world, built from its plain values, without a database."""

from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from placet.demo.world.budgets import BUDGETS
from placet.demo.world.catalog.assortment import PRODUCT_BY_SKU
from placet.demo.world.companies import COMPANIES, STORE_TERMS
from placet.demo.world.cost_centers import COST_CENTERS
from placet.demo.world.members.everybody import (
    ABSENCES,
    AUTHORITIES,
    DELEGATIONS,
    LIMITS,
    MEMBERS,
)
from placet.demo.world.prices import LAST_PAID_MINOR, NEVER_BOUGHT, price_at
from placet.demo.world.requisitions.shapes import Line as WorldLine
from placet.demo.world.requisitions.shapes import Requisition
from placet.demo.world.rules.everything import RULEBOOKS
from placet.demo.world.rules.shapes import document
from placet.demo.world.shapes import Budget as WorldBudget
from placet.demo.world.shapes import Member
from placet.demo.world.units import UNITS
from placet.policy import facts as engine
from placet.policy.facts import UNLIMITED, UNRESTRICTED
from placet.policy.money import Money
from placet.policy.rulebook import CompiledRulebook, compile_rulebook

NOW = datetime(2025, 11, 25, 9, 10, tzinfo=UTC)
MEMBER_BY_KEY = {member.key: member for member in MEMBERS}
COMPANY_BY_KEY = {company.key: company for company in COMPANIES}
UNIT_BY_KEY = {unit.key: unit for unit in UNITS}
CODES = {center.key: center.code for center in COST_CENTERS}


def rulebooks_of(company: str) -> tuple[CompiledRulebook, ...]:
    """The company's own rulebook and the merchant's."""
    return tuple(
        compile_rulebook(document(book), rulebook=book.company, version=book.version)
        for book in RULEBOOKS
        if book.company == company or book.side == "merchant"
    )


def path_of(unit: str) -> str:
    """The unit's keys from the root, as the engine writes them."""
    parent = UNIT_BY_KEY[unit].parent
    return f"{path_of(parent)}/{unit}" if parent else unit


def facts_of(
    requisition: Requisition,
    *,
    earlier_orders: int = 20,
    orders_this_week: int = 0,
    reserved_minor: int | None = None,
) -> engine.Facts:
    """The facts when it is submitted; the budgets as they stand without it, or as is said."""
    member = MEMBER_BY_KEY[requisition.requester]
    company = COMPANY_BY_KEY[requisition.company]
    lines = tuple(
        _line(number, line, requisition, company.price_list)
        for number, line in enumerate(requisition.lines_now, 1)
    )
    goods = sum(line.total_minor for line in lines)
    shipping = 0 if goods >= STORE_TERMS.free_shipping_from_minor else 9_90
    return engine.Facts(
        now=NOW,
        purchase=engine.Purchase(
            currency="EUR", lines=lines, goods_minor=goods, shipping_minor=shipping, tax_minor=0,
            total_minor=goods + shipping, bill_to="", terms=company.payment_terms,
            references={"po": requisition.po_number, "project": ""}, justification="",
            source="cart", requested_on=None, quote=None,
        ),
        requester=_requester(member, orders_this_week),
        beneficiary=None,
        authors=frozenset({member.person}),
        organisation=_organisation(member),
        budgets=tuple(_budgets(requisition, member, lines, reserved_minor)),
        company=engine.Company(
            company.key, "EUR", ZoneInfo(company.time_zone), date(2024, 1, 1), earlier_orders,
            engine.Credit(UNLIMITED, 0, 0, "warn"),
        ),
        history=engine.History(
            {("similar_orders", 7): 0}, {}, frozenset(), frozenset()
        ),
        rates={},
    )  # fmt: skip


def _line(number: int, line: WorldLine, requisition: Requisition, list_key: str) -> engine.Line:
    product = PRODUCT_BY_SKU[line.sku]
    price = price_at(list_key, line.sku, line.quantity)
    never = line.sku in NEVER_BOUGHT
    code = CODES.get(requisition.cost_center, "")
    goes_to = f"address:{requisition.ship_to}"
    total = price * line.quantity
    whole = engine.Allocation(line.quantity, goes_to, code, None, total, 0, 0)
    return engine.Line(
        number=number, sku=line.sku, name=product.name, category=product.category,
        brand=product.brand, supplier=product.supplier, tags=frozenset(product.tags),
        quantity=line.quantity, unit_price_minor=price, price_quantity=1, total_minor=total,
        last_price_minor=None if never else LAST_PAID_MINOR.get(line.sku, price),
        list_price_minor=product.list_minor, restricted=product.restricted, first_time=never,
        allocations=(whole,),
    )  # fmt: skip


def _requester(member: Member, orders_this_week: int) -> engine.Requester:
    roles = frozenset(grant.role for grant in member.grants)
    uses = tuple(
        engine.PeriodUse(period, Money(0, "EUR"), orders_this_week)
        for period in ("day", "week", "month", "quarter", "year")
    )
    limit = next((_limit(member.key) for limit in LIMITS if limit.member == member.key), None)
    return engine.Requester(
        _person(member), roles, frozenset({"order.submit"}), limit or UNRESTRICTED, uses
    )


def _limit(member: str) -> engine.Limit:
    own = next(limit for limit in LIMITS if limit.member == member)
    bound = engine.PeriodBound(
        own.period,
        UNLIMITED if own.period_spend_minor is None else Money(own.period_spend_minor, "EUR"),
        UNLIMITED if own.period_orders is None else own.period_orders,
    )
    return engine.Limit(
        own.mode,
        UNLIMITED,
        UNLIMITED if own.order_maximum_minor is None else Money(own.order_maximum_minor, "EUR"),
        (bound,),
        UNLIMITED if own.categories is None else frozenset(own.categories),
        UNLIMITED,
    )


def _person(member: Member) -> engine.Person:
    own = next((entry for entry in AUTHORITIES if entry.member == member.key), None)
    authority = None
    if own is not None:
        authority = UNRESTRICTED
        if not own.unlimited:
            authority = UNRESTRICTED._replace(
                order_minimum=UNLIMITED
                if own.order_minimum_minor is None
                else Money(own.order_minimum_minor, "EUR"),
                order_maximum=Money(own.order_maximum_minor or 0, "EUR"),
            )
    unit_path = "" if member.company == "norden" else path_of(member.unit)
    return engine.Person(member.person, member.key, member.key, unit_path, authority)


def _staff(role: str) -> tuple[str, ...]:
    return tuple(
        member.key
        for member in MEMBERS
        if member.company == "norden" and role in {grant.role for grant in member.grants}
    )


def _organisation(requester: Member) -> engine.Organisation:
    company = requester.company
    present = [m for m in MEMBERS if m.left_days_ago is None and m.company in (company, "norden")]
    own = [member for member in present if member.company == company]
    path = path_of(requester.unit).split("/")
    return engine.Organisation(
        people={member.key: _person(member) for member in present},
        units=tuple(
            engine.Unit(path_of(key), UNIT_BY_KEY[key].name, UNIT_BY_KEY[key].head, True)
            for key in path
        ),
        roles=tuple(
            engine.Grant(grant.role, member.key, path_of(grant.unit) if grant.unit else "")
            for member in own
            for grant in member.grants
        ),
        permissions=(),
        managers={member.key: member.manager for member in own if member.manager},
        admins=tuple(
            member.key
            for member in own
            if {"company_admin", "parent"} & {grant.role for grant in member.grants}
        ),
        cost_centre_owners={c.code: c.owner for c in COST_CENTERS if c.company == company},
        category_owners={},
        merchant_roles={role: _staff(role) for role in ("store_manager", "owner")},
        merchant_owners=_staff("owner"),
        delegations=tuple(
            engine.Delegation(
                d.principal, d.delegate, NOW + timedelta(days=d.first_day),
                NOW + timedelta(days=d.last_day + 1),
                UNLIMITED if d.cap_minor is None else Money(d.cap_minor, "EUR"),
            )
            for d in DELEGATIONS
        ),
        absences=tuple(
            engine.Absence(
                a.member, NOW + timedelta(days=a.first_day), NOW + timedelta(days=a.last_day + 1)
            )
            for a in ABSENCES
        ),
    )  # fmt: skip


def _applies(budget: WorldBudget, requisition: Requisition, member: Member) -> bool:
    of_kind = {
        "cost_center": [requisition.cost_center],
        "unit": path_of(member.unit).split("/"),
        "member": [member.key],
    }
    return budget.owner in of_kind.get(budget.owner_kind, [])


def _budgets(
    requisition: Requisition,
    member: Member,
    lines: Iterable[engine.Line],
    reserved_minor: int | None,
) -> Iterable[engine.Budget]:
    """The budgets that apply, each without what this purchase itself reserves."""
    for budget in BUDGETS:
        within = [line for line in lines if f"{line.category}/".startswith(f"{budget.owner}/")]
        of_category = budget.owner_kind == "category" and bool(within)
        if budget.company != requisition.company:
            continue
        if not (of_category or _applies(budget, requisition, member)):
            continue
        own = sum(line.total_minor for line in (within if of_category else lines))
        kind = "cost_centre" if budget.owner_kind == "cost_center" else budget.owner_kind
        key = path_of(budget.owner) if kind == "unit" else CODES.get(budget.owner, budget.owner)
        reserved = budget.reserved_minor - own if reserved_minor is None else reserved_minor
        yield engine.Budget(
            budget.key, budget.name, kind, key, budget.responsible, budget.mode, "goods", "EUR",
            budget.amount_minor, budget.committed_minor, max(reserved, 0),
        )  # fmt: skip
