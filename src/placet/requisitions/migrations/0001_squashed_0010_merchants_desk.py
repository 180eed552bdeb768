"""Every table of this room at once, for a database that is new; the others go step by step."""

import django.db.models.deletion
import placet.core.models
from django.db import migrations, models

from placet.core.tables import CreateTables


class Migration(migrations.Migration):

    initial = True

    replaces = [
        ('requisitions', '0001_initial'),
        ('requisitions', '0002_restaffed_steps'),
        ('requisitions', '0003_given_seats'),
        ('requisitions', '0004_revising'),
        ('requisitions', '0005_referrals'),
        ('requisitions', '0006_problem'),
        ('requisitions', '0007_timers_of_running_steps'),
        ('requisitions', '0008_standing'),
        ('requisitions', '0009_purchase_marks'),
        ('requisitions', '0010_merchants_desk'),
    ]

    dependencies = [
        ('carts', '0001_squashed_0011_merchants_desk'),
        ('companies', '0001_squashed_0010_merchants_desk'),
        ('threads', '0001_squashed_0003_audiences'),
    ]

    operations = [
        CreateTables([
            migrations.CreateModel(
                name='Decision',
                fields=[
                    ('created_at', models.DateTimeField()),
                    ('id', placet.core.models.IdField(prefix='dec', serialize=False)),
                    ('user_id', models.CharField(max_length=40)),
                    ('person_user_id', models.CharField(max_length=40)),
                    ('kind', models.CharField(choices=[('approve', 'Approve'), ('reject', 'Reject'), ('request_changes', 'Request Changes')], max_length=16)),
                    ('content_hash', models.CharField(max_length=64)),
                    ('channel', models.CharField(max_length=10)),
                    ('reason', models.CharField(blank=True, default='', max_length=2000)),
                    ('effective_at', models.DateTimeField()),
                    ('member', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='companies.member')),
                    ('principal', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='companies.member')),
                ],
                options={
                    'abstract': False,
                },
            ),
            migrations.CreateModel(
                name='DecisionOutcome',
                fields=[
                    ('created_at', models.DateTimeField()),
                    ('decision', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, related_name='outcome', serialize=False, to='requisitions.decision')),
                    ('kind', models.CharField(choices=[('applied', 'Applied'), ('retracted', 'Retracted'), ('lapsed', 'Lapsed')], max_length=10)),
                    ('reason', models.CharField(blank=True, default='', max_length=200)),
                    ('vote', models.CharField(blank=True, max_length=90, null=True, unique=True)),
                ],
                options={
                    'abstract': False,
                },
            ),
            migrations.CreateModel(
                name='EnvelopeWithdrawal',
                fields=[
                    ('created_at', models.DateTimeField()),
                    ('id', placet.core.models.IdField(prefix='env', serialize=False)),
                    ('member', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='companies.member')),
                    ('schedule', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='withdrawals', to='carts.schedule')),
                ],
                options={
                    'abstract': False,
                },
            ),
            migrations.CreateModel(
                name='Requisition',
                fields=[
                    ('created_at', models.DateTimeField()),
                    ('version', models.PositiveIntegerField(default=1)),
                    ('external_id', models.CharField(blank=True, default='', max_length=100)),
                    ('metadata', models.JSONField(blank=True, default=dict)),
                    ('id', placet.core.models.IdField(prefix='req', serialize=False)),
                    ('number', models.CharField(max_length=20)),
                    ('name', models.CharField(max_length=120)),
                    ('status', models.CharField(choices=[('pending', 'Pending'), ('changes_requested', 'Changes Requested'), ('approved', 'Approved'), ('ordered', 'Ordered'), ('rejected', 'Rejected'), ('withdrawn', 'Withdrawn'), ('expired', 'Expired'), ('placement_failed', 'Placement Failed')], default='pending', max_length=18)),
                    ('problem', models.CharField(blank=True, default='', max_length=20)),
                    ('source', models.CharField(default='cart', max_length=12)),
                    ('cart_id', models.CharField(blank=True, default='', max_length=40)),
                    ('currency', models.CharField(max_length=3)),
                    ('total_minor', placet.core.models.MinorUnitsField()),
                    ('po_number', models.CharField(blank=True, default='', max_length=60)),
                    ('submitted_at', models.DateTimeField()),
                    ('expires_at', models.DateTimeField(blank=True, null=True)),
                    ('ended_at', models.DateTimeField(blank=True, null=True)),
                    ('staff_reason', models.CharField(blank=True, default='', max_length=400)),
                    ('company', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='companies.company')),
                    ('rebuilt_from', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='requisitions.requisition')),
                    ('requester', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='companies.member')),
                    ('staff', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='companies.member')),
                    ('thread', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='threads.thread')),
                    ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='companies.unit')),
                ],
            ),
            migrations.CreateModel(
                name='Revision',
                fields=[
                    ('created_at', models.DateTimeField()),
                    ('id', placet.core.models.IdField(prefix='rev', serialize=False)),
                    ('number', models.PositiveIntegerField()),
                    ('format', models.PositiveSmallIntegerField(default=1)),
                    ('content', models.BinaryField()),
                    ('content_hash', models.CharField(max_length=64)),
                    ('plan', models.TextField()),
                    ('plan_hash', models.CharField(max_length=64)),
                    ('rulebook_versions', models.JSONField(default=list)),
                    ('authors', models.JSONField(default=list)),
                    ('goods_minor', placet.core.models.MinorUnitsField()),
                    ('shipping_minor', placet.core.models.MinorUnitsField()),
                    ('tax_minor', placet.core.models.MinorUnitsField()),
                    ('total_minor', placet.core.models.MinorUnitsField()),
                    ('requisition', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='revisions', to='requisitions.requisition')),
                    ('submitted_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='companies.member')),
                ],
            ),
            migrations.AddField(
                model_name='requisition',
                name='revision',
                field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='requisitions.revision'),
            ),
            migrations.AddField(
                model_name='decision',
                name='revision',
                field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='decisions', to='requisitions.revision'),
            ),
            migrations.CreateModel(
                name='RevisionLine',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('number', models.PositiveIntegerField()),
                    ('product_id', models.CharField(blank=True, default='', max_length=40)),
                    ('sku', models.CharField(max_length=64)),
                    ('name', models.CharField(max_length=200)),
                    ('pack', models.CharField(max_length=60)),
                    ('category_path', models.CharField(blank=True, default='', max_length=400)),
                    ('quantity', models.PositiveBigIntegerField()),
                    ('unit_price_minor', placet.core.models.MinorUnitsField()),
                    ('price_quantity', models.PositiveIntegerField(default=1)),
                    ('last_paid_minor', placet.core.models.MinorUnitsField(blank=True, null=True)),
                    ('total_minor', placet.core.models.MinorUnitsField()),
                    ('revision', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='lines', to='requisitions.revision')),
                    ('thread', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='threads.thread')),
                ],
            ),
            migrations.CreateModel(
                name='RevisionSeen',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('seen_at', models.DateTimeField()),
                    ('member', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='companies.member')),
                    ('requisition', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='requisitions.requisition')),
                    ('revision', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='requisitions.revision')),
                ],
            ),
            migrations.CreateModel(
                name='StandingOccurrence',
                fields=[
                    ('created_at', models.DateTimeField()),
                    ('id', placet.core.models.IdField(prefix='occ', serialize=False)),
                    ('number', models.PositiveIntegerField()),
                    ('due_on', models.DateField()),
                    ('problem', models.CharField(blank=True, default='', max_length=40)),
                    ('problem_about', models.JSONField(blank=True, default=list)),
                    ('requisition', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='requisitions.requisition')),
                    ('schedule', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='occurrences', to='carts.schedule')),
                ],
            ),
            migrations.CreateModel(
                name='Step',
                fields=[
                    ('created_at', models.DateTimeField()),
                    ('id', placet.core.models.IdField(prefix='stp', serialize=False)),
                    ('key', models.CharField(max_length=80)),
                    ('position', models.PositiveIntegerField()),
                    ('side', models.CharField(max_length=8)),
                    ('rank', models.IntegerField()),
                    ('label', models.JSONField(default=list)),
                    ('quorum', models.PositiveIntegerField()),
                    ('is_distinct', models.BooleanField(default=False)),
                    ('status', models.CharField(choices=[('waiting', 'Waiting'), ('pending', 'Pending'), ('approved', 'Approved'), ('rejected', 'Rejected'), ('void', 'Void')], default='waiting', max_length=8)),
                    ('reasons', models.JSONField(default=list)),
                    ('restaffed', models.JSONField(blank=True, null=True)),
                    ('opened_at', models.DateTimeField(blank=True, null=True)),
                    ('due_at', models.DateTimeField(blank=True, null=True)),
                    ('remind_at', models.DateTimeField(blank=True, db_index=True, null=True)),
                    ('reminders', models.PositiveSmallIntegerField(default=0)),
                    ('ended_at', models.DateTimeField(blank=True, null=True)),
                    ('added_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='companies.member')),
                    ('requisition', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='steps', to='requisitions.requisition')),
                    ('revision', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='steps', to='requisitions.revision')),
                ],
            ),
            migrations.CreateModel(
                name='Referral',
                fields=[
                    ('created_at', models.DateTimeField()),
                    ('id', placet.core.models.IdField(prefix='rfl', serialize=False)),
                    ('kind', models.CharField(choices=[('forwarded', 'Forwarded'), ('added', 'Added')], max_length=9)),
                    ('note', models.CharField(blank=True, default='', max_length=400)),
                    ('member', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='companies.member')),
                    ('to', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='companies.member')),
                    ('step', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='referrals', to='requisitions.step')),
                ],
                options={
                    'abstract': False,
                },
            ),
            migrations.CreateModel(
                name='Nudge',
                fields=[
                    ('created_at', models.DateTimeField()),
                    ('id', placet.core.models.IdField(prefix='ndg', serialize=False)),
                    ('member', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='companies.member')),
                    ('step', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='nudges', to='requisitions.step')),
                ],
            ),
            migrations.CreateModel(
                name='DecisionLink',
                fields=[
                    ('created_at', models.DateTimeField()),
                    ('id', placet.core.models.IdField(prefix='dlk', serialize=False)),
                    ('expires_at', models.DateTimeField()),
                    ('member', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='companies.member')),
                    ('principal', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='companies.member')),
                    ('revision', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='requisitions.revision')),
                    ('step', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='links', to='requisitions.step')),
                ],
            ),
            migrations.AddField(
                model_name='decision',
                name='step',
                field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='decisions', to='requisitions.step'),
            ),
            migrations.CreateModel(
                name='CarryOver',
                fields=[
                    ('created_at', models.DateTimeField()),
                    ('id', placet.core.models.IdField(prefix='cov', serialize=False)),
                    ('reason', models.CharField(max_length=200)),
                    ('decision', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='carry_overs', to='requisitions.decision')),
                    ('step', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='carry_overs', to='requisitions.step')),
                ],
            ),
            migrations.CreateModel(
                name='StepAssignment',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('is_given', models.BooleanField(default=False)),
                    ('is_open', models.BooleanField(default=False)),
                    ('decided_at', models.DateTimeField(blank=True, null=True)),
                    ('due_at', models.DateTimeField(blank=True, null=True)),
                    ('member', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='companies.member')),
                    ('principal', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='companies.member')),
                    ('requisition', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='assignments', to='requisitions.requisition')),
                    ('step', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='assignments', to='requisitions.step')),
                ],
            ),
            migrations.CreateModel(
                name='Suggestion',
                fields=[
                    ('created_at', models.DateTimeField()),
                    ('id', placet.core.models.IdField(prefix='sug', serialize=False)),
                    ('line_number', models.PositiveIntegerField()),
                    ('product_id', models.CharField(blank=True, default='', max_length=40)),
                    ('quantity', models.PositiveBigIntegerField()),
                    ('note', models.CharField(blank=True, default='', max_length=400)),
                    ('status', models.CharField(choices=[('open', 'Open'), ('accepted', 'Accepted'), ('declined', 'Declined'), ('void', 'Void')], default='open', max_length=8)),
                    ('answered_at', models.DateTimeField(blank=True, null=True)),
                    ('member', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='companies.member')),
                    ('requisition', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='suggestions', to='requisitions.requisition')),
                    ('revision', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='requisitions.revision')),
                    ('step', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='requisitions.step')),
                ],
            ),
            migrations.CreateModel(
                name='DecisionPending',
                fields=[
                    ('decision', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, related_name='pending', serialize=False, to='requisitions.decision')),
                    ('user_id', models.CharField(max_length=40)),
                    ('effective_at', models.DateTimeField(db_index=True)),
                    ('step', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='requisitions.step')),
                ],
            ),
            migrations.CreateModel(
                name='DecisionLine',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('number', models.PositiveIntegerField()),
                    ('quantity', models.PositiveBigIntegerField()),
                    ('decision', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='lines', to='requisitions.decision')),
                ],
                options={
                    'constraints': [models.UniqueConstraint(fields=('decision', 'number'), name='line_decided_once')],
                },
            ),
            migrations.CreateModel(
                name='PurchaseMark',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('value', models.CharField(max_length=200)),
                    ('is_for_supplier', models.BooleanField(default=False)),
                    ('requisition', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='marks', to='requisitions.requisition')),
                ],
                options={
                    'indexes': [models.Index(fields=['value'], name='purchase_by_mark')],
                },
            ),
            migrations.CreateModel(
                name='RevisionOrigin',
                fields=[
                    ('created_at', models.DateTimeField()),
                    ('revision', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, related_name='origin', serialize=False, to='requisitions.revision')),
                    ('cause', models.CharField(choices=[('edited', 'Edited'), ('reduced', 'Reduced'), ('suggested', 'Suggested'), ('replanned', 'Replanned'), ('moved', 'Moved')], max_length=10)),
                    ('decision', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='requisitions.decision')),
                    ('suggestion', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='requisitions.suggestion')),
                ],
                options={
                    'abstract': False,
                },
            ),
            migrations.AddConstraint(
                model_name='revision',
                constraint=models.UniqueConstraint(fields=('requisition', 'number'), name='revision_once'),
            ),
            migrations.AddIndex(
                model_name='requisition',
                index=models.Index(fields=['company', 'status', '-submitted_at'], name='req_by_status'),
            ),
            migrations.AddIndex(
                model_name='requisition',
                index=models.Index(fields=['requester', '-submitted_at'], name='req_by_requester'),
            ),
            migrations.AddIndex(
                model_name='requisition',
                index=models.Index(fields=['status', '-submitted_at'], name='req_awaiting'),
            ),
            migrations.AddConstraint(
                model_name='requisition',
                constraint=models.UniqueConstraint(fields=('company', 'number'), name='requisition_number_once'),
            ),
            migrations.AddConstraint(
                model_name='requisition',
                constraint=models.UniqueConstraint(condition=models.Q(('status__in', ['pending', 'changes_requested', 'approved', 'placement_failed']), models.Q(('cart_id', ''), _negated=True)), fields=('cart_id',), name='one_open_requisition_a_cart'),
            ),
            migrations.AddIndex(
                model_name='revisionline',
                index=models.Index(fields=['sku'], name='revision_line_by_sku'),
            ),
            migrations.AddConstraint(
                model_name='revisionline',
                constraint=models.UniqueConstraint(fields=('revision', 'number'), name='line_once'),
            ),
            migrations.AddConstraint(
                model_name='revisionseen',
                constraint=models.UniqueConstraint(fields=('requisition', 'member'), name='seen_last'),
            ),
            migrations.AddConstraint(
                model_name='standingoccurrence',
                constraint=models.UniqueConstraint(fields=('schedule', 'number'), name='occurs_once'),
            ),
            migrations.AddConstraint(
                model_name='standingoccurrence',
                constraint=models.UniqueConstraint(fields=('requisition',), name='requisition_occurs_once'),
            ),
            migrations.AddConstraint(
                model_name='standingoccurrence',
                constraint=models.UniqueConstraint(condition=models.Q(('requisition__isnull', False)), fields=('schedule', 'due_on'), name='bought_once_a_day'),
            ),
            migrations.AddConstraint(
                model_name='step',
                constraint=models.UniqueConstraint(fields=('revision', 'position'), name='step_position_once'),
            ),
            migrations.AddConstraint(
                model_name='step',
                constraint=models.CheckConstraint(condition=models.Q(('quorum__gte', 1)), name='quorum_at_least_one'),
            ),
            migrations.AddIndex(
                model_name='nudge',
                index=models.Index(fields=['step', '-created_at'], name='nudges_of_step'),
            ),
            migrations.AddConstraint(
                model_name='decisionlink',
                constraint=models.UniqueConstraint(fields=('step', 'revision', 'member', 'principal'), name='one_link_each'),
            ),
            migrations.AddConstraint(
                model_name='decisionlink',
                constraint=models.UniqueConstraint(condition=models.Q(('principal__isnull', True)), fields=('step', 'revision', 'member'), name='one_link_each_null'),
            ),
            migrations.AddConstraint(
                model_name='carryover',
                constraint=models.UniqueConstraint(fields=('decision', 'step'), name='carried_once'),
            ),
            migrations.AddIndex(
                model_name='stepassignment',
                index=models.Index(fields=['member', 'is_open', 'due_at'], name='inbox'),
            ),
            migrations.AddConstraint(
                model_name='stepassignment',
                constraint=models.UniqueConstraint(fields=('step', 'member', 'principal'), name='assigned_once'),
            ),
            migrations.AddConstraint(
                model_name='stepassignment',
                constraint=models.UniqueConstraint(condition=models.Q(('principal__isnull', True)), fields=('step', 'member'), name='assigned_once_null'),
            ),
            migrations.AddIndex(
                model_name='suggestion',
                index=models.Index(fields=['requisition', 'status'], name='suggestions_open'),
            ),
            migrations.AddConstraint(
                model_name='suggestion',
                constraint=models.CheckConstraint(condition=models.Q(('quantity__gte', 1), ('quantity__lte', 1000000)), name='suggested_quantity_in_range'),
            ),
            migrations.AddConstraint(
                model_name='decisionpending',
                constraint=models.UniqueConstraint(fields=('step', 'user_id'), name='one_pending_vote_each'),
            ),
        ]),
    ]
