"""Registers the queue as what wakes the worker; nothing below knows of it."""

from __future__ import annotations

from django.apps import AppConfig


class JobsConfig(AppConfig):
    """Django's handle on ``placet.jobs``."""

    name = "placet.jobs"

    def ready(self) -> None:
        """Whoever commits an event rings the bell from now on."""
        from placet.events.wake import set_waker
        from placet.jobs.queue import ring

        set_waker(ring)
