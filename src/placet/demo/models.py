"""What only the demo keeps: its clock, its mailbox, its ERP, and the keys that it shows."""

from __future__ import annotations

from django.db import models


class DemoClock(models.Model):
    """One row: the offset of business time. It is there once the world is complete."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    offset_seconds = models.PositiveBigIntegerField(default=0)


class ReceivedMail(models.Model):
    """A mail as the demo's SMTP server received it."""

    received_at = models.DateTimeField()
    recipient = models.CharField(max_length=254, db_index=True)
    subject = models.CharField(max_length=400)
    raw = models.TextField()


class ReceivedWebhook(models.Model):
    """A message as the demo's ERP received it; one that is sent again stays one."""

    message_id = models.CharField(max_length=80, primary_key=True)
    received_at = models.DateTimeField()
    event_type = models.CharField(max_length=60)
    subject = models.CharField(max_length=40)
    body = models.TextField()


class ShownKey(models.Model):
    """An API key of the demo, in plain text: anybody may try the API here."""

    name = models.CharField(max_length=40, primary_key=True)
    company_slug = models.CharField(max_length=60)
    secret = models.CharField(max_length=100)
