"""Who a selector means for this purchase, and who of them may decide it.

Selectors resolve to members who are active at `now`. Left out, as humans and not as memberships,
are the requester, the person it is for and every author of the revision (separation of duties).
A rulebook may loosen the latter two; nothing lets the requester decide.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, Final, NamedTuple

from placet.policy.facts import UNLIMITED, Delegation, Facts, Line, Person, Side
from placet.policy.money import Money, NoRate, converted
from placet.policy.plan import Approver, Delegate, Label
from placet.policy.probes import paths_above
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

MAX_CLIMB = 50


class Selection(NamedTuple):
    """What a selector is called here, and the members it names, in order."""

    label: Label
    members: tuple[str, ...]


InLine = tuple[tuple[Approver, ...], frozenset[str]]
"""People who are asked when others do not answer, and which humans they are."""

_new = tuple.__new__  # these at half the cost of calling their classes: there are many
_MEMBERS: Final = Label("members", ())


class Candidates:
    """The people of one purchase, on one side, with separation of duties."""

    def __init__(
        self, facts: Facts, side: Side, may_approve: frozenset[str], amount: Money
    ) -> None:
        self.facts = facts
        self.side = side
        self.amount = amount
        self.staff: dict[int, Any] = {}  # by shape, see `staffing`
        self.next_in_line: list[InLine] = []  # as far as asked, see `staffing`
        self.ways_up: Iterator[tuple[Any, Selection]] | None = None
        self._approvers: dict[str, Approver] = {}
        self._organisation = facts.organisation
        self._excluded = _excluded_users(facts, may_approve)
        self._away = {
            absence.member
            for absence in facts.organisation.absences
            if absence.starts_at <= facts.now < absence.ends_at
        }

    def eligible(self, members: Iterable[str], seen: frozenset[str] = frozenset()) -> list[Person]:
        """Those of the members who are active and may decide, each human once, in order."""
        known, excluded = self._organisation.people, self._excluded
        by_user: dict[str, Person] = {}
        for member in members:
            person = known.get(member)
            if person is not None and person.user not in excluded and person.user not in seen:
                by_user.setdefault(person.user, person)
        return list(by_user.values())

    def approvers(self, selections: Iterable[Selection]) -> list[Approver]:
        """Everyone selected who may decide, as approvers, each human once, in order."""
        known, excluded = self._organisation.people, self._excluded
        found: dict[str, Approver] = {}
        for _, members in selections:
            for member in members:
                person = known.get(member)
                if person is not None:
                    user = person[0]
                    if user not in excluded and user not in found:
                        found[user] = self.approver(person)
        return list(found.values())

    def approver(self, person: Person) -> Approver:
        """The person as an approver, with the delegate who may decide for them now."""
        known = self._approvers.get(person.member)
        if known is None:
            user, member, name, _, _ = person
            delegate = self._delegate(person) if self._organisation.delegations else None
            known = _new(Approver, (member, user, name, member in self._away, delegate))
            self._approvers[member] = known
        return known

    def _delegate(self, person: Person) -> Delegate | None:
        """One level deep, within the cap, and never somebody who may not decide themselves."""
        now = self.facts.now
        for delegation in self._organisation.delegations:
            if delegation.principal != person.member:
                continue
            if not delegation.starts_at <= now < delegation.ends_at:
                continue
            found = self.eligible([delegation.delegate], frozenset({person.user}))
            if found and found[0].member not in self._away and self._within_cap(delegation):
                return Delegate(found[0].member, found[0].user, found[0].name)
        return None

    def _within_cap(self, delegation: Delegation) -> bool:
        """Whether the amount is within the delegation's cap; without a rate it is not."""
        if not isinstance(delegation.cap, Money):
            return delegation.cap is UNLIMITED
        try:
            amount = converted(self.amount, delegation.cap.currency, self.facts.rates)
        except NoRate:
            return False
        return amount.amount_minor <= delegation.cap.amount_minor

    # ── Selectors ───────────────────────────────────────────────────────────────────────────────

    def select(self, selector: Selector, lines: Sequence[int] = ()) -> Selection:
        """The members a selector names; `lines` are those that the reason is about, if any."""
        if isinstance(selector, Members):
            return _new(Selection, (_MEMBERS, selector.members))
        if isinstance(selector, Role):
            return Selection(_label("role", role=selector.role), self._role(selector))
        if isinstance(selector, Permission):
            label = _label("permission", permission=selector.permission)
            return Selection(label, self._permission(selector.permission))
        if isinstance(selector, Head):
            return self.head(selector.levels_up)
        if isinstance(selector, Manager):
            chain = self.managers()
            named = chain[selector.levels_up - 1 : selector.levels_up]
            return Selection(Label("manager", ()), tuple(named))
        if isinstance(selector, Owner):
            return Selection(Label(f"{selector.of}_owner", ()), self._owners(selector, lines))
        if isinstance(selector, Admins):
            return Selection(Label("admins", ()), self._organisation.admins)
        assert isinstance(selector, MerchantRole)
        staff = self._organisation.merchant_roles.get(selector.role, ())
        return Selection(_label("merchant_role", role=selector.role), staff)

    def head(self, levels_up: int) -> Selection:
        """The head of the requester's unit, or of the unit so many levels above."""
        units = self._organisation.units
        if levels_up >= len(units):
            return Selection(Label("head", ()), ())
        unit = units[-1 - levels_up]
        label = Label("head", (("unit", unit.name),))
        return Selection(label, (unit.head,) if unit.head else ())

    def managers(self) -> tuple[str, ...]:
        """The requester's managers upwards; bounded, and nobody twice."""
        chain: list[str] = []
        member = self.facts.requester.person.member
        visited = {member}
        while len(chain) < MAX_CLIMB:
            manager = self._organisation.managers.get(member)
            if manager is None or manager in visited:
                break
            visited.add(manager)
            chain.append(manager)
            member = manager
        return tuple(chain)

    def _role(self, selector: Role) -> tuple[str, ...]:
        grants = [grant for grant in self._organisation.roles if grant.name == selector.role]
        if selector.where == "company":
            return tuple(grant.member for grant in grants)
        paths = [unit.path for unit in self._organisation.units]
        if selector.where == "unit":
            return tuple(grant.member for grant in grants if paths and grant.unit_path == paths[-1])
        for path in (*reversed(paths), ""):
            members = tuple(grant.member for grant in grants if grant.unit_path == path)
            if self.eligible(members):
                return members
        return ()

    def _permission(self, permission: str) -> tuple[str, ...]:
        """Holders for the requester's unit: granted there, above it, or company-wide."""
        paths = {unit.path for unit in self._organisation.units} | {""}
        return tuple(
            grant.member
            for grant in self._organisation.permissions
            if grant.name == permission and grant.unit_path in paths
        )

    def _owners(self, selector: Owner, numbers: Sequence[int]) -> tuple[str, ...]:
        if selector.of == "budget":
            return tuple(budget.owner for budget in self.facts.budgets if budget.owner)
        lines = [
            line for line in self.facts.purchase.lines if not numbers or line.number in numbers
        ]
        if selector.of == "cost_centre":
            centres = {a.cost_centre for line in lines for a in line.allocations}
            owners = self._organisation.cost_centre_owners
            return tuple(owners[centre] for centre in sorted(centres) if centre in owners)
        return tuple(owner for line in lines if (owner := self._category_owner(line)) is not None)

    def _category_owner(self, line: Line) -> str | None:
        """The owner of the line's category, or of the nearest one above that has an owner."""
        owners = self._organisation.category_owners
        for path in reversed(paths_above(line.category)):
            if path in owners:
                return owners[path]
        return None


def _label(code: str, **values: str) -> Label:
    return Label(code, tuple(sorted(values.items())))


def _excluded_users(facts: Facts, may_approve: frozenset[str]) -> frozenset[str]:
    """Separation of duties: these humans decide nothing about this purchase."""
    users = {facts.requester.person.user}
    if facts.beneficiary is not None and "beneficiary" not in may_approve:
        users.add(facts.beneficiary.user)
    if "author" not in may_approve:
        users |= facts.authors
    return frozenset(users)
