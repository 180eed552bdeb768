"""What a mail says before it is set in type: one subject, one sentence, one button, the facts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from placet.core.actor import Actor


class Dropped(Exception):
    """The mail would say something that is no longer so; the text is the reason, for the list."""


@dataclass(frozen=True, slots=True)
class Recipient:
    """The reader: what they may see (``actor``), in which language and zone."""

    actor: Actor
    address: str

    @property
    def language(self) -> str:
        """The language that the member chose."""
        return self.actor.language

    @property
    def time_zone(self) -> str:
        """The zone in which their times are shown."""
        return self.actor.time_zone


@dataclass(frozen=True, slots=True)
class Letter:
    """``template`` names the pair ``….html`` and ``….txt``; ``facts`` is what they show.

    ``page_url`` is where the same stands in the portal, where the button leads elsewhere.
    ``headers`` are added to those that every mail has. ``wording`` names the letter whose own
    words are used, by default its kind; ``language`` is another one than the reader's.
    """

    subject: str
    template: str
    button_url: str
    facts: Mapping[str, Any]
    page_url: str = ""
    headers: Mapping[str, str] = field(default_factory=dict)
    wording: str = ""
    language: str = ""
