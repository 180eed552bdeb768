"""Holding a company: while a purchase is decided nobody suspends it or changes who decides.

Whoever submits, decides or places holds the company's row together with the others (a shared
lock); whoever suspends it, or changes who may decide, has it alone until the commit. So a change of
the organisation meets every open step, and every step is staffed from an organisation that stays.
This is the first lock of a transaction. SQLite has one writer and needs none.
"""

from __future__ import annotations

from django.db import connection
from django.utils.translation import gettext as _

from placet.companies.acting import refuse_suspended
from placet.companies.models import Company, Member
from placet.core import sql
from placet.core.actor import Actor
from placet.core.errors import Forbidden
from placet.core.transaction import running

HOLD = "SELECT status, name FROM companies_company WHERE id IN ({ids}) ORDER BY id"


def hold_companies(*company_ids: str, member_id: str = "") -> None:
    """Let pass only while all of these are active, and with them this member.

    An actor was read before the transaction; this reads again, under the lock. Raises
    ``CompanySuspended`` and, for a member who was deactivated meanwhile, ``Forbidden``.
    """
    for status, name in read_held(*company_ids):
        refuse_suspended(status, name)
    _refuse_ended(member_id)


def hold_actor(actor: Actor) -> None:
    """Let the actor pass only while their company and their membership last; nothing by themselves.

    For writes that change nobody's rights: they do not have to wait for each other. Whoever orders
    on behalf of somebody is held by ``hold_on_behalf`` around it.
    """
    if not actor.is_system:
        hold_companies(actor.company_id, member_id=actor.member_id)


def read_held(*company_ids: str) -> list[tuple[str, str]]:
    """The status and the name of each, which stay so until this transaction ends."""
    running()
    wanted = sorted(set(company_ids))
    statement = HOLD.format(ids=", ".join(["%s"] * len(wanted)))
    shared = " FOR SHARE" if connection.vendor == "postgresql" else ""
    return [(status, name) for status, name in sql.rows(statement + shared, wanted)]


def change_company_alone(company_id: str, *, actor: Actor) -> None:
    """Wait for those who hold the company, and let nobody hold it until this transaction ends.

    Whoever waited for a suspension, or for their own leaving, changes nothing any more. Raises
    ``CompanySuspended`` and ``Forbidden`` as ``hold_companies`` does; the merchant's people may
    change a company that is suspended.
    """
    running()
    locked = Company.objects.select_for_update(no_key=True).filter(pk=company_id)
    for status, name in list(locked.values_list("status", "name")):
        if actor.company_id == company_id and not actor.is_system:
            refuse_suspended(status, name)
    if not actor.is_system:
        _refuse_ended(actor.member_id)


def _refuse_ended(member_id: str) -> None:
    if not member_id:
        return
    active = Member.objects.filter(
        pk=member_id, status=Member.Status.ACTIVE, user__is_active=True
    ).exists()
    if not active:
        raise Forbidden(_("This membership has ended."), reason="member_deactivated")
