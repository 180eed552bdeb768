"""Mail that must go out: a row is made with the event, sending it is claimed from the row."""

from __future__ import annotations

from django.db import models

from placet.core.models import IdField, Record


class Mail(Record):
    """One message to one person. ``link_id`` names the decision link, so the body holds no secret.

    The texts are rendered when the mail is sent, from what the recipient may see at that moment.
    """

    class Status(models.TextChoices):
        WAITING = "waiting"
        SENT = "sent"
        FAILED = "failed"
        DROPPED = "dropped"

    id = IdField("mal")
    company_id = models.CharField(max_length=40, db_index=True)
    member_id = models.CharField(max_length=40)
    address = models.CharField(max_length=254)
    kind = models.CharField(max_length=60)
    subject_ref = models.CharField(max_length=40)
    link_id = models.CharField(max_length=40, blank=True, default="")
    event_id = models.CharField(max_length=40)
    headline = models.CharField(max_length=250, blank=True, default="")
    status = models.CharField(max_length=8, choices=Status.choices, default=Status.WAITING)
    attempts = models.PositiveSmallIntegerField(default=0)
    next_attempt_at = models.DateTimeField()
    last_error = models.CharField(max_length=400, blank=True, default="")
    sent_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["event_id", "member_id", "kind", "subject_ref"], name="told_once"
            ),
        ]
        indexes = [models.Index(fields=["status", "next_attempt_at"], name="mail_due")]
