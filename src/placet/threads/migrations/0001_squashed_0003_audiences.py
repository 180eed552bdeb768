"""Every table of this room at once, for a database that is new; the others go step by step."""

import django.db.models.deletion
import placet.core.models
from django.db import migrations, models

from placet.core.tables import CreateTables


class Migration(migrations.Migration):

    initial = True

    replaces = [
        ('threads', '0001_initial'),
        ('threads', '0002_guests_and_attachments'),
        ('threads', '0003_audiences'),
    ]

    dependencies = [
        ('companies', '0001_squashed_0010_merchants_desk'),
    ]

    operations = [
        CreateTables([
            migrations.CreateModel(
                name='Comment',
                fields=[
                    ('created_at', models.DateTimeField()),
                    ('id', placet.core.models.IdField(prefix='com', serialize=False)),
                    ('guest_name', models.CharField(blank=True, default='', max_length=80)),
                    ('guest_address', models.EmailField(blank=True, default='', max_length=254)),
                    ('text', models.CharField(max_length=4000)),
                    ('author', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='companies.member')),
                ],
            ),
            migrations.CreateModel(
                name='Attachment',
                fields=[
                    ('created_at', models.DateTimeField()),
                    ('id', placet.core.models.IdField(prefix='att', serialize=False)),
                    ('name', models.CharField(max_length=120)),
                    ('content_type', models.CharField(max_length=80)),
                    ('size', models.PositiveIntegerField()),
                    ('sha256', models.CharField(max_length=64)),
                    ('content', models.BinaryField()),
                    ('comment', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='attachments', to='threads.comment')),
                ],
                options={
                    'abstract': False,
                },
            ),
            migrations.CreateModel(
                name='Thread',
                fields=[
                    ('created_at', models.DateTimeField()),
                    ('id', placet.core.models.IdField(prefix='thr', serialize=False)),
                    ('audience', models.CharField(choices=[('company', 'Company'), ('outside', 'Outside'), ('supplier', 'Supplier')], default='company', editable=False, max_length=8)),
                    ('resolved_at', models.DateTimeField(blank=True, null=True)),
                    ('company', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='companies.company')),
                    ('resolved_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='companies.member')),
                ],
                options={
                    'abstract': False,
                },
            ),
            migrations.AddField(
                model_name='comment',
                name='thread',
                field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='comments', to='threads.thread'),
            ),
            migrations.CreateModel(
                name='Mention',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('comment', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='mentions', to='threads.comment')),
                    ('member', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='companies.member')),
                ],
                options={
                    'constraints': [models.UniqueConstraint(fields=('comment', 'member'), name='named_once')],
                },
            ),
            migrations.AddConstraint(
                model_name='comment',
                constraint=models.CheckConstraint(condition=models.Q(('author__isnull', False), models.Q(('guest_name', ''), _negated=True), _connector='XOR'), name='comment_has_an_author'),
            ),
        ]),
    ]
