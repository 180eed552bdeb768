"""Letters about what was ordered, and how each may be worded."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from django.utils.translation import gettext_lazy, gettext_noop

from placet.notices.placeholders import Wording, purchase_named

ORDER: Final = (
    *("purchase_name", "amount", "order_number", "requisition_number", "po_number"),
    *("supplier", "company"),
)
DELIVERED: Final = tuple(name for name in ORDER if name != "amount")
CALLED_OFF: Final = (
    *("customer", "order_number", "purchase_name", "amount", "requisition_number", "po_number"),
)

ORDER_WORDINGS: Final[Mapping[str, Wording]] = {
    "ordered": Wording(
        gettext_lazy("A purchase is ordered"),
        gettext_noop("Ordered for %(amount)s: %(purchase)s"),
        ORDER,
        purchase_named(),
    ),
    "payment_due": Wording(
        gettext_lazy("An order is to be paid"),
        gettext_noop("Approved, and to be paid: %(amount)s for %(purchase)s"),
        ORDER,
        purchase_named(),
    ),
    "paid": Wording(
        gettext_lazy("An order is paid"),
        gettext_noop("Paid: %(amount)s for %(purchase)s"),
        ORDER,
        purchase_named(),
    ),
    "acknowledged": Wording(
        gettext_lazy("You have taken an order over"),
        gettext_noop("%(merchant)s has taken your order over as %(number)s: %(purchase)s"),
        (*ORDER, "erp_number"),
        purchase_named(merchant="supplier", number="erp_number"),
    ),
    "cancelled": Wording(
        gettext_lazy("An order is cancelled"),
        gettext_noop("Cancelled: %(purchase)s for %(amount)s"),
        ORDER,
        purchase_named(),
    ),
    "approved_cancelled": Wording(
        gettext_lazy("What somebody approved is cancelled"),
        gettext_noop("Cancelled: %(purchase)s for %(amount)s"),
        ORDER,
        purchase_named(),
    ),
    "order_changed": Wording(
        gettext_lazy("A change of an order is decided"),
        gettext_noop("Changed: %(purchase)s for %(amount)s"),
        ORDER,
        purchase_named(),
        is_one_of_several=True,
    ),
    "order_answered": Wording(
        gettext_lazy("You have answered about an order"),
        gettext_noop("Declined: %(purchase)s stays as it is"),
        ORDER,
        purchase_named(),
        is_one_of_several=True,
    ),
    "shipped": Wording(
        gettext_lazy("You have sent a shipment"),
        gettext_noop("%(merchant)s has sent %(purchase)s, shipment %(number)s"),
        (*DELIVERED, "shipment_number"),
        purchase_named(merchant="supplier", number="shipment_number"),
    ),
    "shipment_voided": Wording(
        gettext_lazy("You have taken a shipment back"),
        gettext_noop("%(merchant)s takes shipment %(number)s of %(purchase)s back"),
        (*DELIVERED, "shipment_number"),
        purchase_named(merchant="supplier", number="shipment_number"),
    ),
    "expected": Wording(
        gettext_lazy("You have said when the rest comes"),
        gettext_noop("%(merchant)s says when the rest of %(purchase)s comes"),
        DELIVERED,
        purchase_named(merchant="supplier"),
    ),
    "closed_short": Wording(
        gettext_lazy("The rest of an order will not come"),
        gettext_noop("%(merchant)s will not deliver the rest of %(purchase)s"),
        DELIVERED,
        purchase_named(merchant="supplier"),
    ),
    "order_asked": Wording(
        gettext_lazy("A customer asks to cancel or change"),
        gettext_noop("%(company)s asks to cancel %(order)s"),
        ("asked_by", *CALLED_OFF),
        purchase_named(company="customer", order="order_number"),
        is_one_of_several=True,
    ),
    "order_called_off": Wording(
        gettext_lazy("A customer has cancelled"),
        gettext_noop("%(company)s has cancelled %(order)s"),
        CALLED_OFF,
        purchase_named(company="customer", order="order_number"),
    ),
}
