"""A file that somebody sent, as the table that was read from it."""

from __future__ import annotations

from django.db import models

from placet.companies.models import Company
from placet.core.models import IdField, Record, reference


class ImportFile(Record):
    """The header and the rows of one upload; what became of them stands in runs.

    ``header`` is a list of texts, ``rows`` a list of lists of texts as long as the header.
    """

    id = IdField("imf")
    company = reference(Company)
    kind = models.CharField(max_length=20)
    name = models.CharField(max_length=120)
    member_id = models.CharField(max_length=40, blank=True, default="")
    person_user = models.CharField(max_length=40, blank=True, default="")
    header = models.JSONField()
    rows = models.JSONField()

    class Meta:
        indexes = [models.Index(fields=["created_at"], name="import_files_by_age")]
