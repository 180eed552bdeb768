"""Every table of this room at once, for a database that is new; the others go step by step."""

import django.db.models.deletion
import placet.core.models
from django.db import migrations, models

from placet.core.tables import CreateTables


class Migration(migrations.Migration):

    initial = True

    replaces = [
        ('rulebooks', '0001_initial'),
        ('rulebooks', '0002_drafts'),
        ('rulebooks', '0003_merchants_desk'),
    ]

    dependencies = [
        ('companies', '0001_squashed_0010_merchants_desk'),
    ]

    operations = [
        CreateTables([
            migrations.CreateModel(
                name='Rulebook',
                fields=[
                    ('created_at', models.DateTimeField()),
                    ('version', models.PositiveIntegerField(default=1)),
                    ('external_id', models.CharField(blank=True, default='', max_length=100)),
                    ('metadata', models.JSONField(blank=True, default=dict)),
                    ('id', placet.core.models.IdField(prefix='rbk', serialize=False)),
                    ('side', models.CharField(choices=[('buyer', 'Buyer'), ('merchant', 'Merchant')], max_length=8)),
                    ('subject', models.CharField(choices=[('purchase', 'Purchase'), ('offer', 'Offer')], default='purchase', max_length=8)),
                    ('kept_by', models.CharField(choices=[('company', 'Company'), ('merchant', 'Merchant'), ('both', 'Both')], default='company', max_length=8)),
                    ('inherits', models.BooleanField(default=True)),
                    ('needs_second_person', models.BooleanField(default=False)),
                    ('name', models.CharField(max_length=120)),
                    ('company', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='companies.company')),
                    ('unit', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='companies.unit')),
                ],
            ),
            migrations.CreateModel(
                name='RulebookVersion',
                fields=[
                    ('created_at', models.DateTimeField()),
                    ('id', placet.core.models.IdField(prefix='rbv', serialize=False)),
                    ('number', models.PositiveIntegerField()),
                    ('document', models.TextField()),
                    ('hash', models.CharField(max_length=64)),
                    ('note', models.CharField(blank=True, default='', max_length=400)),
                    ('published_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='companies.member')),
                    ('rulebook', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='versions', to='rulebooks.rulebook')),
                ],
            ),
            migrations.CreateModel(
                name='RulebookDraft',
                fields=[
                    ('created_at', models.DateTimeField()),
                    ('version', models.PositiveIntegerField(default=1)),
                    ('external_id', models.CharField(blank=True, default='', max_length=100)),
                    ('metadata', models.JSONField(blank=True, default=dict)),
                    ('id', placet.core.models.IdField(prefix='rbd', serialize=False)),
                    ('document', models.TextField()),
                    ('examples', models.TextField(default='[]')),
                    ('changed_at', models.DateTimeField()),
                    ('edited_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='companies.member')),
                    ('rulebook', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='draft', to='rulebooks.rulebook')),
                    ('based_on', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='rulebooks.rulebookversion')),
                ],
                options={
                    'abstract': False,
                },
            ),
            migrations.AddField(
                model_name='rulebook',
                name='published',
                field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='rulebooks.rulebookversion'),
            ),
            migrations.CreateModel(
                name='VersionOrigin',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('created_at', models.DateTimeField()),
                    ('examples', models.TextField(default='[]')),
                    ('based_on', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='rulebooks.rulebookversion')),
                    ('edited_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='companies.member')),
                    ('version', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='origin', to='rulebooks.rulebookversion')),
                ],
                options={
                    'abstract': False,
                },
            ),
            migrations.AddConstraint(
                model_name='rulebookversion',
                constraint=models.UniqueConstraint(fields=('rulebook', 'number'), name='version_number_once'),
            ),
            migrations.AddConstraint(
                model_name='rulebook',
                constraint=models.UniqueConstraint(fields=('company', 'side', 'subject', 'unit'), name='one_rulebook_a_place'),
            ),
            migrations.AddConstraint(
                model_name='rulebook',
                constraint=models.UniqueConstraint(condition=models.Q(('unit__isnull', True)), fields=('company', 'side', 'subject'), name='one_rulebook_a_place_null'),
            ),
        ]),
    ]
