"""Every table of this room at once, for a database that is new; the others go step by step."""

import django.db.models.deletion
import placet.core.models
from django.db import migrations, models

from placet.core.tables import CreateTables


class Migration(migrations.Migration):

    initial = True

    replaces = [
        ('orders', '0001_initial'),
        ('orders', '0002_payments'),
        ('orders', '0003_supplier_threads'),
        ('orders', '0004_lines_by_sku'),
        ('orders', '0005_merchants_desk'),
    ]

    dependencies = [
        ('companies', '0001_squashed_0010_merchants_desk'),
        ('threads', '0001_squashed_0003_audiences'),
    ]

    operations = [
        CreateTables([
            migrations.CreateModel(
                name='Order',
                fields=[
                    ('created_at', models.DateTimeField()),
                    ('version', models.PositiveIntegerField(default=1)),
                    ('external_id', models.CharField(blank=True, default='', max_length=100)),
                    ('metadata', models.JSONField(blank=True, default=dict)),
                    ('id', placet.core.models.IdField(prefix='ord', serialize=False)),
                    ('number', models.CharField(max_length=20, unique=True)),
                    ('requisition_id', models.CharField(max_length=40, unique=True)),
                    ('requisition_number', models.CharField(max_length=20)),
                    ('revision_id', models.CharField(max_length=40)),
                    ('content', models.BinaryField()),
                    ('content_hash', models.CharField(max_length=64)),
                    ('name', models.CharField(max_length=120)),
                    ('status', models.CharField(choices=[('awaiting_payment', 'Awaiting Payment'), ('unprocessed', 'Unprocessed'), ('changing', 'Changing'), ('exported', 'Exported'), ('failed', 'Failed'), ('completed', 'Completed'), ('cancelled', 'Cancelled')], default='unprocessed', max_length=16)),
                    ('terms', models.CharField(blank=True, default='', max_length=40)),
                    ('currency', models.CharField(max_length=3)),
                    ('goods_minor', placet.core.models.MinorUnitsField()),
                    ('shipping_minor', placet.core.models.MinorUnitsField()),
                    ('tax_minor', placet.core.models.MinorUnitsField()),
                    ('total_minor', placet.core.models.MinorUnitsField()),
                    ('line_count', models.PositiveIntegerField()),
                    ('po_number', models.CharField(blank=True, default='', max_length=60)),
                    ('erp_number', models.CharField(blank=True, default='', max_length=60)),
                    ('failure', models.CharField(blank=True, default='', max_length=400)),
                    ('placed_at', models.DateTimeField()),
                    ('buyer', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='companies.member')),
                    ('company', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='companies.company')),
                    ('supplier_thread', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='threads.thread')),
                ],
            ),
            migrations.CreateModel(
                name='HandOver',
                fields=[
                    ('created_at', models.DateTimeField()),
                    ('id', placet.core.models.IdField(prefix='hov', serialize=False)),
                    ('kind', models.CharField(choices=[('acknowledgement', 'Acknowledgement'), ('failure', 'Failure')], max_length=16)),
                    ('erp_number', models.CharField(blank=True, default='', max_length=60)),
                    ('reason', models.CharField(blank=True, default='', max_length=400)),
                    ('actor_member', models.CharField(blank=True, default='', max_length=40)),
                    ('channel', models.CharField(max_length=10)),
                    ('order', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='hand_overs', to='orders.order')),
                ],
                options={
                    'abstract': False,
                },
            ),
            migrations.CreateModel(
                name='OrderChange',
                fields=[
                    ('created_at', models.DateTimeField()),
                    ('id', placet.core.models.IdField(prefix='och', serialize=False)),
                    ('number', models.PositiveIntegerField()),
                    ('from_revision_id', models.CharField(max_length=40)),
                    ('from_hash', models.CharField(max_length=64)),
                    ('from_total_minor', placet.core.models.MinorUnitsField()),
                    ('to_revision_id', models.CharField(max_length=40)),
                    ('to_hash', models.CharField(max_length=64)),
                    ('to_total_minor', placet.core.models.MinorUnitsField()),
                    ('order', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='changes', to='orders.order')),
                ],
            ),
            migrations.CreateModel(
                name='OrderLine',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('number', models.PositiveIntegerField()),
                    ('sku', models.CharField(max_length=64)),
                    ('name', models.CharField(max_length=200)),
                    ('pack', models.CharField(max_length=60)),
                    ('quantity', models.PositiveBigIntegerField()),
                    ('unit_price_minor', placet.core.models.MinorUnitsField()),
                    ('price_quantity', models.PositiveIntegerField(default=1)),
                    ('total_minor', placet.core.models.MinorUnitsField()),
                    ('shipped_quantity', models.PositiveBigIntegerField(default=0)),
                    ('expected_on', models.DateField(blank=True, null=True)),
                    ('order', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='lines', to='orders.order')),
                ],
            ),
            migrations.CreateModel(
                name='OrderRequest',
                fields=[
                    ('created_at', models.DateTimeField()),
                    ('version', models.PositiveIntegerField(default=1)),
                    ('external_id', models.CharField(blank=True, default='', max_length=100)),
                    ('metadata', models.JSONField(blank=True, default=dict)),
                    ('id', placet.core.models.IdField(prefix='orq', serialize=False)),
                    ('kind', models.CharField(choices=[('cancel', 'Cancel'), ('change', 'Change')], max_length=6)),
                    ('status', models.CharField(choices=[('open', 'Open'), ('accepted', 'Accepted'), ('declined', 'Declined'), ('withdrawn', 'Withdrawn')], default='open', max_length=9)),
                    ('reason', models.CharField(max_length=400)),
                    ('answer', models.CharField(blank=True, default='', max_length=400)),
                    ('answered_at', models.DateTimeField(blank=True, null=True)),
                    ('answered_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='companies.member')),
                    ('asked_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='companies.member')),
                    ('order', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='requests', to='orders.order')),
                ],
            ),
            migrations.CreateModel(
                name='Payment',
                fields=[
                    ('created_at', models.DateTimeField()),
                    ('id', placet.core.models.IdField(prefix='pay', serialize=False)),
                    ('amount_minor', placet.core.models.MinorUnitsField()),
                    ('currency', models.CharField(max_length=3)),
                    ('received_on', models.DateField()),
                    ('reference', models.CharField(max_length=120)),
                    ('actor_member', models.CharField(blank=True, default='', max_length=40)),
                    ('channel', models.CharField(max_length=10)),
                    ('order', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='payments', to='orders.order')),
                ],
                options={
                    'abstract': False,
                },
            ),
            migrations.CreateModel(
                name='Shipment',
                fields=[
                    ('created_at', models.DateTimeField()),
                    ('version', models.PositiveIntegerField(default=1)),
                    ('external_id', models.CharField(blank=True, default='', max_length=100)),
                    ('metadata', models.JSONField(blank=True, default=dict)),
                    ('id', placet.core.models.IdField(prefix='shp', serialize=False)),
                    ('number', models.PositiveIntegerField()),
                    ('shipped_on', models.DateField()),
                    ('carrier', models.CharField(blank=True, default='', max_length=80)),
                    ('tracking', models.CharField(blank=True, default='', max_length=200)),
                    ('actor_member', models.CharField(blank=True, default='', max_length=40)),
                    ('channel', models.CharField(max_length=10)),
                    ('voided_at', models.DateTimeField(blank=True, null=True)),
                    ('void_reason', models.CharField(blank=True, default='', max_length=400)),
                    ('order', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='shipments', to='orders.order')),
                ],
            ),
            migrations.CreateModel(
                name='ShipmentLine',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('line_number', models.PositiveIntegerField()),
                    ('quantity', models.PositiveBigIntegerField()),
                    ('shipment', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='lines', to='orders.shipment')),
                ],
            ),
            migrations.AddIndex(
                model_name='order',
                index=models.Index(fields=['status', '-number'], name='order_by_status'),
            ),
            migrations.AddIndex(
                model_name='order',
                index=models.Index(fields=['company', '-number'], name='order_by_company'),
            ),
            migrations.AddConstraint(
                model_name='orderchange',
                constraint=models.UniqueConstraint(fields=('order', 'number'), name='order_change_once'),
            ),
            migrations.AddIndex(
                model_name='orderline',
                index=models.Index(fields=['sku'], name='order_line_by_sku'),
            ),
            migrations.AddConstraint(
                model_name='orderline',
                constraint=models.UniqueConstraint(fields=('order', 'number'), name='order_line_once'),
            ),
            migrations.AddIndex(
                model_name='orderrequest',
                index=models.Index(fields=['status', 'created_at'], name='order_request_by_status'),
            ),
            migrations.AddConstraint(
                model_name='orderrequest',
                constraint=models.UniqueConstraint(condition=models.Q(('status', 'open')), fields=('order',), name='one_open_request_an_order'),
            ),
            migrations.AddConstraint(
                model_name='shipment',
                constraint=models.UniqueConstraint(fields=('order', 'number'), name='shipment_number_once'),
            ),
            migrations.AddConstraint(
                model_name='shipmentline',
                constraint=models.UniqueConstraint(fields=('shipment', 'line_number'), name='one_shipment_line_each'),
            ),
            migrations.AddConstraint(
                model_name='shipmentline',
                constraint=models.CheckConstraint(condition=models.Q(('quantity__gt', 0)), name='shipped_quantity_positive'),
            ),
        ]),
    ]
