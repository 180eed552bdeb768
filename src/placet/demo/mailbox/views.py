"""The mailbox: what was sent, to whom, and the mails themselves with links that work."""

from __future__ import annotations

from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.http import require_GET

from placet.companies.models import Member, User
from placet.demo.doors import demo_only
from placet.demo.mailbox.reading import framed, read_mail
from placet.demo.models import ReceivedMail

MOST_SHOWN = 200
# A mail brings its styles along and nothing else: no script, no form, nothing from elsewhere.
# It may lead the whole window somewhere, when somebody clicks.
POLICY = (
    "default-src 'none'; style-src 'unsafe-inline'; img-src 'self' data:; base-uri 'none'; "
    "form-action 'none'; frame-ancestors 'self'; "
    "sandbox allow-top-navigation-by-user-activation allow-popups"
)


@require_GET
@demo_only
def mailbox(request: HttpRequest) -> HttpResponse:
    """All mails, newest first, or those of one address."""
    wanted = request.GET.get("to", "")
    mails = ReceivedMail.objects.order_by("-received_at", "-id")
    shown = mails.filter(recipient=wanted) if wanted else mails
    context = {
        "mails": _with_names(list(shown[:MOST_SHOWN])),
        "recipients": _recipients(),
        "wanted": wanted,
    }
    return render(request, "demo/mailbox.html", context)


@require_GET
@demo_only
def mail(request: HttpRequest, mail_id: int) -> HttpResponse:
    """One mail: the page as it was sent in a frame, and its plain text."""
    row = get_object_or_404(ReceivedMail, pk=mail_id)
    members = Member.objects.filter(
        user__email=row.recipient, status=Member.Status.ACTIVE, user__is_active=True
    )
    recipient = members.select_related("user").order_by("created_at", "id").first()
    context = {
        "row": row,
        "mail": read_mail(row),
        "recipient": recipient,
        "is_mine": recipient is not None and recipient.user_id == str(request.user.pk),
    }
    return render(request, "demo/mail.html", context)


@require_GET
@demo_only
@xframe_options_sameorigin
def body(request: HttpRequest, mail_id: int) -> HttpResponse:
    """The page of a mail, in a cage of its own."""
    row = get_object_or_404(ReceivedMail, pk=mail_id)
    response = HttpResponse(framed(read_mail(row).html))
    response.headers["Content-Security-Policy"] = POLICY
    return response


def _recipients() -> list[dict[str, object]]:
    """Who has mail, with how many."""
    counted = ReceivedMail.objects.values("recipient").annotate(count=Count("id"))
    rows = list(counted.order_by("recipient"))
    names = dict(
        User.objects.filter(email__in=[row["recipient"] for row in rows]).values_list(
            "email", "name"
        )
    )
    return [{**row, "name": names.get(row["recipient"], row["recipient"])} for row in rows]


def _with_names(mails: list[ReceivedMail]) -> list[tuple[ReceivedMail, str]]:
    names = _names(mails)
    return [(mail, names.get(mail.recipient, mail.recipient)) for mail in mails]


def _names(mails: list[ReceivedMail]) -> dict[str, str]:
    addresses = {mail.recipient for mail in mails}
    return dict(User.objects.filter(email__in=addresses).values_list("email", "name"))
