"""Who answers for a category in a company; rules ask them as *category owner*."""

from __future__ import annotations

from datetime import datetime

from django.db.models import F
from django.utils.translation import gettext as _

from placet.catalog.models import Category, CategoryOwner
from placet.companies.models import Member
from placet.companies.permissions import COMPANY_MANAGE, can_favour, require
from placet.companies.refusals import refuse, refuse_foreign
from placet.core.actor import Actor
from placet.core.errors import InvalidInput
from placet.core.transaction import transaction
from placet.events.record import record


@transaction
def name_category_owner(
    category: Category, *, member: Member | None, actor: Actor, now: datetime
) -> CategoryOwner | None:
    """Let a member answer for a category and what is below it; ``None`` leaves it to those above.

    A category below with an owner of its own keeps that one. Raises ``Forbidden``, ``NotFound`` for
    somebody of another company, and ``InvalidInput`` for somebody who is not active. Nobody names
    themselves: rules may ask the owner to decide.
    """
    require(actor, COMPANY_MANAGE)
    owned = CategoryOwner.objects.filter(company_id=actor.company_id, category=category)
    if member is None:
        owned.delete()
        named = None
    else:
        refuse_foreign(actor, member.company_id)
        refuse(can_favour(actor, member))
        if member.status != Member.Status.ACTIVE:
            raise InvalidInput(
                "member", "inactive", _("%(name)s is not active.") % {"name": member.user.name}
            )
        named, is_new = CategoryOwner.objects.get_or_create(
            company_id=actor.company_id,
            category=category,
            defaults={"member": member, "created_at": now},
        )
        if not is_new:
            owned.update(member=member, version=F("version") + 1)
            named.refresh_from_db()
    record(
        "category.owner_named" if member else "category.owner_removed",
        category.id,
        actor=actor,
        now=now,
        company_id=actor.company_id,
        category=category.path,
        member=member.id if member else "",
    )
    return named
