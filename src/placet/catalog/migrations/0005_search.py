"""What search needs: folded SKUs, the words of the catalog, and on PostgreSQL indexes of trigrams.

SQLite reads the folded column through, which is quick enough for what it serves.
"""

from typing import Any

from django.db import migrations, models
from django.db.utils import DatabaseError

from placet.catalog.search import refresh_search
from placet.catalog.vocabulary import words_in

MISSING = (
    "Search needs the PostgreSQL extension pg_trgm, and this user may not create it. As an owner "
    "of the database run CREATE EXTENSION pg_trgm; and migrate again."
)
TRIGRAMS = (
    ("product_search", "catalog_product", "search_text"),
    ("product_sku_search", "catalog_product", "folded_sku"),
    ("part_number_search", "catalog_partnumber", "folded"),
)
BY_NAME = 'CREATE INDEX product_by_name ON catalog_product (name COLLATE "C", id)'
BATCH = 500


def make_indexes(apps: Any, schema_editor: Any) -> None:
    """Trigrams, and names in the order of their letters; SQLite has neither and needs none."""
    connection = schema_editor.connection
    if connection.vendor != "postgresql":
        return
    require_trigrams(connection)
    schema_editor.execute(BY_NAME)
    for name, table, column in TRIGRAMS:
        schema_editor.execute(f"CREATE INDEX {name} ON {table} USING gin ({column} gin_trgm_ops)")


def require_trigrams(connection: Any) -> None:
    """Create the extension where it is not there; says what to do where that is not allowed."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1 FROM pg_extension WHERE extname = 'pg_trgm'")
        if cursor.fetchone():
            return
        try:
            cursor.execute("CREATE EXTENSION pg_trgm")
        except DatabaseError as error:
            raise RuntimeError(MISSING) from error


def remove_indexes(apps: Any, schema_editor: Any) -> None:
    """The extension stays: others may use it."""
    if schema_editor.connection.vendor != "postgresql":
        return
    for name in ("product_by_name", *(name for name, _table, _column in TRIGRAMS)):
        schema_editor.execute(f"DROP INDEX {name}")


def write_texts(apps: Any, schema_editor: Any) -> None:
    """Fold what is there already."""
    products = apps.get_model("catalog", "Product")
    batch: list[Any] = []
    words: set[str] = set()
    for product in products.objects.order_by("pk").iterator(chunk_size=BATCH):
        refresh_search(product)
        words |= words_in(product.search_text)
        batch.append(product)
        if len(batch) == BATCH:
            products.objects.bulk_update(batch, ["search_text", "folded_sku"])
            batch = []
    products.objects.bulk_update(batch, ["search_text", "folded_sku"])
    word = apps.get_model("catalog", "SearchWord")
    word.objects.bulk_create((word(word=one) for one in sorted(words)), batch_size=BATCH)


class Migration(migrations.Migration):
    dependencies = [
        ("catalog", "0004_assortments_and_promotions"),
    ]

    operations = [
        migrations.CreateModel(
            name="SearchWord",
            fields=[
                ("word", models.CharField(max_length=40, primary_key=True, serialize=False)),
            ],
        ),
        migrations.AddField(
            model_name="product",
            name="folded_sku",
            field=models.CharField(blank=True, db_index=True, default="", max_length=64),
        ),
        migrations.RunPython(make_indexes, remove_indexes),
        migrations.RunPython(write_texts, migrations.RunPython.noop),
    ]
