"""Every table of this room at once, for a database that is new; the others go step by step."""

import django.db.models.deletion
import placet.core.models
from django.db import migrations, models

from placet.core.tables import CreateTables


class Migration(migrations.Migration):

    initial = True

    replaces = [
        ('plans', '0001_initial'),
        ('plans', '0002_rule_hits'),
        ('plans', '0003_past_purchases'),
        ('plans', '0004_rebuilt_purchases'),
    ]

    dependencies = [
        ('companies', '0001_squashed_0010_merchants_desk'),
        ('rulebooks', '0001_squashed_0003_merchants_desk'),
    ]

    operations = [
        CreateTables([
            migrations.CreateModel(
                name='PastPurchase',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('created_at', models.DateTimeField()),
                    ('requisition_id', models.CharField(max_length=40, unique=True)),
                    ('number', models.CharField(max_length=20)),
                    ('currency', models.CharField(max_length=3)),
                    ('total_minor', placet.core.models.MinorUnitsField()),
                    ('outcome', models.CharField(max_length=8)),
                    ('steps', models.JSONField(default=list)),
                    ('format', models.PositiveSmallIntegerField()),
                    ('facts', models.TextField()),
                    ('is_rebuilt', models.BooleanField(default=False)),
                    ('company', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='companies.company')),
                    ('requester', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='companies.member')),
                    ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='companies.unit')),
                ],
                options={
                    'indexes': [models.Index(fields=['company', '-created_at', '-id'], name='past_by_company'), models.Index(fields=['-created_at', '-id'], name='past_by_time')],
                },
            ),
            migrations.CreateModel(
                name='PurchasedLine',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('created_at', models.DateTimeField()),
                    ('order_id', models.CharField(max_length=40)),
                    ('requisition_id', models.CharField(max_length=40)),
                    ('unit_path', models.CharField(max_length=500)),
                    ('cost_center_id', models.CharField(blank=True, default='', max_length=40)),
                    ('ship_to_id', models.CharField(blank=True, default='', max_length=40)),
                    ('sku', models.CharField(max_length=64)),
                    ('category_path', models.CharField(max_length=400)),
                    ('currency', models.CharField(max_length=3)),
                    ('quantity', models.PositiveBigIntegerField()),
                    ('unit_price_minor', placet.core.models.MinorUnitsField()),
                    ('price_quantity', models.PositiveIntegerField(default=1)),
                    ('total_minor', placet.core.models.MinorUnitsField()),
                    ('company', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='companies.company')),
                    ('member', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='companies.member')),
                ],
                options={
                    'indexes': [models.Index(fields=['company', 'sku', '-created_at'], name='history_by_sku'), models.Index(fields=['company', '-created_at'], name='history_by_time')],
                },
            ),
            migrations.CreateModel(
                name='RuleHit',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('created_at', models.DateTimeField()),
                    ('version', models.PositiveIntegerField()),
                    ('rule', models.CharField(max_length=200)),
                    ('requisition_id', models.CharField(max_length=40)),
                    ('rulebook', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='rulebooks.rulebook')),
                ],
                options={
                    'indexes': [models.Index(fields=['rulebook', 'created_at'], name='hits_by_time')],
                    'constraints': [models.UniqueConstraint(fields=('requisition_id', 'rulebook', 'rule'), name='rule_hit_once')],
                },
            ),
        ]),
    ]
