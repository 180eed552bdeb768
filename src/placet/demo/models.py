"""What only the demo keeps: how far its clock is ahead, and the mails that its mailbox received."""

from __future__ import annotations

from django.db import models


class DemoClock(models.Model):
    """One row: the offset of business time."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    offset_seconds = models.PositiveBigIntegerField(default=0)


class ReceivedMail(models.Model):
    """A mail as the demo's SMTP server received it."""

    received_at = models.DateTimeField()
    recipient = models.CharField(max_length=254, db_index=True)
    subject = models.CharField(max_length=400)
    raw = models.TextField()
