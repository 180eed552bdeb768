"""Who approves, as one choice of a list: the shapes that settings offer, and what is kept as it is.

A shape that the list does not have (two steps, a quorum) stays word for word as long as nobody
chooses another.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final, NamedTuple

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from placet.companies.models import Role
from placet.companies.queries import get_merchant
from placet.plans.rule_conditions import Names, cut
from placet.plans.rule_effects import consequence
from placet.policy.effects import read_effect
from placet.rulebooks.models import Rulebook

Shape = dict[str, Any]
AS_USUAL: Final = ""
KEPT: Final = "kept"


class Choice(NamedTuple):
    """One entry of the list; ``role`` is key and name, where it is one."""

    value: str
    label: str
    shape: Shape | None
    role: tuple[str, str] = ("", "")


def list_choices(rulebook: Rulebook) -> list[Choice]:
    """Who can be asked under this rulebook's side; the roles cost one query."""
    if rulebook.side == Rulebook.Side.MERCHANT:
        roles = Role.objects.filter(company_id=get_merchant().pk).order_by("name")
        return [_role(role, {"select": "merchant_role", "role": role.key}) for role in roles]
    roles = Role.objects.filter(company_id=rulebook.company_id).order_by("name")
    return [
        _choice("head", _("The head of the requester’s unit"), select="head", levels_up=0),
        _choice("head:1", _("The head of the unit above"), select="head", levels_up=1),
        _choice("manager", _("The requester’s manager"), select="manager", levels_up=1),
        Choice(
            "chain",
            _("Managers, up to the first whose own authority covers it"),
            {"management_chain": {}},
        ),
        _choice("budget_owner", _("The budget’s owner"), select="budget_owner"),
        _choice("cost_centre_owner", _("The cost centre’s owner"), select="cost_centre_owner"),
        _choice("admins", _("The company’s admins"), select="admins"),
        _choice(
            "approvers",
            _("Whoever may approve for the unit"),
            select="permission",
            permission="order.approve",
        ),
        *(_role(role, {"select": "role", "role": role.key, "where": "company"}) for role in roles),
    ]


def value_of(shape: Mapping[str, Any] | None, choices: list[Choice]) -> str:
    """The entry that a shape is; ``kept`` for one that the list does not have."""
    if shape is None:
        return AS_USUAL
    plain = {key: part for key, part in shape.items() if key in ("steps", "management_chain")}
    return next((choice.value for choice in choices if choice.shape == plain), KEPT)


def shape_of(value: str, choices: list[Choice], kept: Mapping[str, Any] | None) -> Shape | None:
    """The shape that was chosen; one that is chosen already stays word for word."""
    if value in (KEPT, value_of(kept, choices)):
        return dict(kept) if kept else None
    return next((choice.shape for choice in choices if choice.value == value), None)


def words_of(shape: Mapping[str, Any], rulebook: Rulebook, choices: list[Choice]) -> str:
    """A shape in words, such as "Finance (any one), then the company’s admins must approve"."""
    words = dict(choice.role for choice in choices)
    document = {"effect": "require", **{k: v for k, v in shape.items() if k != "effect"}}
    effect = read_effect(document, "", rulebook.side)
    return "".join(
        piece.text for piece in cut(consequence(effect, Names(words, get_language() or "en")))
    )


def _choice(value: str, label: str, **selector: Any) -> Choice:
    return Choice(value, label, {"steps": [{"approvers": [selector]}]})


def _role(role: Role, selector: Shape) -> Choice:
    label = _("Anyone with the role %(role)s") % {"role": role.name}
    shape = {"steps": [{"approvers": [selector]}]}
    return Choice(f"role:{role.key}", label, shape, (role.key, role.name))
