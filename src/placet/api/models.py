"""Answers that are replayed: the idempotency key's row is the first insert of its transaction."""

from __future__ import annotations

from django.db import models

from placet.core.models import Record


class IdempotencyKey(Record):
    """One key of one API key: what was asked, and the answer that a twin gets again."""

    owner = models.CharField(max_length=40)
    key = models.CharField(max_length=255)
    request_hash = models.CharField(max_length=64)
    status = models.PositiveSmallIntegerField(default=0)
    body = models.TextField(blank=True, default="")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["owner", "key"], name="idempotency_key_once")
        ]
        indexes = [models.Index(fields=["created_at"], name="idempotency_by_age")]
