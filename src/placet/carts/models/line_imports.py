"""What a quick order put into a cart, so that exactly that can be taken back."""

from __future__ import annotations

from django.db import models

from placet.carts.models.cart import Cart
from placet.companies.models import Company
from placet.core.models import IdField, Record, reference


class LineImport(Record):
    """Many rows that were added to a cart at once.

    ``digest`` names the rows as they were sent, so that the same file is noticed. ``added`` holds
    ``[line, sku, quantity, version]`` for each line that was made or raised, ``kept`` those SKUs
    that were changed since and therefore not taken back. ``file_id`` and ``run_id`` say where the
    rows are and who added them in the background.
    """

    id = IdField("lim")
    company = reference(Company)
    cart = reference(Cart, related_name="line_imports", on_delete=models.CASCADE)
    member_id = models.CharField(max_length=40, blank=True, default="")
    name = models.CharField(max_length=120, blank=True, default="")
    digest = models.CharField(max_length=64)
    file_id = models.CharField(max_length=40, blank=True, default="")
    run_id = models.CharField(max_length=40, blank=True, default="")
    rows = models.PositiveIntegerField()
    added = models.JSONField(default=list)
    kept = models.JSONField(default=list)
    undone_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["cart", "-created_at"], name="line_import_by_cart"),
            models.Index(fields=["file_id"], name="line_import_by_file"),
        ]
