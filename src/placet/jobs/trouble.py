"""Errors as the log may hold them: their kind and their place, never a text with a name in it."""

from __future__ import annotations

import traceback

FRAMES = 4


def place_of(error: BaseException) -> list[str]:
    """Where an error came from: file, line and function of the innermost calls."""
    frames = traceback.extract_tb(error.__traceback__)[-FRAMES:]
    return [f"{frame.filename}:{frame.lineno} {frame.name}" for frame in frames]
