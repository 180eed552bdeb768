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


class RequestLogEntry(Record):
    """One call of one key, for whoever has to find out what their program did; kept thirty days.

    ``path`` is the address as it was called without its query, ``operation`` that of the OpenAPI
    document. No body, no name and no address of anybody is kept.
    """

    id = models.CharField(max_length=40, primary_key=True)
    company_id = models.CharField(max_length=40)
    key_id = models.CharField(max_length=40)
    member_id = models.CharField(max_length=40, blank=True, default="")
    method = models.CharField(max_length=8)
    path = models.CharField(max_length=300)
    operation = models.CharField(max_length=80, blank=True, default="")
    status = models.PositiveSmallIntegerField()
    code = models.CharField(max_length=60, blank=True, default="")
    is_replayed = models.BooleanField(default=False)
    milliseconds = models.PositiveIntegerField(default=0)

    class Meta:
        indexes = [
            models.Index(fields=["company_id", "-created_at", "-id"], name="call_by_company"),
            models.Index(fields=["key_id", "-created_at", "-id"], name="call_by_key"),
            models.Index(fields=["created_at"], name="call_by_age"),
        ]
