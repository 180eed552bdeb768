"""Other systems that are connected, and how they are doing."""

from typing import NamedTuple

from placet.demo.world.companies import MERIDIAN, NORDEN


class Trouble(NamedTuple):
    """An endpoint, and what its receiver answered to the last message, so many times."""

    url: str
    event_types: tuple[str, ...]
    attempts: int
    hours_ago: int
    status: int | None
    error: str = ""
    answer: str = ""
    milliseconds: int = 40


class Call(NamedTuple):
    """What a program asked with a key, and what it was answered."""

    path: str
    operation: str
    minutes_ago: int
    status: int = 200
    code: str = ""
    milliseconds: int = 30


ENDPOINTS = (
    # Since two hours; tried again in about half an hour.
    Trouble(
        "https://warehouse.norden.example/hooks/placet",
        ("order.created", "order.changed", "order.cancelled"),
        4,
        2,
        503,
        answer="The warehouse is counted today. Try again later.",
        milliseconds=1_840,
    ),
    # Given up after ten attempts, and switched off with a mail.
    Trouble(
        "https://old-shop.norden.example/webhook",
        ("order.*", "requisition.*"),
        10,
        24 * 5,
        None,
        error="Nobody answers at this address.",
    ),
)

# Company, name, scopes, the days until it ends from today, and whether it was taken back.
KEYS = (
    (MERIDIAN, "Stocktake at the end of the year", ("purchase.view_all",), 9, False),
    (MERIDIAN, "Trial of a reporting tool", ("purchase.view_all", "budget.view"), -12, False),
    (NORDEN, "Old shop", ("customer.view",), 0, True),
)

# By the name of the key, the oldest first: it asks for what it may see, and for what it may not.
CALLS = {
    KEYS[0][1]: (
        Call("/api/v1/requisitions", "list_requisitions", 190, milliseconds=64),
        Call("/api/v1/budgets", "list_budgets", 189, 403, "forbidden", 12),
        Call("/api/v1/orders", "list_orders", 188, milliseconds=48),
    ),
}
