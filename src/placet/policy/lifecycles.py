"""The life of a requisition, a quote, an order and a share link, each as one table.

States are adjectives, verbs are transitions. The tables are the diagram in the documentation, the
guard in the code and the `allowed_actions` of the API; nothing else says what may follow what.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

Table = Mapping[str, Mapping[str, str]]
"""State to verb to the state that follows."""

REQUISITION: Final[Table] = {
    "pending": {
        "approve": "approved",
        "reject": "rejected",
        "request_changes": "changes_requested",
        "revise": "pending",
        "withdraw": "withdrawn",
        "expire": "expired",
        "keep": "ordered",
    },
    "changes_requested": {
        "revise": "pending",
        "withdraw": "withdrawn",
        "expire": "expired",
        "keep": "ordered",
    },
    "approved": {
        "place": "ordered",
        "revise": "pending",
        "fail_placement": "placement_failed",
        "withdraw": "withdrawn",
        "keep": "ordered",
    },
    "placement_failed": {
        "place": "ordered",
        "revise": "pending",
        "withdraw": "withdrawn",
        "keep": "ordered",
    },
    "ordered": {"change": "pending"},
    "rejected": {},
    "withdrawn": {},
    "expired": {},
}
"""A purchase on its way. Everything that ends it releases its budget, except `place`, which
commits it. A change of an order is a later revision of what was ordered; where it ends without
approval (`keep`), the order stays as it was. *Rebuild cart* starts another requisition, so a
rejection is final."""

QUOTE: Final[Table] = {
    "draft": {"request": "requested", "discard": "discarded"},
    "requested": {"offer": "offered", "withdraw": "withdrawn", "decline": "declined"},
    "offered": {
        "counter": "countered",
        "offer": "offered",
        "accept": "accepted",
        "accept_part": "offered",
        "decline": "declined",
        "withdraw": "withdrawn",
        "expire": "expired",
    },
    "countered": {
        "offer": "offered",
        "decline": "declined",
        "withdraw": "withdrawn",
        "expire": "expired",
    },
    "expired": {"offer": "offered"},
    "accepted": {"reopen": "offered"},
    "declined": {},
    "withdrawn": {},
    "discarded": {},
}
"""A negotiation: `offer` is the merchant's, `counter` the buyer's; `accept` is the buyer's, of the
merchant's last offer, and turns it into a requisition at its prices; `accept_part` takes some of
its lines. A requisition that ends without an order reopens the quote while the offer holds."""

ORDER: Final[Table] = {
    "awaiting_payment": {"pay": "unprocessed", "cancel": "cancelled"},
    "unprocessed": {
        "export": "exported",
        "fail": "failed",
        "begin_change": "changing",
        "cancel": "cancelled",
    },
    "changing": {
        "change": "unprocessed",
        "charge": "awaiting_payment",
        "keep": "unprocessed",
        "cancel": "cancelled",
    },
    "failed": {"retry": "unprocessed", "export": "exported", "cancel": "cancelled"},
    "exported": {
        "complete": "completed",
        "fail": "failed",
        "accept_change": "unprocessed",
        "accept_cancellation": "cancelled",
    },
    "completed": {"reopen": "exported"},
    "cancelled": {},
}
"""What the merchant received. What is paid before it is processed waits for the money first. While
*unprocessed* the buyer cancels or changes it: it is kept back while the change is approved, and
stays as it was (`keep`) where it is not. Where more is to be paid first, a change waits for that
(`charge`). Once exported that is a request which the merchant accepts or declines. A
completed order is open again (`reopen`) where a shipment of it was entered wrongly."""

SHARE_LINK: Final[Table] = {
    "active": {"revoke": "revoked", "expire": "expired"},
    "revoked": {},
    "expired": {},
}
"""A link for people outside. It never comes back to life: a new link is made instead."""

LIFECYCLES: Final[Mapping[str, Table]] = {
    "requisition": REQUISITION,
    "quote": QUOTE,
    "order": ORDER,
    "share_link": SHARE_LINK,
}


class NotAllowed(Exception):
    """The thing is in a state that does not know this transition."""

    code = "not_allowed"

    def __init__(self, state: str, verb: str) -> None:
        super().__init__(f"{verb} is not possible while {state}")
        self.state = state
        self.verb = verb


def allowed(table: Table, state: str) -> tuple[str, ...]:
    """The verbs that are possible in a state, in the table's order."""
    return tuple(table[state])


def next_state(table: Table, state: str, verb: str) -> str:
    """The state that follows; raises `NotAllowed`."""
    try:
        return table[state][verb]
    except KeyError:
        raise NotAllowed(state, verb) from None


def is_final(table: Table, state: str) -> bool:
    """Whether nothing follows this state."""
    return not table[state]
