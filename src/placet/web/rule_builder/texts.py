"""Names, labels and messages: one text for everybody, or one a language."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _

from placet.policy.reading import MAX_TEXT
from placet.web.rule_builder.slots import Slot, slot_of
from placet.web.rule_builder.writing import Writer


def fill_text(slot: Slot, name: str, text: Any) -> None:
    """Put a text into its control, or one a language into a list of them."""
    if isinstance(text, str):
        slot.put(name, text)
    elif text:
        slot.lists[f"{name}_in"] = [
            slot_of(language=language, text=said) for language, said in text.items()
        ]


def write_text(slot: Slot, name: str, at: str, pointer: str, writer: Writer) -> Any:
    """The text as the document holds it; nothing where nobody wrote one."""
    listed = slot.entries(f"{name}_in")
    if not listed:
        writer.place(f"{at}{name}", pointer, name)
        typed = slot.one(name)
        _check_length(typed, f"{at}{name}", writer)
        return typed if typed.strip() else None
    texts: dict[str, str] = {}
    for index, entry in enumerate(listed):
        control = f"{at}{name}_in/{index}/text"
        writer.place(control, pointer, name, entry.one("language"))
        typed = entry.one("text")
        _check_length(typed, control, writer)
        if typed.strip():
            texts[entry.one("language")] = typed
    return texts or None


def _check_length(typed: str, control: str, writer: Writer) -> None:
    if len(typed) > MAX_TEXT:
        writer.wrong(control, _("At most %(n)d characters.") % {"n": MAX_TEXT})


def say_in_languages(slot: Slot, name: str, languages: Sequence[str]) -> None:
    """One control a language; what stood there for everybody becomes the first one's."""
    typed = slot.one(name)
    slot.put(name)
    slot.lists[f"{name}_in"] = [
        slot_of(language=language, text=typed if index == 0 else "")
        for index, language in enumerate(languages)
    ]


def say_once(slot: Slot, name: str) -> None:
    """One control for everybody, with the first text that there was."""
    said = [entry.one("text") for entry in slot.entries(f"{name}_in")]
    slot.put(name, next((text for text in said if text.strip()), ""))
    slot.lists.pop(f"{name}_in", None)


def add_languages(slot: Slot, name: str, languages: Sequence[str]) -> None:
    """Controls for the languages of the company that a text is not said in yet."""
    listed = slot.lists.get(f"{name}_in")
    if listed:
        known = {entry.one("language") for entry in listed}
        listed += [slot_of(language=one, text="") for one in languages if one not in known]
