"""How programs come in, how companies apply, and the numbers that are given out."""

from __future__ import annotations

from django.db import models

from placet.companies.models.people import Company, Member
from placet.core.models import IdField, Record, Resource, reference


class ApiKey(Record):
    """A key for programs: shown once, stored as a hash, bound to one company and to scopes.

    A personal key (``member``) acts as the member who made it, and it alone may decide.
    """

    id = IdField("key")
    company = reference(Company)
    member = reference(Member, null=True, blank=True)
    created_by = reference(Member, null=True, blank=True)
    name = models.CharField(max_length=120)
    hint = models.CharField(max_length=16)
    secret_hash = models.CharField(max_length=64, unique=True)
    scopes = models.JSONField(default=list)
    expires_at = models.DateTimeField(null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)
    last_used_at = models.DateTimeField(null=True, blank=True)


class NumberSequence(models.Model):
    """The last human number given out for a kind of thing (``REQ``, ``ORD``): gapless.

    The row is raised inside the transaction that uses the number, so a rollback gives it back.
    """

    company = reference(Company)
    kind = models.CharField(max_length=8)
    last = models.PositiveBigIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["company", "kind"], name="one_sequence_each")
        ]


class CompanyApplication(Resource):
    """Somebody wants to buy here: what they said, and what the merchant answered."""

    class Status(models.TextChoices):
        WAITING = "waiting"
        ACCEPTED = "accepted"
        DECLINED = "declined"

    id = IdField("cap")
    kind = models.CharField(max_length=10, choices=Company.Kind.choices)
    name = models.CharField(max_length=120)
    tax_number = models.CharField(max_length=40, blank=True, default="")
    applicant_name = models.CharField(max_length=120)
    email = models.EmailField()
    message = models.CharField(max_length=1000, blank=True, default="")
    currency = models.CharField(max_length=3)
    language = models.CharField(max_length=8, default="en")
    time_zone = models.CharField(max_length=60, default="UTC")
    status = models.CharField(max_length=8, choices=Status.choices, default=Status.WAITING)
    answered_at = models.DateTimeField(null=True, blank=True)
    answer = models.CharField(max_length=1000, blank=True, default="")
    company = reference(Company, null=True, blank=True)

    class Meta:
        indexes = [models.Index(fields=["status", "created_at"], name="application_by_status")]
