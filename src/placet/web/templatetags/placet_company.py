"""Tags of the company's own pages."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import template
from django.template.context import Context

from placet.orders.content import Content
from placet.web.company.tabs import list_tabs
from placet.web.references.facts import ReferenceFact, list_line_facts, list_reference_facts

register = template.Library()


@register.inclusion_tag("web/company/tabs.html", takes_context=True)
def company_tabs(context: Context, current: str) -> dict[str, Any]:
    """The tabs of the company's places; ``current`` is the name of this page's."""
    return {"tabs": list_tabs(context["ui"].actor, current)}


@register.simple_tag(takes_context=True)
def reference_facts(
    context: Context, references: Mapping[str, str], company_id: str
) -> list[ReferenceFact]:
    """The company's own references of a purchase, as far as whoever reads this page sees them.

    A page outside any company names its reader as ``reader``.
    """
    shell = context.get("ui")
    reader = context.get("reader") or (shell.actor if shell else None)
    if reader is None or not references:
        return []
    return list_reference_facts(references, company_id=company_id, reader=reader)


@register.simple_tag(takes_context=True)
def line_facts(context: Context, content: Content) -> Mapping[int, list[ReferenceFact]]:
    """What the lines of a purchase say in the company's own fields; one query, none without any."""
    shell = context.get("ui")
    reader = context.get("reader") or (shell.actor if shell else None)
    return {} if reader is None else list_line_facts(content, reader=reader)


@register.simple_tag
def facts_of_line(
    facts: Mapping[int, list[ReferenceFact]] | str, number: int
) -> list[ReferenceFact]:
    """Those of one line; a page that did not ask has none."""
    return [] if isinstance(facts, str) else facts.get(number, [])
