"""A budget as people read it: what is committed, reserved by others, this purchase, and left."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Final, NamedTuple

from django.db.models import Q

from placet.budgets.models import Budget, BudgetTransfer, LedgerEntry, Reservation
from placet.budgets.queries import list_waiting
from placet.companies.models import Member
from placet.companies.permissions import BUDGET_VIEW
from placet.core.actor import Actor
from placet.policy.plan import BudgetEffect
from placet.requisitions.models import Requisition, Revision

MOST_WAITING: Final = 8


class BudgetState(NamedTuple):
    """Amounts in minor units of ``currency``; ``left_minor`` is negative when it is overdrawn."""

    id: str
    name: str
    currency: str
    amount_minor: int
    committed_minor: int
    reserved_minor: int
    this_minor: int
    left_minor: int
    waiting: int = 0

    @property
    def before_minor(self) -> int:
        """What was left without this purchase."""
        return self.left_minor + self.this_minor

    @property
    def over_minor(self) -> int:
        """How much is missing; zero while there is room."""
        return max(-self.left_minor, 0)


def state_of_budget(budget: Budget) -> BudgetState:
    """A budget as it stands, without any purchase in mind."""
    return BudgetState(
        budget.id,
        budget.name,
        budget.currency,
        budget.amount_minor,
        budget.committed_minor,
        budget.reserved_minor,
        0,
        budget.left_minor,
    )


def state_of_effect(effect: BudgetEffect) -> BudgetState:
    """What a cart would do to a budget if it were submitted now."""
    return BudgetState(
        effect.budget,
        effect.name,
        effect.currency,
        effect.amount_minor,
        effect.committed_minor,
        effect.reserved_minor,
        effect.this_minor,
        effect.left_after_minor,
    )


def list_states(actor: Actor, revision_ids: Collection[str]) -> Mapping[str, list[BudgetState]]:
    """The budgets that hold room for these revisions, by revision: one query, two with waiting.

    Who may not see budgets gets none, and the merchant never does.
    """
    states: dict[str, list[BudgetState]] = {revision_id: [] for revision_id in revision_ids}
    if actor.is_merchant or not actor.holds_anywhere(BUDGET_VIEW):
        return states
    held = list(
        Reservation.objects.filter(
            # Reservations are found by requisition; a revision alone is no index of theirs.
            requisition_id__in=Revision.objects.filter(pk__in=states).values("requisition_id"),
            revision_id__in=states,
            budget__company_id=actor.company_id,
            budget__account=Budget.Account.BUDGET,
            status=Reservation.Status.OPEN,
        )
        .select_related("budget")
        .order_by("budget__name", "budget_id")
    )
    for reservation in held:
        states[reservation.revision_id].append(_state_of_reservation(reservation))
    return states


def _state_of_reservation(reservation: Reservation) -> BudgetState:
    state = state_of_budget(reservation.budget)
    return state._replace(
        reserved_minor=state.reserved_minor - reservation.amount_minor,
        this_minor=reservation.amount_minor,
    )


class EntryRow(NamedTuple):
    """A posting with the names that belong to it; ``other`` is the other budget of a transfer."""

    entry: LedgerEntry
    person: str
    requisition: Requisition | None
    other: str


def list_entry_rows(entries: list[LedgerEntry]) -> list[EntryRow]:
    """Postings with people, requisitions and the other side of transfers, in three queries."""
    people = {
        member.pk: member.user.name
        for member in Member.objects.filter(
            pk__in={entry.actor_member for entry in entries if entry.actor_member}
        ).select_related("user")
    }
    requisitions = Requisition.objects.in_bulk(
        [entry.requisition_id for entry in entries if entry.requisition_id]
    )
    others = _others(entries)
    return [
        EntryRow(
            entry,
            people.get(entry.actor_member, ""),
            requisitions.get(entry.requisition_id),
            others.get(entry.pk, ""),
        )
        for entry in entries
    ]


def _others(entries: list[LedgerEntry]) -> dict[str, str]:
    """The name of the budget on the other side, by posting."""
    moved = [entry.pk for entry in entries if entry.kind == LedgerEntry.Kind.TRANSFER]
    if not moved:
        return {}
    found: dict[str, str] = {}
    for transfer in BudgetTransfer.objects.filter(
        Q(given__in=moved) | Q(got__in=moved)
    ).select_related("given__budget", "got__budget"):
        found[transfer.given_id] = transfer.got.budget.name
        found[transfer.got_id] = transfer.given.budget.name
    return found


class WaitingRow(NamedTuple):
    """A purchase that holds room in a budget."""

    reservation: Reservation
    requisition: Requisition | None


class Waiting(NamedTuple):
    """The oldest purchases that hold room in a budget, how many there are, and what they hold."""

    rows: list[WaitingRow]
    number: int
    held_minor: int

    @property
    def more(self) -> int:
        """How many are not shown."""
        return self.number - len(self.rows)


def list_waiting_of(budget_ids: Sequence[str], *, besides: str = "") -> dict[str, Waiting]:
    """By budget, the purchases that hold room in it but for one, in two queries."""
    held = list(list_waiting(budget_ids, most=MOST_WAITING, besides=besides))
    requisitions = Requisition.objects.select_related("requester__user").in_bulk(
        [reservation.requisition_id for reservation in held]
    )
    found = dict.fromkeys(budget_ids, Waiting([], 0, 0))
    for row in held:
        rows = [*found[row.budget_id].rows, WaitingRow(row, requisitions.get(row.requisition_id))]
        found[row.budget_id] = Waiting(rows, row.waiting, int(row.waiting_minor))
    return found


def days_left(budget: Budget, now: datetime) -> int:
    """Whole days until the period ends."""
    return max((budget.ends_at - now).days, 0)
