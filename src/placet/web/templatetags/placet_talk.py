"""Filters of conversations: a comment cut where it names somebody who was told."""

from __future__ import annotations

import re
from typing import NamedTuple

from django import template

from placet.threads.models import Comment

register = template.Library()

NAMED = re.compile(r"(?<!\w)@\w{1,60}")


class SpokenPart(NamedTuple):
    """A piece of what was written; a mention is told to whom it names."""

    text: str
    is_mention: bool


@register.filter
def spoken_parts(comment: Comment) -> list[SpokenPart]:
    """`{% for part in comment|spoken_parts %}`: the text, with mentions apart.

    Where nobody was told, an @ is just a letter.
    """
    text = comment.text
    if not comment.mentions.all():
        return [SpokenPart(text, False)]
    parts, end = [], 0
    for found in NAMED.finditer(text):
        parts += [SpokenPart(text[end : found.start()], False), SpokenPart(found.group(), True)]
        end = found.end()
    parts.append(SpokenPart(text[end:], False))
    return [part for part in parts if part.text]
