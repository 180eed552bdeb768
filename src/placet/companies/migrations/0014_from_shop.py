"""Who manages the store may let a shop of its own send in purchases."""

from __future__ import annotations

from typing import Any

from django.db import migrations

STORE = ("store_manager", "owner")


def add_shop_right(apps: Any, _editor: Any) -> None:
    """The roles that came with the merchant get what they would come with now."""
    rows = apps.get_model("companies", "Role").objects
    for role in rows.filter(company__kind="merchant", is_builtin=True, key__in=STORE):
        role.permissions = sorted({*role.permissions, "order.from_shop"})
        role.save(update_fields=["permissions"])


class Migration(migrations.Migration):
    """Only rows change."""

    dependencies = [("companies", "0013_way_out")]
    operations = [migrations.RunPython(add_shop_right, migrations.RunPython.noop)]
