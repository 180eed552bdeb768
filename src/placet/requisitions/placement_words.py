"""Why an approved purchase is not ordered yet, in words: what is in the way, and whose it is."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from django.utils.translation import gettext as _

from placet.catalog.models import Product
from placet.companies.queries import get_merchant
from placet.core.actor import Actor
from placet.core.formats import instant_text, money_text
from placet.orders.content import Content, ContentLine, read_content
from placet.requisitions.changing import find_changed
from placet.requisitions.models import Requisition
from placet.requisitions.permissions import can_retry_placement
from placet.requisitions.placement import (
    CLOSED,
    DECLINED,
    DIFFERS,
    MOVED,
    NOT_FOR_SALE,
    SHORT,
    SUSPENDED,
    Checked,
    MovedPrice,
    check_placement,
)


class ProblemInWords(NamedTuple):
    """What is in the way now; ``owner`` is who can do something about it.

    ``is_over`` says that nothing is any more: placing it again will order it.
    """

    code: str
    sentence: str
    details: tuple[str, ...]
    way_on: str
    owner: str
    is_over: bool
    may_retry: bool


def describe_problem(
    requisition: Requisition, *, reader: Actor, now: datetime
) -> ProblemInWords | None:
    """The problem of a purchase that could not be ordered, checked again at this moment."""
    revision = requisition.revision
    if requisition.status != Requisition.Status.PLACEMENT_FAILED or revision is None:
        return None
    found = check_placement(requisition, revision, now=now)
    is_over = found.problem is None and not found.anew
    # What is no longer there would have the reader look for it in vain.
    code = found.problem.code if found.problem else MOVED if found.anew else requisition.problem
    content = read_content(revision.content)
    owner = _owner(requisition, code)
    return ProblemInWords(
        code=code,
        sentence=_over(requisition) if is_over else _sentence(requisition, code, reader),
        details=()
        if is_over
        else (*_details(content, found, reader), *_until(requisition, reader)),
        way_on=_("Place it again: nothing is in the way any more.") if is_over else _way_on(code),
        owner=owner,
        is_over=is_over,
        may_retry=can_retry_placement(reader, requisition) is None,
    )


def problem_sentence(requisition: Requisition, *, reader: Actor) -> str:
    """What was in the way when it was tried last, for a mail."""
    return _sentence(requisition, requisition.problem, reader)


def _over(requisition: Requisition) -> str:
    return _("What kept %(number)s from being ordered is gone.") % {"number": requisition.number}


def _sentence(requisition: Requisition, code: str, reader: Actor) -> str:
    supplier = get_merchant().name
    company = requisition.company.name
    if code == SUSPENDED:
        said = _("%(supplier)s has suspended %(company)s: nothing is ordered meanwhile.")
    elif code == DIFFERS:
        said = _("What is stored is not what was approved, so nothing is ordered from it.")
    elif code == CLOSED:
        said = _("An address that it names was closed since.")
    elif code == NOT_FOR_SALE:
        said = _("Something of it is no longer for sale.")
    elif code == SHORT:
        said = _("There is not enough in stock.")
    elif code == DECLINED and reader.is_merchant:
        said = _("The credit of %(company)s does not cover it.")
    elif code == DECLINED:
        said = _("%(supplier)s does not take this order at the moment, and is checking why.")
    else:
        said = _("Prices have moved since they were held, and the new total is not allowed.")
    return said % {"supplier": supplier, "company": company}


def _way_on(code: str) -> str:
    if code == SUSPENDED:
        return _("Once the supplier has ended that, place it again.")
    if code == DIFFERS:
        return _("Ask a company admin to look at the evidence. It can be withdrawn meanwhile.")
    if code == CLOSED:
        return _("Edit it and choose another address, or withdraw it.")
    if code == NOT_FOR_SALE:
        return _("Edit it and choose something else, or withdraw it.")
    if code == SHORT:
        return _("Place it again once there is more, or edit it and order less, or withdraw it.")
    if code == DECLINED:
        return _("Place it again later, or ask the supplier, or withdraw it.")
    return _("Edit it so that it fits, or withdraw it.")


def _owner(requisition: Requisition, code: str) -> str:
    """A problem of the supplier's is the supplier's; everything else is the requester's."""
    if code in (SUSPENDED, DECLINED):
        return get_merchant().name
    requester: str = requisition.requester.user.name
    return requester


def _details(content: Content, found: Checked, reader: Actor) -> tuple[str, ...]:
    if found.problem is None:
        return (
            *(_moved(one, content, reader) for one in found.moved),
            *_total(content, found, reader),
        )
    numbers = found.problem.lines
    lines = [line for line in content.lines if line.number in numbers]
    if found.problem.code == SHORT:
        return _stock_details(lines)
    return tuple(
        _("Line %(n)d: %(name)s") % {"n": line.number, "name": line.name} for line in lines
    )


def _until(requisition: Requisition, reader: Actor) -> tuple[str, ...]:
    """Until when a change of an order waits for what is in the way."""
    order = find_changed(requisition)
    if order is None or requisition.expires_at is None:
        return ()
    when = instant_text(requisition.expires_at, reader.language, reader.time_zone)
    said = _("%(order)s stays as it was unless this is settled by %(when)s.")
    return (said % {"order": order.number, "when": when},)


def _total(content: Content, found: Checked, reader: Actor) -> tuple[str, ...]:
    """What it would cost today, where that is another total."""
    if found.anew is None or found.anew.total_minor == content.total_minor:
        return ()
    said = _("With tax it would cost %(now)s today; %(before)s was approved.") % {
        "now": money_text(found.anew.total_minor, content.currency, reader.language),
        "before": money_text(content.total_minor, content.currency, reader.language),
    }
    return (said,)


def _stock_details(lines: Sequence[ContentLine]) -> tuple[str, ...]:
    rows = Product.objects.filter(pk__in=[line.product for line in lines])
    stock = dict(rows.values_list("id", "stock"))
    return tuple(
        _("Line %(n)d: %(name)s, %(wanted)d ordered and %(stock)d in stock")
        % {
            "n": line.number,
            "name": line.name,
            "wanted": line.quantity,
            "stock": max(stock.get(line.product, 0), 0),
        }
        for line in lines
    )


def _moved(moved: MovedPrice, content: Content, reader: Actor) -> str:
    return _("Line %(n)d: %(name)s, %(now)s instead of %(before)s") % {
        "n": moved.line.number,
        "name": moved.line.name,
        "now": money_text(moved.unit_price_minor, content.currency, reader.language),
        "before": money_text(moved.line.unit_price_minor, content.currency, reader.language),
    }
