"""Whoever works for customers may order for them, and the merchant has a role for its catalog."""

from __future__ import annotations

from typing import Any

from django.db import migrations

from placet.core import ids

ORDERS_FOR = ("merchant_orders", "store_manager", "owner", "sales_rep")


def add_staff_rights(apps: Any, _editor: Any) -> None:
    """The roles that came with the merchant get what they would come with now."""
    rows = apps.get_model("companies", "Role").objects
    for role in rows.filter(company__kind="merchant", is_builtin=True, key__in=ORDERS_FOR):
        role.permissions = sorted({*role.permissions, "order.on_behalf"})
        role.save(update_fields=["permissions"])
    for merchant in apps.get_model("companies", "Company").objects.filter(kind="merchant"):
        if not rows.filter(company=merchant, key="catalog_keeper").exists():
            rows.create(
                id=ids.new_id("rol"),
                created_at=merchant.created_at,
                company=merchant,
                key="catalog_keeper",
                name="Catalog",
                is_builtin=True,
                permissions=["catalog.manage"],
            )


class Migration(migrations.Migration):
    """Only rows change."""

    dependencies = [("companies", "0010_merchants_desk")]
    operations = [migrations.RunPython(add_staff_rights, migrations.RunPython.noop)]
