"""A company gives products numbers of its own; its people find and order by them."""

from __future__ import annotations

from datetime import datetime

from django.db.models import F
from django.utils.translation import gettext as _

from placet.catalog.models import PartNumber, Product
from placet.catalog.part_numbers import can_set_part_number
from placet.catalog.search import compact
from placet.companies.refusals import refuse, refuse_foreign
from placet.core.actor import Actor
from placet.core.errors import Conflict, InvalidInput
from placet.core.transaction import transaction
from placet.events.record import record

LONGEST = 64


class PartNumberTaken(Conflict):
    """The company calls another product so; ``sku`` says which."""

    code = "part_number_taken"


@transaction
def set_part_number(product: Product, *, number: str, actor: Actor, now: datetime) -> PartNumber:
    """Let the actor's company call a product so, instead of what it called it before.

    Numbers are the same that differ only in case, accents, blanks and strokes. Raises
    ``Forbidden``, ``InvalidInput``, and ``PartNumberTaken`` for that of another product.
    """
    refuse(can_set_part_number(actor))
    wanted, plain = _checked(number)
    mine = PartNumber.objects.filter(company_id=actor.company_id)
    taken = mine.filter(folded=plain).exclude(product=product).select_related("product").first()
    if taken is not None:
        raise PartNumberTaken(
            _("Your company calls %(sku)s so already.") % {"sku": taken.product.sku},
            sku=taken.product.sku,
        )
    row, is_new = mine.get_or_create(
        product=product,
        defaults={
            "created_at": now,
            "company_id": actor.company_id,
            "number": wanted,
            "folded": plain,
        },
    )
    if not is_new:
        if row.number == wanted:
            return row
        mine.filter(pk=row.pk).update(number=wanted, folded=plain, version=F("version") + 1)
        row.refresh_from_db()
    _record("part_number.set", row, product, actor, now)
    return row


@transaction
def remove_part_number(row: PartNumber, *, actor: Actor, now: datetime) -> None:
    """Let the company have no number of its own for a product any more."""
    refuse_foreign(actor, row.company_id)
    refuse(can_set_part_number(actor))
    if PartNumber.objects.filter(pk=row.pk).delete()[0]:
        _record("part_number.removed", row, row.product, actor, now)


def _checked(number: str) -> tuple[str, str]:
    wanted = " ".join(number.split())
    plain = compact(wanted)
    if not plain or not wanted.isprintable() or max(len(wanted), len(plain)) > LONGEST:
        raise InvalidInput(
            "number", "number", _("A part number has letters or digits, 64 at most.")
        )
    return wanted, plain


def _record(event: str, row: PartNumber, product: Product, actor: Actor, now: datetime) -> None:
    record(
        event,
        row.pk,
        actor=actor,
        now=now,
        company_id=row.company_id,
        sku=product.sku,
        number=row.number,
    )
