"""The flat purchase history, and which rules matched: rows made for sums, counts, back-tests."""

from __future__ import annotations

from django.db import models

from placet.companies.models import Company, Member, Unit
from placet.core.models import MinorUnitsField, Record, reference
from placet.rulebooks.models import Rulebook


class PurchasedLine(Record):
    """A part of a line as it was ordered; ``created_at`` is the instant of the order."""

    company = reference(Company)
    member = reference(Member)
    order_id = models.CharField(max_length=40)
    requisition_id = models.CharField(max_length=40)
    unit_path = models.CharField(max_length=500)
    cost_center_id = models.CharField(max_length=40, blank=True, default="")
    ship_to_id = models.CharField(max_length=40, blank=True, default="")
    sku = models.CharField(max_length=64)
    category_path = models.CharField(max_length=400)
    currency = models.CharField(max_length=3)
    quantity = models.PositiveBigIntegerField()
    unit_price_minor = MinorUnitsField()
    price_quantity = models.PositiveIntegerField(default=1)
    total_minor = MinorUnitsField()

    class Meta:
        indexes = [
            models.Index(fields=["company", "sku", "-created_at"], name="history_by_sku"),
            models.Index(fields=["company", "-created_at"], name="history_by_time"),
            models.Index(fields=["order_id"], name="history_by_order"),
        ]


class PastPurchase(Record):
    """A requisition as the engine saw it when it was submitted last: what a back-test reads.

    ``facts`` are those of the purchase and of its requester, in the compact form of
    ``stored_facts``; who could be asked is not kept. ``steps`` is what came of it then: for each
    step its side and the members who were asked. ``created_at`` is the instant of the submission.
    ``is_rebuilt`` says that the row was made later, and what nobody knew any more is as of then.
    """

    company = reference(Company)
    unit = reference(Unit)
    requester = reference(Member)
    requisition_id = models.CharField(max_length=40, unique=True)
    number = models.CharField(max_length=20)
    currency = models.CharField(max_length=3)
    total_minor = MinorUnitsField()
    outcome = models.CharField(max_length=8)
    steps = models.JSONField(default=list)
    format = models.PositiveSmallIntegerField()
    facts = models.TextField()
    is_rebuilt = models.BooleanField(default=False)

    class Meta:
        indexes = [
            models.Index(fields=["company", "-created_at", "-id"], name="past_by_company"),
            models.Index(fields=["-created_at", "-id"], name="past_by_time"),
        ]


class RuleHit(Record):
    """A rule matched a requisition when it was submitted; once, however often it is revised.

    ``version`` is the number of the rulebook's version; ``rule`` the rule's id in its document.
    """

    rulebook = reference(Rulebook)
    version = models.PositiveIntegerField()
    rule = models.CharField(max_length=200)
    requisition_id = models.CharField(max_length=40)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["requisition_id", "rulebook", "rule"], name="rule_hit_once"
            ),
        ]
        indexes = [models.Index(fields=["rulebook", "created_at"], name="hits_by_time")]
