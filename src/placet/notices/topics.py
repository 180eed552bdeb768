"""What members are told about, in a dozen topics: each names its kinds of mail and its defaults."""

from __future__ import annotations

from typing import Final, Literal, NamedTuple

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from placet.core.actor import Actor

Where = Literal["mail", "in_app", "digest"]
WHERE: Final[tuple[Where, ...]] = ("mail", "in_app", "digest")


class Wanted(NamedTuple):
    """Where a member hears of a topic: at once by mail, below the bell, in the daily mail."""

    mail: bool
    in_app: bool
    digest: bool


USUAL: Final = Wanted(mail=True, in_app=True, digest=False)
QUIET: Final = Wanted(mail=False, in_app=True, digest=False)


class Topic(NamedTuple):
    """A row of the matrix. ``locked`` says where nobody can switch it off; ``side`` who has it."""

    key: str
    label: str | Promise
    hint: str | Promise
    kinds: frozenset[str]
    default: Wanted = USUAL
    locked: frozenset[Where] = frozenset()
    side: Literal["buyer", "merchant", "both"] = "both"


TOPICS: Final = (
    Topic(
        "asked",
        _("I am asked to decide"),
        _(
            "Also when content has changed, somebody forwards it, an answer of mine lapsed, or the "
            "supplier asks to keep our rules."
        ),
        frozenset({"decide", "lapsed", "keeping_asked"}),
        locked=frozenset({"in_app"}),
    ),
    Topic(
        "reminded",
        _("Something waits for me for long"),
        _("Reminders, requests to hurry, and what was passed up because nobody answered."),
        frozenset({"reminder", "escalated", "nudged"}),
    ),
    Topic(
        "returned",
        _("A purchase of mine needs me"),
        _("Changes are requested, it was rejected, expired, or could not be ordered."),
        frozenset({"changes_requested", "rejected", "expired", "placement_failed"}),
        side="buyer",
    ),
    Topic(
        "orders",
        _("Orders that I process"),
        _("A customer cancels one, or asks to cancel or change what was taken over."),
        frozenset({"order_asked", "order_called_off"}),
        side="merchant",
    ),
    Topic(
        "approved",
        _("What I approved"),
        _("It was ordered, and is cancelled since."),
        frozenset({"approved_cancelled"}),
        side="buyer",
    ),
    Topic(
        "changed",
        _("An order of mine is changed"),
        _("What became of a change, and what the supplier answered."),
        frozenset({"order_changed", "order_answered"}),
        side="buyer",
    ),
    Topic(
        "ordered",
        _("A purchase of mine is on its way"),
        _("It is ordered, also by the supplier for me, paid, taken over, or cancelled."),
        frozenset({"ordered", "ordered_for", "payment_due", "paid", "acknowledged", "cancelled"}),
        side="buyer",
    ),
    Topic(
        "delivered",
        _("A purchase of mine is delivered"),
        _("A part of it left, when the rest comes, or that it never will."),
        frozenset({"shipped", "shipment_voided", "expected", "closed_short"}),
        side="buyer",
    ),
    Topic(
        "quotes",
        _("Quotes"),
        _("The other side asked, offered or answered, or it is over."),
        frozenset({"quote_said", "quote_over"}),
    ),
    Topic(
        "releases",
        _("Offers to release"),
        _("I am asked to release one, or somebody answered about mine."),
        frozenset({"release_asked", "release_decided"}),
        locked=frozenset({"in_app"}),
        side="merchant",
    ),
    Topic(
        "suggested",
        _("Suggestions"),
        _("For a purchase of mine, and what became of those that I made."),
        frozenset({"suggested", "suggestion_answered"}),
        side="buyer",
    ),
    Topic(
        "talk",
        _("Conversations"),
        _("I am named, asked, or answered."),
        frozenset({"mentioned", "answered"}),
    ),
    Topic(
        "carts",
        _("A cart for me"),
        _("A colleague shares one with me, or makes me its owner."),
        frozenset({"cart_shared", "cart_given"}),
        side="buyer",
    ),
    Topic(
        "budgets",
        _("A budget that I answer for"),
        _("Its use reached a threshold."),
        frozenset({"budget_used"}),
        side="buyer",
    ),
    Topic(
        "schedules",
        _("What I scheduled"),
        _("A list is due, or a standing requisition stands still and waits for me."),
        frozenset({"schedule_due", "schedule_paused"}),
        side="buyer",
    ),
    Topic(
        "runs",
        _("Work that I started has ended"),
        _("Back-tests and imports that took longer than I stayed."),
        frozenset({"run_ended"}),
    ),
    Topic(
        "webhooks",
        _("Webhooks that do not arrive"),
        _("For whoever looks after them: nothing has arrived for hours, or one was switched off."),
        frozenset({"endpoint_failing", "endpoint_off"}),
    ),
    Topic(
        "keys",
        _("API keys that end"),
        _("My own, and the company’s for whoever manages them: two weeks and a day before."),
        frozenset({"key_ending"}),
    ),
    Topic(
        "applications",
        _("A company would like to buy here"),
        _("It waits for an answer."),
        frozenset({"applied"}),
        side="merchant",
    ),
    Topic(
        "keeping",
        _("A customer answers about its rules"),
        _("I asked whether we may keep them."),
        frozenset({"keeping_answered"}),
        side="merchant",
    ),
)
BY_MAIL_ONLY: Final = frozenset({"invited", "declined", "confirm_guest", "digest", "sample"})
"""Kinds that nobody chooses: the way in for people who cannot sign in yet, and the daily mail."""

TOPIC_OF_KIND: Final = {kind: topic for topic in TOPICS for kind in topic.kinds}
TOPIC_OF_KEY: Final = {topic.key: topic for topic in TOPICS}


def topics_of(actor: Actor) -> list[Topic]:
    """The topics that a member of this company can hear of."""
    side = "merchant" if actor.is_merchant else "buyer"
    return [topic for topic in TOPICS if topic.side in (side, "both")]


def kept(topic: Topic, wanted: Wanted) -> Wanted:
    """What was wanted, with what cannot be switched off."""
    return Wanted(*(getattr(wanted, where) or where in topic.locked for where in WHERE))
