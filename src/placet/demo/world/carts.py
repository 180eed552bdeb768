"""Carts that are being filled: the golden one is empty, others have lines and a conversation."""

from typing import Literal, NamedTuple

from placet.demo.world import golden
from placet.demo.world.companies import HARBOUR, KOWALSKI, MERIDIAN, PARK
from placet.demo.world.requisitions.shapes import Line, lines


class Grant(NamedTuple):
    """What a colleague may do with a cart that is not theirs."""

    member: str
    level: Literal["view", "comment", "edit"]


class Comment(NamedTuple):
    """What a member wrote; ``line`` is the number of a line, 0 for the cart as a whole.

    Comments on one line, or on the cart, make one thread. ``resolves`` closes it.
    """

    member: str
    hours_ago: int
    text: str
    line: int = 0
    resolves: bool = False


class Cart(NamedTuple):
    """A named basket of one member."""

    key: str
    company: str
    owner: str
    name: str
    cost_center: str
    ship_to: str
    lines: tuple[Line, ...] = ()
    grants: tuple[Grant, ...] = ()
    comments: tuple[Comment, ...] = ()


CARTS = (
    # The golden path begins by pasting into this one.
    Cart(
        "golden",
        MERIDIAN,
        "lena",
        golden.CART_NAME,
        golden.COST_CENTER,
        golden.SHIP_TO,
        grants=(Grant("pavel", "comment"), Grant("sofia", "edit")),
    ),
    Cart(
        "lena-monitoring",
        MERIDIAN,
        "lena",
        "Monitoring, beds 11 and 12",
        "4410",
        "dock-b",
        lines(("NS-46110", 2), ("NS-46132", 4), ("NS-81931", 6)),
        (Grant("anika", "comment"), Grant("mei", "comment"), Grant("tove", "view")),
        (
            Comment("lena", 22, "@Anika do these sensors fit the monitors of the new beds?", 1),
            Comment("anika", 20, "The finger ones do. Leave out the ear clip.", 1, resolves=True),
            Comment("mei", 5, "Bed 12 is only there from Thursday, no hurry."),
        ),
    ),
    Cart(
        "lena-staff-room",
        MERIDIAN,
        "lena",
        "Staff room, December",
        "4470",
        "dock-b",
        lines(("NS-90011", 4), ("NS-90024", 2), ("NS-90121", 1), ("NS-90310", 1)),
        (Grant("sofia", "edit"),),
        (Comment("sofia", 30, "I added the kettle, ours leaks."),),
    ),
    Cart(
        "marco-week",
        MERIDIAN,
        "marco",
        "ICU-2 next week",
        "4410",
        "dock-b",
        lines(("NS-10411", 10), ("NS-44303", 2), ("NS-70155", 12)),
        (Grant("tove", "edit"),),
        (Comment("tove", 9, "@Marco 24 G is short, shall we take 22 G only?", 2),),
    ),
    Cart(
        "nils-workshop",
        MERIDIAN,
        "nils",
        "Workshop shelves",
        "4520",
        "facilities-yard",
        lines(("NS-86110", 4), ("NS-86131", 6), ("NS-86041", 1)),
    ),
    Cart(
        "centrifuge",
        MERIDIAN,
        "clara",
        "Bench centrifuge",
        "4441",
        "laboratory-in",
        lines(("NS-35311", 1)),
        (Grant("daniel", "comment"),),
        (Comment("daniel", 40, "The budget of the year is nearly gone. January?"),),
    ),
    Cart(
        "kowalski-zima",
        KOWALSKI,
        "zofia",
        "Odzież zimowa",
        "kowalski-4410",
        "kowalski-magazyn",
        lines(("NS-88222", 4), ("NS-88311", 12)),
        (Grant("jan", "edit"),),
        (Comment("jan", 12, "Rozmiar 46 jeszcze dla Kacpra.", 1),),
    ),
    # The same name as Lena's cart, in another company.
    Cart(
        "harbour-same-name",
        HARBOUR,
        "liam",
        golden.CART_NAME,
        "harbour-4410",
        "quay-door",
        lines(("NS-10412", 6), ("NS-20871", 4)),
    ),
    Cart(
        "park-school",
        PARK,
        "mina",
        "School art week",
        "",
        "park-door",
        lines(("NS-82141", 2), ("NS-82042", 1)),
        (Grant("grace-at-home", "edit"),),
    ),
)
