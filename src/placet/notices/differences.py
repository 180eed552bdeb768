"""What changed since somebody looked or decided, said line by line in the reader's language."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final, NamedTuple

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from placet.core.formats import money_text
from placet.notices.letter import Recipient
from placet.notices.words import line_text
from placet.orders.content import read_content
from placet.requisitions.differences import Difference, FieldChange, LineChange, difference
from placet.requisitions.models import Decision, DecisionOutcome, Revision, StepAssignment

MOST_TOLD = 30
LONGEST_LINE = 300

FIELDS: Final[Mapping[str, str | Promise]] = {
    "quantity": gettext_lazy("quantity"),
    "unit_price_minor": gettext_lazy("unit price"),
    "total_minor": gettext_lazy("amount"),
    "ship_to": gettext_lazy("ship-to"),
    "cost_center": gettext_lazy("cost centre"),
    "need_by_on": gettext_lazy("needed by"),
    "goods_minor": gettext_lazy("Goods"),
    "discount_minor": gettext_lazy("Discount"),
    "shipping_minor": gettext_lazy("Delivery"),
    "tax_minor": gettext_lazy("Tax"),
    "currency": gettext_lazy("Currency"),
    "name": gettext_lazy("Name"),
    "pack": gettext_lazy("Pack"),
    "category": gettext_lazy("Category"),
    "tax_rate": gettext_lazy("Tax"),
    "terms": gettext_lazy("Terms"),
    "justification": gettext_lazy("Justification"),
    "requested_on": gettext_lazy("Requested for"),
    "bill_to": gettext_lazy("Bill-to"),
}
TOTAL: Final = gettext_lazy("Total with tax")
# The buyer's own: the merchant's people do not read why something is bought, or who pays within.
OF_BUYERS: Final = frozenset({"justification", "cost_center"})


class Changes(NamedTuple):
    """Since when, and what: each line is a sentence of its own."""

    since: str
    lines: list[str]


def changes_for(revision: Revision, recipient: Recipient) -> Changes | None:
    """What is another since this person last decided, or since they were last asked.

    Nothing for the first revision, and for people who were never asked about an earlier one.
    """
    if revision.number == 1:
        return None
    found = _last_decided(revision, recipient) or _last_asked(revision, recipient)
    if found is None:
        return None
    before, since = found
    told = tell_difference(
        difference(read_content(before.content), read_content(revision.content)), recipient
    )
    return Changes(since, told) if told else None


def tell_difference(found: Difference, recipient: Recipient) -> list[str]:
    """Each change in words: lines first, then what stands above them."""
    language = recipient.language
    told = [_line(change, recipient) for change in found.lines]
    told += [
        _field(_label(change.field, is_line=False), change, language)
        for change in _readable(found.fields, recipient)
    ]
    told = [_cut(line_text(text)) for text in told if text]
    if len(told) > MOST_TOLD:
        more = len(told) - MOST_TOLD
        told = [*told[:MOST_TOLD], _("and %(n)d more changes") % {"n": more}]
    return told


def _cut(text: str) -> str:
    return text if len(text) <= LONGEST_LINE else f"{text[: LONGEST_LINE - 1]}…"


def _last_decided(revision: Revision, recipient: Recipient) -> tuple[Revision, str] | None:
    decision = (
        Decision.objects.filter(
            revision__requisition_id=revision.requisition_id,
            revision__number__lt=revision.number,
            user_id=recipient.actor.user_id,
            outcome__kind=DecisionOutcome.Kind.APPLIED,
        )
        .select_related("revision")
        .order_by("-revision__number", "-created_at")
        .first()
    )
    if decision is None:
        return None
    return decision.revision, _("Changed since you decided about revision %(n)d") % {
        "n": decision.revision.number
    }


def _last_asked(revision: Revision, recipient: Recipient) -> tuple[Revision, str] | None:
    asked = (
        StepAssignment.objects.filter(
            requisition_id=revision.requisition_id,
            member_id=recipient.actor.member_id,
            step__revision__number__lt=revision.number,
            step__opened_at__isnull=False,
        )
        .select_related("step__revision")
        .order_by("-step__revision__number")
        .first()
    )
    if asked is None:
        return None
    return asked.step.revision, _("Changed since revision %(n)d, about which you were asked") % {
        "n": asked.step.revision.number
    }


def _line(change: LineChange, recipient: Recipient) -> str:
    line = change.line
    values = {"quantity": line.quantity, "product": line.name}
    if change.kind == "added":
        return _("New: %(quantity)d × %(product)s") % values
    if change.kind == "removed":
        return _("Gone: %(quantity)d × %(product)s") % values
    fields = [
        _field(_label(one.field, is_line=True), one, recipient.language)
        for one in _readable(change.fields, recipient)
    ]
    return f"{line.name}: {'; '.join(fields)}" if fields else ""


def _readable(changes: Iterable[FieldChange], recipient: Recipient) -> list[FieldChange]:
    if not recipient.actor.is_merchant:
        return list(changes)
    return [
        one
        for one in changes
        if one.field not in OF_BUYERS and not one.field.startswith("references.")
    ]


def _field(label: str, change: FieldChange, language: str) -> str:
    return _("%(field)s %(before)s → %(after)s") % {
        "field": label,
        "before": _value(change.before, change.currency, language),
        "after": _value(change.after, change.currency, language),
    }


def _value(value: int | str, currency: str, language: str) -> str:
    if currency and isinstance(value, int):
        return money_text(value, currency, language)
    return str(value) if value != "" else "–"


def _label(field: str, *, is_line: bool) -> str:
    if field == "total_minor" and not is_line:
        return str(TOTAL)
    return str(FIELDS.get(field, field.removeprefix("references.")))
