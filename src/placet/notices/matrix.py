"""Who is told what: one table, from the type of an event to the people and the kind of mail.

A row of the table only names people and things. What the mail says is read when it is sent, as its
recipient.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping

from placet.budgets.models import Budget
from placet.carts.models import LinkGuest, Schedule, ShareLink
from placet.companies.models import Company, CompanyApplication, Member, RoleGrant
from placet.companies.permissions import COMPANY_MANAGE
from placet.events.models import Event
from placet.notices.endpoints_told import tell_keepers
from placet.notices.keeping_told import tell_who_asked_to_keep
from placet.notices.keys_told import tell_of_ending_key
from placet.notices.orders_told import (
    tell_desk_of_request,
    tell_of_cancellation,
    tell_of_change,
    tell_who_asked,
)
from placet.notices.tellings import Payload as Payload
from placet.notices.tellings import Telling as Telling
from placet.orders.models import Order
from placet.orders.talking import list_suppliers_side
from placet.quotes.models import OfferRelease, Quote, ReleaseSeat
from placet.quotes.talking import list_who_answers
from placet.requisitions.links import make_link
from placet.requisitions.models import Decision, Requisition, StepAssignment
from placet.threads.models import Comment

WAITED_FOR = 20
"""Seconds for which people stay on the page of a run: after that they are told by mail."""


def notices_of(event: Event) -> list[Telling]:
    """Everything that has to be told because of an event; each person is told a thing once."""
    rule = MATRIX.get(event.type)
    if rule is None:
        return []
    found: dict[tuple[str, str, str], Telling] = {}
    for notice in rule(event, json.loads(event.payload)):
        found.setdefault((notice.member_id, notice.kind, notice.subject_ref), notice)
    return list(found.values())


def _tell_approvers(event: Event, payload: Payload) -> Iterable[Telling]:
    """Whoever is asked now; a link of their own comes before one for somebody else."""
    assignments = StepAssignment.objects.filter(
        step_id=payload["step"], is_open=True, member__status=Member.Status.ACTIVE
    ).select_related("step")
    for assignment in sorted(assignments, key=lambda row: (row.principal_id or "", row.pk)):
        link = make_link(
            assignment.step,
            assignment.member_id,
            assignment.principal_id,
            now=event.created_at,
        )
        yield Telling(assignment.member_id, "decide", assignment.step_id, link.pk)


def _tell_added(event: Event, payload: Payload) -> Iterable[Telling]:
    """Whoever is asked from now on; those who were asked before know it already."""
    for notice in _tell_approvers(event, payload):
        if notice.member_id in payload["added"]:
            yield notice


def _tell_chosen(event: Event, payload: Payload) -> Iterable[Telling]:
    """Whom a colleague or an admin chose; what stands in two chains is told from the buyer's."""
    bought = Requisition.objects.filter(pk=payload["requisition"], company_id=event.company_id)
    if not bought.exists():
        return
    for telling in _tell_approvers(event, payload):
        if telling.member_id == payload["member"]:
            yield telling


def _tell_reminded(kind: str) -> Rule:
    """Those who were asked then and still are."""

    def rule(event: Event, payload: Payload) -> Iterable[Telling]:
        for telling in _tell_approvers(event, payload):
            if telling.member_id in payload["asked"]:
                yield telling._replace(kind=kind)

    return rule


def _tell_those_above(event: Event, payload: Payload) -> Iterable[Telling]:
    """Whoever is asked because others did not answer in time."""
    for telling in _tell_added(event, payload):
        yield telling._replace(kind="escalated")


def _tell_requester(kind: str) -> Rule:
    def rule(event: Event, payload: Payload) -> Iterable[Telling]:
        for requisition in Requisition.objects.filter(pk=payload["requisition"]):
            yield Telling(requisition.requester_id, kind, requisition.pk)

    return rule


def _tell_author(event: Event, payload: Payload) -> Iterable[Telling]:
    """Whose answer came to nothing."""
    for decision in Decision.objects.filter(pk=payload["decision"]):
        yield Telling(decision.member_id, "lapsed", decision.pk)


def _tell_ordered(event: Event, payload: Payload) -> Iterable[Telling]:
    """The requester: that it is ordered or, where it is prepaid, that it is to be paid."""
    awaits = Order.objects.filter(
        pk=payload["order"], status=Order.Status.AWAITING_PAYMENT
    ).exists()
    yield from _tell_requester("payment_due" if awaits else "ordered")(event, payload)


def _tell_buyer(kind: str) -> Rule:
    """The buyer of an order, unless they did it themselves."""

    def rule(event: Event, payload: Payload) -> Iterable[Telling]:
        for order in Order.objects.filter(pk=payload["order"]):
            if order.buyer_id != event.actor_member:
                yield Telling(order.buyer_id, kind, order.pk)

    return rule


def _tell_of_shipment(kind: str) -> Rule:
    """The buyer, about one shipment of an order."""

    def rule(event: Event, payload: Payload) -> Iterable[Telling]:
        for order in Order.objects.filter(pk=payload["order"]):
            yield Telling(order.buyer_id, kind, payload["shipment"])

    return rule


def _tell_closed_short(event: Event, payload: Payload) -> Iterable[Telling]:
    """The buyer, where something of a completed order will never come."""
    if payload["missing_lines"]:
        yield from _tell_buyer("closed_short")(event, payload)


def _tell_invited(event: Event, payload: Payload) -> Iterable[Telling]:
    yield Telling(event.subject, "invited", event.id)


def _tell_managers(kind: str) -> Rule:
    """Whoever manages the company that the event is of: they answer it."""

    def rule(event: Event, payload: Payload) -> Iterable[Telling]:
        grants = RoleGrant.objects.filter(
            member__company_id=event.company_id, member__status=Member.Status.ACTIVE, unit=None
        ).values_list("member_id", "role__permissions")
        for member_id in sorted({one for one, held in grants if COMPANY_MANAGE in held}):
            yield Telling(member_id, kind, event.subject)

    return rule


def _tell_declined(event: Event, payload: Payload) -> Iterable[Telling]:
    """Who applied: they are nobody's member, so the mail goes to the address that they gave."""
    for application in CompanyApplication.objects.filter(pk=event.subject):
        yield Telling("", "declined", application.pk, address=application.email)


def _tell_talking(event: Event, payload: Payload) -> Iterable[Telling]:
    """Whoever is named in a comment; and who spoke there before, or whose it is, is answered."""
    comment = payload["comment"]
    told = {event.actor_member}
    for member_id in payload["mentions"]:
        if member_id not in told:
            told.add(member_id)
            yield Telling(member_id, "mentioned", comment)
    spoke = Comment.objects.filter(thread_id=event.subject).exclude(pk=comment)
    people = {*spoke.values_list("author_id", flat=True), *_whose(payload["about"])} - {None}
    for member_id in sorted(people - told):
        yield Telling(member_id, "answered", comment)


def _whose(about: str) -> set[str]:
    """Whom everything said about a thing is meant for, whoever says it.

    The first word to the supplier goes to all who process orders; after it, to those who answered.
    """
    if about.startswith("ord_"):
        return _whose_order(about)
    if about.startswith("qte_"):
        return _whose_quote(about)
    if about.startswith("shl_"):
        rows = ShareLink.objects.filter(pk=about)
        owners = rows.values_list("created_by", "cart__owner", "purchase_list__owner")
        return {member_id for row in owners for member_id in row if member_id}
    bought = Requisition.objects.filter(pk=about)
    return set(bought.values_list("requester_id", flat=True))


def _whose_order(order_id: str) -> set[str]:
    found: set[str] = set()
    for order in Order.objects.filter(pk=order_id):
        answered = Comment.objects.filter(
            thread=order.supplier_thread_id, author__company__kind=Company.Kind.MERCHANT
        )
        found |= {order.buyer_id} | (set() if answered.exists() else list_suppliers_side(order))
    return found


def _whose_quote(quote_id: str) -> set[str]:
    found: set[str] = set()
    for quote in Quote.objects.filter(pk=quote_id):
        found |= {quote.requester_id} | list_who_answers(quote)
    return found


def _tell_other_side(kind: str) -> Rule:
    """Whoever did not speak: the requester, or the desk, by then whoever works on it."""

    def rule(event: Event, payload: Payload) -> Iterable[Telling]:
        for quote in Quote.objects.select_related("requester").filter(pk=payload["quote"]):
            spoke_for_buyer = Member.objects.filter(
                pk=event.actor_member, company_id=quote.company_id
            ).exists()
            desk = list_who_answers(quote)
            for member_id in sorted(desk if spoke_for_buyer else {quote.requester_id}):
                yield Telling(member_id, kind, quote.pk)

    return rule


def _tell_releasers(event: Event, payload: Payload) -> Iterable[Telling]:
    """Whoever is asked at a step of a release, or since ``only``; the author never is."""
    seats = ReleaseSeat.objects.filter(
        release_id=payload["release"], member__status=Member.Status.ACTIVE
    )
    if "only" in payload:
        seats = seats.filter(member_id__in=payload["only"])
    for member_id in seats.order_by("position", "id").values_list("member_id", flat=True):
        yield Telling(member_id, "release_asked", payload["release"])


def _tell_author_of_offer(event: Event, payload: Payload) -> Iterable[Telling]:
    """Whoever wrote the offer, once it is decided or lapsed; not for what they did themselves."""
    for release in OfferRelease.objects.filter(pk=payload["release"]):
        is_over = release.status != OfferRelease.Status.WAITING
        if is_over and release.author_id != event.actor_member:
            yield Telling(release.author_id, "release_decided", release.pk)


def _tell_guest(event: Event, payload: Payload) -> Iterable[Telling]:
    """Somebody outside is asked whether the address that was typed is theirs."""
    for guest in LinkGuest.objects.filter(pk=payload["guest"]):
        yield Telling("", "confirm_guest", guest.pk, address=guest.email)


def _tell_of_suggestion(event: Event, payload: Payload) -> Iterable[Telling]:
    """Whoever may take it over."""
    for requisition in Requisition.objects.filter(pk=payload["requisition"]):
        if requisition.requester_id != event.actor_member:
            yield Telling(requisition.requester_id, "suggested", payload["suggestion"])


def _tell_who_suggested(event: Event, payload: Payload) -> Iterable[Telling]:
    if payload["member"] != event.actor_member:
        yield Telling(payload["member"], "suggestion_answered", payload["suggestion"])


def _tell_responsible(event: Event, payload: Payload) -> Iterable[Telling]:
    """Whoever answers for a budget whose use reached a threshold; each threshold is one mail."""
    for budget in Budget.objects.filter(pk=payload["budget"]).exclude(responsible=None):
        alert = f"{budget.pk}@{payload['percent']}"
        yield Telling(budget.responsible_id, "budget_used", alert)


def _tell_invited_to_cart(event: Event, payload: Payload) -> Iterable[Telling]:
    """Whoever may see a cart from now on; who is named in a comment hears of it by that."""
    for member_id in payload.get("told", ()):
        yield Telling(member_id, "cart_shared", event.subject)


def _tell_new_owner(event: Event, payload: Payload) -> Iterable[Telling]:
    """Who was made the owner of a cart; the letter is dropped where it only went back."""
    yield Telling(payload["member"], "cart_given", event.subject)


def _tell_starter(event: Event, payload: Payload) -> Iterable[Telling]:
    """Whoever started a run and will have left the page by now."""
    took_long = payload["seconds"] > WAITED_FOR or event.type == "run.failed"
    if payload["started_by"] and took_long:
        yield Telling(payload["started_by"], "run_ended", payload["run"])


def _tell_who_scheduled(event: Event, payload: Payload) -> Iterable[Telling]:
    for schedule in Schedule.objects.filter(pk=event.subject):
        yield Telling(schedule.owner_id, "schedule_due", schedule.pk)


def _tell_of_pause(event: Event, payload: Payload) -> Iterable[Telling]:
    """Whoever it acts for; once they have left, the head of their unit."""
    for schedule in Schedule.objects.filter(pk=event.subject).select_related(
        "owner__user", "owner__unit"
    ):
        owner = schedule.owner
        if owner.status == Member.Status.ACTIVE and owner.user.is_active:
            yield Telling(owner.pk, "schedule_paused", schedule.pk)
        elif owner.unit.head_id:
            yield Telling(owner.unit.head_id, "schedule_paused", schedule.pk)


def _tell_who_tries(event: Event, payload: Payload) -> Iterable[Telling]:
    """Whoever worded a letter and wants to see it arrive."""
    yield Telling(payload["member"], "sample", event.subject)


Rule = Callable[[Event, Payload], Iterable[Telling]]

MATRIX: Mapping[str, Rule] = {
    "step.opened": _tell_approvers,
    "step.reassigned": _tell_added,
    "step.forwarded": _tell_chosen,
    "step.given": _tell_chosen,
    "step.reminded": _tell_reminded("reminder"),
    "step.nudged": _tell_reminded("nudged"),
    "step.escalated": _tell_those_above,
    "decision.lapsed": _tell_author,
    "requisition.changes_requested": _tell_requester("changes_requested"),
    "suggestion.made": _tell_of_suggestion,
    "suggestion.accepted": _tell_who_suggested,
    "suggestion.declined": _tell_who_suggested,
    "requisition.expired": _tell_requester("expired"),
    "requisition.ordered": _tell_ordered,
    "requisition.ordered_for": _tell_requester("ordered_for"),
    "requisition.rejected": _tell_requester("rejected"),
    "requisition.placement_failed": _tell_requester("placement_failed"),
    "order.acknowledged": _tell_buyer("acknowledged"),
    "order.paid": _tell_buyer("paid"),
    "order.cancelled": tell_of_cancellation,
    "order.changed": tell_of_change("changed"),
    "order.change_rejected": tell_of_change("rejected"),
    "order.change_expired": tell_of_change("expired"),
    "order.request_opened": tell_desk_of_request,
    "order.request_accepted": tell_who_asked,
    "order.request_declined": tell_who_asked,
    "order.shipped": _tell_of_shipment("shipped"),
    "order.shipment_voided": _tell_of_shipment("shipment_voided"),
    "order.lines_expected": _tell_buyer("expected"),
    "order.completed": _tell_closed_short,
    "quote.requested": _tell_other_side("quote_said"),
    "quote.offered": _tell_other_side("quote_said"),
    "quote.countered": _tell_other_side("quote_said"),
    "quote.accepted": _tell_other_side("quote_over"),
    "quote.declined": _tell_other_side("quote_over"),
    "quote.withdrawn": _tell_other_side("quote_over"),
    "quote.expired": _tell_other_side("quote_over"),
    "release.asked": _tell_releasers,
    "release.given": _tell_author_of_offer,
    "release.declined": _tell_author_of_offer,
    "release.lapsed": _tell_author_of_offer,
    "comment.added": _tell_talking,
    "cart.shared": _tell_invited_to_cart,
    "cart.given": _tell_new_owner,
    "link.guest_invited": _tell_guest,
    "schedule.due": _tell_who_scheduled,
    "schedule.stopped": _tell_of_pause,
    "run.finished": _tell_starter,
    "run.failed": _tell_starter,
    "member.invited": _tell_invited,
    "application.received": _tell_managers("applied"),
    "application.declined": _tell_declined,
    "budget.threshold_reached": _tell_responsible,
    "rulebook.keeping_asked": _tell_managers("keeping_asked"),
    "rulebook.keeping_answered": tell_who_asked_to_keep,
    "endpoint.failing": tell_keepers("endpoint_failing"),
    "endpoint.disabled": tell_keepers("endpoint_off"),
    "key.ending": tell_of_ending_key,
    "mail_template.tried": _tell_who_tries,
}
