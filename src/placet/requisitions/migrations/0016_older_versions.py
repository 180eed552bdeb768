"""Rows of a version that does not know these columns are taken: the database fills them."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('requisitions', '0015_posted_once'),
    ]

    operations = [
        migrations.AlterField(
            model_name='requisition',
            name='is_from_shop',
            field=models.BooleanField(db_default=False, default=False),
        ),
        migrations.AlterField(
            model_name='requisition',
            name='shop_url',
            field=models.CharField(blank=True, db_default='', default='', max_length=500),
        ),
    ]
