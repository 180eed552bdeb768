"""*Nothing arrives at erp.example.com*, and *Webhooks to erp.example.com are switched off*."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from django.apps import apps
from django.utils.translation import gettext as _

from placet.core.formats import instant_text
from placet.notices.addresses import webhook_url
from placet.notices.letter import Dropped, Letter, Recipient
from placet.notices.models import Mail
from placet.notices.words import header_text


def write_endpoint_failing(mail: Mail, recipient: Recipient) -> Letter:
    """Warn that nothing has arrived for hours; dropped when something did, or it is off."""
    endpoint = _endpoint(mail, recipient)
    if endpoint.status != "active" or endpoint.failing_since is None:
        raise Dropped("the endpoint is no longer failing")
    subject = _("Nothing arrives at %(host)s") % {"host": _host(endpoint)}
    return _letter("endpoint_failing", subject, endpoint, recipient)


def write_endpoint_off(mail: Mail, recipient: Recipient) -> Letter:
    """Say that an endpoint was switched off by itself, and why; dropped when it is on again."""
    endpoint = _endpoint(mail, recipient)
    if endpoint.status != "disabled":
        raise Dropped("the endpoint is on again")
    subject = _("Webhooks to %(host)s are switched off") % {"host": _host(endpoint)}
    return _letter("endpoint_off", subject, endpoint, recipient)


def _letter(template: str, subject: str, endpoint: Any, recipient: Recipient) -> Letter:
    since = endpoint.failing_since
    return Letter(
        subject=header_text(subject),
        template=template,
        button_url=webhook_url(recipient.actor.company_slug, endpoint.pk),
        facts={
            "host": _host(endpoint),
            "since": instant_text(since, recipient.language, recipient.time_zone) if since else "",
            "is_gone": endpoint.disabled_reason == "receiver_gone",
            "waiting": endpoint.deliveries.filter(status="waiting").count(),
            "company": recipient.actor.company_name,
        },
    )


def _endpoint(mail: Mail, recipient: Recipient) -> Any:
    # By name, since webhooks stand beside notices and neither knows the other.
    endpoints = apps.get_model("webhooks.Endpoint")._default_manager
    found = endpoints.filter(pk=mail.subject_ref, company_id=recipient.actor.company_id).first()
    if found is None:
        raise Dropped("there is no such endpoint in this company")
    return found


def _host(endpoint: Any) -> str:
    """The name alone: a path or a query may hold a key of the receiver's."""
    return urlsplit(endpoint.url).hostname or ""
