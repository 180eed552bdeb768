"""Conversations. Their owners (a cart, a line, a requisition) point down to a thread."""

from __future__ import annotations

from django.db import models

from placet.companies.models import Company, Member
from placet.core.models import IdField, Record, reference


class Thread(Record):
    """One conversation of one company; resolved by a member, and opened again by an answer.

    ``audience`` says who takes part beside those of the company who may: nobody, whoever opens a
    share link, or the supplier. It never changes, so what is internal stays so.
    """

    class Audience(models.TextChoices):
        COMPANY = "company"
        OUTSIDE = "outside"
        SUPPLIER = "supplier"

    id = IdField("thr")
    company = reference(Company)
    audience = models.CharField(
        max_length=8, choices=Audience.choices, default=Audience.COMPANY, editable=False
    )
    resolved_at = models.DateTimeField(null=True, blank=True)
    resolved_by = reference(Member, null=True, blank=True)


class Comment(Record):
    """What one member wrote, or somebody outside, by the name that they gave."""

    id = IdField("com")
    thread = reference(Thread, related_name="comments")
    author = reference(Member, null=True, blank=True)
    guest_name = models.CharField(max_length=80, blank=True, default="")
    # The confirmed address of somebody outside, which the company sees and nobody else.
    guest_address = models.EmailField(blank=True, default="")
    text = models.CharField(max_length=4000)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(author__isnull=False) ^ ~models.Q(guest_name=""),
                name="comment_has_an_author",
            ),
        ]


class Mention(models.Model):
    """A member who was named in a comment and is told about it."""

    comment = reference(Comment, related_name="mentions")
    member = reference(Member)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["comment", "member"], name="named_once")]


class Attachment(Record):
    """A file beside a comment, kept in the database with it: one backup, one transaction."""

    id = IdField("att")
    comment = reference(Comment, related_name="attachments")
    name = models.CharField(max_length=120)
    content_type = models.CharField(max_length=80)
    size = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)
    content = models.BinaryField()
