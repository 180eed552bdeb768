"""Events as sentences, for the history of one thing; each names a person and a time."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Mapping
from datetime import datetime
from typing import Any, NamedTuple

from django.utils.functional import Promise
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from placet.companies.models import Member, User
from placet.events.models import Event

Sentence = str | Promise
SELF = "Placet"


class Telling(NamedTuple):
    """How an event is told: its icon, the colour of its state, and what was done."""

    icon: str
    state: str
    sentence: Sentence


class FeedRow(NamedTuple):
    """One fact: who did what, when, through which channel, and what they said."""

    event: Event
    at: datetime
    who: str
    sentence: Sentence
    said: str
    icon: str
    state: str
    channel: Sentence


CHANNELS: Mapping[str, Sentence] = {
    "web": _("in the portal"),
    "api": _("by the API"),
    "mail": _("from the mail, signed in"),
    "mail_link": _("from the mail, without sign-in"),
    "import": _("by an import"),
    "schedule": _("by a schedule"),
    "system": _("by the timetable"),
}
_PLAIN: Mapping[str, Telling] = {
    "requisition.submitted": Telling("send", "", _("submitted it")),
    "requisition.ordered_for": Telling("headset", "", _("ordered it on behalf of the buyer")),
    "requisition.withdrawn": Telling("undo-2", "", _("withdrew it")),
    "requisition.approved": Telling("check", "approved", _("approved it: no step waits any more")),
    "requisition.rejected": Telling("circle-x", "blocked", _("ended it: rejected")),
    "requisition.ordered": Telling("package-check", "approved", _("ended it: ordered")),
    "requisition.placement_failed": Telling(
        "triangle-alert", "warn", _("could not order it, though it is approved")
    ),
    "requisition.changes_requested": Telling("reply", "warn", _("sent it back to be changed")),
    "requisition.revised": Telling("pencil", "", _("made the next revision")),
    "requisition.edit_began": Telling("pencil", "", _("began to edit it")),
    "requisition.edit_discarded": Telling("undo-2", "", _("discarded the edit")),
    "requisition.edit_kept": Telling("shopping-cart", "", _("kept the edit as a new purchase")),
    "requisition.rebuilt": Telling("rotate-ccw", "", _("made another cart of it")),
    "step.forwarded": Telling("forward", "", _("handed a seat on to a colleague")),
    "step.added": Telling("user-plus", "", _("asked one more person to approve")),
    "step.given": Telling("user-round-cog", "", _("asked somebody else at a step")),
    "step.reassigned": Telling("users", "", _("asked other people at a step")),
    "suggestion.made": Telling("lightbulb", "", _("suggested a change")),
    "suggestion.accepted": Telling("check", "", _("accepted a suggestion")),
    "suggestion.declined": Telling("x", "", _("declined a suggestion")),
    "step.opened": Telling("hourglass", "pending", _("asked the next people")),
    "step.approved": Telling("check", "approved", _("completed a step")),
    "decision.recorded": Telling("pen-line", "", _("answered")),
    "decision.retracted": Telling("undo-2", "", _("took the answer back")),
    "decision.lapsed": Telling("circle-slash", "", _("answered too late: it does not count")),
    "step.reminded": Telling("bell", "", _("reminded those who have not answered")),
    "step.escalated": Telling(
        "arrow-up", "warn", _("asked those above too: nobody answered in time")
    ),
    "step.nudged": Telling("bell-ring", "", _("asked for an answer again")),
    "requisition.expired": Telling(
        "timer-off", "blocked", _("let it expire: nobody decided in time")
    ),
    "order.created": Telling("package", "approved", _("created the order")),
    "order.acknowledged": Telling("package-check", "approved", _("took the order over")),
    "order.failed": Telling("triangle-alert", "blocked", _("could not take the order over")),
    "order.payment_received": Telling("coins", "", _("entered a payment")),
    "order.paid": Telling("coins", "approved", _("is paid and can be processed")),
    "order.cancelled": Telling("circle-slash", "blocked", _("cancelled the order")),
    "order.change_begun": Telling("pencil", "", _("changes the order; it waits for approval")),
    "order.changed": Telling("package", "approved", _("changed the order")),
    "order.change_rejected": Telling(
        "circle-slash", "", _("rejected the change; the order stays as it was")
    ),
    "order.change_withdrawn": Telling("undo-2", "", _("keeps the order as it was")),
    "order.change_expired": Telling(
        "timer-off", "", _("decided nothing about the change; the order stays as it was")
    ),
    "order.change_expired stuck": Telling(
        "timer-off", "", _("could not order the change in time; the order stays as it was")
    ),
    "order.request_opened": Telling("reply", "", _("asked the supplier about the order")),
    "order.request_withdrawn": Telling("undo-2", "", _("took the question back")),
    "order.request_accepted": Telling("check", "approved", _("agreed to what was asked")),
    "order.request_declined": Telling("circle-slash", "blocked", _("declined what was asked")),
    "order.shipped": Telling("truck", "approved", _("sent a part of the order, or all of it")),
    "order.shipment_voided": Telling("undo-2", "warn", _("took a shipment back")),
    "order.lines_expected": Telling("calendar-clock", "", _("said when the rest comes")),
    "order.completed": Telling("package-check", "approved", _("completed the order")),
    "order.retried": Telling("rotate-cw", "", _("put the order back among the unprocessed")),
}
_DECIDED: Mapping[str, Telling] = {
    "approve": Telling("check", "approved", _("approved")),
    "reject": Telling("x", "blocked", _("rejected")),
    "request_changes": Telling("reply", "warn", _("asked for changes")),
}
# What was recorded and may still be undone is told to nobody; the same fact follows as applied.
UNTOLD = frozenset(
    {
        "decision.recorded",
        "decision.retracted",
        "step.approved",
        "step.rejected",
        "suggestion.void",
        "requisition.changes_requested",
        "requisition.approved",
        "requisition.ordered",
    }
)
# What follows by itself from what somebody did is told without naming them again.
BY_ITSELF = frozenset(
    {
        "step.opened",
        "step.reminded",
        "step.escalated",
        "step.approved",
        "requisition.approved",
        "requisition.ordered",
        "requisition.expired",
        "order.created",
        "order.paid",
    }
)


def list_feed_rows(
    events: Iterable[Event], *, supplier: str = "", skipped: Collection[str] = UNTOLD
) -> list[FeedRow]:
    """The events as sentences, in their order; one query for the names.

    ``supplier`` stands for people of the merchant, whose names a customer needs not know.
    """
    told = [event for event in events if event.type not in skipped]
    people = _people({event.actor_member for event in told if event.actor_member})
    others = _others(told)
    return [_row(event, people, supplier, others.get(event.person_user, "")) for event in told]


def _row(event: Event, people: Mapping[str, Member], supplier: str, other: str) -> FeedRow:
    """``other`` is the human who acted on behalf of the member."""
    payload: dict[str, Any] = json.loads(event.payload)
    private = getattr(event, "private", None)
    words: dict[str, Any] = json.loads(private.payload) if private else {}
    telling = _telling(event, payload)
    who = SELF if event.type in BY_ITSELF else _name(people.get(event.actor_member), supplier)
    if other and event.type not in BY_ITSELF:
        who = _now("%(other)s for %(person)s") % {"other": other, "person": who}
    said = str(words.get("reason") or words.get("note") or payload.get("erp_number") or "")
    return FeedRow(
        event=event,
        at=event.created_at,
        who=who,
        sentence=telling.sentence,
        said=said,
        icon=telling.icon,
        state=telling.state,
        channel="" if event.type in BY_ITSELF else CHANNELS.get(event.channel, event.channel),
    )


def _telling(event: Event, payload: Mapping[str, Any]) -> Telling:
    if event.type == "decision.applied":
        return _DECIDED.get(str(payload.get("kind")), _PLAIN["decision.recorded"])
    found = _PLAIN.get(f"{event.type} {payload.get('kind', '')}") or _PLAIN.get(event.type)
    return found or Telling("circle-dot", "", event.type)


def _name(member: Member | None, supplier: str) -> str:
    if member is None:
        return supplier or SELF
    if supplier and member.company.kind == "merchant":
        return supplier
    return str(member.user.name)


def _others(events: Collection[Event]) -> Mapping[str, str]:
    """The names of those who acted on behalf of a member, by user."""
    others = {
        one.person_user
        for one in events
        if one.person_user.startswith("usr_") and one.person_user != one.actor_user
    }
    if not others:
        return {}
    return dict(User.objects.filter(pk__in=sorted(others)).values_list("pk", "name"))


def _people(member_ids: Collection[str]) -> Mapping[str, Member]:
    return Member.objects.select_related("user", "company").in_bulk(sorted(member_ids))
