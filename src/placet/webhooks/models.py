"""Webhooks after Standard Webhooks 1.0: endpoints and one row for each delivery."""

from __future__ import annotations

from django.db import models

from placet.companies.models import Company, Member
from placet.core.models import IdField, Record, Resource, reference
from placet.webhooks.causes import sentence_of


class Endpoint(Resource):
    """An address of a company (or of the merchant) that is told about events."""

    class Status(models.TextChoices):
        ACTIVE = "active"
        DISABLED = "disabled"

    id = IdField("whk")
    company = reference(Company)
    created_by = reference(Member, null=True, blank=True)
    url = models.URLField(max_length=500)
    event_types = models.JSONField(default=list)
    secret = models.CharField(max_length=100)
    previous_secret = models.CharField(max_length=100, blank=True, default="")
    previous_secret_until = models.DateTimeField(null=True, blank=True)
    status = models.CharField(max_length=8, choices=Status.choices, default=Status.ACTIVE)
    disabled_reason = models.CharField(max_length=200, blank=True, default="")
    # Since when nothing has arrived although something was sent, and when its people were told.
    failing_since = models.DateTimeField(null=True, blank=True)
    warned_at = models.DateTimeField(null=True, blank=True)


class Delivery(Record):
    """One event on its way to one endpoint; the body is fixed when the row is made."""

    class Status(models.TextChoices):
        WAITING = "waiting"
        DELIVERED = "delivered"
        FAILED = "failed"

    id = IdField("dlv")
    endpoint = reference(Endpoint, related_name="deliveries")
    event_id = models.CharField(max_length=40)
    event_type = models.CharField(max_length=60)
    position = models.PositiveBigIntegerField()
    body = models.TextField()
    status = models.CharField(max_length=10, choices=Status.choices, default=Status.WAITING)
    attempts = models.PositiveSmallIntegerField(default=0)
    next_attempt_at = models.DateTimeField()
    last_status = models.PositiveSmallIntegerField(null=True, blank=True)
    last_error = models.CharField(max_length=400, blank=True, default="")
    delivered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["endpoint", "event_id"], name="delivered_once"),
        ]
        indexes = [
            models.Index(fields=["status", "next_attempt_at"], name="delivery_due"),
            models.Index(fields=["endpoint", "-created_at", "-id"], name="deliveries_of_endpoint"),
        ]

    @property
    def trouble(self) -> str:
        """What the last attempt came to, as people read it; nothing where all went well."""
        return sentence_of(self.last_error, self.last_status)


class DeliveryAttempt(Record):
    """One request for a delivery and what came back: kept for thirty days, then forgotten.

    ``request_headers`` are those that were sent, signatures included, never a secret; ``answer`` is
    the beginning of the receiver's body as text. ``status`` is empty where nobody answered.
    """

    id = IdField("dla")
    delivery = reference(Delivery, related_name="tries", on_delete=models.CASCADE)
    number = models.PositiveSmallIntegerField()
    request_headers = models.JSONField(default=dict)
    status = models.PositiveSmallIntegerField(null=True, blank=True)
    answer_headers = models.JSONField(default=dict)
    answer = models.CharField(max_length=4_096, blank=True, default="")
    error = models.CharField(max_length=400, blank=True, default="")
    milliseconds = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["delivery", "number"], name="attempt_once"),
        ]
        indexes = [models.Index(fields=["created_at"], name="attempt_by_age")]

    @property
    def trouble(self) -> str:
        """Why it came to nothing, as people read it; nothing where it arrived."""
        return sentence_of(self.error, self.status)
