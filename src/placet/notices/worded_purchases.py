"""Letters about a purchase on its way to an order, and how each may be worded."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from django.utils.translation import gettext_lazy, gettext_noop

from placet.notices.placeholders import Wording, purchase_named

ASKING: Final = (
    *("requester", "amount", "purchase_name", "requisition_number", "po_number"),
    *("supplier", "company", "due"),
)
ANSWERED: Final = (
    *("person", "purchase_name", "amount", "requisition_number", "po_number", "company"),
)

PURCHASE_WORDINGS: Final[Mapping[str, Wording]] = {
    "decide": Wording(
        gettext_lazy("Somebody is asked to decide"),
        gettext_noop("%(person)s asks you for %(amount)s: %(purchase)s"),
        ASKING,
        purchase_named(person="requester"),
        is_one_of_several=True,
    ),
    "reminder": Wording(
        gettext_lazy("An answer is missing"),
        gettext_noop("Your answer is still missing: %(purchase)s, %(amount)s"),
        ASKING,
        purchase_named(),
        is_one_of_several=True,
    ),
    "nudged": Wording(
        gettext_lazy("Somebody asks for an answer again"),
        gettext_noop("%(requester)s asks you again: %(purchase)s, %(amount)s"),
        ASKING,
        purchase_named(),
    ),
    "escalated": Wording(
        gettext_lazy("It was passed up"),
        gettext_noop("Nobody answered in time, so you are asked: %(purchase)s, %(amount)s"),
        ASKING,
        purchase_named(),
    ),
    "changes_requested": Wording(
        gettext_lazy("Changes are requested"),
        gettext_noop("%(person)s asks for changes: %(purchase)s"),
        ANSWERED,
        purchase_named(),
    ),
    "rejected": Wording(
        gettext_lazy("A purchase is rejected"),
        gettext_noop("%(person)s rejected %(purchase)s"),
        ANSWERED,
        purchase_named(),
    ),
    "expired": Wording(
        gettext_lazy("A purchase has expired"),
        gettext_noop("Nobody decided in time: %(purchase)s, %(amount)s"),
        ("purchase_name", "amount", "requisition_number", "po_number", "company"),
        purchase_named(),
    ),
    "placement_failed": Wording(
        gettext_lazy("Approved, and not ordered"),
        gettext_noop("Approved, but not ordered yet: %(purchase)s"),
        ("purchase_name", "amount", "requisition_number", "po_number", "supplier", "company"),
        purchase_named(),
    ),
    "suggested": Wording(
        gettext_lazy("Somebody suggests a change"),
        gettext_noop("%(person)s suggests a change: %(purchase)s"),
        ("suggested_by", "purchase_name", "requisition_number", "po_number", "company"),
        purchase_named(person="suggested_by"),
    ),
    "suggestion_answered": Wording(
        gettext_lazy("A suggestion is answered"),
        gettext_noop("Your suggestion was taken over: %(purchase)s"),
        ("purchase_name", "requisition_number", "po_number", "company"),
        purchase_named(),
        is_one_of_several=True,
    ),
    "ordered_for": Wording(
        gettext_lazy("Your staff ordered for a customer"),
        gettext_noop("%(person)s of %(merchant)s ordered for you: %(purchase)s"),
        ("staff", "supplier", *ANSWERED[1:]),
        purchase_named(person="staff", merchant="supplier"),
    ),
    "schedule_due": Wording(
        gettext_lazy("A list is due"),
        gettext_noop("“%(list)s” is due"),
        ("list_name", "company"),
        {"list": "list_name"},
    ),
    "schedule_paused": Wording(
        gettext_lazy("A standing requisition stands still"),
        gettext_noop("“%(list)s” stands still"),
        ("list_name", "company"),
        {"list": "list_name"},
    ),
}
