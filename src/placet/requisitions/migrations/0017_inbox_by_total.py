"""The inbox is sorted by total where its rows are, and all of its tabs have an index."""

from typing import Any, Final

import placet.core.models
from django.db import migrations, models

TOTALS: Final = """UPDATE requisitions_stepassignment SET currency = told.currency,
    total_minor = told.total_minor FROM requisitions_requisition AS told
    WHERE told.id = requisitions_stepassignment.requisition_id
    AND requisitions_stepassignment.step_id IN (
        SELECT id FROM requisitions_step WHERE status IN ('waiting', 'pending')
    )"""
LAST_DUE: Final = """CREATE INDEX inbox_last_due ON requisitions_stepassignment
    (member_id, due_at DESC NULLS LAST, id DESC) WHERE is_open"""


def make_last_due(apps: Any, schema_editor: Any) -> None:
    """What is due last, first; SQLite has no such index and sorts."""
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(LAST_DUE)


def remove_last_due(apps: Any, schema_editor: Any) -> None:
    """Sorted again."""
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("DROP INDEX inbox_last_due")


class Migration(migrations.Migration):

    dependencies = [
        ('companies', '0014_from_shop'),
        ('requisitions', '0016_older_versions'),
    ]

    operations = [
        migrations.AddField(
            model_name='stepassignment',
            name='currency',
            field=models.CharField(blank=True, db_default='', default='', max_length=3),
        ),
        migrations.AddField(
            model_name='stepassignment',
            name='total_minor',
            field=placet.core.models.MinorUnitsField(db_default=0, default=0),
        ),
        migrations.RunSQL(TOTALS, migrations.RunSQL.noop),
        migrations.AddIndex(
            model_name='stepassignment',
            index=models.Index(condition=models.Q(('is_open', True)), fields=['member', 'currency', 'total_minor', 'id'], name='inbox_by_total'),
        ),
        migrations.RunPython(make_last_due, remove_last_due),
        migrations.AddIndex(
            model_name='requisition',
            index=models.Index(condition=models.Q(('status__in', ['pending', 'changes_requested', 'approved', 'placement_failed'])), fields=['requester', '-submitted_at', '-id'], name='open_by_requester'),
        ),
        migrations.AddIndex(
            model_name='decision',
            index=models.Index(fields=['member', '-created_at', '-id'], name='decisions_of_member'),
        ),
    ]
