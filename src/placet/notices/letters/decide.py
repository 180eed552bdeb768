"""*Lena Vogt asks you for 3,240.00 EUR*: everything that an approver needs, and one button."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

from django.utils.translation import gettext as _

from placet.companies.models import Company
from placet.companies.queries import get_merchant
from placet.core.errors import NotFound
from placet.core.formats import instant_text, money_text, number_text
from placet.notices.addresses import decision_url, requisition_url, step_url
from placet.notices.budget_bars import bars_for
from placet.notices.differences import changes_for
from placet.notices.letter import Dropped, Letter, Recipient
from placet.notices.models import Mail
from placet.notices.reasons import label_text, reasons_text, speaker_for, told_steps
from placet.notices.words import header_text
from placet.orders.content import Content, ContentLine, read_content
from placet.requisitions.changing import find_changed
from placet.requisitions.links import needs_no_sign_in
from placet.requisitions.models import DecisionLink, Referral, Requisition, Step, StepAssignment
from placet.requisitions.queries import get_requisition, list_steps

SHOWN_LINES = 40


class LineRow(NamedTuple):
    """A line of the mail: how many of what, the price of one (or of a pack), and its amount."""

    quantity: int
    name: str
    sku: str
    price: str
    amount: str


def write_decide(mail: Mail, recipient: Recipient) -> Letter:
    """Ask one person to decide one step; raises ``Dropped`` when they are no longer asked."""
    link = _open_link(mail, recipient)
    step = link.step
    requisition = _requisition(recipient, step.requisition_id)
    content = read_content(link.revision.content)
    steps = list_steps(link.revision)
    speaker = speaker_for([step, *steps], recipient)
    amount = money_text(content.net_minor, content.currency, recipient.language)
    subject = _("%(person)s asks you for %(amount)s: %(purchase)s") % {
        "person": requisition.requester.user.name,
        "amount": amount,
        "purchase": requisition.name,
    }
    if link.revision.number > 1:
        subject += _(", revision %(number)d") % {"number": link.revision.number}
    return Letter(
        subject=header_text(subject),
        template="decide",
        button_url=_button_url(link, requisition, recipient),
        page_url=step_url(recipient.actor.company_slug, step.pk),
        facts={
            **_purchase(requisition, link, content, recipient),
            **_lines(content, recipient),
            **_referral(link),
            "changed_order": _changed_order(requisition),
            "changes": changes_for(link.revision, recipient),
            "amount": amount,
            "label": label_text(step, speaker),
            "reasons": reasons_text(step, speaker),
            "due": instant_text(step.due_at, recipient.language, recipient.time_zone)
            if step.due_at
            else "",
            "bars": bars_for(step, recipient),
            "steps": told_steps(steps, recipient, speaker),
            "decides_without_sign_in": needs_no_sign_in(
                link.member.company, total_minor=content.total_minor, currency=content.currency
            ),
        },
    )


def _open_link(mail: Mail, recipient: Recipient) -> DecisionLink:
    """The link, as long as its step waits for exactly this person and this revision."""
    link = (
        DecisionLink.objects.filter(pk=mail.link_id, member_id=recipient.actor.member_id)
        .select_related("step__requisition", "revision", "principal__user", "member__company")
        .first()
    )
    if link is None:
        raise Dropped("there is no such link")
    if link.step.status != Step.Status.PENDING:
        raise Dropped(f"the step is {link.step.status}")
    is_asked = StepAssignment.objects.filter(
        step_id=link.step_id, member_id=link.member_id, is_open=True
    ).exists()
    if not is_asked:
        raise Dropped("the step is not open for this person")
    return link


def _requisition(recipient: Recipient, requisition_id: str) -> Requisition:
    try:
        requisition = get_requisition(recipient.actor, requisition_id)
    except NotFound as error:
        raise Dropped("the requisition is outside the reach of this person") from error
    if requisition.status != Requisition.Status.PENDING:
        raise Dropped(f"the requisition is {requisition.status}")
    return requisition


def _button_url(link: DecisionLink, requisition: Requisition, recipient: Recipient) -> str:
    if link.member.company.mail_decisions == Company.MailDecisions.OFF:
        return requisition_url(recipient.actor.company_slug, requisition.pk)
    return decision_url(link)


def _purchase(
    requisition: Requisition, link: DecisionLink, content: Content, recipient: Recipient
) -> dict[str, Any]:
    return {
        "requester": requisition.requester.user.name,
        "company": requisition.company.name,
        "merchant": get_merchant().name,
        "purchase": requisition.name,
        "number": requisition.number,
        "revision": link.revision.number,
        "po_number": content.po_number,
        # Why they buy is the company's own; the merchant's people are not told.
        "justification": "" if recipient.actor.is_merchant else content.justification,
        "is_merchants": recipient.actor.is_merchant,
        "principal": link.principal.user.name if link.principal else "",
    }


def _changed_order(requisition: Requisition) -> str:
    """What stands already while this waits; empty where nothing of it was ordered yet."""
    order = find_changed(requisition)
    if order is None:
        return ""
    changes = _("This changes %(number)s, which is ordered already.") % {"number": order.number}
    meanwhile = _(
        "The order stands as it was until the change is approved, and the supplier waits."
    )
    return f"{changes} {meanwhile}"


def _lines(content: Content, recipient: Recipient) -> dict[str, Any]:
    """The lines, the largest first, and how much those together are that a mail has no room for."""

    def amount(minor: int) -> str:
        return number_text(minor, content.currency, recipient.language)

    largest = sorted(content.lines, key=lambda line: (-line.total_minor, line.number))
    shown, others = largest[:SHOWN_LINES], largest[SHOWN_LINES:]
    return {
        "line_count": len(content.lines),
        "lines": [_row(line, amount) for line in shown],
        "other_count": len(others),
        "others_amount": amount(sum(line.gross_minor for line in others)),
        "discount": amount(-content.discount_minor) if content.discount_minor else "",
        "shipping": amount(content.shipping_minor) if content.shipping_minor else "",
    }


def _row(line: ContentLine, amount: Callable[[int], str]) -> LineRow:
    price = amount(line.unit_price_minor)
    if line.price_quantity > 1:
        price = _("%(price)s per %(n)d") % {"price": price, "n": line.price_quantity}
    return LineRow(line.quantity, line.name, line.sku, price, amount(line.gross_minor))


def _referral(link: DecisionLink) -> dict[str, str]:
    """Which colleague asked this person at this step, and their words."""
    found = (
        Referral.objects.filter(step_id=link.step_id, to_id=link.member_id)
        .select_related("member__user")
        .order_by("-created_at", "-id")
        .first()
    )
    if found is None:
        return {}
    name = found.member.user.name
    sentence = (
        _("%(person)s has passed this on to you.")
        if found.kind == Referral.Kind.FORWARDED
        else _("%(person)s asks that you decide too.")
    )
    return {"referral": sentence % {"person": name}, "note": found.note}
