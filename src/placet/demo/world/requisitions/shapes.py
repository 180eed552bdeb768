"""The shape of a requisition of the demo, as things that people did."""

from typing import Literal, NamedTuple

Verb = Literal[
    "submit",
    "approve",
    "reject",
    "request_changes",
    "reject_line",
    "resubmit",
    "rebuild",
    "withdraw",
    "comment",
    "remind",
    "escalate",
    "expire",
    "acknowledge",
    "cancel",
]
State = Literal[
    "pending",
    "changes_requested",
    "rejected",
    "withdrawn",
    "expired",
    "ordered",
    "cancelled",
]


class Split(NamedTuple):
    """A part of a line that goes elsewhere than the cart says."""

    quantity: int
    ship_to: str
    cost_center: str


class Line(NamedTuple):
    """A product and how many sales units of it; without splits it is one allocation."""

    sku: str
    quantity: int
    splits: tuple[Split, ...] = ()


class Act(NamedTuple):
    """What somebody did. Members by key; ``hours_ago`` counts from the moment of loading.

    The first act of a requisition is its submission. ``lines`` are the lines of the revision that
    the act makes, ``line`` is the number of a line that was rejected.
    """

    verb: Verb
    member: str
    hours_ago: int
    text: str = ""
    lines: tuple[Line, ...] = ()
    line: int = 0


class Requisition(NamedTuple):
    """A purchase and how far it came.

    ``case`` is the case of the product that it shows. ``goods_minor`` is the net value of the
    goods at the buyer's prices. ``waits_for`` are the members who may decide now. ``needs`` names
    what the product must be able to do before this one can be played in; the loader skips it
    otherwise. ``terms`` are those chosen instead of the usual ones.
    ``this_week`` says that it was submitted since Monday: the loader moves a moment
    before that to Monday morning.
    """

    key: str
    case: str
    company: str
    title: str
    requester: str
    cost_center: str
    ship_to: str
    lines: tuple[Line, ...]
    goods_minor: int
    acts: tuple[Act, ...]
    state: State
    waits_for: tuple[str, ...] = ()
    po_number: str = ""
    justification: str = ""
    needs: tuple[str, ...] = ()
    rebuilt_from: str = ""
    this_week: bool = False
    terms: str = ""

    @property
    def lines_now(self) -> tuple[Line, ...]:
        """The lines of the latest revision."""
        changed = [act.lines for act in self.acts if act.lines]
        return changed[-1] if changed else self.lines


def lines(*rows: tuple[str, int]) -> tuple[Line, ...]:
    """Read rows of SKU and quantity."""
    return tuple(Line(sku, quantity) for sku, quantity in rows)
