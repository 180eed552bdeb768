"""Families answer on every day, from morning to evening; offices keep their hours."""

from datetime import time

from django.db import migrations


def set_hours(apps, schema_editor):
    company = apps.get_model("companies", "Company")
    company.objects.filter(kind="household").update(
        working_days=[1, 2, 3, 4, 5, 6, 7], work_starts=time(8), work_ends=time(20)
    )


class Migration(migrations.Migration):
    dependencies = [
        ("companies", "0006_working_time"),
    ]

    operations = [
        migrations.RunPython(set_hours, migrations.RunPython.noop),
    ]
