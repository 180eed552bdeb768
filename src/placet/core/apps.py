"""Wires what holds for every table: append-only ones get their triggers after each migrate."""

from __future__ import annotations

from typing import Any

from django.apps import AppConfig
from django.db.models.signals import post_migrate


class CoreConfig(AppConfig):
    """Django's handle on ``placet.core``."""

    name = "placet.core"

    def ready(self) -> None:
        """SQLite drops triggers when a migration rebuilds a table, so they are made again."""
        from placet.core import checks  # noqa: F401  registers the start-up checks

        post_migrate.connect(_install_after_migrate, dispatch_uid="placet.append_only")


def _install_after_migrate(sender: Any, using: str, **_: Any) -> None:
    from placet.core.append_only import install_append_only

    if sender.name == "placet.core":
        return
    install_append_only(using)
