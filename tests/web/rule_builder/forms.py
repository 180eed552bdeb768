"""Forms of rules as a browser sends them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from html.parser import HTMLParser
from typing import Any

from django.test import Client
from django.utils import translation

from placet.core.actor import Actor
from placet.rulebooks.models import Rulebook
from placet.web.rule_builder.rules import fill_rule
from placet.web.rule_builder.slots import write_names
from tests.cast import Cast
from tests.web.pages import as_actor

Form = dict[str, list[str]]
OVER_500: dict[str, Any] = {
    "id": "over-500",
    "name": "Over 500",
    "when": {
        "field": "purchase.amount",
        "op": ">",
        "value": {"amount_minor": 500_00, "currency": "EUR"},
    },
    "then": {
        "effect": "require",
        "steps": [{"approvers": [{"select": "head", "levels_up": 1}], "rank": 10}],
    },
}


def form_of(rule: Mapping[str, Any], do: str = "save") -> Form:
    """The fields of a rule's form on version 1 of a rulebook, and the button that was pressed."""
    with translation.override("en"):
        sent = dict(write_names(fill_rule(rule, "en")))
    seen = {"version": [""], "based_on": ["1"]}
    return {name: list(texts) for name, texts in sent.items()} | {"do": [do], **seen}


def rulebook_of(cast: Cast) -> Rulebook:
    """Meridian's rulebook."""
    return Rulebook.objects.get(company_id=cast.company["meridian"])


class _Fields(HTMLParser):
    """Collects what a browser would send of the builder's form, and its buttons."""

    def __init__(self) -> None:
        super().__init__()
        self.fields: Form = {}
        self.buttons: list[str] = []
        self.is_inside = False
        self.select: str | None = None
        self.area: str | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        have = {name: value or "" for name, value in attrs}
        if tag == "form":
            self.is_inside = have.get("id") == "builder"
        if not self.is_inside:
            return
        name = have.get("name", "")
        if tag == "button" and name == "do":
            self.buttons.append(have["value"])
        elif tag == "input" and name:
            if have.get("type") != "checkbox" or "checked" in have:
                self.fields.setdefault(name, []).append(have.get("value", ""))
        elif tag == "select":
            self.select = name
            self.fields.setdefault(name, [])
        elif tag == "option" and self.select is not None:
            # The first option is sent where none is chosen.
            if "selected" in have or not self.fields[self.select]:
                self.fields[self.select] = [have.get("value", "")]
        elif tag == "textarea":
            self.area = name
            self.fields[name] = [""]

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self.is_inside = False
        self.select = None if tag == "select" else self.select
        self.area = None if tag == "textarea" else self.area

    def handle_data(self, data: str) -> None:  # the parser calls it by this name
        if self.area is not None:
            self.fields[self.area] = [(self.fields[self.area][0] + data).removeprefix("\n")]


class Builder:
    """A browser without script on the page of the builder."""

    def __init__(self, actor: Actor, rulebook: Rulebook, path: str = "new-rule/") -> None:
        self.browser: Client = as_actor(actor)
        address, _mark, query = path.partition("?")
        self.address = f"/c/{actor.company_slug}/rules/{rulebook.pk}/{address}"
        self.fields: Form = {}
        self.buttons: list[str] = []
        self.answer: Any = self.browser.get(f"{self.address}?{query}" if query else self.address)
        self._read()

    def press(self, do: str, **typed: str) -> Builder:
        """Type into fields (``parts__0__value``) and press a button."""
        for name, text in typed.items():
            self.fields[name.replace("__", "/")] = [text]
        self.answer = self.browser.post(self.address, {**self.fields, "do": do})
        self._read()
        return self

    @property
    def text(self) -> str:
        """The page."""
        return str(self.answer.content.decode())

    @property
    def complaints(self) -> list[str]:
        """What the page says is wrong or missing, with the control that each belongs to."""
        listed = re.findall(r'<li><svg.*?<a href="#(.*?)">(.*?)</a></li>', self.text)
        return [f"{name}: {re.sub('<.*?>', '', said)}" for name, said in listed]

    def one(self, name: str) -> str:
        """What stands in a field."""
        return self.fields[name][-1]

    def _read(self) -> None:
        if self.answer.status_code in (200, 409, 422):
            found = _Fields()
            found.feed(self.text)
            self.fields, self.buttons = found.fields, found.buttons
