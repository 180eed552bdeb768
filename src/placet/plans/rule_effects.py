"""A rule's effect in words: what happens, who is asked, in which order and how many of them."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from placet.core.formats import money_text
from placet.plans.rule_conditions import Names, mark
from placet.plans.rule_words import WAYS_OUT
from placet.policy.effects import (
    AutoApprove,
    Block,
    Effect,
    ManagementChain,
    Notify,
    Require,
    StepShape,
    Tiers,
)
from placet.policy.selectors import (
    Admins,
    Head,
    Manager,
    Members,
    MerchantRole,
    Owner,
    Permission,
    Role,
    Selector,
)

ADMIN_ROLE = "company_admin"


def consequence(effect: Effect, names: Names) -> str:
    """What follows from the rule: the half of the sentence behind "then"."""
    if isinstance(effect, Block):
        return _("it cannot be ordered")
    if isinstance(effect, AutoApprove):
        return _("it needs no approval")
    if isinstance(effect, Notify):
        told = _(" and ").join(_who(selector, names) for selector in effect.watchers)
        return _("%(people)s hear of it") % {"people": told}
    if isinstance(effect, Require):
        return _required(effect, names)
    return _("the buyer is warned")


def details_of(effect: Effect) -> tuple[str, ...]:
    """What stands below the sentence: ways out, due times, what else the buyer must do."""
    details: list[str] = []
    if isinstance(effect, Block) and effect.ways_out:
        ways = ", ".join(str(WAYS_OUT.get(code, code)) for code in effect.ways_out)
        details.append(_("Ways out: %(ways)s") % {"ways": ways})
    if isinstance(effect, AutoApprove):
        details.append(_("Never sets a block or a budget aside"))
    if isinstance(effect, Require):
        if effect.justification:
            details.append(_("The buyer says why"))
        hours = sorted({hour for hour in _due_hours(effect) if hour})
        if hours:
            said = _(", ").join(str(hour) for hour in hours)
            last = hours[-1]
            details.append(
                ngettext("%(hours)s working hour", "%(hours)s working hours", last)
                % {"hours": said}
            )
    return tuple(details)


def roles_asked(effect: Effect) -> tuple[str, ...]:
    """The keys of the roles whose holders a rule asks or tells, in order, each once."""
    keys = []
    for selector in selectors_of(effect):
        if isinstance(selector, Role | MerchantRole):
            keys.append(selector.role)
        elif isinstance(selector, Admins):
            keys.append(ADMIN_ROLE)
    return tuple(dict.fromkeys(keys))


def selectors_of(effect: Effect) -> Iterator[Selector]:
    """Everybody whom an effect names, in the order in which they are asked."""
    if isinstance(effect, Notify):
        yield from effect.watchers
    if not isinstance(effect, Require):
        return
    shape = effect.shape
    if isinstance(shape, ManagementChain):
        yield from shape.through
        return
    steps = [tier.step for tier in shape.tiers] if isinstance(shape, Tiers) else shape
    for step in steps:
        yield from (*step.approvers, *step.otherwise)


def _required(effect: Require, names: Names) -> str:
    shape = effect.shape
    if isinstance(shape, Tiers):
        return _tiers(shape, names)
    if isinstance(shape, ManagementChain):
        return _chain(shape, names)
    steps = sorted(shape, key=lambda step: step.rank)
    asked = _(", then ").join(_step(step, names) for step in steps)
    return _("%(steps)s must approve") % {"steps": asked}


def _tiers(shape: Tiers, names: Names) -> str:
    said = []
    for index, tier in enumerate(shape.tiers):
        if shape.mode == "final" and index:
            template = _("from %(amount)s %(who)s instead")
        elif index:
            template = _("from %(amount)s %(who)s too")
        else:
            template = _("from %(amount)s %(who)s must approve")
        starts_at = tier.starts_at
        if starts_at.amount_minor == 0:
            template = _("%(who)s must approve")
        amount = money_text(starts_at.amount_minor, starts_at.currency, names.language)
        said.append(template % {"amount": mark(amount), "who": _step(tier.step, names)})
    return _(", ").join(said)


def _chain(shape: ManagementChain, names: Names) -> str:
    if not shape.through:
        if shape.everyone_passed:
            return _("each manager approves in turn, up to the first whose own authority covers it")
        return _("it climbs to the first manager whose own authority covers it")
    rungs = _(", then ").join(_who(selector, names) for selector in shape.through)
    return _("it climbs to the first whose own authority covers it: %(rungs)s") % {"rungs": rungs}


def _step(step: StepShape, names: Names) -> str:
    """Who approves, and how many of them: a group is said with its quorum, one person without."""
    who = _(" or ").join(_who(selector, names) for selector in step.approvers)
    text = dict(step.label)
    label = text.get(names.language) or text.get("") or next(iter(text.values()), "")
    said = mark(label) if label else who
    if step.quorum.kind == "all":
        return _("%(who)s (everybody)") % {"who": said}
    if step.quorum.needed > 1:
        return _("%(who)s (any %(needed)d)") % {"needed": step.quorum.needed, "who": said}
    if any(_is_group(selector) for selector in step.approvers):
        return _("%(who)s (any one)") % {"who": said}
    return said


def _is_group(selector: Selector) -> bool:
    if isinstance(selector, Members):
        return len(selector.members) > 1
    return isinstance(selector, Role | MerchantRole | Permission | Admins)


def _who(selector: Selector, names: Names) -> str:
    if isinstance(selector, Members):
        return mark(", ".join(names.of(member) for member in selector.members))
    if isinstance(selector, Role | MerchantRole):
        return mark(_role(selector, names))
    if isinstance(selector, Permission):
        permission = names.of(selector.permission)
        return mark(_("those who may “%(permission)s” for the unit") % {"permission": permission})
    if isinstance(selector, Head):
        return mark(_above(selector.levels_up))
    if isinstance(selector, Manager):
        return mark(
            _("the requester’s manager")
            if selector.levels_up == 1
            else _("the manager %(levels)d levels up") % {"levels": selector.levels_up}
        )
    if isinstance(selector, Owner):
        return mark(_owner(selector))
    return mark(_("the company’s admins"))


def _role(selector: Role | MerchantRole, names: Names) -> str:
    name = names.of(selector.role)
    where = selector.where if isinstance(selector, Role) else "company"
    if where == "unit":
        return _("%(role)s of the unit") % {"role": name}
    if where == "nearest":
        return _("the nearest %(role)s") % {"role": name}
    return name


def _above(levels: int) -> str:
    if levels == 0:
        return _("the head of the unit")
    if levels == 1:
        return _("the head of the unit above")
    return _("the head of the unit %(levels)d levels up") % {"levels": levels}


def _owner(selector: Owner) -> str:
    return {
        "budget": _("the budget’s owner"),
        "cost_centre": _("the owner of the cost centre"),
        "category": _("the owner of the category"),
    }[selector.of]


def _due_hours(effect: Require) -> Iterator[int | None]:
    shape = effect.shape
    if isinstance(shape, ManagementChain):
        yield shape.due_hours
    elif isinstance(shape, Tiers):
        yield from (tier.step.due_hours for tier in shape.tiers)
    else:
        yield from (step.due_hours for step in shape)
