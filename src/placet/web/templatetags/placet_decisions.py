"""Tags of the parts of the decision page and of the requisition's that read what they need."""

from __future__ import annotations

from django import template
from django.template.context import Context

from placet.requisitions.models import Requisition
from placet.web.decisions.suggested import SuggestionBox, read_suggestion_box
from placet.web.decisions.wishes import Wishes, read_wishes
from placet.web.inbox.page import DecisionPage

register = template.Library()


@register.simple_tag(takes_context=True)
def step_wishes(context: Context, page: DecisionPage) -> Wishes | None:
    """What the reader may say beside yes and no; read once a page."""
    key = "step_wishes"
    if key not in context.render_context:
        shell = context["ui"]
        context.render_context[key] = read_wishes(shell.actor, page)
    found: Wishes | None = context.render_context[key]
    return found


@register.simple_tag(takes_context=True)
def suggestion_box(context: Context, requisition: Requisition) -> SuggestionBox | None:
    """The open suggestions; as the view has read them where some of them were refused."""
    if "box" in context:
        given: SuggestionBox | None = context["box"]
        return given
    shell = context["ui"]
    return read_suggestion_box(shell.actor, requisition, now=context["now"])


@register.filter
def typed(posted: object, number: int) -> str:
    """What was typed for a line: ``line-3``; empty where nothing was."""
    get = getattr(posted, "get", None)
    return str(get(f"line-{number}", "")) if get else ""
