"""Every table of this room at once, for a database that is new; the others go step by step."""

import django.db.models.deletion
import placet.budgets.models
import placet.core.models
from django.db import migrations, models

from placet.core.tables import CreateTables


class Migration(migrations.Migration):

    initial = True

    replaces = [
        ('budgets', '0001_initial'),
        ('budgets', '0002_periods_and_credit'),
    ]

    dependencies = [
        ('companies', '0001_squashed_0010_merchants_desk'),
    ]

    operations = [
        CreateTables([
            migrations.CreateModel(
                name='Budget',
                fields=[
                    ('created_at', models.DateTimeField()),
                    ('version', models.PositiveIntegerField(default=1)),
                    ('external_id', models.CharField(blank=True, default='', max_length=100)),
                    ('metadata', models.JSONField(blank=True, default=dict)),
                    ('id', placet.core.models.IdField(prefix='bud', serialize=False)),
                    ('account', models.CharField(choices=[('budget', 'Budget'), ('credit', 'Credit')], default='budget', max_length=6)),
                    ('name', models.CharField(max_length=120)),
                    ('owner_kind', models.CharField(choices=[('company', 'Company'), ('unit', 'Unit'), ('member', 'Member'), ('cost_center', 'Cost Center'), ('category', 'Category')], max_length=12)),
                    ('owner_ref', models.CharField(max_length=40)),
                    ('owner_path', models.CharField(blank=True, default='', max_length=500)),
                    ('currency', models.CharField(max_length=3)),
                    ('mode', models.CharField(choices=[('warn', 'Warn'), ('approve', 'Approve'), ('block', 'Block')], default='approve', max_length=8)),
                    ('basis', models.CharField(choices=[('net', 'Net'), ('with_shipping', 'With Shipping'), ('gross', 'Gross')], default='net', max_length=14)),
                    ('period', models.CharField(choices=[('once', 'Once'), ('week', 'Week'), ('month', 'Month'), ('quarter', 'Quarter'), ('year', 'Year')], default='once', max_length=7)),
                    ('rollover', models.CharField(choices=[('none', 'None'), ('left', 'Left'), ('all', 'All')], default='none', max_length=4)),
                    ('series', models.CharField(blank=True, default='', max_length=40)),
                    ('number', models.PositiveIntegerField(default=1)),
                    ('is_latest', models.BooleanField(default=True)),
                    ('base_minor', placet.core.models.MinorUnitsField(default=0)),
                    ('alert_percents', models.JSONField(default=placet.budgets.models.default_alert_percents)),
                    ('starts_at', models.DateTimeField()),
                    ('ends_at', models.DateTimeField()),
                    ('amount_minor', placet.core.models.MinorUnitsField(default=0)),
                    ('committed_minor', placet.core.models.MinorUnitsField(default=0)),
                    ('reserved_minor', placet.core.models.MinorUnitsField(default=0)),
                    ('overdue_minor', placet.core.models.MinorUnitsField(default=0)),
                    ('closed_at', models.DateTimeField(blank=True, null=True)),
                    ('company', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='companies.company')),
                    ('responsible', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='companies.member')),
                ],
            ),
            migrations.CreateModel(
                name='BudgetAlert',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('created_at', models.DateTimeField()),
                    ('percent', models.PositiveSmallIntegerField()),
                    ('budget', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='alerts', to='budgets.budget')),
                ],
            ),
            migrations.CreateModel(
                name='LedgerEntry',
                fields=[
                    ('created_at', models.DateTimeField()),
                    ('id', placet.core.models.IdField(prefix='len', serialize=False)),
                    ('kind', models.CharField(choices=[('reserve', 'Reserve'), ('commit', 'Commit'), ('release', 'Release'), ('expire', 'Expire'), ('adjust', 'Adjust'), ('transfer', 'Transfer'), ('refund', 'Refund')], max_length=8)),
                    ('amount_minor', placet.core.models.MinorUnitsField()),
                    ('currency', models.CharField(max_length=3)),
                    ('rate_numerator', models.PositiveBigIntegerField(default=1)),
                    ('rate_denominator', models.PositiveBigIntegerField(default=1)),
                    ('requisition_id', models.CharField(blank=True, default='', max_length=40)),
                    ('actor_member', models.CharField(blank=True, default='', max_length=40)),
                    ('reason', models.CharField(blank=True, default='', max_length=400)),
                    ('budget', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='entries', to='budgets.budget')),
                ],
            ),
            migrations.CreateModel(
                name='BudgetTransfer',
                fields=[
                    ('created_at', models.DateTimeField()),
                    ('id', placet.core.models.IdField(prefix='trf', serialize=False)),
                    ('kind', models.CharField(choices=[('transfer', 'Transfer'), ('rollover', 'Rollover')], default='transfer', max_length=8)),
                    ('given', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='given_by', to='budgets.ledgerentry')),
                    ('got', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='got_by', to='budgets.ledgerentry')),
                ],
            ),
            migrations.CreateModel(
                name='PeriodCounter',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('period', models.CharField(max_length=8)),
                    ('starts_on', models.DateField()),
                    ('currency', models.CharField(max_length=3)),
                    ('spend_minor', placet.core.models.MinorUnitsField(default=0)),
                    ('orders', models.PositiveIntegerField(default=0)),
                    ('company', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='companies.company')),
                    ('member', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='companies.member')),
                ],
            ),
            migrations.CreateModel(
                name='PeriodCount',
                fields=[
                    ('created_at', models.DateTimeField()),
                    ('id', placet.core.models.IdField(prefix='cnt', serialize=False)),
                    ('requisition_id', models.CharField(max_length=40)),
                    ('spend_minor', placet.core.models.MinorUnitsField()),
                    ('counter', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='budgets.periodcounter')),
                ],
            ),
            migrations.CreateModel(
                name='Reservation',
                fields=[
                    ('created_at', models.DateTimeField()),
                    ('id', placet.core.models.IdField(prefix='rsv', serialize=False)),
                    ('requisition_id', models.CharField(max_length=40)),
                    ('revision_id', models.CharField(max_length=40)),
                    ('amount_minor', placet.core.models.MinorUnitsField()),
                    ('committed_minor', placet.core.models.MinorUnitsField(default=0)),
                    ('overdraft_minor', placet.core.models.MinorUnitsField(default=0)),
                    ('status', models.CharField(choices=[('open', 'Open'), ('committed', 'Committed'), ('released', 'Released'), ('expired', 'Expired'), ('refunded', 'Refunded')], default='open', max_length=10)),
                    ('budget', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='reservations', to='budgets.budget')),
                ],
            ),
            migrations.AddField(
                model_name='ledgerentry',
                name='reservation',
                field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='entries', to='budgets.reservation'),
            ),
            migrations.AddIndex(
                model_name='budget',
                index=models.Index(fields=['company', 'owner_kind', 'owner_ref'], name='budget_by_owner'),
            ),
            migrations.AddIndex(
                model_name='budget',
                index=models.Index(condition=models.Q(('closed_at__isnull', True), ('is_latest', True), models.Q(('period', 'once'), _negated=True)), fields=['ends_at'], name='budget_to_follow'),
            ),
            migrations.AddConstraint(
                model_name='budget',
                constraint=models.CheckConstraint(condition=models.Q(('ends_at__gt', models.F('starts_at'))), name='budget_has_length'),
            ),
            migrations.AddConstraint(
                model_name='budget',
                constraint=models.CheckConstraint(condition=models.Q(('committed_minor__gte', 0), ('reserved_minor__gte', 0)), name='budget_sums_not_negative'),
            ),
            migrations.AddConstraint(
                model_name='budget',
                constraint=models.UniqueConstraint(condition=models.Q(('series', ''), _negated=True), fields=('series', 'number'), name='one_budget_a_period'),
            ),
            migrations.AddConstraint(
                model_name='budget',
                constraint=models.UniqueConstraint(condition=models.Q(('account', 'credit'), ('closed_at__isnull', True)), fields=('company',), name='one_credit_a_company'),
            ),
            migrations.AddConstraint(
                model_name='budgetalert',
                constraint=models.UniqueConstraint(fields=('budget', 'percent'), name='alerted_once'),
            ),
            migrations.AddConstraint(
                model_name='budgettransfer',
                constraint=models.UniqueConstraint(fields=('given',), name='given_once'),
            ),
            migrations.AddConstraint(
                model_name='budgettransfer',
                constraint=models.UniqueConstraint(fields=('got',), name='got_once'),
            ),
            migrations.AddConstraint(
                model_name='periodcounter',
                constraint=models.UniqueConstraint(fields=('member', 'period', 'starts_on', 'currency'), name='one_counter_a_period'),
            ),
            migrations.AddConstraint(
                model_name='periodcounter',
                constraint=models.CheckConstraint(condition=models.Q(('spend_minor__gte', 0)), name='counter_not_negative'),
            ),
            migrations.AddConstraint(
                model_name='periodcount',
                constraint=models.UniqueConstraint(fields=('counter', 'requisition_id'), name='counted_once'),
            ),
            migrations.AddIndex(
                model_name='reservation',
                index=models.Index(fields=['requisition_id', 'status'], name='reservation_by_req'),
            ),
            migrations.AddConstraint(
                model_name='reservation',
                constraint=models.UniqueConstraint(fields=('budget', 'revision_id'), name='reserved_once'),
            ),
            migrations.AddConstraint(
                model_name='reservation',
                constraint=models.CheckConstraint(condition=models.Q(('amount_minor__gte', 0), ('committed_minor__lte', models.F('amount_minor'))), name='commit_at_most_reserved'),
            ),
            migrations.AddIndex(
                model_name='ledgerentry',
                index=models.Index(fields=['budget', 'created_at'], name='entry_by_budget'),
            ),
            migrations.AddConstraint(
                model_name='ledgerentry',
                constraint=models.UniqueConstraint(condition=models.Q(('reservation__isnull', False)), fields=('reservation', 'kind'), name='one_entry_a_kind'),
            ),
        ]),
    ]
