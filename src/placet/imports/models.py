"""A file that somebody sent, as the table that was read from it."""

from __future__ import annotations

from django.db import models

from placet.companies.models import Company
from placet.core.models import IdField, Record, reference


class ImportFile(Record):
    """The header and the rows of one upload; what became of them stands in runs.

    ``header`` is a list of texts, ``rows`` a list of lists of texts as long as the header. A long
    file keeps only its first rows here, and the rest in parts, so that a page never reads them all.
    """

    id = IdField("imf")
    company = reference(Company)
    kind = models.CharField(max_length=20)
    name = models.CharField(max_length=120)
    member_id = models.CharField(max_length=40, blank=True, default="")
    person_user = models.CharField(max_length=40, blank=True, default="")
    header = models.JSONField()
    rows = models.JSONField()
    row_count = models.PositiveIntegerField(default=0)

    class Meta:
        indexes = [models.Index(fields=["created_at"], name="import_files_by_age")]


class ImportPart(models.Model):
    """Further rows of a file, in the order of ``position``."""

    file = reference(ImportFile, related_name="parts", on_delete=models.CASCADE)
    position = models.PositiveIntegerField()
    rows = models.JSONField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["file", "position"], name="file_part_once")]
