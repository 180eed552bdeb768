"""The use cases of quotes."""

from placet.quotes.actions.accept_offer import (
    accept_offer,
    prepare_acceptance,
    submit_purchase,
)
from placet.quotes.actions.ask_again import ask_again
from placet.quotes.actions.assign_quote import assign_quote
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
from placet.quotes.actions.keep_template import (
    TemplateValues,
    discard_template,
    keep_template,
    use_template,
)
from placet.quotes.actions.reopen_quote import reopen_quote, reopen_quotes, tend_quotes
from placet.quotes.actions.see_quote import see_quote
from placet.quotes.actions.send_offer import send_offer
from placet.quotes.actions.write_about_quote import write_about_quote
from placet.quotes.gate import OfferBlocked
from placet.quotes.lapsing import ReleaseOver, take_back_release

__all__ = [
    "OfferBlocked",
    "OfferValues",
    "ReleaseOver",
    "TemplateValues",
    "accept_offer",
    "ask_again",
    "assign_quote",
    "decide_release",
    "decline_quote",
    "discard_quote",
    "discard_template",
    "draft_quote",
    "expire_quote",
    "expire_quotes",
    "keep_template",
    "prepare_acceptance",
    "rename_quote",
    "reopen_quote",
    "reopen_quotes",
    "save_offer_draft",
    "see_quote",
    "send_offer",
    "submit_purchase",
    "take_back_release",
    "tend_quotes",
    "use_template",
    "withdraw_quote",
    "write_about_quote",
]
