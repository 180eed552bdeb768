"""Talks about prices between Lena and Maja, one for each state that a quote can be in."""

from typing import Literal, NamedTuple

ASKER, DESK = "lena", "maja"


class Line(NamedTuple):
    """A line of a round; ``price`` in cents, ``least`` is the minimum quantity."""

    sku: str
    quantity: int
    price: int | None = None
    least: int = 0
    name: str = ""
    note: str = ""


class Round(NamedTuple):
    """One word of one side, so many days ago."""

    days_ago: int
    verb: Literal["ask", "offer", "counter", "decline", "withdraw", "say", "answer"]
    lines: tuple[Line, ...] = ()
    text: str = ""
    holds_days: int | None = None
    is_whole: bool = True
    is_final: bool = False
    is_draft: bool = False


class Talk(NamedTuple):
    """A negotiation with everything that was said in it."""

    key: str
    name: str
    rounds: tuple[Round, ...]


_GLOVES = ("NS-10412", 240), ("NS-10413", 160)

TALKS = (
    Talk(
        "offered",
        "Gloves for the next half year",
        (
            Round(6, "ask", tuple(Line(sku, n) for sku, n in _GLOVES)),
            Round(5, "answer", text="Is a delivery every month all right, or all at once?"),
            Round(5, "say", text="Every month, to the main store."),
            Round(
                4,
                "offer",
                (Line("NS-10412", 240, 8_40, 80), Line("NS-10413", 160, 8_40, 80)),
                holds_days=12,
                is_whole=False,
            ),
        ),
    ),
    Talk(
        "countered",
        "Two patient monitors for ICU-4",
        (
            Round(8, "ask", (Line("NS-47111", 2, note="With wall mounts"),)),
            Round(7, "offer", (Line("NS-47111", 2, 6_350_00),), holds_days=9),
            Round(3, "counter", (Line("NS-47111", 2, 6_100_00),)),
        ),
    ),
    Talk(
        "requested",
        "Trolleys for syringe pumps",
        (
            Round(
                1,
                "ask",
                (
                    Line("NS-47010", 4),
                    Line("", 2, name="Trolley for six pumps, with a power strip"),
                ),
            ),
        ),
    ),
    Talk(
        "final",
        "Extension lines, a year",
        (
            Round(9, "ask", (Line("NS-44071", 40),)),
            Round(8, "offer", (Line("NS-44071", 40, 84_00),), holds_days=2),
            Round(6, "counter", (Line("NS-44071", 40, 78_00),)),
            Round(2, "offer", (Line("NS-44071", 40, 81_50),), holds_days=2, is_final=True),
        ),
    ),
    Talk(
        "declined",
        "Swivel chairs for the ward office",
        (
            Round(12, "ask", (Line("NS-82323", 6),)),
            Round(11, "offer", (Line("NS-82323", 6, 319_00),), holds_days=10),
            Round(10, "decline", text="We found six in the basement."),
        ),
    ),
    Talk(
        "withdrawn",
        "Screens for the nurses' station",
        (
            Round(15, "ask", (Line("NS-84111", 3),)),
            Round(14, "withdraw", text="IT buys these for everybody."),
        ),
    ),
    Talk(
        "draft",
        "Hand rub for the winter",
        (Round(0, "ask", (Line("NS-31105", 120),), is_draft=True),),
    ),
)
