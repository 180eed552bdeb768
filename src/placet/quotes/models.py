"""Quotes: a negotiation between a company and the merchant, in offers that never change."""

from __future__ import annotations

from django.db import models

from placet.catalog.models import Product
from placet.companies.models import Company, Member, Unit
from placet.core.models import IdField, MinorUnitsField, Record, Resource, reference
from placet.threads.models import Thread


class Side(models.TextChoices):
    """Who speaks: the buying company, or the merchant."""

    BUYER = "buyer"
    MERCHANT = "merchant"


class Quote(Resource):
    """One negotiation. ``offer_number`` is that of its last offer, 0 while it is a draft.

    ``expires_on`` is the last day on which something of the merchant's last offer can be taken, in
    the merchant's calendar. ``thread`` is what both sides read.
    """

    class Status(models.TextChoices):
        DRAFT = "draft"
        REQUESTED = "requested"
        OFFERED = "offered"
        COUNTERED = "countered"
        ACCEPTED = "accepted"
        DECLINED = "declined"
        WITHDRAWN = "withdrawn"
        EXPIRED = "expired"
        DISCARDED = "discarded"

    id = IdField("qte")
    company = reference(Company)
    unit = reference(Unit)
    requester = reference(Member)
    number = models.CharField(max_length=20)
    name = models.CharField(max_length=120)
    status = models.CharField(max_length=9, choices=Status.choices, default=Status.DRAFT)
    currency = models.CharField(max_length=3)
    offer_number = models.PositiveIntegerField(default=0)
    expires_on = models.DateField(null=True, blank=True)
    assigned_to = reference(Member, null=True, blank=True)
    thread = reference(Thread, null=True, blank=True)
    # Why one side wanted no more of it.
    reason = models.CharField(max_length=1000, blank=True, default="")
    requested_at = models.DateTimeField(null=True, blank=True)
    changed_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["company", "number"], name="quote_number_once"),
        ]
        indexes = [
            models.Index(fields=["company", "status"], name="quote_by_company"),
            models.Index(fields=["status", "expires_on"], name="quote_by_expiry"),
        ]


class OfferDraft(Resource):
    """What one side is about to say; the other never sees it.

    ``lines`` are values of the shape of ``quotes/drafting.py::DraftLine``, ``authors`` the users
    who ever wrote in it. Sending it makes an offer of it, and an offer never changes.
    """

    id = IdField("odr")
    quote = reference(Quote, related_name="drafts", on_delete=models.CASCADE)
    side = models.CharField(max_length=8, choices=Side.choices)
    is_whole = models.BooleanField(default=True)
    is_final = models.BooleanField(default=False)
    valid_until = models.DateField(null=True, blank=True)
    terms = models.CharField(max_length=40, blank=True, default="")
    lines = models.JSONField(default=list)
    authors = models.JSONField(default=list, db_default=[])
    changed_by = reference(Member)
    changed_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["quote", "side"], name="one_draft_a_side"),
        ]


class Offer(Record):
    """One round from one side, as it was sent. The request is the buyer's first.

    ``content_hash`` covers everything that is said; whoever accepts names it.
    """

    APPEND_ONLY = True

    id = IdField("ofr")
    quote = reference(Quote, related_name="offers")
    number = models.PositiveIntegerField()
    side = models.CharField(max_length=8, choices=Side.choices)
    author = reference(Member)
    is_whole = models.BooleanField()
    is_final = models.BooleanField()
    valid_until = models.DateField()
    terms = models.CharField(max_length=40)
    content_hash = models.CharField(max_length=64)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["quote", "number"], name="offer_number_once"),
        ]


class OfferLine(models.Model):
    """A line of an offer; ``unit_price_minor`` is for ``price_quantity`` pieces.

    A request may name no product (then ``name`` says what is wanted) and no price.
    """

    APPEND_ONLY = True

    offer = reference(Offer, related_name="lines")
    number = models.PositiveIntegerField()
    product = reference(Product, null=True, blank=True)
    sku = models.CharField(max_length=64, blank=True, default="")
    name = models.CharField(max_length=200)
    quantity = models.PositiveBigIntegerField()
    minimum_quantity = models.PositiveBigIntegerField()
    unit_price_minor = MinorUnitsField(null=True, blank=True)
    price_quantity = models.PositiveIntegerField(default=1)
    list_price_minor = MinorUnitsField(null=True, blank=True)
    valid_until = models.DateField(null=True, blank=True)
    note = models.CharField(max_length=400, blank=True, default="")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["offer", "number"], name="offer_line_once"),
        ]


class Acceptance(Record):
    """What the buyer took of an offer: the quantities by line number, and what it became."""

    APPEND_ONLY = True

    id = IdField("acp")
    quote = reference(Quote, related_name="acceptances")
    offer = reference(Offer, related_name="acceptances")
    requisition_id = models.CharField(max_length=40, unique=True)
    lines = models.JSONField()
    member = reference(Member)


class OfferSeen(Record):
    """The last offer that a side has looked at: an access row."""

    id = IdField("osn")
    quote = reference(Quote, related_name="seen", on_delete=models.CASCADE)
    side = models.CharField(max_length=8, choices=Side.choices)
    offer_number = models.PositiveIntegerField()
    seen_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["quote", "side"], name="one_seen_a_side"),
        ]


class QuoteLineThread(Record):
    """What both sides say about one line of a negotiation; its number stays from round to round."""

    id = IdField("qlt")
    quote = reference(Quote, related_name="line_threads")
    line_number = models.PositiveIntegerField()
    thread = reference(Thread)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["quote", "line_number"], name="one_thread_a_line"),
        ]


class QuoteTemplate(Resource):
    """What the merchant often offers: lines of the shape of a draft's, and what stands with them.

    ``valid_days`` counts from the day on which it is used.
    """

    id = IdField("qtm")
    name = models.CharField(max_length=120, unique=True)
    currency = models.CharField(max_length=3)
    lines = models.JSONField(default=list)
    is_whole = models.BooleanField(default=True)
    terms = models.CharField(max_length=40, blank=True, default="")
    valid_days = models.PositiveSmallIntegerField(null=True, blank=True)
    changed_by = reference(Member)
    changed_at = models.DateTimeField()


class OfferRelease(Resource):
    """An offer of the merchant's that waits for a colleague: beyond its author's authority.

    ``content`` is what will be said, as canonical bytes that never change; ``plan`` is what the
    merchant's rules ask for. Once every step is released exactly this is sent. The buyer never
    learns of it.
    """

    class Status(models.TextChoices):
        WAITING = "waiting"
        RELEASED = "released"
        DECLINED = "declined"
        LAPSED = "lapsed"

    id = IdField("orl")
    quote = reference(Quote, related_name="releases")
    author = reference(Member)
    offer_number = models.PositiveIntegerField()
    content = models.BinaryField()
    content_hash = models.CharField(max_length=64)
    plan = models.TextField()
    plan_hash = models.CharField(max_length=64)
    status = models.CharField(max_length=8, choices=Status.choices, default=Status.WAITING)
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["quote"],
                condition=models.Q(status="waiting"),
                name="one_waiting_release_a_quote",
            ),
        ]


class ReleaseSeat(models.Model):
    """Somebody who is asked at one step of a release."""

    release = reference(OfferRelease, related_name="seats", on_delete=models.CASCADE)
    position = models.PositiveIntegerField()
    member = reference(Member)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["release", "position", "member"], name="one_release_seat_each"
            ),
        ]


class ReleaseDecision(Record):
    """What somebody said of an offer that they were asked to release, of exactly this content."""

    APPEND_ONLY = True

    class Verdict(models.TextChoices):
        RELEASE = "release"
        DECLINE = "decline"

    id = IdField("rld")
    release = reference(OfferRelease, related_name="decisions")
    position = models.PositiveIntegerField()
    member = reference(Member)
    verdict = models.CharField(max_length=7, choices=Verdict.choices)
    reason = models.CharField(max_length=1000, blank=True, default="")
    content_hash = models.CharField(max_length=64)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["release", "position", "member"], name="one_release_decision_each"
            ),
        ]
