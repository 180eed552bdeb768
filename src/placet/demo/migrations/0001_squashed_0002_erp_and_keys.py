"""Every table of this room at once, for a database that is new; the others go step by step."""

from django.db import migrations, models

from placet.core.tables import CreateTables


class Migration(migrations.Migration):

    initial = True

    replaces = [
        ('demo', '0001_initial'),
        ('demo', '0002_erp_and_keys'),
    ]

    dependencies = [
    ]

    operations = [
        CreateTables([
            migrations.CreateModel(
                name='DemoClock',
                fields=[
                    ('id', models.PositiveSmallIntegerField(default=1, primary_key=True, serialize=False)),
                    ('offset_seconds', models.PositiveBigIntegerField(default=0)),
                ],
            ),
            migrations.CreateModel(
                name='ReceivedMail',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('received_at', models.DateTimeField()),
                    ('recipient', models.CharField(db_index=True, max_length=254)),
                    ('subject', models.CharField(max_length=400)),
                    ('raw', models.TextField()),
                ],
            ),
            migrations.CreateModel(
                name='ReceivedWebhook',
                fields=[
                    ('message_id', models.CharField(max_length=80, primary_key=True, serialize=False)),
                    ('received_at', models.DateTimeField()),
                    ('event_type', models.CharField(max_length=60)),
                    ('subject', models.CharField(max_length=40)),
                    ('body', models.TextField()),
                ],
            ),
            migrations.CreateModel(
                name='ShownKey',
                fields=[
                    ('name', models.CharField(max_length=40, primary_key=True, serialize=False)),
                    ('company_slug', models.CharField(max_length=60)),
                    ('secret', models.CharField(max_length=100)),
                ],
            ),
        ]),
    ]
