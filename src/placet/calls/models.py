"""One row a call. Written after the answer, so a call never waits for it and never fails by it."""

from __future__ import annotations

from django.db import models

from placet.core.models import Record


class RequestLogEntry(Record):
    """One call of one key, for whoever has to find out what their program did.

    ``id`` is the call's ``request_id``. ``path`` is the address as it was called without its query,
    ``operation`` its name in the OpenAPI document. No body, no name and no address of anybody is
    kept. Ids are plain values: a row outlives what it names.
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
