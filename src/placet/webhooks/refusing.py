"""What keeps a message from being sent again."""

from __future__ import annotations

from django.utils.translation import gettext as _

from placet.core.errors import Conflict
from placet.webhooks.models import Endpoint


class DeliveryState(Conflict):
    """The delivery is not in a state in which it can be sent like this."""

    code = "delivery_state"


def require_active(endpoint: Endpoint) -> None:
    """Refuse to send to an endpoint that is switched off; raises ``DeliveryState``."""
    if endpoint.status != Endpoint.Status.ACTIVE:
        raise DeliveryState(_("This endpoint is switched off. Switch it on first."))
