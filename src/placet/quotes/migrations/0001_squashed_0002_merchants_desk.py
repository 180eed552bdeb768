"""Every table of this room at once, for a database that is new; the others go step by step."""

import django.db.models.deletion
import placet.core.models
from django.db import migrations, models

from placet.core.tables import CreateTables


class Migration(migrations.Migration):

    initial = True

    replaces = [
        ('quotes', '0001_initial'),
        ('quotes', '0002_merchants_desk'),
    ]

    dependencies = [
        ('catalog', '0001_squashed_0006_merchants_desk'),
        ('companies', '0001_squashed_0010_merchants_desk'),
        ('threads', '0001_squashed_0003_audiences'),
    ]

    operations = [
        CreateTables([
            migrations.CreateModel(
                name='Quote',
                fields=[
                    ('created_at', models.DateTimeField()),
                    ('version', models.PositiveIntegerField(default=1)),
                    ('external_id', models.CharField(blank=True, default='', max_length=100)),
                    ('metadata', models.JSONField(blank=True, default=dict)),
                    ('id', placet.core.models.IdField(prefix='qte', serialize=False)),
                    ('number', models.CharField(max_length=20)),
                    ('name', models.CharField(max_length=120)),
                    ('status', models.CharField(choices=[('draft', 'Draft'), ('requested', 'Requested'), ('offered', 'Offered'), ('countered', 'Countered'), ('accepted', 'Accepted'), ('declined', 'Declined'), ('withdrawn', 'Withdrawn'), ('expired', 'Expired'), ('discarded', 'Discarded')], default='draft', max_length=9)),
                    ('currency', models.CharField(max_length=3)),
                    ('offer_number', models.PositiveIntegerField(default=0)),
                    ('expires_on', models.DateField(blank=True, null=True)),
                    ('reason', models.CharField(blank=True, default='', max_length=1000)),
                    ('requested_at', models.DateTimeField(blank=True, null=True)),
                    ('changed_at', models.DateTimeField()),
                    ('assigned_to', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='companies.member')),
                    ('company', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='companies.company')),
                    ('requester', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='companies.member')),
                    ('thread', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='threads.thread')),
                    ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='companies.unit')),
                ],
            ),
            migrations.CreateModel(
                name='OfferSeen',
                fields=[
                    ('created_at', models.DateTimeField()),
                    ('id', placet.core.models.IdField(prefix='osn', serialize=False)),
                    ('side', models.CharField(choices=[('buyer', 'Buyer'), ('merchant', 'Merchant')], max_length=8)),
                    ('offer_number', models.PositiveIntegerField()),
                    ('seen_at', models.DateTimeField()),
                    ('quote', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='seen', to='quotes.quote')),
                ],
            ),
            migrations.CreateModel(
                name='OfferRelease',
                fields=[
                    ('created_at', models.DateTimeField()),
                    ('version', models.PositiveIntegerField(default=1)),
                    ('external_id', models.CharField(blank=True, default='', max_length=100)),
                    ('metadata', models.JSONField(blank=True, default=dict)),
                    ('id', placet.core.models.IdField(prefix='orl', serialize=False)),
                    ('offer_number', models.PositiveIntegerField()),
                    ('content', models.BinaryField()),
                    ('content_hash', models.CharField(max_length=64)),
                    ('plan', models.TextField()),
                    ('plan_hash', models.CharField(max_length=64)),
                    ('status', models.CharField(choices=[('waiting', 'Waiting'), ('released', 'Released'), ('declined', 'Declined'), ('lapsed', 'Lapsed')], default='waiting', max_length=8)),
                    ('ended_at', models.DateTimeField(blank=True, null=True)),
                    ('author', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='companies.member')),
                    ('quote', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='releases', to='quotes.quote')),
                ],
            ),
            migrations.CreateModel(
                name='OfferDraft',
                fields=[
                    ('created_at', models.DateTimeField()),
                    ('version', models.PositiveIntegerField(default=1)),
                    ('external_id', models.CharField(blank=True, default='', max_length=100)),
                    ('metadata', models.JSONField(blank=True, default=dict)),
                    ('id', placet.core.models.IdField(prefix='odr', serialize=False)),
                    ('side', models.CharField(choices=[('buyer', 'Buyer'), ('merchant', 'Merchant')], max_length=8)),
                    ('is_whole', models.BooleanField(default=True)),
                    ('is_final', models.BooleanField(default=False)),
                    ('valid_until', models.DateField(blank=True, null=True)),
                    ('terms', models.CharField(blank=True, default='', max_length=40)),
                    ('lines', models.JSONField(default=list)),
                    ('changed_at', models.DateTimeField()),
                    ('changed_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='companies.member')),
                    ('quote', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='drafts', to='quotes.quote')),
                ],
            ),
            migrations.CreateModel(
                name='Offer',
                fields=[
                    ('created_at', models.DateTimeField()),
                    ('id', placet.core.models.IdField(prefix='ofr', serialize=False)),
                    ('number', models.PositiveIntegerField()),
                    ('side', models.CharField(choices=[('buyer', 'Buyer'), ('merchant', 'Merchant')], max_length=8)),
                    ('is_whole', models.BooleanField()),
                    ('is_final', models.BooleanField()),
                    ('valid_until', models.DateField()),
                    ('terms', models.CharField(max_length=40)),
                    ('content_hash', models.CharField(max_length=64)),
                    ('author', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='companies.member')),
                    ('quote', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='offers', to='quotes.quote')),
                ],
            ),
            migrations.CreateModel(
                name='Acceptance',
                fields=[
                    ('created_at', models.DateTimeField()),
                    ('id', placet.core.models.IdField(prefix='acp', serialize=False)),
                    ('requisition_id', models.CharField(max_length=40, unique=True)),
                    ('lines', models.JSONField()),
                    ('member', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='companies.member')),
                    ('offer', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='acceptances', to='quotes.offer')),
                    ('quote', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='acceptances', to='quotes.quote')),
                ],
                options={
                    'abstract': False,
                },
            ),
            migrations.CreateModel(
                name='QuoteLineThread',
                fields=[
                    ('created_at', models.DateTimeField()),
                    ('id', placet.core.models.IdField(prefix='qlt', serialize=False)),
                    ('line_number', models.PositiveIntegerField()),
                    ('quote', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='line_threads', to='quotes.quote')),
                    ('thread', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='threads.thread')),
                ],
            ),
            migrations.CreateModel(
                name='QuoteTemplate',
                fields=[
                    ('created_at', models.DateTimeField()),
                    ('version', models.PositiveIntegerField(default=1)),
                    ('external_id', models.CharField(blank=True, default='', max_length=100)),
                    ('metadata', models.JSONField(blank=True, default=dict)),
                    ('id', placet.core.models.IdField(prefix='qtm', serialize=False)),
                    ('name', models.CharField(max_length=120, unique=True)),
                    ('currency', models.CharField(max_length=3)),
                    ('lines', models.JSONField(default=list)),
                    ('is_whole', models.BooleanField(default=True)),
                    ('terms', models.CharField(blank=True, default='', max_length=40)),
                    ('valid_days', models.PositiveSmallIntegerField(blank=True, null=True)),
                    ('changed_at', models.DateTimeField()),
                    ('changed_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='companies.member')),
                ],
                options={
                    'abstract': False,
                },
            ),
            migrations.CreateModel(
                name='ReleaseDecision',
                fields=[
                    ('created_at', models.DateTimeField()),
                    ('id', placet.core.models.IdField(prefix='rld', serialize=False)),
                    ('position', models.PositiveIntegerField()),
                    ('verdict', models.CharField(choices=[('release', 'Release'), ('decline', 'Decline')], max_length=7)),
                    ('reason', models.CharField(blank=True, default='', max_length=1000)),
                    ('content_hash', models.CharField(max_length=64)),
                    ('member', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='companies.member')),
                    ('release', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='decisions', to='quotes.offerrelease')),
                ],
            ),
            migrations.CreateModel(
                name='ReleaseSeat',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('position', models.PositiveIntegerField()),
                    ('member', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='companies.member')),
                    ('release', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='seats', to='quotes.offerrelease')),
                ],
            ),
            migrations.CreateModel(
                name='OfferLine',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('number', models.PositiveIntegerField()),
                    ('sku', models.CharField(blank=True, default='', max_length=64)),
                    ('name', models.CharField(max_length=200)),
                    ('quantity', models.PositiveBigIntegerField()),
                    ('minimum_quantity', models.PositiveBigIntegerField()),
                    ('unit_price_minor', placet.core.models.MinorUnitsField(blank=True, null=True)),
                    ('price_quantity', models.PositiveIntegerField(default=1)),
                    ('list_price_minor', placet.core.models.MinorUnitsField(blank=True, null=True)),
                    ('valid_until', models.DateField(blank=True, null=True)),
                    ('note', models.CharField(blank=True, default='', max_length=400)),
                    ('offer', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='lines', to='quotes.offer')),
                    ('product', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='catalog.product')),
                ],
                options={
                    'constraints': [models.UniqueConstraint(fields=('offer', 'number'), name='offer_line_once')],
                },
            ),
            migrations.AddIndex(
                model_name='quote',
                index=models.Index(fields=['company', 'status'], name='quote_by_company'),
            ),
            migrations.AddIndex(
                model_name='quote',
                index=models.Index(fields=['status', 'expires_on'], name='quote_by_expiry'),
            ),
            migrations.AddConstraint(
                model_name='quote',
                constraint=models.UniqueConstraint(fields=('company', 'number'), name='quote_number_once'),
            ),
            migrations.AddConstraint(
                model_name='offerseen',
                constraint=models.UniqueConstraint(fields=('quote', 'side'), name='one_seen_a_side'),
            ),
            migrations.AddConstraint(
                model_name='offerrelease',
                constraint=models.UniqueConstraint(condition=models.Q(('status', 'waiting')), fields=('quote',), name='one_waiting_release_a_quote'),
            ),
            migrations.AddConstraint(
                model_name='offerdraft',
                constraint=models.UniqueConstraint(fields=('quote', 'side'), name='one_draft_a_side'),
            ),
            migrations.AddConstraint(
                model_name='offer',
                constraint=models.UniqueConstraint(fields=('quote', 'number'), name='offer_number_once'),
            ),
            migrations.AddConstraint(
                model_name='quotelinethread',
                constraint=models.UniqueConstraint(fields=('quote', 'line_number'), name='one_thread_a_line'),
            ),
            migrations.AddConstraint(
                model_name='releasedecision',
                constraint=models.UniqueConstraint(fields=('release', 'position', 'member'), name='one_release_decision_each'),
            ),
            migrations.AddConstraint(
                model_name='releaseseat',
                constraint=models.UniqueConstraint(fields=('release', 'position', 'member'), name='one_release_seat_each'),
            ),
        ]),
    ]
