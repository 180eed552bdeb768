"""What a rule does when its condition holds, and whom it asks.

    {"effect": "block", "ways_out": ["choose_ship_to"]}
    {"effect": "auto_approve"}
    {"effect": "warn"}
    {"effect": "notify", "watchers": [selector, ...]}
    {"effect": "require", "steps": [step, ...], "justification": true}
    {"effect": "require", "tiers": {"mode": "cumulative", "rank": 10, "tiers": [tier, ...]}}
    {"effect": "require", "management_chain": {"rank": 10, "everyone_passed": false}}

A step: `{"approvers": [selector, ...], "otherwise": [selector, ...], "quorum": "any" | "all" | 2,
"rank": 10, "label": "Biomedical engineering", "distinct": false, "due_hours": 16}`. A tier is a
step with `"from": money` in place of the rank. Selectors are in `selectors`.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, Final, Literal, cast

from placet.policy.money import Money
from placet.policy.plan import Quorum, Text
from placet.policy.reading import (
    InvalidPart,
    as_boolean,
    as_choice,
    as_integer,
    as_list,
    as_mapping,
    as_money,
    as_text,
    point,
)
from placet.policy.selectors import Owner, Selector, read_selectors

MAX_STEPS: Final = 20
MAX_RANK: Final = 1_000
DEFAULT_RANK: Final = 10
ANY_ONE: Final = Quorum("any", 1)


@dataclass(frozen=True, slots=True)
class StepShape:
    """One approval: who, how many of them, and when (equal ranks are asked at once)."""

    approvers: tuple[Selector, ...]
    otherwise: tuple[Selector, ...] = ()
    quorum: Quorum = ANY_ONE
    rank: int = DEFAULT_RANK
    label: Text = ()
    distinct: bool = False
    due_hours: int | None = None
    depends_on_lines: bool = field(init=False, compare=False, repr=False)
    """Whether the people depend on which lines a reason is about."""

    def __post_init__(self) -> None:
        asked = (*self.approvers, *self.otherwise)
        object.__setattr__(self, "depends_on_lines", any(isinstance(s, Owner) for s in asked))


@dataclass(frozen=True, slots=True)
class Tier:
    """A step that is reached from an amount on, inclusive."""

    starts_at: Money
    step: StepShape


@dataclass(frozen=True, slots=True)
class Tiers:
    """`final` asks the last tier that the amount reaches, `cumulative` all, lowest first."""

    mode: Literal["final", "cumulative"]
    tiers: tuple[Tier, ...]


@dataclass(frozen=True, slots=True)
class ManagementChain:
    """Climb to the first whose own authority covers the amount and what the reasons name.

    The rungs are the requester's managers, or, where `through` is given, its selectors in turn.
    With `everyone_passed` those on the way are asked too, lowest first.
    """

    through: tuple[Selector, ...] = ()
    everyone_passed: bool = False
    rank: int = DEFAULT_RANK
    label: Text = ()
    due_hours: int | None = None


Shape = tuple[StepShape, ...] | Tiers | ManagementChain


@dataclass(frozen=True, slots=True)
class Block:
    """Cannot be ordered; `ways_out` are codes that the screen turns into links."""

    ways_out: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class AutoApprove:
    """Sets aside `require` rules of its side and of its unit or below, and its side's default."""


@dataclass(frozen=True, slots=True)
class Require:
    """Adds steps; may demand a justification."""

    shape: Shape
    justification: bool = False


@dataclass(frozen=True, slots=True)
class Warn:
    """The buyer must acknowledge it."""


@dataclass(frozen=True, slots=True)
class Notify:
    """Watchers are told; nothing to decide."""

    watchers: tuple[Selector, ...]


Effect = Block | AutoApprove | Require | Warn | Notify

EffectName = Literal["block", "auto_approve", "require", "warn", "notify"]
EFFECT_NAMES: Final[dict[type[Effect], EffectName]] = {
    Block: "block",
    AutoApprove: "auto_approve",
    Require: "require",
    Warn: "warn",
    Notify: "notify",
}


def effect_name(effect: Effect) -> EffectName:
    """What the document and the screens call it."""
    return EFFECT_NAMES[type(effect)]


def read_effect(document: object, pointer: str, side: str) -> Effect:
    """The effect of a JSON document; raises `InvalidPart`."""
    node = as_mapping(document, pointer, required=("effect",))
    name = as_choice(node["effect"], point(pointer, "effect"), tuple(EFFECT_NAMES.values()))
    if name == "require":
        return _read_require(node, pointer, side)
    if name == "block":
        as_mapping(node, pointer, allowed=("effect", "ways_out"))
        inner = point(pointer, "ways_out")
        ways = as_list(node.get("ways_out", []), inner, 10)
        return Block(tuple(as_text(way, point(inner, i)) for i, way in enumerate(ways)))
    if name == "notify":
        as_mapping(node, pointer, required=("watchers",), allowed=("effect", "watchers"))
        return Notify(read_selectors(node["watchers"], point(pointer, "watchers"), side))
    as_mapping(node, pointer, allowed=("effect",))
    return AutoApprove() if name == "auto_approve" else Warn()


_SHAPES: Final = ("steps", "tiers", "management_chain")


def _read_require(node: dict[str, object], pointer: str, side: str) -> Require:
    as_mapping(node, pointer, allowed=("effect", "justification", *_SHAPES))
    justification = as_boolean(node.get("justification", False), point(pointer, "justification"))
    shape = read_shape({key: node[key] for key in _SHAPES if key in node}, pointer, side)
    return Require(shape, justification)


def read_shape(document: object, pointer: str, side: str) -> Shape:
    """Steps, tiers or a management chain: exactly one of the three."""
    node = as_mapping(document, pointer, allowed=_SHAPES)
    if len(node) != 1:
        raise InvalidPart(pointer, "missing", f"exactly one of: {', '.join(_SHAPES)}")
    if "steps" in node:
        inner = point(pointer, "steps")
        steps = as_list(node["steps"], inner, MAX_STEPS, at_least=1)
        read = (_read_step(step, point(inner, i), side) for i, step in enumerate(steps))
        return cast(Shape, _one_object(tuple(read)))
    if "tiers" in node:
        return _read_tiers(node["tiers"], point(pointer, "tiers"), side)
    return _read_chain(node["management_chain"], point(pointer, "management_chain"), side)


_STEP_KEYS: Final = ("approvers", "otherwise", "quorum", "rank", "label", "distinct", "due_hours")


def _read_step(document: object, pointer: str, side: str, rank: int = DEFAULT_RANK) -> StepShape:
    node = as_mapping(document, pointer, required=("approvers",), allowed=_STEP_KEYS)
    otherwise = node.get("otherwise", [])
    step = StepShape(
        approvers=read_selectors(node["approvers"], point(pointer, "approvers"), side),
        otherwise=read_selectors(otherwise, point(pointer, "otherwise"), side, at_least=0),
        quorum=_read_quorum(node.get("quorum", "any"), point(pointer, "quorum")),
        rank=as_integer(node.get("rank", rank), point(pointer, "rank"), 0, MAX_RANK),
        label=read_text(node.get("label"), point(pointer, "label")),
        distinct=as_boolean(node.get("distinct", False), point(pointer, "distinct")),
        due_hours=_read_due(node.get("due_hours"), point(pointer, "due_hours")),
    )
    return cast(StepShape, _one_object(step))


@lru_cache(maxsize=4_096)
def _one_object(shape: StepShape | tuple[StepShape, ...]) -> object:
    """Equal shapes are one object, so that a plan finds the people of each once."""
    return shape


def _read_quorum(document: object, pointer: str) -> Quorum:
    if isinstance(document, str):
        return (
            Quorum("all", 1) if as_choice(document, pointer, ("any", "all")) == "all" else ANY_ONE
        )
    return Quorum("count", as_integer(document, pointer, 1, 50))


def _read_due(document: object, pointer: str) -> int | None:
    return None if document is None else as_integer(document, pointer, 1, 10_000)


def _read_tiers(document: object, pointer: str, side: str) -> Tiers:
    names = ("mode", "tiers")
    node = as_mapping(document, pointer, required=names, allowed=(*names, "rank"))
    mode = as_choice(node["mode"], point(pointer, "mode"), ("final", "cumulative"))
    first_rank = as_integer(node.get("rank", DEFAULT_RANK), point(pointer, "rank"), 0, MAX_RANK)
    inner = point(pointer, "tiers")
    tiers: list[Tier] = []
    for index, entry in enumerate(as_list(node["tiers"], inner, MAX_STEPS, at_least=1)):
        here = point(inner, index)
        tier = dict(as_mapping(entry, here, required=("from", "approvers")))
        starts_at = as_money(tier.pop("from"), point(here, "from"))
        tiers.append(Tier(starts_at, _read_step(tier, here, side, first_rank + index)))
        _check_ascending(tiers, here)
    return Tiers(cast(Literal["final", "cumulative"], mode), tuple(tiers))


def _check_ascending(tiers: list[Tier], pointer: str) -> None:
    """Each tier starts above the one before, in one currency, and is asked later."""
    if len(tiers) < 2:
        return
    before, last = tiers[-2], tiers[-1]
    if before.starts_at.currency != last.starts_at.currency:
        raise InvalidPart(point(pointer, "from"), "mixed_currencies", "all tiers in one currency")
    if before.starts_at.amount_minor >= last.starts_at.amount_minor:
        raise InvalidPart(point(pointer, "from"), "out_of_range", "above the tier before")
    if before.step.rank > last.step.rank:
        raise InvalidPart(point(pointer, "rank"), "out_of_range", "not before the lower tier")


def _read_chain(document: object, pointer: str, side: str) -> ManagementChain:
    allowed = ("through", "everyone_passed", "rank", "label", "due_hours")
    node = as_mapping(document, pointer, allowed=allowed)
    if side == "merchant" and "through" not in node:
        raise InvalidPart(point(pointer, "through"), "missing", "the merchant's rungs are named")
    return ManagementChain(
        through=read_selectors(
            node.get("through", []), point(pointer, "through"), side, at_least=0
        ),
        everyone_passed=as_boolean(
            node.get("everyone_passed", False), point(pointer, "everyone_passed")
        ),
        rank=as_integer(node.get("rank", DEFAULT_RANK), point(pointer, "rank"), 0, MAX_RANK),
        label=read_text(node.get("label"), point(pointer, "label")),
        due_hours=_read_due(node.get("due_hours"), point(pointer, "due_hours")),
    )


def read_text(document: object, pointer: str) -> Text:
    """A text, or one text a language: `{"en": "Finance", "pl": "Finanse"}`; nothing is empty."""
    if document is None:
        return ()
    if isinstance(document, str):
        return (("", as_text(document, pointer)),)
    node = as_mapping(document, pointer)
    texts: list[tuple[str, str]] = []
    for language, text in sorted(cast(dict[str, Any], node).items()):
        if not (2 <= len(language) <= 5 and language.isascii()):
            raise InvalidPart(point(pointer, language), "unknown_choice", "a language such as en")
        texts.append((language, as_text(text, point(pointer, language))))
    return tuple(texts)
