"""Reading lists: one's own, those of one's units and the company, those that colleagues share."""

from __future__ import annotations

from django.db.models import Count, QuerySet
from django.utils.translation import gettext as _

from placet.carts.lists.permissions import can_edit_list, can_view_list
from placet.carts.lists.sight import visible_lists
from placet.carts.models import PurchaseList, PurchaseListLine
from placet.core.actor import Actor
from placet.core.errors import NotFound

MOST_CHOICES = 100


def get_list(actor: Actor, list_id: str) -> PurchaseList:
    """A list within the actor's reach, with its grants; raises ``NotFound`` for all others."""
    found = _with_people(PurchaseList.objects.filter(pk=list_id, company_id=actor.company_id))
    wanted = found.first()
    if wanted is None or can_view_list(actor, wanted) is not None:
        raise NotFound(_("There is no such list, or it is not shared with you."))
    return wanted


def list_lists(
    actor: Actor, *, scope: str = "", is_archived: bool = False
) -> QuerySet[PurchaseList]:
    """The lists that the actor may see, last changed first, with ``line_count``.

    ``scope`` narrows it to lists of that scope; personal lists of others are those shared.
    """
    found = PurchaseList.objects.filter(visible_lists(actor), archived_at__isnull=not is_archived)
    if scope:
        found = found.filter(scope=scope)
    return (
        found.annotate(line_count=Count("lines", distinct=True))
        .select_related("owner__user", "unit")
        .order_by("-changed_at", "-id")
    )


def list_editable_lists(actor: Actor) -> list[PurchaseList]:
    """The lists to which the actor may add something, by name: at most a hundred."""
    found = PurchaseList.objects.filter(visible_lists(actor), archived_at=None)
    rows = _with_people(found).order_by("-changed_at", "-id")[:MOST_CHOICES]
    editable = [one for one in rows if can_edit_list(actor, one) is None]
    return sorted(editable, key=lambda one: (one.name.casefold(), one.pk))


def get_list_line(actor: Actor, list_id: str, line_id: str) -> PurchaseListLine:
    """A line of a list within the actor's reach; raises ``NotFound``."""
    wanted = get_list(actor, list_id)
    found = wanted.lines.select_related("product").filter(pk=line_id).first()
    if found is None:
        raise NotFound(_("This line is no longer on the list."))
    found.purchase_list = wanted
    return found


def _with_people(rows: QuerySet[PurchaseList]) -> QuerySet[PurchaseList]:
    return rows.select_related("company", "unit", "owner__user", "owner__unit").prefetch_related(
        "grants__member__user", "grants__unit"
    )
