"""Every ``code`` that a problem may have, with what it means: read from the errors themselves."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final, NamedTuple

from placet.core.errors import InvalidInput, PlacetError

# Errors that stand for a family of others, and are never raised by themselves.
FAMILIES: Final = (PlacetError,)
QUOTED: Final = re.compile(r"``([^`]*)``")
# What a command of the operator says is no answer of the API, loaded or not.
COMMANDS: Final = "placet.jobs."
# What an error knows beside its sentence stands in the problem under its own name.
FACT: Final = re.compile(r"`facts\[[\"'](\w+)[\"']\]`")


class ProblemCode(NamedTuple):
    """A code, the status that it comes with, and its meaning in a sentence."""

    code: str
    status: int
    meaning: str


def list_problems() -> list[ProblemCode]:
    """All codes by status and name; one sentence each, the first of the error's description."""
    found = {
        (error.status, error.code): ProblemCode(error.code, error.status, _meaning(error))
        for error in sorted(_errors(PlacetError), key=_depth, reverse=True)
        if error not in FAMILIES and not error.__module__.startswith(COMMANDS)
    }
    return [found[key] for key in sorted(found)]


def _errors(error: type[PlacetError]) -> Iterator[type[PlacetError]]:
    yield error
    for narrower in error.__subclasses__():
        # One value that does not fit is a fault of its own; the request as a whole is ``invalid``.
        if error is not InvalidInput:
            yield from _errors(narrower)


def _depth(error: type[PlacetError]) -> tuple[int, str]:
    """Those that say a code first are described last, so that theirs is what stays."""
    return len(error.__mro__), error.__name__


def _meaning(error: type[PlacetError]) -> str:
    """The first sentences of the description, as plain text."""
    words = " ".join((error.__doc__ or "").split("\n\n")[0].split())
    return FACT.sub(r"`\1`", QUOTED.sub(r"`\1`", words)).replace("`facts`", "more fields")
