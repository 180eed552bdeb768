"""Letters about quotes, people and the store's own matters, and how each may be worded."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from django.utils.translation import gettext_lazy, gettext_noop

from placet.notices.placeholders import Wording

_QUOTE: Final = ("other_side", "quote_name", "quote_number", "company")

STORE_WORDINGS: Final[Mapping[str, Wording]] = {
    "quote_said": Wording(
        gettext_lazy("An offer, or a request for one"),
        gettext_noop("An offer of %(who)s: %(name)s"),
        _QUOTE,
        {"who": "other_side", "name": "quote_name"},
        is_one_of_several=True,
    ),
    "quote_over": Wording(
        gettext_lazy("A quote is over"),
        gettext_noop("The offer of %(who)s has ended: %(name)s"),
        _QUOTE,
        {"who": "other_side", "name": "quote_name"},
        is_one_of_several=True,
    ),
    "release_asked": Wording(
        gettext_lazy("An offer is to be released"),
        gettext_noop("To release: an offer to %(customer)s"),
        ("customer", "author", "quote_name", "quote_number"),
        {},
    ),
    "release_decided": Wording(
        gettext_lazy("An offer is released or declined"),
        gettext_noop("Released: your offer to %(customer)s"),
        ("customer", "author", "quote_name", "quote_number"),
        {},
        is_one_of_several=True,
    ),
    "invited": Wording(
        gettext_lazy("Somebody is invited"),
        gettext_noop("%(person)s invites you to %(company)s"),
        ("host", "company", "supplier"),
        {"person": "host"},
        is_one_of_several=True,
    ),
    "applied": Wording(
        gettext_lazy("A company applies"),
        gettext_noop("%(company)s would like to buy here"),
        ("customer", "applicant"),
        {"company": "customer"},
    ),
    "declined": Wording(
        gettext_lazy("An application is declined"),
        gettext_noop("Your application at %(merchant)s"),
        ("supplier", "company"),
        {"merchant": "supplier"},
    ),
    "keeping_asked": Wording(
        gettext_lazy("You ask to keep a customer’s rules"),
        gettext_noop("%(merchant)s asks to keep your rules"),
        ("supplier", "company"),
        {"merchant": "supplier"},
    ),
    "keeping_answered": Wording(
        gettext_lazy("A customer answers about its rules"),
        gettext_noop("%(customer)s lets you keep its rules"),
        ("customer", "answered_by"),
        {},
        is_one_of_several=True,
    ),
    "endpoint_failing": Wording(
        gettext_lazy("Webhooks do not arrive"),
        gettext_noop("Nothing arrives at %(host)s"),
        ("receiver", "company"),
        {"host": "receiver"},
    ),
    "endpoint_off": Wording(
        gettext_lazy("Webhooks are switched off"),
        gettext_noop("Webhooks to %(host)s are switched off"),
        ("receiver", "company"),
        {"host": "receiver"},
    ),
    "key_ending": Wording(
        gettext_lazy("An API key ends soon"),
        gettext_noop("The API key %(key)s ends soon"),
        ("key_name", "company"),
        {"key": "key_name"},
    ),
}
