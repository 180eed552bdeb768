"""What a letter is worded with, and what may stand in braces in its words: closed lists."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, NamedTuple

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy


class Placeholder(NamedTuple):
    """A word in braces: the fact of a letter that it stands for, and an example."""

    fact: str
    label: str | Promise
    sample: str


PLACEHOLDERS: Final[Mapping[str, Placeholder]] = {
    "purchase_name": Placeholder("purchase", gettext_lazy("Name of the purchase"), "ICU-4 week 48"),
    "amount": Placeholder("amount", gettext_lazy("Amount"), "3,240.00\N{NO-BREAK SPACE}EUR"),
    "requisition_number": Placeholder("number", gettext_lazy("Requisition number"), "REQ-2048"),
    "order_number": Placeholder("order", gettext_lazy("Order number"), "ORD-10207"),
    "erp_number": Placeholder("erp_number", gettext_lazy("Your own number"), "SO-471120"),
    "po_number": Placeholder("po_number", gettext_lazy("PO number"), "PR-88121"),
    "supplier": Placeholder("merchant", gettext_lazy("Name of your store"), "Norden Supply"),
    "company": Placeholder("company", gettext_lazy("The reader’s company"), "Meridian Health"),
    "requester": Placeholder("requester", gettext_lazy("Who asks"), "Lena Vogt"),
    "person": Placeholder("person", gettext_lazy("Who decided"), "Rashid Haddad"),
    "due": Placeholder("due", gettext_lazy("When an answer is due"), "Wed 26 Nov, 12:00"),
    "quote_name": Placeholder("name", gettext_lazy("Name of the quote"), "Gloves for the year"),
    "quote_number": Placeholder("number", gettext_lazy("Number of the quote"), "QTE-104"),
    "other_side": Placeholder("other", gettext_lazy("The other side"), "Norden Supply"),
    "host": Placeholder("host", gettext_lazy("Who invites"), "Ines Carvalho"),
    "staff": Placeholder("staff", gettext_lazy("Who of your staff ordered"), "Maja Holmberg"),
    "customer": Placeholder("customer", gettext_lazy("The customer"), "Meridian Health"),
    "asked_by": Placeholder("person", gettext_lazy("Who of the customer asks"), "Lena Vogt"),
    "suggested_by": Placeholder("person", gettext_lazy("Who suggests it"), "Rashid Haddad"),
    "answered_by": Placeholder("person", gettext_lazy("Who answered"), "Ines Carvalho"),
    "applicant": Placeholder("applicant", gettext_lazy("Who applies"), "Nora Falk"),
    "author": Placeholder("author", gettext_lazy("Who wrote the offer"), "Maja Holmberg"),
    "shipment_number": Placeholder("shipment", gettext_lazy("Number of the shipment"), "2"),
    "receiver": Placeholder("host", gettext_lazy("Where webhooks go"), "erp.meridian.example"),
    "key_name": Placeholder("key", gettext_lazy("Name of the API key"), "ERP, production"),
    "list_name": Placeholder("list", gettext_lazy("Name of the list"), "Weekly consumables"),
    "usual_subject": Placeholder(
        "usual_subject", gettext_lazy("The letter’s own subject, by what happened"), ""
    ),
}


class Wording(NamedTuple):
    """A letter that can be worded; ``subject`` is the writer's own, the same words to translate.

    ``said`` maps the names in it to placeholders, where they differ. A letter that is written in
    several cases shows the subject of one of them.
    """

    title: str | Promise
    subject: str
    placeholders: tuple[str, ...]
    said: Mapping[str, str] = {}
    is_one_of_several: bool = False

    @property
    def known(self) -> tuple[str, ...]:
        """Everything that may stand in its braces."""
        return (*self.placeholders, "usual_subject")


def purchase_named(**more: str) -> Mapping[str, str]:
    """What writers call by another name than the placeholders of letters about a purchase."""
    return {"purchase": "purchase_name", **more}
