"""Reading what the desk often offers."""

from __future__ import annotations

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from placet.core.actor import Actor
from placet.core.errors import NotFound
from placet.quotes.models import QuoteTemplate
from placet.quotes.permissions import can_keep_templates


def list_templates(actor: Actor) -> QuerySet[QuoteTemplate]:
    """The templates by name, for whoever works on quotes; nothing for anybody else."""
    found = QuoteTemplate.objects.select_related("changed_by__user").order_by("name", "id")
    return found if can_keep_templates(actor) is None else found.none()


def get_template(actor: Actor, key: str) -> QuoteTemplate:
    """One of them by id; ``NotFound`` outside reach."""
    found = list_templates(actor).filter(pk=key).first()
    if found is None:
        raise NotFound(_("There is no such template."))
    return found
