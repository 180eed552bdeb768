"""What needs somebody of the merchant's staff now: how much, since when, and where to go."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date, datetime
from typing import Any, Final, NamedTuple
from zoneinfo import ZoneInfo

from django.db.models import Count, F, Min, Q, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from placet.catalog.models import Product
from placet.companies.directory import list_applications
from placet.companies.models import CompanyApplication
from placet.companies.permissions import (
    CATALOG_MANAGE,
    COMPANY_MANAGE,
    ORDER_PROCESS,
    QUOTE_MANAGE,
    WEBHOOK_MANAGE,
)
from placet.core.actor import Actor
from placet.notices.models import Mail
from placet.notices.queries import list_mails
from placet.orders.models import Order, OrderLine, OrderRequest
from placet.orders.queries import list_orders
from placet.quotes.models import Quote
from placet.quotes.queries import list_quotes
from placet.quotes.releases import list_asked_releases
from placet.requisitions.queries import list_inbox
from placet.web.shell import company_url
from placet.webhooks.models import Delivery
from placet.webhooks.queries import list_deliveries

Words = str | Promise
STATES: Final = ("blocked", "warn", "pending", "info")
"""How much it hurts to leave it, the worst first."""


class Waits(NamedTuple):
    """One kind of work: ``since`` is the instant of its oldest piece, or nothing that has one."""

    key: str
    title: Words
    hint: Words
    icon: str
    state: str
    number: int
    since: datetime | None
    url: str
    act: Words


class Found(NamedTuple):
    """How much of a kind there is; ``is_late`` makes it urgent."""

    number: int
    since: datetime | None = None
    is_late: bool = False
    query: str = ""


class Source(NamedTuple):
    """A kind of work, who sees it, and where it is done; ``place`` is the name of a page."""

    key: str
    permission: str
    title: Words
    hint: Words
    icon: str
    state: str
    place: str
    query: str
    act: Words
    find: Callable[[Actor, datetime], Found]


def list_waiting(actor: Actor, *, now: datetime) -> list[Waits]:
    """Everything that waits for this person, the most urgent first; as many queries as kinds."""
    rows = [_waits(source, actor, now) for source in SOURCES if _is_for(source, actor)]
    return sorted(
        (row for row in rows if row.number),
        key=lambda row: (STATES.index(row.state), row.since or now),
    )


def _is_for(source: Source, actor: Actor) -> bool:
    return not source.permission or actor.holds(source.permission)


def _waits(source: Source, actor: Actor, now: datetime) -> Waits:
    found = source.find(actor, now)
    state = "blocked" if found.is_late else source.state
    return Waits(
        source.key,
        source.title,
        source.hint,
        source.icon,
        state,
        found.number,
        found.since,
        company_url(actor, source.place) + (found.query or source.query),
        source.act,
    )


def _read(rows: QuerySet[Any], since: str, late: Q | None = None) -> Found:
    """Count and oldest in one query; ``late`` names the rows that make it urgent."""
    told: dict[str, Any] = {"n": Count("pk"), "oldest": Min(since)}
    if late is not None:
        told["late"] = Count("pk", filter=late)
    read = rows.order_by().aggregate(**told)
    return Found(read["n"], read["oldest"], bool(read.get("late")))


def _today(actor: Actor, now: datetime) -> date:
    return now.astimezone(ZoneInfo(actor.time_zone)).date()


def _orders_in(status: str) -> Callable[[Actor, datetime], Found]:
    def find(actor: Actor, now: datetime) -> Found:
        return _read(list_orders(actor).filter(status=status), "placed_at")

    return find


def _asked(actor: Actor, now: datetime) -> Found:
    return _read(list_inbox(actor), "step__opened_at", Q(due_at__lte=now))


def _releases(actor: Actor, now: datetime) -> Found:
    """Offers of colleagues that this person is asked about and has not answered."""
    return _read(list_asked_releases(actor), "created_at")


def _our_turn(actor: Actor, now: datetime) -> Found:
    ours = (Quote.Status.REQUESTED, Quote.Status.COUNTERED)
    return _read(
        list_quotes(actor).filter(status__in=ours),
        "changed_at",
        Q(expires_on__lte=_today(actor, now)),
    )


def _requests(actor: Actor, now: datetime) -> Found:
    asked = OrderRequest.objects.filter(
        status=OrderRequest.Status.OPEN, order__in=list_orders(actor).order_by()
    )
    return _read(asked, "created_at")


def _applications(actor: Actor, now: datetime) -> Found:
    return _read(
        list_applications(actor).filter(status=CompanyApplication.Status.WAITING), "created_at"
    )


def _late_backorders(actor: Actor, now: datetime) -> Found:
    """Lines that were promised for a day that has passed."""
    lines = OrderLine.objects.filter(
        order__in=list_orders(actor).filter(status=Order.Status.EXPORTED).order_by(),
        expected_on__lt=_today(actor, now),
        shipped_quantity__lt=F("quantity"),
    )
    return _read(lines, "order__placed_at")


def _out_of_stock(actor: Actor, now: datetime) -> Found:
    """What is sold from stock alone and has none."""
    gone = Product.objects.filter(
        status=Product.Status.ACTIVE, sells_beyond_stock=False, stock__lte=0
    )
    return Found(gone.count())


def _failed_deliveries(actor: Actor, now: datetime) -> Found:
    return _read(list_deliveries(actor, status=Delivery.Status.FAILED), "created_at")


def _failed_mails(actor: Actor, now: datetime) -> Found:
    return _read(list_mails(actor, status=Mail.Status.FAILED), "created_at")


def _sources() -> Iterable[Source]:
    """The kinds of work; the order is that of equal urgency."""
    yield Source(
        "failed",
        ORDER_PROCESS,
        _("Orders that your system refused"),
        _("Correct what it says and try again, or cancel them."),
        "triangle-alert",
        "blocked",
        "orders",
        "?status=failed",
        _("Look at them"),
        _orders_in(Order.Status.FAILED),
    )
    yield Source(
        "asked",
        "",
        _("Purchases that ask for your yes"),
        _("They stop where they are until you decide."),
        "inbox",
        "warn",
        "inbox",
        "",
        _("Decide"),
        _asked,
    )
    yield Source(
        "releases",
        QUOTE_MANAGE,
        _("Offers of colleagues to release"),
        _("Beyond their authority: the customer has not seen them."),
        "badge-percent",
        "warn",
        "releases",
        "",
        _("Look and release"),
        _releases,
    )
    yield Source(
        "requests",
        ORDER_PROCESS,
        _("Customers who want to change or cancel"),
        _("The orders are with you already: you accept or decline."),
        "undo-2",
        "warn",
        "exceptions",
        "?kind=request",
        _("Answer them"),
        _requests,
    )
    yield from _usual_sources()
    yield from _quieter_sources()


def _usual_sources() -> Iterable[Source]:
    """What the desk does every day."""
    yield Source(
        "quotes",
        QUOTE_MANAGE,
        _("Quotes where it is your turn"),
        _("The customer waits for an offer."),
        "handshake",
        "pending",
        "quotes",
        "?turn=mine",
        _("Make offers"),
        _our_turn,
    )
    yield Source(
        "unprocessed",
        ORDER_PROCESS,
        _("Orders to take over"),
        _("Approved and final; nobody has processed them."),
        "package",
        "pending",
        "orders",
        "?status=unprocessed",
        _("Process"),
        _orders_in(Order.Status.UNPROCESSED),
    )
    yield Source(
        "backorders",
        ORDER_PROCESS,
        _("Backorders past their day"),
        _("Lines that were promised for a day that has passed."),
        "calendar-x",
        "warn",
        "exceptions",
        "?kind=backorder",
        _("Look at them"),
        _late_backorders,
    )


def _quieter_sources() -> Iterable[Source]:
    """Work that spoils more slowly."""
    yield Source(
        "unpaid",
        ORDER_PROCESS,
        _("Orders that wait for payment"),
        _("They are paid before they are processed."),
        "banknote",
        "info",
        "orders",
        "?status=awaiting_payment",
        _("Enter payments"),
        _orders_in(Order.Status.AWAITING_PAYMENT),
    )
    yield Source(
        "applications",
        COMPANY_MANAGE,
        _("Companies that would like to buy here"),
        _("They wait for an answer."),
        "building-2",
        "pending",
        "applications",
        "",
        _("Answer them"),
        _applications,
    )
    yield Source(
        "stock",
        CATALOG_MANAGE,
        _("Products without stock"),
        _("They are sold from stock alone, so nobody can order them."),
        "package-x",
        "info",
        "kept_products",
        "",
        _("Look at them"),
        _out_of_stock,
    )
    yield Source(
        "deliveries",
        WEBHOOK_MANAGE,
        _("Webhooks that did not arrive"),
        _("All attempts failed; send them again once the receiver is there."),
        "unplug",
        "warn",
        "deliveries",
        "?status=failed",
        _("Look at them"),
        _failed_deliveries,
    )
    yield Source(
        "mails",
        WEBHOOK_MANAGE,
        _("Mails to your people that failed"),
        _("The mail server refused them."),
        "mail-x",
        "warn",
        "mails",
        "?status=failed",
        _("Look at them"),
        _failed_mails,
    )


SOURCES: Final = tuple(_sources())
