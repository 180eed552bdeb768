"""What the buttons do with chosen values and with texts."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import gettext as _

from placet.web.rule_builder.comparisons import values_of
from placet.web.rule_builder.places import Moved, unknown_wish, walk_to
from placet.web.rule_builder.slots import Slot
from placet.web.rule_builder.texts import say_in_languages, say_once


def drop_value(root: Slot, place: str, _languages: Sequence[str]) -> Moved:
    """Take one value out of several: ``drop:parts/0:value:2``."""
    slot, name, number = _value_at(root, place)
    texts = values_of(slot, name)
    if not number.isascii() or not number.isdecimal() or int(number[:6]) >= len(texts):
        raise unknown_wish()
    gone = texts.pop(int(number))
    slot.put(name, *texts)
    return Moved(_("Taken out: %(value)s.") % {"value": gone[:60]}, _adding(place))


def pick_value(root: Slot, place: str, _languages: Sequence[str]) -> Moved:
    """Add a person who was found: ``pick:parts/0:value:mem_1``."""
    slot, name, value = _value_at(root, place)
    kept = [] if slot.one("op") == "=" else values_of(slot, name)
    slot.put(name, *dict.fromkeys((*kept, value)))
    slot.put("find")
    return Moved(_("Chosen."), _adding(place))


def _value_at(root: Slot, place: str) -> tuple[Slot, str, str]:
    at, name, value = (*place.split(":", 2), "", "")[:3]
    if name not in ("value", "members"):
        raise unknown_wish()
    return walk_to(root, at), name, value


def _adding(place: str) -> str:
    """The controls that add to a list; whichever of them is there takes the focus."""
    return f"{place.partition(':')[0]}/more"


def say_by_language(root: Slot, place: str, languages: Sequence[str]) -> Moved:
    slot, name = _text_at(root, place)
    say_in_languages(slot, name, languages)
    return Moved(_("One text a language."), f"{place.replace(':', '/').strip('/')}_in/0/text")


def say_for_everybody(root: Slot, place: str, _languages: Sequence[str]) -> Moved:
    slot, name = _text_at(root, place)
    say_once(slot, name)
    return Moved(_("One text for everybody."), place.replace(":", "/").strip("/"))


def _text_at(root: Slot, place: str) -> tuple[Slot, str]:
    at, _colon, name = place.partition(":")
    if name not in ("name", "label", "message"):
        raise unknown_wish()
    return walk_to(root, at), name
