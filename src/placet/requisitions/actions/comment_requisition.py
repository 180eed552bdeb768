"""Conversations about a purchase go on after it was submitted, and after it has ended."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime

from django.utils.translation import gettext as _

from placet.companies.holding import hold_actor
from placet.companies.refusals import refuse
from placet.core.actor import Actor
from placet.core.errors import NotFound
from placet.core.transaction import transaction
from placet.requisitions.lifecycle import lock_requisition
from placet.requisitions.models import Requisition
from placet.requisitions.permissions import can_comment_on_requisition
from placet.requisitions.queries import get_requisition
from placet.requisitions.talking import find_thread, list_audience, thread_for
from placet.threads.actions import add_comment, reopen_thread, resolve_thread
from placet.threads.files import NewFile
from placet.threads.models import Comment, Thread


@transaction
def comment_on_requisition(
    requisition: Requisition,
    *,
    text: str,
    line: int = 0,
    mentions: Collection[str] = (),
    files: Sequence[NewFile] = (),
    actor: Actor,
    now: datetime,
) -> Comment:
    """Say something about the purchase, or about a line of its current revision.

    For everybody who sees it on the buyer's side; the merchant's people never do. Only those who
    see the purchase are told when they are named. Raises ``NotFound`` and ``Forbidden``.
    """
    locked = _entered(requisition, actor)
    return add_comment(
        thread_for(locked, line, actor=actor, now=now),
        text=text,
        about=locked.pk,
        mentions=mentions,
        audience=list_audience(locked),
        files=files,
        actor=actor,
        now=now,
    )


@transaction
def ask_requester(
    requisition: Requisition, *, text: str, line: int = 0, actor: Actor, now: datetime
) -> Comment:
    """Ask the requester a question: a comment by which they are told. Nothing is decided by it."""
    return comment_on_requisition(
        requisition,
        text=text,
        line=line,
        mentions=[requisition.requester_id],
        actor=actor,
        now=now,
    )


@transaction
def resolve_requisition_thread(
    requisition: Requisition, *, line: int = 0, actor: Actor, now: datetime
) -> Thread:
    """Say that a question is answered; an answer opens it again. Said twice: ``Conflict``."""
    locked = _entered(requisition, actor)
    thread = find_thread(locked, line)
    if thread is None:
        raise NotFound(_("There is no conversation here."))
    return resolve_thread(thread, about=locked.pk, actor=actor, now=now)


@transaction
def reopen_requisition_thread(
    requisition: Requisition, *, line: int = 0, actor: Actor, now: datetime
) -> Thread:
    """Say that a question is not answered after all. One that is open: ``Conflict``."""
    locked = _entered(requisition, actor)
    thread = find_thread(locked, line)
    if thread is None:
        raise NotFound(_("There is no conversation here."))
    return reopen_thread(thread, about=locked.pk, actor=actor, now=now)


def _entered(requisition: Requisition, actor: Actor) -> Requisition:
    """The purchase, locked so that of two conversations that begin at once one stays."""
    hold_actor(actor)
    get_requisition(actor, requisition.pk)
    locked = lock_requisition(requisition.pk)
    refuse(can_comment_on_requisition(actor, locked))
    return locked
