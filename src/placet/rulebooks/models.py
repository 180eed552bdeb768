"""Rulebooks: a company's approval rules in versions. A published version never changes.

What is being written is the one draft of a rulebook; publishing it makes the next version.
"""

from __future__ import annotations

from django.db import models

from placet.companies.models import Company, Member, Unit
from placet.core.models import IdField, Record, Resource, reference, unique_with_null


class Rulebook(Resource):
    """The rules of one side for a company or for a unit and below (its tree decides).

    ``kept_by`` says whose people edit and publish. With ``needs_second_person`` a draft is
    published by somebody else than its last editor.
    """

    class Side(models.TextChoices):
        BUYER = "buyer"
        MERCHANT = "merchant"

    class Subject(models.TextChoices):
        PURCHASE = "purchase"
        OFFER = "offer"

    class KeptBy(models.TextChoices):
        COMPANY = "company"
        MERCHANT = "merchant"
        BOTH = "both"

    id = IdField("rbk")
    company = reference(Company)
    unit = reference(Unit, null=True, blank=True)
    side = models.CharField(max_length=8, choices=Side.choices)
    # What its rules are about: what customers buy, or what the merchant's staff offer them.
    subject = models.CharField(max_length=8, choices=Subject.choices, default=Subject.PURCHASE)
    kept_by = models.CharField(max_length=8, choices=KeptBy.choices, default=KeptBy.COMPANY)
    # What the merchant asks to be: the keeper, or a second one. The company answers.
    asked_keeper = models.CharField(max_length=8, choices=KeptBy.choices, blank=True, default="")
    asked_reason = models.CharField(max_length=400, blank=True, default="")
    asked_by = reference(Member, null=True, blank=True)
    asked_at = models.DateTimeField(null=True, blank=True)
    inherits = models.BooleanField(default=True)
    needs_second_person = models.BooleanField(default=False)
    name = models.CharField(max_length=120)
    published = reference("rulebooks.RulebookVersion", null=True, blank=True)

    class Meta:
        constraints = unique_with_null(
            "one_rulebook_a_place", ["company", "side", "subject"], "unit"
        )


class RulebookVersion(Record):
    """One published text of a rulebook: canonical JSON that the engine compiles, and its hash."""

    APPEND_ONLY = True

    id = IdField("rbv")
    rulebook = reference(Rulebook, related_name="versions")
    number = models.PositiveIntegerField()
    document = models.TextField()
    hash = models.CharField(max_length=64)
    published_by = reference(Member, null=True, blank=True)
    note = models.CharField(max_length=400, blank=True, default="")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["rulebook", "number"], name="version_number_once"),
        ]


class VersionOrigin(Record):
    """What a version came from: who wrote its draft, on which version, with which examples.

    Beside the version, whose columns never change. ``examples`` is canonical JSON.
    """

    APPEND_ONLY = True

    version = models.OneToOneField(RulebookVersion, models.PROTECT, related_name="origin")
    edited_by = reference(Member, null=True, blank=True)
    based_on = reference(RulebookVersion, null=True, blank=True)
    examples = models.TextField(default="[]")


class RulebookDraft(Resource):
    """The one text of a rulebook that is being written; ``version`` guards against lost edits.

    ``document`` and ``examples`` are canonical JSON. ``based_on`` is the version that the last
    editor had before them, and nothing where there was none.
    """

    id = IdField("rbd")
    rulebook = models.OneToOneField(Rulebook, models.PROTECT, related_name="draft")
    document = models.TextField()
    examples = models.TextField(default="[]")
    based_on = reference(RulebookVersion, null=True, blank=True)
    edited_by = reference(Member, null=True, blank=True)
    changed_at = models.DateTimeField()
