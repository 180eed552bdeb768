"""One row of the installation itself: how far its workers have come, and whether they are held."""

from __future__ import annotations

from django.db import models


class Pulse(models.Model):
    """The only row: ``beat`` grows with every pass of a worker that did something.

    A worker keeps the last beat that it saw in a file beside the database. A database with a
    smaller one is a backup, and is held from then on: nothing happens by itself until somebody
    has looked.
    """

    name = models.CharField(max_length=20, primary_key=True)
    beat = models.PositiveBigIntegerField(default=0)
    held_at = models.DateTimeField(null=True, blank=True)
    held_because = models.CharField(max_length=200, blank=True, default="")
