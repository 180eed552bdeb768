"""A whole rule as slots and back: condition, effect, name and message."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final, NamedTuple

from placet.policy.reading import Fault
from placet.policy.rulebook import FORMAT, InvalidRulebook, Rulebook, read_rulebook
from placet.web.rule_builder.comparisons import settle_comparison
from placet.web.rule_builder.conditions import fill_condition, settle_parts, write_surrounded
from placet.web.rule_builder.effects import fill_effect, settle_effect, write_effect
from placet.web.rule_builder.fault_words import sentence_of
from placet.web.rule_builder.slots import Slot
from placet.web.rule_builder.texts import fill_text, write_text
from placet.web.rule_builder.writing import Document, Problem, Writer

UNNAMED: Final = "new"
"""Stands for the id of a rule that has none yet, while it is tried."""


class Built(NamedTuple):
    """What a form says: the rule as a document, the engine's reading, and what is not right.

    ``book`` is there where nothing is wrong and nothing is missing.
    """

    document: Document
    book: Rulebook | None
    problems: list[Problem]


def fill_rule(document: Mapping[str, Any], language: str) -> Slot:
    """The slots of a rule."""
    slot = Slot()
    fill_text(slot, "name", document.get("name"))
    fill_text(slot, "message", document.get("message"))
    fill_condition(document["when"], slot, language)
    fill_effect(document["then"], slot, language)
    return slot


def settle_rule(slot: Slot) -> None:
    """Bring the form in order after something was chosen in it."""
    settle_parts(slot, settle_comparison)
    settle_effect(slot)


def build_rule(slot: Slot, *, rule_id: str, side: str, currency: str) -> Built:
    """The rule that a form says; ``currency`` is the company's."""
    writer = Writer(currency)
    document: Document = {"id": rule_id or UNNAMED}
    name = write_text(slot, "name", "", "", writer)
    if name is not None:
        document["name"] = name
    document["when"] = write_surrounded(slot, "", writer.place("joint", "", "when"), writer)
    document["then"] = write_effect(slot, writer.place("effect", "", "then"), writer)
    message = write_text(slot, "message", "", "", writer)
    if message is not None:
        document["message"] = message
    if writer.problems:
        return Built(document, None, writer.problems)
    return _read(document, side, writer)


def _read(document: Document, side: str, writer: Writer) -> Built:
    try:
        book = read_alone(document, side)
    except InvalidRulebook as error:
        return Built(document, None, [_problem(fault, writer) for fault in error.faults])
    return Built(document, book, [])


def read_alone(document: Mapping[str, Any], side: str) -> Rulebook:
    """The engine's reading of a rule, in a rulebook of its own; raises ``InvalidRulebook``."""
    return read_rulebook({"format": FORMAT, "side": side, "default": "free", "rules": [document]})


def _problem(fault: Fault, writer: Writer) -> Problem:
    pointer = fault.pointer.removeprefix("/rules/0")
    return Problem(writer.control_of(pointer), sentence_of(fault))
