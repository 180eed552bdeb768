"""A page as a person without JavaScript has it: its words, its links, its forms with their values.

Stories send the forms that the page really carries, hidden values included, so that what is decided
or submitted is what was shown.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.parse import urljoin, urlsplit

SKIPPED = frozenset({"script", "style", "template"})
VOID = frozenset({"input", "meta", "link", "br", "hr", "img", "use", "path", "source", "wbr"})
Attributes = dict[str, str]


@dataclass
class Form:
    """A form: where it goes, what it holds, which buttons send it."""

    action: str
    method: str
    name: str = ""
    values: list[tuple[str, str]] = field(default_factory=list)
    buttons: list[tuple[str, str]] = field(default_factory=list)
    offered: dict[str, list[str]] = field(default_factory=dict)
    senders: list[bool] = field(default_factory=list)

    @property
    def can_be_sent(self) -> bool:
        """Whether a button sends it; one whose buttons are all disabled is only shown."""
        return any(self.senders) or not self.senders

    def filled(self, **wanted: str) -> dict[str, list[str]]:
        """What is sent when somebody writes these values into it; each must have its field."""
        known = {name for name, _value in (*self.values, *self.buttons)} | set(self.offered)
        unknown = set(wanted) - known
        assert not unknown, f"{self.action} has no field {sorted(unknown)}, but {sorted(known)}"
        sent: dict[str, list[str]] = {}
        for name, value in self.values:
            if name not in wanted:
                sent.setdefault(name, []).append(value)
        return {**sent, **{name: [value] for name, value in wanted.items()}}


class Screen:
    """An answer of the server as a person sees it."""

    def __init__(self, url: str, status: int, html: str) -> None:
        self.url, self.status, self.html = url, status, html
        reader = _Reader(url)
        reader.feed(html)
        reader.close()
        self.words = _plain(" ".join(reader.words))
        self.forms, self.links = reader.finished(), reader.links

    def __contains__(self, words: str) -> bool:
        """Whether these words stand on the page, whatever the markup and the spaces."""
        return _plain(words) in self.words

    def __repr__(self) -> str:
        """What failing stories print."""
        return f"<{self.url} {self.status}: {self.words[:3000]}>"

    def form(self, address: str) -> Form:
        """The form that goes to this address; fails when the person is not offered it."""
        found = self.forms_to(address)
        assert found, f"{self.url} has no form to {address}: {[one.action for one in self.forms]}"
        return found[0]

    def forms_to(self, address: str) -> list[Form]:
        """Every POST form to this address."""
        posted = [one for one in self.forms if one.method == "post" and one.can_be_sent]
        return [one for one in posted if one.action == address]


class _Reader(HTMLParser):
    """Collects words, links and forms."""

    def __init__(self, url: str) -> None:
        super().__init__(convert_charrefs=True)
        self.url = url
        self.words: list[str] = []
        self.links: list[str] = []
        self.forms: list[Form] = []
        self._form: Form | None = None
        self._skipping = 0
        self._select: tuple[Form, str] | None = None
        self._text: tuple[Form, str] | None = None
        self._apart: list[tuple[str, str, Attributes]] = []

    def finished(self) -> list[Form]:
        """The forms, with the controls that stand elsewhere on the page and name them."""
        for tag, owner, attributes in self._apart:
            for form in self.forms:
                if form.name == owner:
                    self._control(form, tag, attributes)
        return self.forms

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        attributes = {name: value or "" for name, value in attrs}
        if tag in SKIPPED:
            self._skipping += 1
        if tag == "a" and "href" in attributes:
            self.links.append(_path(self.url, attributes["href"]))
        if tag == "form":
            action = _path(self.url, attributes.get("action", ""))
            method = attributes.get("method", "get").lower()
            self._form = Form(action, method, attributes.get("id", ""))
            self.forms.append(self._form)
        elif tag == "option" and self._select:
            form, name = self._select
            form.offered.setdefault(name, []).append(attributes.get("value", ""))
            if "selected" in attributes:
                form.values.append((name, attributes.get("value", "")))
        elif tag in ("input", "button", "select", "textarea"):
            if "form" in attributes:
                self._apart.append((tag, attributes["form"], attributes))
            elif self._form is not None:
                self._control(self._form, tag, attributes)

    def _control(self, form: Form, tag: str, attributes: Attributes) -> None:
        name, value = attributes.get("name", ""), attributes.get("value", "")
        kind = attributes.get("type", "text" if tag == "input" else "submit")
        if tag in ("button", "input") and kind in ("submit", "image"):
            form.senders.append("disabled" not in attributes)
        if not name or "disabled" in attributes:
            return
        if tag == "button" or kind == "submit":
            form.buttons.append((name, value))
        elif tag == "select":
            form.offered.setdefault(name, [])
            self._select = (form, name)
        elif tag == "textarea":
            self._text = (form, name)
            form.values.append((name, ""))
        elif kind in ("checkbox", "radio"):
            form.offered.setdefault(name, []).append(value or "on")
            if "checked" in attributes:
                form.values.append((name, value or "on"))
        else:
            form.values.append((name, value))

    def handle_endtag(self, tag: str) -> None:
        if tag in SKIPPED:
            self._skipping -= 1
        elif tag == "form":
            self._form = None
        elif tag == "select" and self._select:
            form, name = self._select
            self._select = None
            if form.offered[name] and name not in dict(form.values):
                form.values.append((name, form.offered[name][0]))
        elif tag == "textarea":
            self._text = None

    def handle_data(self, data: str) -> None:
        if self._text:
            form, name = self._text
            index = max(i for i, one in enumerate(form.values) if one[0] == name)
            form.values[index] = (name, form.values[index][1] + data)
        elif not self._skipping:
            self.words.append(data)


def _plain(words: str) -> str:
    """One space wherever a person sees a gap, none before a comma or a full stop."""
    return re.sub(r" ([,.;:!?])", r"\1", re.sub(r"\s+", " ", words)).strip()


def _path(base: str, address: str) -> str:
    return urlsplit(urljoin(base, address)).path
