"""Terms of payment and forms of PO numbers, where a page asks for them."""

from __future__ import annotations

from typing import NamedTuple

from django import template

from placet.carts.models import Cart
from placet.companies.po_forms import po_form_of
from placet.companies.terms import list_offered_terms, terms_of
from placet.web.terms import payment_words

register = template.Library()


class OfferedTerms(NamedTuple):
    """A way to pay, and whether it is that of the purchase."""

    code: str
    words: str
    is_chosen: bool


@register.simple_tag
def offered_terms(cart: Cart) -> list[OfferedTerms]:
    """How this purchase may be paid, the usual way first."""
    chosen = terms_of(cart.company, cart.terms)
    return [
        OfferedTerms(code, payment_words(code), code == chosen)
        for code in list_offered_terms(cart.company)
    ]


@register.filter
def terms_words(code: str) -> str:
    """Terms of payment as people say them."""
    return payment_words(code)


@register.simple_tag
def po_example(cart: Cart) -> str:
    """What a PO number of the cart's unit looks like; one query at most."""
    return po_form_of(cart.company, cart.unit).hint
