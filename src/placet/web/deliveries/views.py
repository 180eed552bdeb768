"""What leaves the house: webhooks and mails with their attempts, next time and last error."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from placet.companies.models import Member
from placet.companies.permissions import WEBHOOK_MANAGE
from placet.core.clock import real_now
from placet.core.errors import Conflict
from placet.notices.actions import retry_mail
from placet.notices.queries import get_mail, list_mails
from placet.web.deliveries.forms import (
    DELIVERY_STATES,
    MAIL_KINDS,
    MAIL_STATES,
    DeliveryFilter,
    MailFilter,
)
from placet.web.deliveries.page import laid_out, midnight, show_attempts
from placet.web.paging import page_of
from placet.web.shell import PageRequest, company_page, company_url
from placet.web.webhooks.page import list_event_names
from placet.webhooks.actions import replay_delivery, retry_delivery
from placet.webhooks.models import Delivery
from placet.webhooks.queries import get_delivery, list_deliveries, list_endpoints


@require_GET
@company_page
def delivery_list(request: PageRequest) -> HttpResponse:
    """Webhook deliveries, newest first."""
    form = DeliveryFilter(request.GET)
    form.is_valid()
    wanted = form.cleaned_data  # What is right of a filter holds, and what is wrong says so.
    endpoint_id, status = wanted.get("endpoint", ""), wanted.get("status", "")
    deliveries = list_deliveries(
        request.actor,
        endpoint_id=endpoint_id,
        status=status,
        event_type=wanted.get("type", ""),
        since=midnight(wanted.get("since")),
    )
    context = {
        "page": page_of(deliveries, "created_at", request.GET),
        "form": form,
        "event_names": list_event_names(),
        "is_filtered": any(wanted.values()),
        "states": DELIVERY_STATES,
        "status": status,
        "endpoint_id": endpoint_id,
        "endpoints": list(list_endpoints(request.actor)),
        "real_now": real_now(),
    }
    return render(request, "web/deliveries/list.html", context)


@require_GET
@company_page
def delivery(request: PageRequest, delivery_id: str) -> HttpResponse:
    """One message: what was sent, and what came back from each attempt."""
    found = get_delivery(request.actor, delivery_id)
    context = {
        "delivery": found,
        "attempts": show_attempts(found),
        "body": laid_out(found.body),
        "real_now": real_now(),
    }
    return render(request, "web/deliveries/one.html", context)


@require_GET
@company_page
def mail_list(request: PageRequest) -> HttpResponse:
    """Mails to the people of the company, newest first."""
    form = MailFilter(request.GET)
    status = form.cleaned_data["status"] if form.is_valid() else ""
    page = page_of(list_mails(request.actor, status=status), "created_at", request.GET)
    members = Member.objects.filter(
        pk__in=[mail.member_id for mail in page.rows], company_id=request.actor.company_id
    )
    people = dict(members.values_list("pk", "user__name"))
    context = {
        "page": page,
        "rows": [
            (mail, people.get(mail.member_id, ""), MAIL_KINDS.get(mail.kind, mail.kind))
            for mail in page.rows
        ],
        "states": MAIL_STATES,
        "status": status,
        "may_retry": request.actor.holds(WEBHOOK_MANAGE),
        "real_now": real_now(),
    }
    return render(request, "web/deliveries/mails.html", context)


@require_POST
@company_page
def delivery_retry(request: PageRequest, delivery_id: str) -> HttpResponse:
    """Try at once what has not arrived."""
    delivery = get_delivery(request.actor, delivery_id)
    try:
        retry_delivery(delivery, actor=request.actor, now=request.now)
        messages.success(request, _("It is tried again now."))
    except Conflict as error:
        messages.error(request, error.detail)
    return _back_from(request, delivery)


@require_POST
@company_page
def delivery_replay(request: PageRequest, delivery_id: str) -> HttpResponse:
    """Send once more what has arrived."""
    delivery = get_delivery(request.actor, delivery_id)
    try:
        replay_delivery(delivery, actor=request.actor, now=request.now)
        messages.success(request, _("It is sent once more, under the same webhook-id."))
    except Conflict as error:
        messages.error(request, error.detail)
    return _back_from(request, delivery)


@require_POST
@company_page
def mail_retry(request: PageRequest, mail_id: str) -> HttpResponse:
    """Try a mail again at once."""
    mail = get_mail(request.actor, mail_id)
    try:
        retry_mail(mail, actor=request.actor, now=request.now)
        messages.success(request, _("The mail is tried again now."))
    except Conflict as error:
        messages.error(request, error.detail)
    return _back(request, "mails")


def _back_from(request: PageRequest, delivery: Delivery) -> HttpResponse:
    if request.POST.get("from") == "one":
        return redirect(company_url(request.actor, "delivery", delivery.pk))
    return _back(request, "deliveries")


def _back(request: PageRequest, name: str) -> HttpResponse:
    """The list as it was filtered: the form brings its query along, parsed and written anew."""
    query = QueryDict(request.POST.get("query", "")[:500]).urlencode()
    address = company_url(request.actor, name)
    return redirect(f"{address}?{query}" if query else address)
