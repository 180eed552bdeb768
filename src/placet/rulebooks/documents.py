"""The text of a rulebook on its way in: read, bounded, written canonically."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any, Final, NamedTuple

from django.utils.translation import gettext as _

from placet.core.errors import InvalidInput
from placet.events.canonical import canonical_bytes
from placet.policy.checking.examples import read_examples
from placet.policy.reading import InvalidPart
from placet.policy.rulebook import CompiledRulebook, InvalidRulebook, compile_rulebook

LARGEST_DOCUMENT: Final = 1_000_000
"""Bytes of a rulebook's document, and of its examples."""


class Written(NamedTuple):
    """A document and its examples as canonical JSON, with the document compiled."""

    document: str
    examples: str
    compiled: CompiledRulebook


def write_document(
    document: Mapping[str, Any], examples: Sequence[Mapping[str, Any]], *, side: str
) -> Written:
    """Check a document and its examples, and write both down.

    What is written is what is read again: writing composes characters, so two ids may become one
    and a text may grow. Raises ``InvalidInput`` with the pointer of the first fault; ``faults``
    has all of them.
    """
    compile_document(document, side=side)
    written = _write("document", document)
    compiled = compile_document(read_text(written), side=side)
    _read_examples(examples, compiled)
    beside = _write("examples", list(examples))
    _read_examples(read_text(beside), compiled)
    return Written(written, beside, compiled)


def _write(path: str, part: object) -> str:
    try:
        written = canonical_bytes(part)
    except (TypeError, UnicodeEncodeError) as error:
        raise InvalidInput(path, "not_json", _("This holds what is no text.")) from error
    if len(written) > LARGEST_DOCUMENT:
        raise InvalidInput(path, "too_large", _("A rulebook has at most a million characters."))
    return written.decode()


def _read_examples(examples: Sequence[Mapping[str, Any]], compiled: CompiledRulebook) -> None:
    try:
        read_examples(examples, compiled)
    except InvalidPart as error:
        fault = error.fault
        raise InvalidInput(
            fault.pointer.strip("/"), fault.code, fault.detail, faults=(fault,)
        ) from error


def compile_document(document: Mapping[str, Any], *, side: str) -> CompiledRulebook:
    """The engine's reading of a document; raises ``InvalidInput`` with pointers."""
    try:
        compiled = compile_rulebook(document)
    except InvalidRulebook as error:
        fault = error.faults[0]
        raise InvalidInput(
            f"document{fault.pointer}", fault.code, fault.detail, faults=error.faults
        ) from error
    if compiled.side != side:
        raise InvalidInput("document/side", "wrong_side", _("These are the other side's rules."))
    return compiled


def read_text(text: str) -> Any:
    """What a stored column says; it was written by ``write_document``."""
    return json.loads(text)
