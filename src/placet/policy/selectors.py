"""Who a rule asks, as data. `approvers` resolves them to people.

{"select": "members", "members": ["mem_1", "mem_2"]}
{"select": "role", "role": "biomed", "where": "unit" | "nearest" | "company"}
{"select": "permission", "permission": "order.approve"}      holders for the unit or above
{"select": "head", "levels_up": 0}                           of the requester's unit, or above
{"select": "manager", "levels_up": 1}                        the requester's own manager is 1
{"select": "budget_owner"}  {"select": "cost_centre_owner"}  {"select": "category_owner"}
{"select": "admins"}
{"select": "merchant_role", "role": "store_manager"}         the merchant's side only
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal, cast

from placet.policy.reading import (
    InvalidPart,
    as_choice,
    as_integer,
    as_list,
    as_mapping,
    as_text,
    point,
)

MAX_LEVELS: Final = 20
MAX_SELECTORS: Final = 20
MAX_NAMED: Final = 200

Where = Literal["unit", "nearest", "company"]


@dataclass(frozen=True, slots=True)
class Members:
    """People by name."""

    members: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Role:
    """Holders of a role: in the requester's unit, its nearest ancestor that has one, anywhere."""

    role: str
    where: Where


@dataclass(frozen=True, slots=True)
class Permission:
    """Everyone who holds a permission for the requester's unit, from there or from above."""

    permission: str


@dataclass(frozen=True, slots=True)
class Head:
    """Head of the requester's unit, or of the unit so many levels above."""

    levels_up: int


@dataclass(frozen=True, slots=True)
class Manager:
    """The requester's manager (1), that manager's manager (2), and so on."""

    levels_up: int


@dataclass(frozen=True, slots=True)
class Owner:
    """The owners of what the purchase draws on: its budgets, cost centres or categories."""

    of: Literal["budget", "cost_centre", "category"]


@dataclass(frozen=True, slots=True)
class Admins:
    """The company's admins."""


@dataclass(frozen=True, slots=True)
class MerchantRole:
    """Holders of a role among the merchant's staff."""

    role: str


Selector = Members | Role | Permission | Head | Manager | Owner | Admins | MerchantRole

_OWNERS: Final = {
    "budget_owner": Owner("budget"),
    "cost_centre_owner": Owner("cost_centre"),
    "category_owner": Owner("category"),
}
_BUYER_KINDS: Final = ("members", "role", "permission", "head", "manager", *_OWNERS, "admins")
_MERCHANT_KINDS: Final = ("merchant_role",)


def read_selectors(
    document: object, pointer: str, side: str, *, at_least: int = 1
) -> tuple[Selector, ...]:
    """A list of selectors of one side; raises `InvalidPart`."""
    entries = as_list(document, pointer, MAX_SELECTORS, at_least=at_least)
    return tuple(_read_selector(entry, point(pointer, i), side) for i, entry in enumerate(entries))


def _read_selector(document: object, pointer: str, side: str) -> Selector:
    node = as_mapping(document, pointer, required=("select",))
    kind = as_choice(node["select"], point(pointer, "select"), (*_BUYER_KINDS, *_MERCHANT_KINDS))
    if (kind in _MERCHANT_KINDS) != (side == "merchant"):
        raise InvalidPart(
            point(pointer, "select"), "wrong_side", f"{kind} is not for the {side}'s rules"
        )
    names = _PARAMETERS.get(kind, ())
    as_mapping(node, pointer, required=names, allowed=("select", *names))
    if kind == "members":
        inner = point(pointer, "members")
        members = as_list(node["members"], inner, MAX_NAMED, at_least=1)
        return Members(tuple(as_text(name, point(inner, i)) for i, name in enumerate(members)))
    if kind == "role":
        where = as_choice(node["where"], point(pointer, "where"), ("unit", "nearest", "company"))
        return Role(as_text(node["role"], point(pointer, "role")), cast(Where, where))
    if kind == "permission":
        return Permission(as_text(node["permission"], point(pointer, "permission")))
    if kind == "merchant_role":
        return MerchantRole(as_text(node["role"], point(pointer, "role")))
    if kind == "admins":
        return Admins()
    if kind in _OWNERS:
        return _OWNERS[kind]
    levels = point(pointer, "levels_up")
    if kind == "head":
        return Head(as_integer(node["levels_up"], levels, 0, MAX_LEVELS))
    return Manager(as_integer(node["levels_up"], levels, 1, MAX_LEVELS))


_PARAMETERS: Final[dict[str, tuple[str, ...]]] = {
    "members": ("members",),
    "role": ("role", "where"),
    "permission": ("permission",),
    "head": ("levels_up",),
    "manager": ("levels_up",),
    "merchant_role": ("role",),
}
