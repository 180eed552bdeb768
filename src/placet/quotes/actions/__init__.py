"""The use cases of quotes."""

from placet.quotes.actions.accept_offer import (
    accept_offer,
    prepare_acceptance,
    submit_purchase,
)
from placet.quotes.actions.decide_release import decide_release
from placet.quotes.actions.draft_quote import (
    OfferValues,
    discard_quote,
    draft_quote,
    rename_quote,
    save_offer_draft,
)
from placet.quotes.actions.end_quote import (
    decline_quote,
    expire_quote,
    expire_quotes,
    withdraw_quote,
)
from placet.quotes.actions.lapse_release import ReleaseOver, take_back_release
from placet.quotes.actions.release_offer import OfferBlocked
from placet.quotes.actions.reopen_quote import reopen_quote, reopen_quotes, tend_quotes
from placet.quotes.actions.send_offer import send_offer
from placet.quotes.actions.write_about_quote import write_about_quote

__all__ = [
    "OfferBlocked",
    "OfferValues",
    "ReleaseOver",
    "accept_offer",
    "decide_release",
    "decline_quote",
    "discard_quote",
    "draft_quote",
    "expire_quote",
    "expire_quotes",
    "prepare_acceptance",
    "rename_quote",
    "reopen_quote",
    "reopen_quotes",
    "save_offer_draft",
    "send_offer",
    "submit_purchase",
    "take_back_release",
    "tend_quotes",
    "withdraw_quote",
    "write_about_quote",
]
