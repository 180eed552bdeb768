"""What people do with endpoints and deliveries."""

from placet.webhooks.actions.add_endpoint import add_endpoint
from placet.webhooks.actions.change_endpoint import (
    change_endpoint,
    disable_endpoint,
    enable_endpoint,
    rotate_secret,
)
from placet.webhooks.actions.replay_events import replay_events, replay_in_parts
from placet.webhooks.actions.send_again import (
    replay_delivery,
    retry_delivery,
    send_test_event,
)

__all__ = [
    "add_endpoint",
    "change_endpoint",
    "disable_endpoint",
    "enable_endpoint",
    "replay_delivery",
    "replay_events",
    "replay_in_parts",
    "retry_delivery",
    "rotate_secret",
    "send_test_event",
]
