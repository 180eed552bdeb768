"""Figures for Prometheus: what was asked of this installation, and what waits in its rows.

What waits is read from the rows at the moment of the question, so every process says the same and
a worker that stands still shows. Labels are names of views, states and kinds of work: no company,
no person, no address.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator
from datetime import datetime
from hmac import compare_digest
from typing import Any, Final, NamedTuple

from django.conf import settings
from django.db.models import Count, Min, QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET
from prometheus_client import (
    CONTENT_TYPE_LATEST,
    REGISTRY,
    CollectorRegistry,
    Counter,
    Histogram,
    generate_latest,
    multiprocess,
)
from prometheus_client.core import GaugeMetricFamily

from placet.core import clock
from placet.events.models import EventPending
from placet.jobs.restoring.pulse import find_hold
from placet.notices.models import Mail
from placet.orders.models import Order
from placet.requisitions.models import DecisionPending, Requisition
from placet.webhooks.models import Delivery

SHARED: Final = "PROMETHEUS_MULTIPROC_DIR"
"""Where the processes of one web server put their counts together; the server sets it."""
REQUESTS = Counter("placet_requests", "Requests that were answered", ("view", "method", "status"))
SECONDS = Histogram("placet_request_seconds", "How long answers took", ("view",))
Handler = Callable[[HttpRequest], HttpResponseBase]


def measured(get_response: Handler) -> Handler:
    """Count each request by the name of its view, never by its address."""

    def handle(request: HttpRequest) -> HttpResponseBase:
        began = time.perf_counter()
        response = get_response(request)
        match = request.resolver_match
        view = (match.view_name if match else "") or "none"
        method = request.method if request.method in METHODS else "other"
        REQUESTS.labels(view, method, str(response.status_code)).inc()
        SECONDS.labels(view).observe(time.perf_counter() - began)
        return response

    return handle


METHODS: Final = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})


@never_cache
@require_GET
def metrics(request: HttpRequest) -> HttpResponse:
    """The figures, for whoever has ``PLACET_METRICS_TOKEN``; nobody has where it is not set."""
    token = settings.PLACET_METRICS_TOKEN
    if not token:
        raise Http404
    sent = request.headers.get("Authorization", "")
    if not compare_digest(sent.encode(), f"Bearer {token}".encode()):
        refused = HttpResponse("A token is needed.\n", status=401, content_type="text/plain")
        refused["WWW-Authenticate"] = "Bearer"
        return refused
    rows = CollectorRegistry(auto_describe=False)
    rows.register(Rows())
    written = generate_latest(_counted()) + generate_latest(rows)
    return HttpResponse(written, content_type=CONTENT_TYPE_LATEST)


def _counted() -> CollectorRegistry:
    """What this process counted, or all processes of the server where they share a folder."""
    if not os.environ.get(SHARED):
        return REGISTRY
    together = CollectorRegistry()
    multiprocess.MultiProcessCollector(together)  # type: ignore[no-untyped-call]
    return together


class Waiting(NamedTuple):
    """Work that a worker should have done: how much, and since when."""

    what: str
    rows: QuerySet[Any]
    since: str


class Rows:
    """Reads what stands in the rows; a fixed number of queries, each on an index."""

    def collect(self) -> Iterator[GaugeMetricFamily]:
        """The figures of now."""
        now = clock.real_now()
        yield from _waiting(now)
        orders = GaugeMetricFamily("placet_orders", "Orders that are not done", labels=["state"])
        open_orders = Order.objects.exclude(status__in=("completed", "cancelled", "exported"))
        for state, many in open_orders.values_list("status").annotate(Count("id")).order_by():
            orders.add_metric([state], many)
        yield orders
        open_states = ("pending", "changes_requested", "approved", "placement_failed")
        requisitions = GaugeMetricFamily(
            "placet_requisitions", "Requisitions that have not ended", labels=["state"]
        )
        found = Requisition.objects.filter(status__in=open_states).values_list("status")
        for state, many in found.annotate(Count("id")).order_by():
            requisitions.add_metric([state], many)
        yield requisitions
        held = GaugeMetricFamily("placet_held", "Whether a restored database waits for somebody")
        held.add_metric([], 1 if find_hold() else 0)
        yield held
        failed = GaugeMetricFamily("placet_failed", "What was given up", labels=["what"])
        failed.add_metric(["mails"], Mail.objects.filter(status=Mail.Status.FAILED).count())
        failed.add_metric(
            ["deliveries"], Delivery.objects.filter(status=Delivery.Status.FAILED).count()
        )
        yield failed


def _waiting(now: datetime) -> Iterator[GaugeMetricFamily]:
    many = GaugeMetricFamily("placet_waiting", "Work that is due", labels=["what"])
    age = GaugeMetricFamily(
        "placet_waiting_seconds", "Age of the oldest work that is due", labels=["what"]
    )
    business = clock.business_now()
    for work in (
        Waiting("events", EventPending.objects.all(), "event__created_at"),
        Waiting(
            "decisions",
            DecisionPending.objects.filter(effective_at__lte=business),
            "effective_at",
        ),
        Waiting(
            "mails",
            Mail.objects.filter(status=Mail.Status.WAITING, next_attempt_at__lte=now),
            "next_attempt_at",
        ),
        Waiting(
            "deliveries",
            Delivery.objects.filter(status=Delivery.Status.WAITING, next_attempt_at__lte=now),
            "next_attempt_at",
        ),
    ):
        found = work.rows.aggregate(many=Count("pk"), oldest=Min(work.since))
        many.add_metric([work.what], found["many"])
        compared = now if work.what in ("mails", "deliveries") else business
        seconds = (compared - found["oldest"]).total_seconds() if found["oldest"] else 0
        age.add_metric([work.what], max(seconds, 0))
    yield many
    yield age
