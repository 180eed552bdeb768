"""The matrix of topics and places as a form: a box each."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

from django import forms
from django.forms import BoundField
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from placet.core.actor import Actor
from placet.notices.topics import WHERE, Topic, Wanted, kept, topics_of

LABELS: dict[str, str | Promise] = {
    "mail": _("Mail at once"),
    "in_app": _("Bell"),
    "digest": _("Daily mail"),
}


class Cell(NamedTuple):
    """A box of the matrix; a locked one is ticked and stays so."""

    field: BoundField
    label: str | Promise
    is_locked: bool


class Row(NamedTuple):
    """A topic with its boxes."""

    topic: Topic
    cells: list[Cell]


class NotificationsForm(forms.Form):
    """What is not ticked is not sent; a locked box is ticked whatever was posted."""

    def __init__(self, *args: Any, actor: Actor, wanted: dict[str, Wanted], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.topics = topics_of(actor)
        for topic in self.topics:
            for where in WHERE:
                self.fields[f"{topic.key}-{where}"] = forms.BooleanField(
                    required=False,
                    label=str(LABELS[where]),
                    initial=getattr(wanted[topic.key], where),
                    disabled=where in topic.locked,
                    widget=forms.CheckboxInput(attrs={"class": "check"}),
                )

    def rows(self) -> Iterator[Row]:
        """The table as it is drawn."""
        for topic in self.topics:
            yield Row(
                topic,
                [
                    Cell(self[f"{topic.key}-{where}"], LABELS[where], where in topic.locked)
                    for where in WHERE
                ],
            )

    @property
    def wanted(self) -> dict[str, Wanted]:
        """What was ticked, by the key of the topic."""
        ticked = self.cleaned_data
        return {
            topic.key: kept(topic, Wanted(*(ticked[f"{topic.key}-{where}"] for where in WHERE)))
            for topic in self.topics
        }
