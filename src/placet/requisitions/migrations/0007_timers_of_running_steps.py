"""Steps that were open before there were timers get one, and open purchases a time to live.

The next moment of such a step is its due time, so at most one reminder comes at once; nothing
expires sooner than a full time after the update, however long it has been waiting.
"""

from datetime import timedelta

from django.db import migrations
from django.db.models import F

from placet.core.clock import real_now

USUAL_DAYS = 30


def start_timers(apps, schema_editor):
    step = apps.get_model("requisitions", "Step")
    step.objects.filter(status="pending", remind_at=None, reminders=0).exclude(due_at=None).update(
        remind_at=F("due_at"), reminders=1
    )
    requisition = apps.get_model("requisitions", "Requisition")
    requisition.objects.filter(status__in=("pending", "changes_requested"), expires_at=None).update(
        expires_at=real_now() + timedelta(days=USUAL_DAYS)
    )


class Migration(migrations.Migration):
    dependencies = [
        ("requisitions", "0006_problem"),
    ]

    operations = [
        migrations.RunPython(start_timers, migrations.RunPython.noop),
    ]
