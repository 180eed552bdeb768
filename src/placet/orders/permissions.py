"""Who may work on orders."""

from __future__ import annotations

from django.utils.translation import gettext as _

from placet.core.actor import Actor
from placet.core.errors import Forbidden

PROCESS = "order.process"


def require_processing(actor: Actor) -> None:
    """Only the merchant's staff with ``order.process`` take over, fail or complete an order."""
    if actor.is_merchant and actor.holds(PROCESS):
        return
    raise Forbidden(_("Only the supplier's staff who process orders may do this."))
