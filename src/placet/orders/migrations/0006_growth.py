"""What keeps the lists as quick with a hundred thousand rows as with a thousand."""

from typing import Any, Final

from django.db import migrations, models

TRIGRAMS: Final = """CREATE INDEX orders_by_text ON orders_order USING gin (
    UPPER(number::text) gin_trgm_ops,
    UPPER(requisition_number::text) gin_trgm_ops,
    UPPER(po_number::text) gin_trgm_ops,
    UPPER(erp_number::text) gin_trgm_ops,
    UPPER(name::text) gin_trgm_ops
)"""


def make_trigrams(apps: Any, schema_editor: Any) -> None:
    """Parts of numbers, references and names; SQLite reads the table through."""
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(TRIGRAMS)


def remove_trigrams(apps: Any, schema_editor: Any) -> None:
    """The search reads the table through again."""
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("DROP INDEX orders_by_text")


class Migration(migrations.Migration):

    dependencies = [
        ('catalog', '0001_squashed_0006_merchants_desk'),
        ('companies', '0014_from_shop'),
        ('orders', '0001_squashed_0005_merchants_desk'),
        ('threads', '0001_squashed_0003_audiences'),
    ]

    operations = [
        migrations.RemoveIndex(
            model_name='order',
            name='order_by_status',
        ),
        migrations.RemoveIndex(
            model_name='order',
            name='order_by_company',
        ),
        migrations.AddIndex(
            model_name='order',
            index=models.Index(fields=['-placed_at', '-id'], name='orders_by_time'),
        ),
        migrations.AddIndex(
            model_name='order',
            index=models.Index(fields=['status', '-placed_at', '-id'], name='orders_by_status'),
        ),
        migrations.AddIndex(
            model_name='order',
            index=models.Index(fields=['company', '-placed_at', '-id'], name='orders_by_company'),
        ),
        migrations.AddIndex(
            model_name='order',
            index=models.Index(fields=['buyer', '-placed_at', '-id'], name='orders_by_buyer'),
        ),
        migrations.AddIndex(
            model_name='order',
            index=models.Index(fields=['total_minor', 'id'], name='orders_by_total'),
        ),
        migrations.AddIndex(
            model_name='orderline',
            index=models.Index(condition=models.Q(('shipped_quantity__gt', 0)), fields=['order'], name='order_line_shipped'),
        ),
        migrations.AddIndex(
            model_name='orderline',
            index=models.Index(condition=models.Q(('expected_on__isnull', False), ('shipped_quantity__lt', models.F('quantity'))), fields=['expected_on'], name='order_line_expected'),
        ),
        migrations.RunPython(make_trigrams, remove_trigrams),
    ]
