import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("carts", "0005_lists_and_links"),
    ]

    operations = [
        migrations.AddField(
            model_name="cart",
            name="given_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="companies.member",
            ),
        ),
        migrations.AddField(
            model_name="cartline",
            name="changed_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="companies.member",
            ),
        ),
        migrations.AddField(
            model_name="cartline",
            name="changed_at",
            field=models.DateTimeField(blank=True, null=True),
        ),
    ]
