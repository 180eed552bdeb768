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

    ``lines`` are values of the shape of ``quotes/drafting.py::DraftLine``. Sending it makes an
    offer of it, and an offer never changes.
    """

    id = IdField("odr")
    quote = reference(Quote, related_name="drafts", on_delete=models.CASCADE)
    side = models.CharField(max_length=8, choices=Side.choices)
    is_whole = models.BooleanField(default=True)
    is_final = models.BooleanField(default=False)
    valid_until = models.DateField(null=True, blank=True)
    terms = models.CharField(max_length=40, blank=True, default="")
    lines = models.JSONField(default=list)
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
