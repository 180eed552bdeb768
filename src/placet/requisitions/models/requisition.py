"""Requisitions and their revisions: exact frozen content, numbered, with its lines."""

from __future__ import annotations

from urllib.parse import urlsplit

from django.db import models

from placet.companies.models import Company, Member, Unit
from placet.core.models import IdField, MinorUnitsField, Record, Resource, reference
from placet.threads.models import Thread


class Requisition(Resource):
    """A purchase on its way to approval; human number ``REQ-…``, gapless per company.

    ``problem`` is the code of what keeps an approved purchase from being ordered.
    """

    class Status(models.TextChoices):
        PENDING = "pending"
        CHANGES_REQUESTED = "changes_requested"
        APPROVED = "approved"
        ORDERED = "ordered"
        REJECTED = "rejected"
        WITHDRAWN = "withdrawn"
        EXPIRED = "expired"
        PLACEMENT_FAILED = "placement_failed"

    id = IdField("req")
    company = reference(Company)
    unit = reference(Unit)
    number = models.CharField(max_length=20)
    requester = reference(Member)
    name = models.CharField(max_length=120)
    status = models.CharField(max_length=18, choices=Status.choices, default=Status.PENDING)
    problem = models.CharField(max_length=20, blank=True, default="")
    source = models.CharField(max_length=12, default="cart")
    cart_id = models.CharField(max_length=40, blank=True, default="")
    rebuilt_from = reference("self", null=True, blank=True)
    revision = reference("requisitions.Revision", null=True, blank=True)
    currency = models.CharField(max_length=3)
    total_minor = MinorUnitsField()
    po_number = models.CharField(max_length=60, blank=True, default="")
    submitted_at = models.DateTimeField()
    expires_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    thread = reference(Thread, null=True, blank=True)
    # Who of the merchant's staff ordered it for the requester, and why.
    staff = reference(Member, null=True, blank=True)
    staff_reason = models.CharField(max_length=400, blank=True, default="")
    # Its lines and prices are those of the merchant's own shop, sent in with one of its keys; there
    # it is changed too, at this address if the shop has named one.
    is_from_shop = models.BooleanField(default=False, db_default=False)
    shop_url = models.CharField(max_length=500, blank=True, default="", db_default="")

    @property
    def shop_host(self) -> str:
        """The shop's host as people are shown it before they go there; empty without an address."""
        return urlsplit(self.shop_url).hostname or ""

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["company", "number"], name="requisition_number_once"),
            models.UniqueConstraint(
                fields=["cart_id"],
                condition=models.Q(
                    status__in=["pending", "changes_requested", "approved", "placement_failed"]
                )
                & ~models.Q(cart_id=""),
                name="one_open_requisition_a_cart",
            ),
            models.UniqueConstraint(
                fields=["company", "is_from_shop", "external_id"],
                condition=~models.Q(external_id=""),
                name="posted_purchase_once",
            ),
        ]
        indexes = [
            models.Index(fields=["company", "status", "-submitted_at"], name="req_by_status"),
            models.Index(fields=["company", "-submitted_at", "-id"], name="req_by_company"),
            models.Index(fields=["requester", "-submitted_at"], name="req_by_requester"),
            models.Index(fields=["status", "-submitted_at"], name="req_awaiting"),
            models.Index(
                fields=["-submitted_at", "-id"],
                condition=models.Q(
                    status__in=["pending", "changes_requested", "approved", "placement_failed"]
                ),
                name="open_requisitions",
            ),
            models.Index(
                fields=["requester", "-submitted_at", "-id"],
                condition=models.Q(
                    status__in=["pending", "changes_requested", "approved", "placement_failed"]
                ),
                name="open_by_requester",
            ),
            models.Index(
                fields=["expires_at", "id"],
                condition=models.Q(status__in=["pending", "changes_requested"]),
                name="requisitions_to_expire",
            ),
        ]


class Revision(Record):
    """The exact canonical bytes that were hashed when they were frozen; they never change.

    ``plan`` is the plan that was shown and confirmed, ``rulebook_versions`` the versions that it
    was made from.
    """

    APPEND_ONLY = True

    id = IdField("rev")
    requisition = reference(Requisition, related_name="revisions")
    number = models.PositiveIntegerField()
    format = models.PositiveSmallIntegerField(default=1)
    content = models.BinaryField()
    content_hash = models.CharField(max_length=64)
    plan = models.TextField()
    plan_hash = models.CharField(max_length=64)
    rulebook_versions = models.JSONField(default=list)
    authors = models.JSONField(default=list)
    submitted_by = reference(Member)
    goods_minor = MinorUnitsField()
    shipping_minor = MinorUnitsField()
    tax_minor = MinorUnitsField()
    total_minor = MinorUnitsField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["requisition", "number"], name="revision_once"),
        ]


class RevisionOrigin(Record):
    """Why a revision after the first was made; the words about it stand in its event.

    ``decision`` is the one that reduced lines, ``suggestion`` the one that the buyer accepted.
    """

    APPEND_ONLY = True

    class Cause(models.TextChoices):
        EDITED = "edited"
        REDUCED = "reduced"
        SUGGESTED = "suggested"
        REPLANNED = "replanned"
        MOVED = "moved"

    revision = models.OneToOneField(
        Revision, on_delete=models.PROTECT, primary_key=True, related_name="origin"
    )
    cause = models.CharField(max_length=10, choices=Cause.choices)
    decision = reference("requisitions.Decision", null=True, blank=True)
    suggestion = reference("requisitions.Suggestion", null=True, blank=True)


class RevisionLine(models.Model):
    """A line of a revision: a projection of its content, for lists and searches."""

    revision = reference(Revision, related_name="lines")
    number = models.PositiveIntegerField()
    product_id = models.CharField(max_length=40, blank=True, default="")
    sku = models.CharField(max_length=64)
    name = models.CharField(max_length=200)
    pack = models.CharField(max_length=60)
    category_path = models.CharField(max_length=400, blank=True, default="")
    quantity = models.PositiveBigIntegerField()
    unit_price_minor = MinorUnitsField()
    price_quantity = models.PositiveIntegerField(default=1)
    last_paid_minor = MinorUnitsField(null=True, blank=True)
    total_minor = MinorUnitsField()
    thread = reference(Thread, null=True, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["revision", "number"], name="line_once")]
        indexes = [models.Index(fields=["sku"], name="revision_line_by_sku")]


class RevisionSeen(models.Model):
    """The revision of a requisition that a member looked at last: what *changed since* is against.

    An access row: looking at a page may write it.
    """

    requisition = reference(Requisition)
    member = reference(Member)
    revision = reference(Revision)
    seen_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["requisition", "member"], name="seen_last"),
        ]
