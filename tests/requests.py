"""What Django's test client does for each browser and each template, done once or not at all.

A ``Client()`` builds the whole chain of middleware for its first request, and most of ours make one
request. Django also tells the client of every template that was rendered, with a copy of what it
was given; no test of ours asks for that, for it is the answer that counts.
"""

from __future__ import annotations

from typing import Any

from django.core.signals import setting_changed
from django.template.base import Template
from django.test import Client
from django.test.client import ClientHandler
from django.test.utils import _TestState

_handlers: dict[bool, ClientHandler] = {}


def share_middleware() -> None:
    """From here on all browsers send their requests through the same chain."""
    made = Client.__init__

    def init(self: Client, enforce_csrf_checks: bool = False, *args: Any, **kwargs: Any) -> None:
        made(self, enforce_csrf_checks, *args, **kwargs)
        self.handler = _handlers.setdefault(enforce_csrf_checks, self.handler)

    Client.__init__ = init  # type: ignore[method-assign]
    setting_changed.connect(_forget_handlers, dispatch_uid="tests.requests")


def render_untold() -> None:
    """From here on templates are rendered as in an installation."""
    Template._render = _TestState.saved_data.template_render  # type: ignore[attr-defined]


def _forget_handlers(**_changed: Any) -> None:
    """The settings of a test are the settings of its middleware."""
    _handlers.clear()
