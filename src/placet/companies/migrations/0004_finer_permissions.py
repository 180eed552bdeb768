"""Whoever managed the company or its members keeps what is a permission of its own now."""

from __future__ import annotations

from typing import Any

from django.db import migrations

SPLIT = {
    "company.manage": {"unit.manage", "address.manage"},
    "member.manage": {"role.manage", "limit.manage"},
}


def add_finer_permissions(apps: Any, _editor: Any) -> None:
    """Each role gets the parts of what it had as a whole."""
    for role in apps.get_model("companies", "Role").objects.all():
        had = set(role.permissions)
        has = had.union(*(parts for whole, parts in SPLIT.items() if whole in had))
        if has != had:
            role.permissions = sorted(has)
            role.save(update_fields=["permissions"])


class Migration(migrations.Migration):
    """Only rows change."""

    dependencies = [("companies", "0003_organisation")]
    operations = [migrations.RunPython(add_finer_permissions, migrations.RunPython.noop)]
