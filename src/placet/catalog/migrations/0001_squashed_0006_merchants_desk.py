"""Every table of this room at once, for a database that is new; the others go step by step."""

from importlib import import_module

import django.db.models.deletion
import placet.core.models
from django.db import migrations, models

from placet.core.tables import CreateTables

search = import_module("placet.catalog.migrations.0005_search")


class Migration(migrations.Migration):

    initial = True

    replaces = [
        ('catalog', '0001_initial'),
        ('catalog', '0002_rates_and_owners'),
        ('catalog', '0003_stock_and_tolerance'),
        ('catalog', '0004_assortments_and_promotions'),
        ('catalog', '0005_search'),
        ('catalog', '0006_merchants_desk'),
    ]

    dependencies = [
        ('companies', '0001_squashed_0010_merchants_desk'),
    ]

    operations = [
        CreateTables([
            migrations.CreateModel(
                name='SearchWord',
                fields=[
                    ('word', models.CharField(max_length=40, primary_key=True, serialize=False)),
                ],
            ),
            migrations.CreateModel(
                name='StoreTerms',
                fields=[
                    ('created_at', models.DateTimeField()),
                    ('id', placet.core.models.IdField(prefix='stm', serialize=False)),
                    ('currency', models.CharField(max_length=3, unique=True)),
                    ('minimum_order_minor', placet.core.models.MinorUnitsField(default=0)),
                    ('shipping_fee_minor', placet.core.models.MinorUnitsField(default=0)),
                    ('free_shipping_from_minor', placet.core.models.MinorUnitsField(blank=True, null=True)),
                    ('shipping_tax_basis_points', models.PositiveIntegerField(default=0)),
                    ('price_hold_days', models.PositiveSmallIntegerField(default=14)),
                    ('price_tolerance_basis_points', models.PositiveSmallIntegerField(default=0)),
                ],
                options={
                    'abstract': False,
                },
            ),
            migrations.CreateModel(
                name='TaxClass',
                fields=[
                    ('created_at', models.DateTimeField()),
                    ('version', models.PositiveIntegerField(default=1)),
                    ('external_id', models.CharField(blank=True, default='', max_length=100)),
                    ('metadata', models.JSONField(blank=True, default=dict)),
                    ('id', placet.core.models.IdField(prefix='txc', serialize=False)),
                    ('key', models.SlugField(max_length=40, unique=True)),
                    ('name', models.CharField(max_length=120)),
                ],
                options={
                    'abstract': False,
                },
            ),
            migrations.CreateModel(
                name='Assortment',
                fields=[
                    ('created_at', models.DateTimeField()),
                    ('version', models.PositiveIntegerField(default=1)),
                    ('external_id', models.CharField(blank=True, default='', max_length=100)),
                    ('metadata', models.JSONField(blank=True, default=dict)),
                    ('id', placet.core.models.IdField(prefix='ast', serialize=False)),
                    ('side', models.CharField(choices=[('buyer', 'Buyer'), ('merchant', 'Merchant')], max_length=8)),
                    ('effect', models.CharField(choices=[('allow', 'Allow'), ('deny', 'Deny')], max_length=5)),
                    ('name', models.CharField(max_length=120)),
                    ('closed_at', models.DateTimeField(blank=True, null=True)),
                    ('company', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='companies.company')),
                    ('member', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='companies.member')),
                    ('role', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='companies.role')),
                    ('unit', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='companies.unit')),
                ],
            ),
            migrations.CreateModel(
                name='Category',
                fields=[
                    ('created_at', models.DateTimeField()),
                    ('version', models.PositiveIntegerField(default=1)),
                    ('external_id', models.CharField(blank=True, default='', max_length=100)),
                    ('metadata', models.JSONField(blank=True, default=dict)),
                    ('id', placet.core.models.IdField(prefix='cat', serialize=False)),
                    ('key', models.SlugField(max_length=80)),
                    ('path', models.CharField(max_length=400, unique=True)),
                    ('name', models.CharField(max_length=120)),
                    ('position', models.PositiveIntegerField(default=0)),
                    ('parent', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='catalog.category')),
                ],
                options={
                    'abstract': False,
                },
            ),
            migrations.CreateModel(
                name='CategoryOwner',
                fields=[
                    ('created_at', models.DateTimeField()),
                    ('version', models.PositiveIntegerField(default=1)),
                    ('external_id', models.CharField(blank=True, default='', max_length=100)),
                    ('metadata', models.JSONField(blank=True, default=dict)),
                    ('id', placet.core.models.IdField(prefix='cow', serialize=False)),
                    ('category', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='catalog.category')),
                    ('company', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='companies.company')),
                    ('member', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='companies.member')),
                ],
            ),
            migrations.CreateModel(
                name='ExchangeRate',
                fields=[
                    ('created_at', models.DateTimeField()),
                    ('id', placet.core.models.IdField(prefix='rat', serialize=False)),
                    ('source', models.CharField(max_length=3)),
                    ('target', models.CharField(max_length=3)),
                    ('numerator', models.PositiveBigIntegerField()),
                    ('denominator', models.PositiveBigIntegerField()),
                    ('starts_at', models.DateTimeField()),
                ],
                options={
                    'constraints': [models.UniqueConstraint(fields=('source', 'target', 'starts_at'), name='one_rate_a_moment'), models.CheckConstraint(condition=models.Q(('denominator__gt', 0), ('numerator__gt', 0)), name='rate_is_positive'), models.CheckConstraint(condition=models.Q(('source', models.F('target')), _negated=True), name='rate_between_two_currencies')],
                },
            ),
            migrations.CreateModel(
                name='PriceList',
                fields=[
                    ('created_at', models.DateTimeField()),
                    ('version', models.PositiveIntegerField(default=1)),
                    ('external_id', models.CharField(blank=True, default='', max_length=100)),
                    ('metadata', models.JSONField(blank=True, default=dict)),
                    ('id', placet.core.models.IdField(prefix='prl', serialize=False)),
                    ('key', models.SlugField(max_length=60, unique=True)),
                    ('name', models.CharField(max_length=120)),
                    ('currency', models.CharField(max_length=3)),
                    ('is_default', models.BooleanField(default=False)),
                    ('valid_from', models.DateField(blank=True, null=True)),
                    ('valid_until', models.DateField(blank=True, null=True)),
                ],
                options={
                    'constraints': [models.UniqueConstraint(condition=models.Q(('is_default', True)), fields=('currency',), name='one_default_price_list_a_currency')],
                },
            ),
            migrations.CreateModel(
                name='CompanyPriceList',
                fields=[
                    ('created_at', models.DateTimeField()),
                    ('id', placet.core.models.IdField(prefix='cpl', serialize=False)),
                    ('position', models.PositiveSmallIntegerField(default=0)),
                    ('company', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='companies.company')),
                    ('price_list', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='catalog.pricelist')),
                ],
            ),
            migrations.CreateModel(
                name='Product',
                fields=[
                    ('created_at', models.DateTimeField()),
                    ('version', models.PositiveIntegerField(default=1)),
                    ('external_id', models.CharField(blank=True, default='', max_length=100)),
                    ('metadata', models.JSONField(blank=True, default=dict)),
                    ('id', placet.core.models.IdField(prefix='prd', serialize=False)),
                    ('sku', models.CharField(max_length=64, unique=True)),
                    ('name', models.CharField(max_length=200)),
                    ('description', models.TextField(blank=True, default='')),
                    ('family', models.CharField(blank=True, default='', max_length=120)),
                    ('variant', models.CharField(blank=True, default='', max_length=120)),
                    ('brand', models.CharField(blank=True, default='', max_length=80)),
                    ('supplier', models.CharField(blank=True, default='', max_length=80)),
                    ('pack', models.CharField(max_length=60)),
                    ('price_quantity', models.PositiveIntegerField(default=1)),
                    ('minimum_quantity', models.PositiveIntegerField(default=1)),
                    ('step_quantity', models.PositiveIntegerField(default=1)),
                    ('stock', models.IntegerField(default=0)),
                    ('sells_beyond_stock', models.BooleanField(default=True)),
                    ('lead_time_days', models.PositiveSmallIntegerField(default=2)),
                    ('tax_basis_points', models.PositiveIntegerField(default=0)),
                    ('cost_minor', placet.core.models.MinorUnitsField(blank=True, null=True)),
                    ('cost_currency', models.CharField(blank=True, default='', max_length=3)),
                    ('is_restricted', models.BooleanField(default=False)),
                    ('tags', models.JSONField(default=list)),
                    ('attributes', models.JSONField(blank=True, default=dict)),
                    ('pictogram', models.CharField(blank=True, default='', max_length=40)),
                    ('status', models.CharField(choices=[('active', 'Active'), ('discontinued', 'Discontinued')], default='active', max_length=14)),
                    ('search_text', models.TextField(blank=True, default='')),
                    ('folded_sku', models.CharField(blank=True, db_index=True, default='', max_length=64)),
                    ('category', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='catalog.category')),
                    ('substitute', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='catalog.product')),
                    ('tax_class', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='catalog.taxclass')),
                ],
            ),
            migrations.CreateModel(
                name='Price',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('from_quantity', models.PositiveIntegerField(default=1)),
                    ('unit_price_minor', placet.core.models.MinorUnitsField()),
                    ('price_list', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='catalog.pricelist')),
                    ('product', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='prices', to='catalog.product')),
                ],
            ),
            migrations.CreateModel(
                name='PartNumber',
                fields=[
                    ('created_at', models.DateTimeField()),
                    ('version', models.PositiveIntegerField(default=1)),
                    ('external_id', models.CharField(blank=True, default='', max_length=100)),
                    ('metadata', models.JSONField(blank=True, default=dict)),
                    ('id', placet.core.models.IdField(prefix='ptn', serialize=False)),
                    ('number', models.CharField(max_length=64)),
                    ('folded', models.CharField(max_length=64)),
                    ('company', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='companies.company')),
                    ('product', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='part_numbers', to='catalog.product')),
                ],
            ),
            migrations.CreateModel(
                name='AssortmentEntry',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('assortment', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='entries', to='catalog.assortment')),
                    ('category', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='catalog.category')),
                    ('product', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='catalog.product')),
                ],
            ),
            migrations.CreateModel(
                name='Promotion',
                fields=[
                    ('created_at', models.DateTimeField()),
                    ('version', models.PositiveIntegerField(default=1)),
                    ('external_id', models.CharField(blank=True, default='', max_length=100)),
                    ('metadata', models.JSONField(blank=True, default=dict)),
                    ('id', placet.core.models.IdField(prefix='prm', serialize=False)),
                    ('key', models.SlugField(max_length=60, unique=True)),
                    ('name', models.CharField(max_length=120)),
                    ('kind', models.CharField(choices=[('order_amount', 'Order Amount'), ('order_percent', 'Order Percent'), ('line_percent', 'Line Percent'), ('free_shipping', 'Free Shipping')], max_length=13)),
                    ('currency', models.CharField(max_length=3)),
                    ('from_goods_minor', placet.core.models.MinorUnitsField(default=0)),
                    ('from_quantity', models.PositiveIntegerField(default=1)),
                    ('amount_minor', placet.core.models.MinorUnitsField(default=0)),
                    ('basis_points', models.PositiveIntegerField(default=0)),
                    ('valid_from', models.DateField(blank=True, null=True)),
                    ('valid_until', models.DateField(blank=True, null=True)),
                    ('ended_at', models.DateTimeField(blank=True, null=True)),
                    ('company', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='companies.company')),
                ],
            ),
            migrations.CreateModel(
                name='PromotionEntry',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('category', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='catalog.category')),
                    ('product', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='catalog.product')),
                    ('promotion', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='entries', to='catalog.promotion')),
                ],
            ),
            migrations.CreateModel(
                name='TaxRate',
                fields=[
                    ('created_at', models.DateTimeField()),
                    ('id', placet.core.models.IdField(prefix='txr', serialize=False)),
                    ('country', models.CharField(blank=True, default='', max_length=2)),
                    ('basis_points', models.PositiveIntegerField()),
                    ('tax_class', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='rates', to='catalog.taxclass')),
                ],
            ),
            migrations.AddIndex(
                model_name='assortment',
                index=models.Index(fields=['company', 'closed_at'], name='assortment_by_company'),
            ),
            migrations.AddConstraint(
                model_name='categoryowner',
                constraint=models.UniqueConstraint(fields=('company', 'category'), name='one_category_owner_a_company'),
            ),
            migrations.AddConstraint(
                model_name='companypricelist',
                constraint=models.UniqueConstraint(fields=('company', 'price_list'), name='price_list_agreed_once'),
            ),
            migrations.AddConstraint(
                model_name='price',
                constraint=models.UniqueConstraint(fields=('price_list', 'product', 'from_quantity'), name='one_price_a_tier'),
            ),
            migrations.AddConstraint(
                model_name='price',
                constraint=models.CheckConstraint(condition=models.Q(('unit_price_minor__gte', 0)), name='price_not_negative'),
            ),
            migrations.AddConstraint(
                model_name='partnumber',
                constraint=models.UniqueConstraint(fields=('company', 'folded'), name='one_product_a_part_number'),
            ),
            migrations.AddConstraint(
                model_name='partnumber',
                constraint=models.UniqueConstraint(fields=('company', 'product'), name='one_part_number_each'),
            ),
            migrations.AddConstraint(
                model_name='assortmententry',
                constraint=models.CheckConstraint(condition=models.Q(('category__isnull', True), ('product__isnull', True), _connector='XOR'), name='entry_names_one_thing'),
            ),
            migrations.AddConstraint(
                model_name='promotion',
                constraint=models.CheckConstraint(condition=models.Q(('amount_minor__gte', 0), ('basis_points__lte', 10000)), name='promotion_in_range'),
            ),
            migrations.AddConstraint(
                model_name='promotionentry',
                constraint=models.CheckConstraint(condition=models.Q(('category__isnull', True), ('product__isnull', True), _connector='XOR'), name='promotion_entry_names_one_thing'),
            ),
            migrations.AddIndex(
                model_name='product',
                index=models.Index(fields=['category', 'name'], name='product_by_category'),
            ),
            migrations.AddIndex(
                model_name='product',
                index=models.Index(fields=['family'], name='product_by_family'),
            ),
            migrations.AddConstraint(
                model_name='taxrate',
                constraint=models.UniqueConstraint(fields=('tax_class', 'country'), name='one_tax_rate_a_country'),
            ),
            migrations.AddConstraint(
                model_name='taxrate',
                constraint=models.CheckConstraint(condition=models.Q(('basis_points__lte', 10000)), name='tax_rate_in_range'),
            ),
        ]),
        migrations.RunPython(search.make_indexes, search.remove_indexes),
    ]
