"""Events: append-only facts, chained by hash per company. Audit, feed and outbox read them.

They hold values, never foreign keys upward. Names, addresses and free text lie beside the chain in
``EventPrivate``, so that erasing a person deletes a row and breaks nothing.
"""

from __future__ import annotations

from django.db import models

from placet.core.models import IdField, Record


class Event(Record):
    """One fact about one company: what happened (``requisition.submitted``), to what, by whom."""

    APPEND_ONLY = True

    id = IdField("evt")
    company_id = models.CharField(max_length=40)
    seq = models.PositiveBigIntegerField()
    type = models.CharField(max_length=60)
    subject = models.CharField(max_length=40)
    payload = models.TextField()
    actor_user = models.CharField(max_length=40, blank=True, default="")
    actor_member = models.CharField(max_length=40, blank=True, default="")
    person_user = models.CharField(max_length=40, blank=True, default="")
    channel = models.CharField(max_length=10)
    private_hash = models.CharField(max_length=64, blank=True, default="")
    previous_hash = models.CharField(max_length=64, blank=True, default="")
    hash = models.CharField(max_length=64)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["company_id", "seq"], name="event_seq_once"),
        ]
        indexes = [
            models.Index(fields=["subject", "seq"], name="event_by_subject"),
            models.Index(fields=["company_id", "type", "-seq"], name="event_by_type"),
        ]


class EventPrivate(models.Model):
    """The erasable part of an event: salted, and covered by the hash in the chain."""

    event = models.OneToOneField(
        Event, on_delete=models.PROTECT, primary_key=True, related_name="private"
    )
    salt = models.CharField(max_length=64)
    payload = models.TextField()


class EventHead(models.Model):
    """The end of a company's chain; locking its row is the last lock of every transaction."""

    company_id = models.CharField(max_length=40, primary_key=True)
    seq = models.PositiveBigIntegerField(default=0)
    hash = models.CharField(max_length=64, blank=True, default="")


class EventPending(models.Model):
    """An event that has no position yet; the dispatcher removes the row."""

    event = models.OneToOneField(
        Event, on_delete=models.PROTECT, primary_key=True, related_name="+"
    )


class EventPosition(models.Model):
    """The place of an event in the one order that all readers of the outbox share.

    Commits arrive out of order, so only the dispatcher, alone, hands out positions.
    """

    APPEND_ONLY = True

    position = models.BigAutoField(primary_key=True)
    event = models.OneToOneField(Event, on_delete=models.PROTECT, related_name="place")


class Reader(models.Model):
    """How far a reader of the outbox (mail, webhooks) has come."""

    name = models.CharField(max_length=40, primary_key=True)
    position = models.PositiveBigIntegerField(default=0)
