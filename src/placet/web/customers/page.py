"""Companies as the merchant knows them: terms, prices, orders; never budgets, limits or rules."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from django.db.models import Count, IntegerField, OuterRef, Q, QuerySet, Subquery
from django.http import QueryDict
from django.utils.translation import gettext as _

from placet.catalog.models import Assortment, CompanyPriceList, PriceList
from placet.companies.directory import list_applications
from placet.companies.models import Company, CompanyApplication, CustomerRep, Member
from placet.companies.permissions import COMPANY_MANAGE
from placet.companies.queries import list_companies
from placet.core.actor import Actor
from placet.core.errors import NotFound
from placet.orders.models import Order
from placet.orders.queries import list_orders
from placet.requisitions.queries import list_awaiting_customers
from placet.web.terms import payment_words as payment_words

PAGE_SIZE = 50
MOST_COUNTED = 1000
MOST_CONTACTS = 50


class CustomerRow(NamedTuple):
    """A company in the list; its orders are those that the reader may see."""

    company: Company
    price_list: str
    order_count: int
    last_order_at: datetime | None
    open_count: int
    reps: str


@dataclass(frozen=True, slots=True)
class CustomerPage:
    """One page of companies by name; the shape that the pager reads."""

    rows: list[CustomerRow]
    count: int
    is_more_counted: bool
    next_query: str
    is_first: bool


class Terms(NamedTuple):
    """A company's price lists in their order, and whether they were agreed or are everybody's."""

    name: str
    is_agreed: bool


def page_of_customers(actor: Actor, companies: QuerySet[Company], query: QueryDict) -> CustomerPage:
    """The page behind the company that ``after`` names; raises ``NotFound`` for a stranger."""
    after = query.get("after", "")
    shown = companies.filter(_behind(companies, after)) if after else companies
    found = list(shown[: PAGE_SIZE + 1])
    next_query = ""
    if len(found) > PAGE_SIZE:
        found = found[:PAGE_SIZE]
        address = query.copy()
        address["after"] = found[-1].pk
        next_query = address.urlencode()
    is_whole = not after and not next_query
    count = len(found) if is_whole else companies.order_by()[: MOST_COUNTED + 1].count()
    rows = _rows(actor, found)
    return CustomerPage(rows, min(count, MOST_COUNTED), count > MOST_COUNTED, next_query, not after)


def get_customer(actor: Actor, customer_id: str) -> Company:
    """One company that buys here; raises ``NotFound``."""
    found = list_companies(actor).filter(pk=customer_id).first()
    if found is None:
        raise NotFound(_("There is no such company."))
    return found


def count_applications(actor: Actor) -> int:
    """How many companies wait for an answer; none where somebody else answers."""
    if not actor.holds(COMPANY_MANAGE):
        return 0
    waiting = list_applications(actor).filter(status=CompanyApplication.Status.WAITING)
    return waiting.order_by()[:MOST_COUNTED].count()


def count_assortments(company: Company) -> int:
    """How many assortments the merchant keeps for a company now."""
    kept = Assortment.objects.filter(company=company, side=Assortment.Side.MERCHANT)
    return kept.filter(closed_at=None).count()


def list_terms(companies: Collection[Company]) -> Mapping[str, Terms]:
    """The price lists of each company, by its id, in two queries."""
    agreed: dict[str, list[str]] = {}
    rows = CompanyPriceList.objects.filter(company__in=[company.pk for company in companies])
    for company_id, name in rows.order_by("position", "id").values_list(
        "company_id", "price_list__name"
    ):
        agreed.setdefault(company_id, []).append(name)
    default = dict(PriceList.objects.filter(is_default=True).values_list("currency", "name"))
    return {
        company.pk: Terms(
            ", ".join(agreed.get(company.pk, ())) or default.get(company.currency, ""),
            company.pk in agreed,
        )
        for company in companies
    }


def list_reps(company_ids: Collection[str]) -> Mapping[str, str]:
    """The names of those in charge of each company, by its id, in one query."""
    found: dict[str, list[str]] = {}
    rows = CustomerRep.objects.filter(company_id__in=company_ids)
    for company_id, name in rows.order_by("member__user__name", "id").values_list(
        "company_id", "member__user__name"
    ):
        found.setdefault(company_id, []).append(name)
    return {company_id: ", ".join(names) for company_id, names in found.items()}


def list_contacts(company: Company) -> list[Member]:
    """The people of a customer as its supplier knows them: names, titles, who runs the company."""
    people = Member.objects.filter(
        company=company, status=Member.Status.ACTIVE, user__is_active=True
    )
    return list(people.select_related("user").order_by("user__name", "id")[:MOST_CONTACTS])


def count_states(actor: Actor) -> Mapping[str, int]:
    """How many customers there are in each state; one query."""
    rows = list_companies(actor).order_by().values("status").annotate(companies=Count("id"))
    found: dict[str, int] = dict(rows.values_list("status", "companies"))
    return {"": sum(found.values()), **found}


def _behind(companies: QuerySet[Company], after: str) -> Q:
    last = companies.filter(pk=after).first()
    if last is None:
        raise NotFound(_("This list has changed; start at its beginning."))
    return Q(name__gt=last.name) | Q(name=last.name, pk__gt=last.pk)


class _CountUpTo(Subquery):
    """How many rows a query has, which says itself at how many it stops."""

    template = "(SELECT COUNT(*) FROM (%(subquery)s) AS counted)"
    output_field = IntegerField()
    empty_result_set_value = 0


def _count_for_each(
    actor: Actor, ids: Collection[str]
) -> Mapping[str, tuple[int, datetime | None, int]]:
    """For each company: its orders and the last of them, and what it still has to approve.

    Counted no further than one beyond ``MOST_COUNTED``; one query.
    """
    orders = list_orders(actor).filter(company_id=OuterRef("pk"))
    waiting = list_awaiting_customers(actor).filter(company_id=OuterRef("pk"))
    most = MOST_COUNTED + 1
    found = Company.objects.filter(pk__in=ids).annotate(
        order_count=_CountUpTo(orders.order_by().values("pk")[:most]),
        last_order_at=Subquery(orders.order_by("-placed_at", "-id").values("placed_at")[:1]),
        open_count=_CountUpTo(waiting.order_by().values("pk")[:most]),
    )
    rows = found.values_list("pk", "order_count", "last_order_at", "open_count")
    return {company_id: (orders, last, open_) for company_id, orders, last, open_ in rows}


def _rows(actor: Actor, companies: list[Company]) -> list[CustomerRow]:
    ids = [company.pk for company in companies]
    terms = list_terms(companies)
    counted = _count_for_each(actor, ids)
    reps = list_reps(ids)
    return [
        CustomerRow(
            company,
            terms[company.pk].name,
            *counted[company.pk],
            reps.get(company.pk, ""),
        )
        for company in companies
    ]


def list_latest_orders(actor: Actor, company: Company) -> list[Order]:
    """The company's ten latest orders, as far as the reader may see them."""
    return list(list_orders(actor).filter(company=company)[:10])
