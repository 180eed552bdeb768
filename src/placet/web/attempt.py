"""Wishing something of an action from a form: the answer, or the refusal beside its field."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from django import forms

from placet.core.errors import Conflict, Forbidden, InvalidInput, NotFound
from placet.web.refused import show_refusal

Answer = TypeVar("Answer")


def attempt(form: forms.Form, wish: Callable[[], Answer], **fields: str) -> Answer | None:
    """What the action answers; nothing where nothing was sent, or form or action refuse it.

    ``fields`` says which field stands for which path of a refusal.
    """
    if not form.is_bound or not form.is_valid():
        return None
    try:
        return wish()
    except (InvalidInput, Conflict, Forbidden, NotFound) as error:
        show_refusal(form, error, **fields)
        return None


def status_of(form: forms.Form) -> int:
    """422 for a page that comes back with what was refused, 200 for every other."""
    return 422 if form.is_bound and form.errors else 200
