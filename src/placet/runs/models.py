"""Runs: work that takes longer than a page may, with progress, cancel and a result.

A run lies below the companies, since theirs are the first imports: it holds ids, no foreign keys.
"""

from __future__ import annotations

from django.db import models

from placet.core.models import IdField, Resource


class Run(Resource):
    """One piece of work of a ``kind``, with what it was asked (``parameters``) and what came of it.

    ``started_by`` is the member, or nothing where a key of the company started it; ``person_user``
    is the human or the key. ``subject`` is what it is about (a rulebook). ``created_at``,
    ``started_at`` and ``ended_at`` are what people see; ``heartbeat_at`` is the machine's clock.
    ``attempt`` counts how often a worker took it up: whoever holds the number may write.
    """

    class Status(models.TextChoices):
        WAITING = "waiting"
        RUNNING = "running"
        DONE = "done"
        FAILED = "failed"
        CANCELLED = "cancelled"

    id = IdField("run")
    company_id = models.CharField(max_length=40)
    kind = models.CharField(max_length=40)
    subject = models.CharField(max_length=40, blank=True, default="")
    started_by = models.CharField(max_length=40, blank=True, default="")
    person_user = models.CharField(max_length=40, blank=True, default="")
    status = models.CharField(max_length=9, choices=Status.choices, default=Status.WAITING)
    done = models.PositiveBigIntegerField(default=0)
    total = models.PositiveBigIntegerField(default=0)
    parameters = models.JSONField(default=dict)
    result = models.JSONField(null=True, blank=True)
    error = models.CharField(max_length=400, blank=True, default="")
    attempt = models.PositiveSmallIntegerField(default=0)
    started_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    heartbeat_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(status="running") | models.Q(heartbeat_at__isnull=False),
                name="a_running_run_has_a_heartbeat",
            ),
        ]
        indexes = [
            models.Index(fields=["company_id", "-created_at"], name="runs_of_company"),
            models.Index(fields=["subject", "-created_at"], name="runs_by_subject"),
            models.Index(
                fields=["created_at"],
                condition=models.Q(status__in=["waiting", "running"]),
                name="runs_to_do",
            ),
        ]


class RunRow(models.Model):
    """One line of a run's list: a changed purchase, or what became of an imported row."""

    run = models.ForeignKey(Run, on_delete=models.CASCADE, related_name="rows")
    position = models.PositiveIntegerField()
    content = models.JSONField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["run", "position"], name="run_row_once")]
