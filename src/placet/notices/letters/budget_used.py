"""*ICU consumables Q4 is 80 % used*: how much is left, and until when."""

from __future__ import annotations

from django.utils.translation import gettext as _

from placet.budgets.queries import list_seen_budgets
from placet.core.formats import instant_text, money_text
from placet.notices.addresses import budget_url
from placet.notices.budget_bars import bar_of
from placet.notices.letter import Dropped, Letter, Recipient
from placet.notices.models import Mail
from placet.notices.words import header_text


def write_budget_used(mail: Mail, recipient: Recipient) -> Letter:
    """Tell whoever answers for a budget that its use reached a threshold; the figures are of now.

    Raises ``Dropped`` when they do not answer for it any more, or when it was closed.
    """
    budget_id, _sign, percent = mail.subject_ref.partition("@")
    budget = list_seen_budgets(recipient.actor).filter(pk=budget_id).first()
    if budget is None or budget.responsible_id != recipient.actor.member_id:
        raise Dropped("this person does not answer for the budget")
    if budget.closed_at is not None:
        raise Dropped("the budget is closed")
    language = recipient.language
    left = money_text(budget.left_minor, budget.currency, language)
    return Letter(
        subject=header_text(
            _("%(budget)s is %(percent)s %% used") % {"budget": budget.name, "percent": percent}
        ),
        template="budget_used",
        button_url=budget_url(recipient.actor.company_slug, budget.pk),
        facts={
            "budget": budget.name,
            "percent": percent,
            "left": left,
            "over": money_text(-budget.left_minor, budget.currency, language)
            if budget.left_minor < 0
            else "",
            "amount": money_text(budget.amount_minor, budget.currency, language),
            "ends": instant_text(budget.ends_at, language, recipient.time_zone),
            "bars": [bar_of(budget, 0, language)],
            "company": recipient.actor.company_name,
        },
    )
