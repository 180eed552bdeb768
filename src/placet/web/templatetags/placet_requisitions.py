"""Tags of the parts of a requisition's page that read what they need themselves."""

from __future__ import annotations

from django import template
from django.template.context import Context

from placet.requisitions.models import Requisition
from placet.web.requisitions.nudging import NudgeBox, read_nudge_box
from placet.web.requisitions.page import RequisitionPage
from placet.web.requisitions.revising import RevisingActs, read_acts

register = template.Library()


@register.simple_tag(takes_context=True)
def nudge_box(context: Context, requisition: Requisition) -> NudgeBox | None:
    """Whom the reader could ask again, where this is their purchase and somebody is asked."""
    shell = context["ui"]
    return read_nudge_box(shell.actor, requisition, context["now"])


@register.simple_tag(takes_context=True)
def revising_acts(context: Context, shown: RequisitionPage) -> RevisingActs:
    """What the reader may do with the content: edit it, try it again, plan it again."""
    shell = context["ui"]
    return read_acts(shell.actor, shown.requisition, shown.edited)
