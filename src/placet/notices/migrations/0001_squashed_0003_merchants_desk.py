"""Every table of this room at once, for a database that is new; the others go step by step."""

import django.db.models.deletion
import placet.core.models
from django.db import migrations, models

from placet.core.tables import CreateTables


class Migration(migrations.Migration):

    initial = True

    replaces = [
        ('notices', '0001_initial'),
        ('notices', '0002_notices_and_preferences'),
        ('notices', '0003_merchants_desk'),
    ]

    dependencies = [
        ('companies', '0001_squashed_0010_merchants_desk'),
    ]

    operations = [
        CreateTables([
            migrations.CreateModel(
                name='Digest',
                fields=[
                    ('created_at', models.DateTimeField()),
                    ('member', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, related_name='digest', serialize=False, to='companies.member')),
                    ('next_at', models.DateTimeField(db_index=True)),
                ],
                options={
                    'abstract': False,
                },
            ),
            migrations.CreateModel(
                name='Mail',
                fields=[
                    ('created_at', models.DateTimeField()),
                    ('id', placet.core.models.IdField(prefix='mal', serialize=False)),
                    ('company_id', models.CharField(db_index=True, max_length=40)),
                    ('member_id', models.CharField(max_length=40)),
                    ('address', models.CharField(max_length=254)),
                    ('kind', models.CharField(max_length=60)),
                    ('subject_ref', models.CharField(max_length=40)),
                    ('link_id', models.CharField(blank=True, default='', max_length=40)),
                    ('event_id', models.CharField(max_length=40)),
                    ('headline', models.CharField(blank=True, default='', max_length=250)),
                    ('status', models.CharField(choices=[('waiting', 'Waiting'), ('sent', 'Sent'), ('failed', 'Failed'), ('dropped', 'Dropped')], default='waiting', max_length=8)),
                    ('attempts', models.PositiveSmallIntegerField(default=0)),
                    ('next_attempt_at', models.DateTimeField()),
                    ('last_error', models.CharField(blank=True, default='', max_length=400)),
                    ('sent_at', models.DateTimeField(blank=True, null=True)),
                ],
                options={
                    'indexes': [models.Index(fields=['status', 'next_attempt_at'], name='mail_due')],
                    'constraints': [models.UniqueConstraint(fields=('event_id', 'member_id', 'kind', 'subject_ref'), name='told_once')],
                },
            ),
            migrations.CreateModel(
                name='MailTemplate',
                fields=[
                    ('created_at', models.DateTimeField()),
                    ('version', models.PositiveIntegerField(default=1)),
                    ('external_id', models.CharField(blank=True, default='', max_length=100)),
                    ('metadata', models.JSONField(blank=True, default=dict)),
                    ('id', placet.core.models.IdField(prefix='mtp', serialize=False)),
                    ('letter', models.CharField(max_length=60)),
                    ('language', models.CharField(max_length=8)),
                    ('subject', models.CharField(max_length=200)),
                    ('body', models.TextField()),
                    ('changed_at', models.DateTimeField()),
                    ('changed_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='companies.member')),
                ],
                options={
                    'constraints': [models.UniqueConstraint(fields=('letter', 'language'), name='one_template_a_letter')],
                },
            ),
            migrations.CreateModel(
                name='Notice',
                fields=[
                    ('created_at', models.DateTimeField()),
                    ('id', placet.core.models.IdField(prefix='ntc', serialize=False)),
                    ('topic', models.CharField(max_length=20)),
                    ('kind', models.CharField(max_length=60)),
                    ('subject_ref', models.CharField(max_length=40)),
                    ('link_id', models.CharField(blank=True, default='', max_length=40)),
                    ('event_id', models.CharField(max_length=40)),
                    ('in_app', models.BooleanField(default=True)),
                    ('in_digest', models.BooleanField(default=False)),
                    ('headline', models.CharField(blank=True, default='', max_length=250)),
                    ('path', models.CharField(blank=True, default='', max_length=200)),
                    ('attempts', models.PositiveSmallIntegerField(default=0)),
                    ('digest_id', models.CharField(blank=True, default='', max_length=40)),
                    ('read_at', models.DateTimeField(blank=True, null=True)),
                    ('member', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='companies.member')),
                ],
                options={
                    'indexes': [models.Index(fields=['member', '-created_at', '-id'], name='notices_of_member'), models.Index(condition=models.Q(('in_app', True), ('read_at', None), models.Q(('headline', ''), _negated=True)), fields=['member'], name='notices_unread'), models.Index(condition=models.Q(('headline', '')), fields=['attempts'], name='notices_bare'), models.Index(fields=['subject_ref'], name='notices_about'), models.Index(fields=['created_at'], name='notices_by_age')],
                    'constraints': [models.UniqueConstraint(fields=('event_id', 'member', 'kind', 'subject_ref'), name='noticed_once')],
                },
            ),
            migrations.CreateModel(
                name='NotificationPreference',
                fields=[
                    ('created_at', models.DateTimeField()),
                    ('id', placet.core.models.IdField(prefix='ntp', serialize=False)),
                    ('topic', models.CharField(max_length=20)),
                    ('mail', models.BooleanField()),
                    ('in_app', models.BooleanField()),
                    ('digest', models.BooleanField()),
                    ('member', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='notification_preferences', to='companies.member')),
                ],
                options={
                    'constraints': [models.UniqueConstraint(fields=('member', 'topic'), name='preferred_once')],
                },
            ),
        ]),
    ]
