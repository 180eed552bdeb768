"""What a stuck step is given to somebody else with."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from placet.core.actor import Actor
from placet.requisitions.health import list_candidates
from placet.requisitions.models import Step


class GiveStepForm(forms.Form):
    """Who is asked beside those who are, and why; the choices are those who may decide."""

    to = forms.CharField(max_length=40, label=_("Ask"))
    reason = forms.CharField(
        max_length=400,
        label=_("Why"),
        help_text=_("Everybody who sees the purchase's record reads this."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, *args: Any, actor: Actor, step: Step, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        people = [
            (member.pk, f"{member.user.name}, {member.unit.name}")
            for member in list_candidates(actor, step)
        ]
        self.has_candidates = bool(people)
        self.fields["to"].widget = forms.Select(choices=[("", _("Choose somebody")), *people])
