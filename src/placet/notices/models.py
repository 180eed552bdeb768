"""Mails that must go out, what the bell shows, and which of it a member wants where.

A row is made with the event; what is still to be done is claimed from the row.
"""

from __future__ import annotations

from django.db import models

from placet.companies.models import Member
from placet.core.models import IdField, Record, Resource, reference


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


class Notice(Record):
    """One line below the bell: one member is told one thing, until they have read it.

    ``headline`` and ``path`` are written once, as the reader may see it at that moment; until then
    the row is shown nowhere. ``in_app`` rows stand below the bell, ``in_digest`` rows in the next
    daily mail, which ``digest_id`` then names.
    """

    id = IdField("ntc")
    member = reference(Member)
    topic = models.CharField(max_length=20)
    kind = models.CharField(max_length=60)
    subject_ref = models.CharField(max_length=40)
    link_id = models.CharField(max_length=40, blank=True, default="")
    event_id = models.CharField(max_length=40)
    in_app = models.BooleanField(default=True)
    in_digest = models.BooleanField(default=False)
    headline = models.CharField(max_length=250, blank=True, default="")
    path = models.CharField(max_length=200, blank=True, default="")
    attempts = models.PositiveSmallIntegerField(default=0)
    digest_id = models.CharField(max_length=40, blank=True, default="")
    read_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["event_id", "member", "kind", "subject_ref"], name="noticed_once"
            ),
        ]
        indexes = [
            models.Index(fields=["member", "-created_at", "-id"], name="notices_of_member"),
            models.Index(
                fields=["member"],
                condition=models.Q(read_at=None, in_app=True) & ~models.Q(headline=""),
                name="notices_unread",
            ),
            models.Index(fields=["attempts"], condition=models.Q(headline=""), name="notices_bare"),
            models.Index(fields=["subject_ref"], name="notices_about"),
            models.Index(fields=["created_at"], name="notices_by_age"),
        ]


class NotificationPreference(Record):
    """Where a member wants to hear of a topic; without a row the topic's defaults hold."""

    id = IdField("ntp")
    member = reference(Member, related_name="notification_preferences")
    topic = models.CharField(max_length=20)
    mail = models.BooleanField()
    in_app = models.BooleanField()
    digest = models.BooleanField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["member", "topic"], name="preferred_once"),
        ]


class Digest(Record):
    """When a member's next daily mail is due; the row is there while they want one."""

    member = models.OneToOneField(
        Member, on_delete=models.PROTECT, primary_key=True, related_name="digest"
    )
    next_at = models.DateTimeField(db_index=True)


class MailTemplate(Resource):
    """The merchant's own words of a letter in one language, with placeholders; else the product's.

    ``letter`` is a key of ``matrix.py``; ``body`` is plain text.
    """

    id = IdField("mtp")
    letter = models.CharField(max_length=60)
    language = models.CharField(max_length=8)
    subject = models.CharField(max_length=200)
    body = models.TextField()
    changed_by = reference(Member)
    changed_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["letter", "language"], name="one_template_a_letter"),
        ]
