"""The terms that were called prepaid have a state of their own now, and its name."""

from typing import Any

from django.db import migrations


def name_prepayment(apps: Any, schema_editor: Any) -> None:
    """Of the companies only: what was frozen keeps what it says."""
    companies = apps.get_model("companies", "Company").objects
    companies.filter(payment_terms="prepaid").update(payment_terms="prepayment")


class Migration(migrations.Migration):
    dependencies = [("companies", "0008_po_forms_and_terms")]

    operations = [migrations.RunPython(name_prepayment, migrations.RunPython.noop)]
