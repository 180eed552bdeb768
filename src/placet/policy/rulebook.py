"""A rulebook read from its document, and compiled.

    {
      "format": 1,
      "side": "buyer",                        whose rules these are: buyer or merchant
      "default": "free",                      free | block | inherit | {"effect": "require", ...}
      "amount_basis": "goods",                goods | with_shipping | gross
      "may_approve": [],                      separation of duties loosened: beneficiary, author
      "limit_approvers": {...},               a shape; the head of the requester's unit unless set
      "budget_approvers": {...},              a shape; the budget's owner unless set
      "credit_approvers": {...},              a shape; merchant's side, its owners unless set
      "rules": [{"id": "...", "name": ..., "when": condition, "then": effect, "message": ...}]
    }

A rulebook is compiled once per process and content; it is immutable, so never invalidated.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Final, Literal, NamedTuple, cast

from placet.policy.comparing import Currencies
from placet.policy.conditions import AllOf, Comparison, Condition, read_condition, walk
from placet.policy.effects import (
    Block,
    Effect,
    EffectName,
    Require,
    Shape,
    Tiers,
    effect_name,
    read_effect,
    read_shape,
    read_text,
)
from placet.policy.evaluate import Evaluator
from placet.policy.facts import AmountBasis, Facts, Side
from placet.policy.money import Rate
from placet.policy.plan import RulebookRef, Text
from placet.policy.reading import (
    Fault,
    InvalidPart,
    as_choice,
    as_list,
    as_mapping,
    as_text,
    point,
)
from placet.policy.reads import Reads, reads_of

MAX_RULES: Final = 2_000
UNGUARDED_WINDOWS: Final = frozenset({"history.unit_spend", "allocation.ship_to_spend"})
MERCHANT_FIELDS: Final = frozenset({"quote.margin"})
FORMAT: Final = 1
Default = Literal["free", "block", "inherit"] | Require


class InvalidRulebook(Exception):
    """The document is no rulebook; `faults` say where and why, each with a JSON pointer."""

    code = "invalid_rulebook"

    def __init__(self, faults: tuple[Fault, ...]) -> None:
        super().__init__("; ".join(f"{fault.pointer}: {fault.detail}" for fault in faults[:5]))
        self.faults = faults


@dataclass(frozen=True, slots=True)
class Rule:
    """Condition, effect, and what to tell the buyer.

    `when` includes reaching the first tier, where the effect asks by tiers.
    """

    id: str
    name: Text
    when: Condition
    then: Effect
    message: Text
    effect: EffectName


@dataclass(frozen=True, slots=True)
class Rulebook:
    """What the document says."""

    side: Side
    default: Default
    amount_basis: AmountBasis
    may_approve: frozenset[str]
    limit_approvers: Shape | None
    budget_approvers: Shape | None
    credit_approvers: Shape | None
    rules: tuple[Rule, ...]


class _Position(NamedTuple):
    rulebook: str
    version: int
    unit_path: str


@dataclass(frozen=True)
class CompiledRulebook:
    """A rulebook in its place: which version of which rulebook, for which unit and all below.

    `unit_path` is empty for the company's own rulebook and for the merchant's. `reads` says which
    facts to load; `reference` is what a plan remembers of it.
    """

    rulebook: str
    version: int
    unit_path: str
    content_hash: str
    content: Rulebook
    reads: Reads
    fields_read: tuple[str, ...]
    reference: RulebookRef
    _evaluators: dict[tuple[str, str, tuple[object, ...]], Evaluator] = field(
        default_factory=dict, repr=False, compare=False
    )

    @property
    def side(self) -> Side:
        """Whose rules these are."""
        return self.content.side

    def evaluator(self, facts: Facts) -> Evaluator:
        """The conditions compiled for the facts' currencies; raises `NoRate`."""
        purchase, company = facts.purchase.currency, facts.company.currency
        rates = self._rates_used(purchase, company, facts.rates) if facts.rates else ()
        key = (purchase, company, rates)
        found = self._evaluators.get(key)
        if found is None:
            if len(self._evaluators) > _MOST_EVALUATORS:
                self._evaluators.clear()
            conditions = [rule.when for rule in self.content.rules]
            currencies = Currencies(purchase, company, facts.rates)
            found = Evaluator(conditions, self.content.amount_basis, currencies)
            self._evaluators[key] = found
        return found

    def _rates_used(
        self, purchase: str, company: str, rates: Mapping[tuple[str, str], Rate]
    ) -> tuple[object, ...]:
        """The rates that the thresholds depend on; none while all is in one currency."""
        foreign = [
            (source, target)
            for source in sorted(self.reads.currencies)
            for target in (purchase, company)
            if source != target
        ]
        return tuple(
            rates.get((source, target)) or rates.get((target, source)) for source, target in foreign
        )


_MOST_EVALUATORS: Final = 64


@dataclass(frozen=True, slots=True)
class UnreadableRulebook:
    """A stored rulebook that cannot be read any more: it blocks, it never means "no rules"."""

    rulebook: str
    version: int
    side: Side


def compile_rulebook(
    document: Mapping[str, object], *, rulebook: str = "", version: int = 1, unit_path: str = ""
) -> CompiledRulebook:
    """Read and compile a document; the same content is read once. Raises `InvalidRulebook`."""
    try:
        text = json.dumps(document, sort_keys=True, ensure_ascii=False, allow_nan=False)
        text.encode()  # Half a character, as JSON can escape it, is no text.
    except (TypeError, ValueError, RecursionError) as error:
        fault = Fault("", "not_json", f"not a JSON document: {error}")
        raise InvalidRulebook((fault,)) from None
    return _compiled(text, _Position(rulebook, version, unit_path))


@lru_cache(maxsize=512)
def _compiled(text: str, position: _Position) -> CompiledRulebook:
    content = _content(text)
    content_hash = hashlib.sha256(text.encode()).hexdigest()
    reads = reads_of(content)
    fields_read = tuple(sorted(reads.fields))
    reference = RulebookRef(position.rulebook, position.version, content_hash)
    return CompiledRulebook(*position, content_hash, content, reads, fields_read, reference)


@lru_cache(maxsize=512)
def _content(text: str) -> Rulebook:
    return read_rulebook(json.loads(text))


_KEYS: Final = (
    "format",
    "side",
    "default",
    "amount_basis",
    "may_approve",
    "limit_approvers",
    "budget_approvers",
    "credit_approvers",
    "rules",
)


def read_rulebook(document: object) -> Rulebook:
    """The rulebook of a JSON document; raises `InvalidRulebook` with one fault a broken rule."""
    try:
        node = as_mapping(document, "", required=("format", "side", "default", "rules"))
        as_mapping(document, "", allowed=_KEYS)
        if type(node["format"]) is not int or node["format"] != FORMAT:
            raise InvalidPart("/format", "unknown_format", f"format {FORMAT}")
        side = cast(Side, as_choice(node["side"], "/side", ("buyer", "merchant")))
        basis = as_choice(
            node.get("amount_basis", "goods"),
            "/amount_basis",
            ("goods", "with_shipping", "gross"),
        )
        loosened = as_list(node.get("may_approve", []), "/may_approve", 2)
        may_approve = frozenset(
            as_choice(name, point("/may_approve", i), ("beneficiary", "author"))
            for i, name in enumerate(loosened)
        )
        default = _read_default(node["default"], side)
        limit, budget, credit = (_read_optional_shape(node, key, side) for key in _KEYS[5:8])
        entries = as_list(node["rules"], "/rules", MAX_RULES)
    except InvalidPart as error:
        raise InvalidRulebook((error.fault,)) from None
    rules = _read_rules(entries, side)
    return Rulebook(
        side, default, cast(AmountBasis, basis), may_approve, limit, budget, credit, rules
    )


def _read_default(document: object, side: Side) -> Default:
    if isinstance(document, str):
        choice = as_choice(document, "/default", ("free", "block", "inherit"))
        return cast(Literal["free", "block", "inherit"], choice)
    effect = read_effect(document, "/default", side)
    if not isinstance(effect, Require) or isinstance(effect.shape, Tiers):
        raise InvalidPart("/default", "unknown_choice", "free, block, inherit or required steps")
    return effect


def _read_optional_shape(node: dict[str, object], key: str, side: Side) -> Shape | None:
    if key not in node:
        return None
    shape = read_shape(node[key], point("", key), side)
    if isinstance(shape, Tiers):
        raise InvalidPart(point("", key), "unknown_choice", "steps or a management chain")
    return shape


def _read_rules(entries: list[object], side: Side) -> tuple[Rule, ...]:
    rules: list[Rule] = []
    faults: list[Fault] = []
    seen: set[str] = set()
    for index, entry in enumerate(entries):
        pointer = point("/rules", index)
        try:
            rule = _read_rule(entry, pointer, side)
            if rule.id in seen:
                raise InvalidPart(point(pointer, "id"), "not_unique", f"{rule.id!r} comes twice")
            seen.add(rule.id)
            rules.append(rule)
        except InvalidPart as error:
            faults.append(error.fault)
    if faults:
        raise InvalidRulebook(tuple(faults))
    return tuple(rules)


def _read_rule(document: object, pointer: str, side: Side) -> Rule:
    names = ("id", "when", "then")
    node = as_mapping(document, pointer, required=names, allowed=(*names, "name", "message"))
    when = read_condition(node["when"], point(pointer, "when"))
    then = read_effect(node["then"], point(pointer, "then"), side)
    _check_reach(when, then, side, pointer)
    return Rule(
        id=as_text(node["id"], point(pointer, "id")),
        name=read_text(node.get("name"), point(pointer, "name")),
        when=_reaching_the_first_tier(when, then),
        then=then,
        message=read_text(node.get("message"), point(pointer, "message")),
        effect=effect_name(then),
    )


def _check_reach(when: Condition, then: Effect, side: Side, pointer: str) -> None:
    """Some fields are for some rules only.

    Rolling windows over units and ship-tos are not guarded by counters, so they ask or warn and
    never block. The margin is the merchant's.
    """
    fields = {part.field for part in walk(when) if isinstance(part, Comparison)}
    if isinstance(then, Block) and fields & UNGUARDED_WINDOWS:
        raise InvalidPart(
            point(pointer, "then"), "rolling_window", "a rolling window asks or warns, never blocks"
        )
    if side == "buyer" and fields & MERCHANT_FIELDS:
        raise InvalidPart(point(pointer, "when"), "wrong_side", "the margin is the merchant's")


def _reaching_the_first_tier(when: Condition, then: Effect) -> Condition:
    """Tiers are a condition too: below the first of them the rule does not match."""
    if not (isinstance(then, Require) and isinstance(then.shape, Tiers)):
        return when
    reached = Comparison("purchase.amount", ">=", then.shape.tiers[0].starts_at)
    return AllOf((*when.parts, reached)) if isinstance(when, AllOf) else AllOf((when, reached))
