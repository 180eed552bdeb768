"""Orders: what the merchant receives. They point to a requisition by its id, never by a key."""

from __future__ import annotations

from typing import Final

from django.db import models
from django.db.models import F

from placet.companies.models import Company, Member
from placet.core.models import IdField, MinorUnitsField, Record, Resource, reference
from placet.threads.models import Thread

NET: Final = F("goods_minor") + F("shipping_minor")
"""What lists tell as the total of an order: goods and delivery, before tax."""


class Order(Resource):
    """An approved revision that left to the merchant, once: ``requisition_id`` is unique."""

    class Status(models.TextChoices):
        AWAITING_PAYMENT = "awaiting_payment"
        UNPROCESSED = "unprocessed"
        CHANGING = "changing"
        EXPORTED = "exported"
        FAILED = "failed"
        COMPLETED = "completed"
        CANCELLED = "cancelled"

    id = IdField("ord")
    number = models.CharField(max_length=20, unique=True)
    company = reference(Company)
    buyer = reference(Member)
    requisition_id = models.CharField(max_length=40, unique=True)
    requisition_number = models.CharField(max_length=20)
    revision_id = models.CharField(max_length=40)
    content = models.BinaryField()
    content_hash = models.CharField(max_length=64)
    name = models.CharField(max_length=120)
    status = models.CharField(max_length=16, choices=Status.choices, default=Status.UNPROCESSED)
    terms = models.CharField(max_length=40, blank=True, default="")
    currency = models.CharField(max_length=3)
    goods_minor = MinorUnitsField()
    shipping_minor = MinorUnitsField()
    tax_minor = MinorUnitsField()
    total_minor = MinorUnitsField()
    line_count = models.PositiveIntegerField()
    po_number = models.CharField(max_length=60, blank=True, default="")
    erp_number = models.CharField(max_length=60, blank=True, default="")
    failure = models.CharField(max_length=400, blank=True, default="")
    placed_at = models.DateTimeField()
    # What buyer and supplier say to each other about it; what is internal is the requisition's.
    supplier_thread = reference(Thread, null=True, blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["-placed_at", "-id"], name="orders_by_time"),
            models.Index(fields=["status", "-placed_at", "-id"], name="orders_by_status"),
            models.Index(fields=["company", "-placed_at", "-id"], name="orders_by_company"),
            models.Index(fields=["buyer", "-placed_at", "-id"], name="orders_by_buyer"),
            models.Index("currency", NET, "id", name="orders_by_net"),
        ]


class OrderLine(models.Model):
    """A line of the order: a projection of its content, for lists and exports."""

    order = reference(Order, related_name="lines")
    number = models.PositiveIntegerField()
    sku = models.CharField(max_length=64)
    name = models.CharField(max_length=200)
    pack = models.CharField(max_length=60)
    quantity = models.PositiveBigIntegerField()
    unit_price_minor = MinorUnitsField()
    price_quantity = models.PositiveIntegerField(default=1)
    total_minor = MinorUnitsField()
    shipped_quantity = models.PositiveBigIntegerField(default=0)
    # When what is still missing is expected: the line is on backorder.
    expected_on = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["order", "number"], name="order_line_once")]
        indexes = [
            models.Index(fields=["sku"], name="order_line_by_sku"),
            models.Index(
                fields=["order"],
                condition=models.Q(shipped_quantity__gt=0),
                name="order_line_shipped",
            ),
            models.Index(
                fields=["expected_on"],
                condition=models.Q(expected_on__isnull=False)
                & models.Q(shipped_quantity__lt=models.F("quantity")),
                name="order_line_expected",
            ),
        ]


class HandOver(Record):
    """What a merchant's system said about an order: taken over with its number, or failed."""

    APPEND_ONLY = True

    class Kind(models.TextChoices):
        ACKNOWLEDGEMENT = "acknowledgement"
        FAILURE = "failure"

    id = IdField("hov")
    order = reference(Order, related_name="hand_overs")
    kind = models.CharField(max_length=16, choices=Kind.choices)
    erp_number = models.CharField(max_length=60, blank=True, default="")
    reason = models.CharField(max_length=400, blank=True, default="")
    actor_member = models.CharField(max_length=40, blank=True, default="")
    channel = models.CharField(max_length=10)


class Payment(Record):
    """What was received for an order that is paid before it is processed, as staff entered it."""

    APPEND_ONLY = True

    id = IdField("pay")
    order = reference(Order, related_name="payments")
    amount_minor = MinorUnitsField()
    currency = models.CharField(max_length=3)
    received_on = models.DateField()
    reference = models.CharField(max_length=120)
    actor_member = models.CharField(max_length=40, blank=True, default="")
    channel = models.CharField(max_length=10)


class OrderChange(Record):
    """The buyer changed an order that nobody had processed: another approved content took over."""

    APPEND_ONLY = True

    id = IdField("och")
    order = reference(Order, related_name="changes")
    number = models.PositiveIntegerField()
    from_revision_id = models.CharField(max_length=40)
    from_hash = models.CharField(max_length=64)
    from_total_minor = MinorUnitsField()
    to_revision_id = models.CharField(max_length=40)
    to_hash = models.CharField(max_length=64)
    to_total_minor = MinorUnitsField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["order", "number"], name="order_change_once"),
        ]


class OrderRequest(Resource):
    """The buyer asks to cancel or to change an order that was exported; the merchant answers."""

    class Kind(models.TextChoices):
        CANCEL = "cancel"
        CHANGE = "change"

    class Status(models.TextChoices):
        OPEN = "open"
        ACCEPTED = "accepted"
        DECLINED = "declined"
        WITHDRAWN = "withdrawn"

    id = IdField("orq")
    order = reference(Order, related_name="requests")
    kind = models.CharField(max_length=6, choices=Kind.choices)
    status = models.CharField(max_length=9, choices=Status.choices, default=Status.OPEN)
    reason = models.CharField(max_length=400)
    answer = models.CharField(max_length=400, blank=True, default="")
    asked_by = reference(Member)
    answered_by = reference(Member, null=True, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["order"],
                condition=models.Q(status="open"),
                name="one_open_request_an_order",
            ),
        ]
        indexes = [models.Index(fields=["status", "created_at"], name="order_request_by_status")]


class Shipment(Resource):
    """A part of an order that left, or all of it; one that was entered wrongly is voided."""

    id = IdField("shp")
    order = reference(Order, related_name="shipments")
    number = models.PositiveIntegerField()
    shipped_on = models.DateField()
    carrier = models.CharField(max_length=80, blank=True, default="")
    tracking = models.CharField(max_length=200, blank=True, default="")
    actor_member = models.CharField(max_length=40, blank=True, default="")
    channel = models.CharField(max_length=10)
    voided_at = models.DateTimeField(null=True, blank=True)
    void_reason = models.CharField(max_length=400, blank=True, default="")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["order", "number"], name="shipment_number_once"),
        ]


class ShipmentLine(models.Model):
    """How much of an order's line was in a shipment, in packs as they were ordered."""

    shipment = reference(Shipment, related_name="lines", on_delete=models.CASCADE)
    line_number = models.PositiveIntegerField()
    quantity = models.PositiveBigIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["shipment", "line_number"], name="one_shipment_line_each"
            ),
            models.CheckConstraint(
                condition=models.Q(quantity__gt=0), name="shipped_quantity_positive"
            ),
        ]
