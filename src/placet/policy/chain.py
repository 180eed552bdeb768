"""Carrying out a plan: who is asked now, and what each decision leads to. Pure.

Steps are asked in groups of one side and rank, the buyer's side first; a group opens when all
before it are approved. A human is asked once: an approval counts at every step where the human
may decide, except that a *distinct* step does not count those who counted at an earlier one. One
human has one vote a step, whomever they decide for, and one seat has one vote, whether its holder
or a delegate gives it. One rejection ends the chain; a request for changes returns it.

A chain is cheap to make from rows: steps with their seats, and the votes in the order in which
they took effect.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Literal, NamedTuple

from placet.policy.facts import Side
from placet.policy.plan import Approver, Plan

Kind = Literal["approve", "reject", "request_changes"]
StepStatus = Literal["waiting", "pending", "approved", "rejected"]
Outcome = Literal["pending", "approved", "rejected", "changes_requested"]

SIDE_ORDER: dict[Side, int] = {"buyer": 0, "merchant": 1}


class Seat(NamedTuple):
    """One approver of a step, and the humans who may decide in their name."""

    user: str
    delegates: tuple[str, ...] = ()


class ChainStep(NamedTuple):
    """A step as far as deciding goes."""

    key: str
    side: Side
    rank: int
    needed: int
    distinct: bool
    seats: tuple[Seat, ...]


class Vote(NamedTuple):
    """What one human said at one step, once it took effect.

    A `carried` approval was given for an earlier revision (see `carry_over`): it counts at its own
    step only, and its human is still asked at the others.
    """

    step: str
    user: str
    kind: Kind
    carried: bool = False


class Chain(NamedTuple):
    """The steps in order, and the votes in the order in which they took effect."""

    steps: tuple[ChainStep, ...]
    votes: tuple[Vote, ...] = ()


class Standing(NamedTuple):
    """Who may not decide now: the requester, beneficiary and authors, and whoever left."""

    excluded: frozenset[str] = frozenset()
    inactive: frozenset[str] = frozenset()

    def may_decide(self, user: str) -> bool:
        """Whether this human's decision may count at all."""
        return user not in self.excluded and user not in self.inactive


class NotAsked(Exception):
    """This human is not asked at this step now."""

    code = "not_asked"


class AlreadyDecided(Exception):
    """This human has decided this step, or the chain has ended."""

    code = "already_decided"


class NotEligible(Exception):
    """This human may not decide about this purchase."""

    code = "not_eligible"


def chain_of(plan: Plan) -> Chain:
    """The chain of a plan, with nothing decided; a plan that is blocked has no chain."""
    if plan.outcome == "blocked":
        raise ValueError("a blocked plan cannot be carried out")
    return Chain(
        tuple(
            ChainStep(
                key=step.key,
                side=step.side,
                rank=step.rank,
                needed=step.quorum.needed,
                distinct=step.distinct,
                seats=seats_of(step.approvers),
            )
            for step in plan.steps
        )
    )


def seats_of(approvers: Iterable[Approver]) -> tuple[Seat, ...]:
    """The seats of a step's approvers, each with its delegate."""
    return tuple(
        Seat(approver.user, (approver.delegate.user,) if approver.delegate else ())
        for approver in approvers
    )


# ── Where it stands ─────────────────────────────────────────────────────────────────────────────


def outcome(chain: Chain) -> Outcome:
    """Approved when every step is (a chain without steps is), else as the votes say."""
    kinds = {vote.kind for vote in chain.votes}
    if "reject" in kinds:
        return "rejected"
    if "request_changes" in kinds:
        return "changes_requested"
    counted = counted_by_step(chain)
    complete = all(len(counted[step.key]) >= step.needed for step in chain.steps)
    return "approved" if complete else "pending"


def counted_by_step(chain: Chain) -> dict[str, tuple[str, ...]]:
    """The humans whose approval counts at each step, at most as many as it needs."""
    counted: dict[str, tuple[str, ...]] = {}
    for step in chain.steps:
        used = {user for users in counted.values() for user in users} if step.distinct else set()
        humans: list[str] = []
        for user in _approving(chain, step):
            if len(humans) == step.needed:
                break
            if user not in used and _seated(step, [*humans, user]) > len(humans):
                humans.append(user)
        counted[step.key] = tuple(humans)
    return counted


def _approving(chain: Chain, step: ChainStep) -> Iterable[str]:
    """Who said yes here or, explicitly, at another step, in the order in which it took effect."""
    return dict.fromkeys(
        vote.user
        for vote in chain.votes
        if vote.kind == "approve" and (not vote.carried or vote.step == step.key)
    )


def _seated(step: ChainStep, humans: Sequence[str]) -> int:
    """How many of the humans can have a seat each: their own first, then one they stand in for."""
    own = {seat.user for seat in step.seats}
    taken = own.intersection(humans)
    standing_in = [user for user in humans if user not in own]
    for user in standing_in:
        for seat in step.seats:
            if user in seat.delegates and seat.user not in taken:
                taken.add(seat.user)
                break
    return len(taken)


def statuses(chain: Chain) -> dict[str, StepStatus]:
    """Each step's status: waiting for its turn, pending, approved, or rejected."""
    counted = counted_by_step(chain)
    rejected = {vote.step for vote in chain.votes if vote.kind == "reject"}
    found: dict[str, StepStatus] = {}
    open_turn = _open_turn(chain, counted)
    for step in chain.steps:
        if step.key in rejected:
            found[step.key] = "rejected"
        elif _turn(step) == open_turn and len(counted[step.key]) < step.needed:
            found[step.key] = "pending"
        elif open_turn is None or _turn(step) <= open_turn:
            found[step.key] = "approved"
        else:
            found[step.key] = "waiting"
    return found


def _open_turn(chain: Chain, counted: dict[str, tuple[str, ...]]) -> tuple[int, int] | None:
    """The side and rank of the first steps that still need somebody."""
    open_turns = [_turn(step) for step in chain.steps if len(counted[step.key]) < step.needed]
    return min(open_turns, default=None)


def _turn(step: ChainStep) -> tuple[int, int]:
    return SIDE_ORDER[step.side], step.rank


def asked_now(chain: Chain, standing: Standing) -> dict[str, tuple[str, ...]]:
    """For each pending step the humans who may decide it now, in the order of its seats."""
    if outcome(chain) != "pending":
        return {}
    counted = counted_by_step(chain)
    return {
        step.key: _asked_at(step, chain, counted, standing)
        for step in chain.steps
        if statuses(chain)[step.key] == "pending"
    }


def _asked_at(
    step: ChainStep, chain: Chain, counted: dict[str, tuple[str, ...]], standing: Standing
) -> tuple[str, ...]:
    """Humans with a vote left here: not counted yet, and not used up by an earlier step."""
    here = counted[step.key]
    humans = dict.fromkeys(user for seat in step.seats for user in (seat.user, *seat.delegates))
    voted = {vote.user for vote in chain.votes if not vote.carried}
    return tuple(
        user
        for user in humans
        if user not in voted
        and standing.may_decide(user)
        and _seated(step, [*here, user]) > len(here)
    )


def short_steps(chain: Chain, standing: Standing) -> tuple[str, ...]:
    """Pending steps that the people asked cannot complete any more: these must escalate."""
    counted = counted_by_step(chain)
    steps = {step.key: step for step in chain.steps}
    return tuple(
        key
        for key, humans in asked_now(chain, standing).items()
        if _seated(steps[key], [*counted[key], *humans]) < steps[key].needed
    )


# ── What changes it ─────────────────────────────────────────────────────────────────────────────


def decide(chain: Chain, vote: Vote, standing: Standing) -> Chain:
    """The chain with one more decision.

    Raises `AlreadyDecided` after the end and for a second vote, `NotEligible` for people who may
    not decide about this purchase, `NotAsked` for everybody else who is not asked here now.
    """
    earlier = (cast for cast in chain.votes if cast.user == vote.user)
    if outcome(chain) != "pending" or any(
        not cast.carried or cast.step == vote.step for cast in earlier
    ):
        raise AlreadyDecided(vote.step)
    if not standing.may_decide(vote.user):
        raise NotEligible(vote.user)
    if vote.user not in asked_now(chain, standing).get(vote.step, ()):
        raise NotAsked(vote.step)
    return chain._replace(votes=(*chain.votes, vote))


def forward(chain: Chain, step: str, seat: str, to: Seat, standing: Standing) -> Chain:
    """Somebody hands their seat to another; raises `NotEligible` and `NotAsked`."""
    found = _step(chain, step)
    if seat not in {other.user for other in found.seats}:
        raise NotAsked(step)
    remaining = tuple(other for other in found.seats if other.user != seat)
    return _with_seats(chain, found, (*remaining, to), found.needed, standing)


def add_approver(chain: Chain, step: str, seat: Seat, standing: Standing) -> Chain:
    """One more person must say yes at this step; raises `NotEligible`."""
    found = _step(chain, step)
    return _with_seats(chain, found, (*found.seats, seat), found.needed + 1, standing)


def escalate(chain: Chain, step: str, seats: Iterable[Seat], standing: Standing) -> Chain:
    """More people may decide; as many as before have to. Raises `NotEligible`."""
    found = _step(chain, step)
    return _with_seats(chain, found, (*found.seats, *seats), found.needed, standing)


def _step(chain: Chain, key: str) -> ChainStep:
    for step in chain.steps:
        if step.key == key:
            return step
    raise NotAsked(key)


def _with_seats(
    chain: Chain, step: ChainStep, seats: Sequence[Seat], needed: int, standing: Standing
) -> Chain:
    """Seats by human, the first one kept; only an open chain changes."""
    if outcome(chain) != "pending":
        raise AlreadyDecided(step.key)
    by_user: dict[str, Seat] = {}
    for seat in seats:
        by_user.setdefault(seat.user, seat)
    added = set(by_user) - {seat.user for seat in step.seats}
    if not all(standing.may_decide(user) for user in added):
        raise NotEligible(", ".join(sorted(added)))
    if needed > len(by_user):
        raise NotEligible("they are asked here already")
    changed = step._replace(seats=tuple(by_user.values()), needed=needed)
    steps = tuple(changed if other.key == step.key else other for other in chain.steps)
    return chain._replace(steps=steps)
