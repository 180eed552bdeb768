"""Conversations as one reader sees them: who spoke, and where somebody is named."""

from __future__ import annotations

import re
from typing import NamedTuple

from django import template

from placet.conversations.people import name_for
from placet.core.actor import Actor
from placet.threads.models import Comment

register = template.Library()

NAMED = re.compile(r"(?<!\w)@\w{1,60}")


class SpokenPart(NamedTuple):
    """A piece of what was written; a mention is told to whom it names."""

    text: str
    is_mention: bool


class Speaker(NamedTuple):
    """Who said something: the name, what stands beside it, and whether they are outside."""

    name: str
    note: str
    is_outside: bool


@register.simple_tag
def spoken_by(comment: Comment, reader: Actor) -> Speaker:
    """`{% spoken_by comment ui.actor as who %}`: a guest with the address that they confirmed.

    To a customer the supplier's people are the supplier; the supplier sees whose people speak.
    """
    name = name_for(comment, reader)
    author = comment.author
    if author is None:
        return Speaker(name, comment.guest_address, True)
    if author.company_id == reader.company_id:
        return Speaker(name, author.title, False)
    return Speaker(name, author.company.name if reader.is_merchant else "", False)


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
