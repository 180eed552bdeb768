"""Choosing a customer, or who is in charge of it, among the filters of a list."""

from __future__ import annotations

from typing import Any, Final

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from placet.companies.models import CustomerRep
from placet.companies.queries import list_companies
from placet.core.actor import Actor

MOST_CHOICES: Final = 500


def select_customer(actor: Actor) -> forms.Select:
    """The customers that the actor sees, by name, after all of them."""
    return _select(list_companies(actor).values_list("pk", "name"))


def select_rep() -> forms.Select:
    """Whoever is in charge of a customer, by name, after all of them."""
    reps = CustomerRep.objects.order_by("member__user__name")
    return _select(reps.values_list("member_id", "member__user__name").distinct())


def _select(rows: QuerySet[Any, tuple[str, str]]) -> forms.Select:
    choices = [("", _("All")), *rows[:MOST_CHOICES]]
    return forms.Select(choices=choices, attrs={"class": "select"})
