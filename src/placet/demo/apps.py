"""Hooks the demo into the clock, and only where the demo is on."""

from __future__ import annotations

from django.apps import AppConfig
from django.conf import settings


class DemoConfig(AppConfig):
    """Django's handle on ``placet.demo``."""

    name = "placet.demo"

    def ready(self) -> None:
        """Business time follows the demo's clock, in the web and in the worker."""
        if settings.PLACET_DEMO:
            from placet.core.clock import set_offset_source
            from placet.demo.clock import read_offset

            set_offset_source(read_offset)
