"""One writer for each kind of mail: it reads as the recipient and says what is so now."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from placet.notices.letter import Letter, Recipient
from placet.notices.letters.application import write_applied, write_declined
from placet.notices.letters.budget_used import write_budget_used
from placet.notices.letters.carts import write_cart_given, write_cart_shared
from placet.notices.letters.decide import write_decide
from placet.notices.letters.delivered import (
    write_closed_short,
    write_expected,
    write_shipment_voided,
    write_shipped,
)
from placet.notices.letters.digest import write_digest
from placet.notices.letters.endpoints import write_endpoint_failing, write_endpoint_off
from placet.notices.letters.expired import write_expired
from placet.notices.letters.guest import write_confirm_guest
from placet.notices.letters.invited import write_invited
from placet.notices.letters.keeping import write_keeping_answered, write_keeping_asked
from placet.notices.letters.keys import write_key_ending
from placet.notices.letters.lapsed import write_lapsed
from placet.notices.letters.late import write_escalated, write_nudged, write_reminder
from placet.notices.letters.mentioned import write_answered, write_mentioned
from placet.notices.letters.order_said import (
    write_approved_cancelled,
    write_order_answered,
    write_order_asked,
    write_order_called_off,
    write_order_changed,
)
from placet.notices.letters.ordered_for import write_ordered_for
from placet.notices.letters.outcome import (
    write_acknowledged,
    write_ordered,
    write_placement_failed,
    write_rejected,
)
from placet.notices.letters.paying import write_cancelled, write_paid, write_payment_due
from placet.notices.letters.quoted import write_quote_over, write_quote_said
from placet.notices.letters.released import write_release_asked, write_release_decided
from placet.notices.letters.returned import write_changes_requested
from placet.notices.letters.run_ended import write_run_ended
from placet.notices.letters.sample import write_sample
from placet.notices.letters.scheduled import write_schedule_due, write_schedule_paused
from placet.notices.letters.suggested import write_suggested, write_suggestion_answered
from placet.notices.models import Mail

Writer = Callable[[Mail, Recipient], Letter]

WRITERS: Mapping[str, Writer] = {
    "decide": write_decide,
    "reminder": write_reminder,
    "nudged": write_nudged,
    "escalated": write_escalated,
    "expired": write_expired,
    "lapsed": write_lapsed,
    "changes_requested": write_changes_requested,
    "suggested": write_suggested,
    "suggestion_answered": write_suggestion_answered,
    "ordered": write_ordered,
    "ordered_for": write_ordered_for,
    "payment_due": write_payment_due,
    "paid": write_paid,
    "cancelled": write_cancelled,
    "approved_cancelled": write_approved_cancelled,
    "order_changed": write_order_changed,
    "order_asked": write_order_asked,
    "order_answered": write_order_answered,
    "order_called_off": write_order_called_off,
    "rejected": write_rejected,
    "placement_failed": write_placement_failed,
    "acknowledged": write_acknowledged,
    "shipped": write_shipped,
    "shipment_voided": write_shipment_voided,
    "expected": write_expected,
    "closed_short": write_closed_short,
    "quote_said": write_quote_said,
    "quote_over": write_quote_over,
    "release_asked": write_release_asked,
    "release_decided": write_release_decided,
    "mentioned": write_mentioned,
    "answered": write_answered,
    "cart_shared": write_cart_shared,
    "cart_given": write_cart_given,
    "run_ended": write_run_ended,
    "schedule_due": write_schedule_due,
    "schedule_paused": write_schedule_paused,
    "invited": write_invited,
    "applied": write_applied,
    "declined": write_declined,
    "confirm_guest": write_confirm_guest,
    "keeping_asked": write_keeping_asked,
    "keeping_answered": write_keeping_answered,
    "budget_used": write_budget_used,
    "endpoint_failing": write_endpoint_failing,
    "endpoint_off": write_endpoint_off,
    "key_ending": write_key_ending,
    "digest": write_digest,
    "sample": write_sample,
}
