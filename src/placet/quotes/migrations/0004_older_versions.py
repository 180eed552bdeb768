"""Rows of a version that does not know these columns are taken: the database fills them."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('quotes', '0003_draft_authors'),
    ]

    operations = [
        migrations.AlterField(
            model_name='offerdraft',
            name='authors',
            field=models.JSONField(db_default=[], default=list),
        ),
    ]
