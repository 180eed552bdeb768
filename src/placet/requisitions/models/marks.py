"""What a purchase can be found by beside its number and name."""

from __future__ import annotations

from django.db import models

from placet.requisitions.models.requisition import Requisition


class PurchaseMark(models.Model):
    """A reference or part number of the current revision, folded as searches are.

    ``is_for_supplier`` says whether the supplier finds the purchase by it too.
    """

    requisition = models.ForeignKey(Requisition, on_delete=models.CASCADE, related_name="marks")
    value = models.CharField(max_length=200)
    is_for_supplier = models.BooleanField(default=False)

    class Meta:
        indexes = [models.Index(fields=["value"], name="purchase_by_mark")]
