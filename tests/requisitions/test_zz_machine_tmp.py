"""Any order of people coming, going, being away and standing in: who is asked is what a plain model
of dictionaries says, and no step is ever open with nobody."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from copy import deepcopy
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import transaction as django_transaction
from hypothesis import Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from placet.companies.models import Absence, Delegation, Member, Role, RoleGrant, Unit
from placet.jobs.verify import verify
from placet.jobs.verify.open_steps import check_open_steps
from placet.requisitions.actions import (
    NobodyLeft,
    deactivate_member,
    delegate_to,
    end_absence,
    end_delegation,
    grant_role,
    hand_over_member,
    name_head,
    reactivate_member,
    reassign_due_steps,
    revoke_role,
    set_absence,
)
from placet.requisitions.models import StepAssignment
from tests.cast import NOW, Cast
from tests.cast_people import system_of
from tests.requisitions.road import DRESSING, INFUSION_SET, fill_cart, submit

BUYER = "lena"
PEOPLE = ("rashid", "mei", "helena", "ines", "anika", "jonas", "piotr", "lena")
PERSON = st.sampled_from(PEOPLE)
UNITS = ("icu", "hospital")
DAY = timedelta(days=1)
ROLE = "meridian/biomedical-engineering"


class NobodyThere(Exception):
    """The model has nobody for a step."""


class Model:
    """The organisation in dictionaries, and who is asked about the two purchases of Lena's."""

    def __init__(self) -> None:
        self.now: datetime = NOW
        self.active = set(PEOPLE)
        self.heads: dict[str, str | None] = {"icu": "rashid", "hospital": "helena"}
        self.holders = {"anika", "jonas", "piotr"}
        self.absences: dict[str, tuple[str, datetime, datetime]] = {}
        self.delegations: dict[str, tuple[str, str, datetime, datetime]] = {}
        self.given: dict[str, list[str]] = {"head": [], "role": []}

    def is_away(self, who: str) -> bool:
        spans = self.absences.values()
        return any(p == who and start <= self.now < end for p, start, end in spans)

    def may(self, who: str | None) -> bool:
        return who in self.active and who != BUYER

    def deputy(self, who: str, all_there: bool) -> str | None:
        for _key, (principal, other, start, end) in sorted(self.delegations.items()):
            runs = principal == who and start <= self.now < end
            if runs and self.may(other) and (all_there or not self.is_away(other)):
                return other
        return None

    def asked(self, step: str) -> set[str]:
        """Who is asked at a step: those who are there, else all who could be."""
        try:
            chosen, all_there = self.chosen(step, False), False
        except NobodyThere:
            chosen, all_there = self.chosen(step, True), True
        self.given[step] = [who for who in self.given[step] if who in chosen]
        deputies = {self.deputy(who, all_there) for who in chosen} - {None}
        return set(chosen) | deputies  # type: ignore[return-value]

    def chosen(self, step: str, all_there: bool) -> list[str]:
        """The step's own people with those who were given a seat, or with the ways up."""

        def can(who: str) -> bool:
            there = all_there or not self.is_away(who)
            return there or self.deputy(who, all_there) is not None

        given = [who for who in self.given[step] if self.may(who)]
        head = self.heads["icu"]
        base = [head] if step == "head" else sorted(self.holders)
        own = [who for who in base if who is not None and self.may(who)]
        if any(map(can, own)) or any(map(can, given)):
            ruled = own if any(map(can, own)) else []
            return list(dict.fromkeys([*ruled, *given]))
        for who in (self.heads["icu"], self.heads["hospital"], "ines"):
            if who is not None and self.may(who) and who not in own and can(who):
                return list(dict.fromkeys([*own, who, *given]))
        raise NobodyThere


class OrganisationMachine(RuleBasedStateMachine):
    """Two purchases wait: one for the head of ICU, one for any of biomedical engineering."""

    cast: Cast

    def __init__(self) -> None:
        super().__init__()
        self.block = django_transaction.atomic()
        self.block.__enter__()
        self.model = Model()
        cast = self.cast
        for name, line in (("head", (DRESSING, 50)), ("role", (INFUSION_SET, 1))):
            made = submit(fill_cart(cast, line), actor=cast.lena, now=NOW)
            setattr(self, name, made)
        self.nobody = system_of(made.company)
        self.keys = {pk: key for key, pk in cast.member.items()}

    def teardown(self) -> None:
        """Nothing of it stays in the database."""
        assert verify() == []
        django_transaction.set_rollback(True)
        self.block.__exit__(None, None, None)

    def member(self, who: str) -> Member:
        found = Member.objects.select_related("user", "unit", "company")
        return found.get(pk=self.cast.member[who])

    @property
    def at(self) -> dict[str, Any]:
        return {"actor": self.nobody, "now": self.model.now}

    @contextmanager
    def unless_nobody_is_left(self, changed: Model) -> Iterator[None]:
        """The change happens, or is refused exactly where the model has nobody for a step."""
        wanted = deepcopy(changed)
        try:
            for step in ("head", "role"):
                wanted.asked(step)
        except NobodyThere:
            with django_transaction.atomic(), pytest.raises(NobodyLeft):
                yield
            return
        yield
        self.model = wanted

    @rule(who=PERSON)
    def the_role_changes_hands(self, who: str) -> None:
        changed = deepcopy(self.model)
        changed.holders ^= {who}
        action = grant_role if who in changed.holders else revoke_role
        role = Role.objects.get(pk=self.cast.role[ROLE])
        with self.unless_nobody_is_left(changed):
            action(self.member(who), role=role, **self.at)

    @rule(where=st.sampled_from(UNITS), who=st.none() | PERSON)
    def another_head(self, where: str, who: str | None) -> None:
        if who is not None and who not in self.model.active:
            return
        changed = deepcopy(self.model)
        changed.heads[where] = who
        unit = Unit.objects.select_related("company").get(pk=self.cast.unit[where])
        with self.unless_nobody_is_left(changed):
            name_head(unit, member=self.member(who) if who else None, **self.at)

    @rule(who=PERSON, ahead=st.integers(0, 2), days=st.integers(1, 3))
    def somebody_is_away(self, who: str, ahead: int, days: int) -> None:
        start = self.model.now + ahead * DAY
        end = start + days * DAY
        made = set_absence(self.member(who), starts_at=start, ends_at=end, **self.at)
        self.model.absences[made.pk] = (who, start, end)

    @rule(choice=st.integers(0, 5))
    def somebody_is_back(self, choice: int) -> None:
        ahead = sorted(key for key, row in self.model.absences.items() if row[2] > self.model.now)
        if choice < len(ahead):
            absence = Absence.objects.select_related("member__company", "member__unit")
            end_absence(absence.get(pk=ahead[choice]), **self.at)
            del self.model.absences[ahead[choice]]

    @rule(who=PERSON, other=PERSON, ahead=st.integers(0, 2), days=st.integers(1, 3))
    def somebody_stands_in(self, who: str, other: str, ahead: int, days: int) -> None:
        if who == other or not {who, other} <= self.model.active:
            return
        start = self.model.now + ahead * DAY
        end = start + days * DAY
        made = delegate_to(
            self.member(who), delegate=self.member(other), starts_at=start, ends_at=end, **self.at
        )
        self.model.delegations[made.pk] = (who, other, start, end)

    @rule(choice=st.integers(0, 5))
    def a_delegation_ends(self, choice: int) -> None:
        now = self.model.now
        ahead = sorted(key for key, row in self.model.delegations.items() if row[3] > now)
        if choice < len(ahead):
            found = Delegation.objects.select_related("principal__company", "principal__unit")
            end_delegation(found.get(pk=ahead[choice]), **self.at)
            del self.model.delegations[ahead[choice]]

    @rule(days=st.integers(1, 3))
    def days_pass(self, days: int) -> None:
        self.model.now += days * DAY
        reassign_due_steps(now=self.model.now)

    @rule(who=PERSON)
    def somebody_leaves_or_comes_back(self, who: str) -> None:
        changed = deepcopy(self.model)
        changed.active ^= {who}
        if who in changed.active:
            reactivate_member(self.member(who), **self.at)
            self.model = changed
            return
        self.forget_delegations(changed, who)
        with self.unless_nobody_is_left(changed):
            deactivate_member(self.member(who), **self.at)

    @rule(who=PERSON, other=PERSON)
    def somebody_hands_over(self, who: str, other: str) -> None:
        if who == other or not {who, other} <= self.model.active:
            return
        changed = deepcopy(self.model)
        changed.active.discard(who)
        for where, head in changed.heads.items():
            changed.heads[where] = other if head == who else head
        for step in ("head", "role"):
            own = self.own(step)
            if who in own and other not in own:
                changed.given[step].append(other)
        held = [row for row in changed.delegations.values() if row[1] == who]
        self.forget_delegations(changed, who)
        for number, (principal, _who, start, end) in enumerate(held):
            if principal != other and end > changed.now:
                begins = max(start, changed.now)
                changed.delegations[f"zzz{number}"] = (principal, other, begins, end)
        with self.unless_nobody_is_left(changed):
            hand_over_member(self.member(who), to=self.member(other), **self.at)
            changed.active.discard(who)
        self.name_new_delegations()

    def forget_delegations(self, changed: Model, who: str) -> None:
        changed.delegations = {
            key: row for key, row in changed.delegations.items() if who not in row[:2]
        }

    def name_new_delegations(self) -> None:
        """Those that a hand-over made have ids of their own."""
        made = {key: row for key, row in self.model.delegations.items() if key.startswith("zzz")}
        for key, (principal, other, start, end) in made.items():
            del self.model.delegations[key]
            row = Delegation.objects.exclude(pk__in=self.model.delegations).filter(
                principal_id=self.cast.member[principal],
                delegate_id=self.cast.member[other],
                starts_at=start,
                ends_at=end,
                revoked_at=None,
            )
            found = row.order_by("id").first()
            assert found is not None
            self.model.delegations[found.pk] = (principal, other, start, end)

    def own(self, step: str) -> set[str]:
        rows = self.rows(step).filter(principal=None)
        return self.names(rows.values_list("member_id", flat=True))

    def rows(self, step: str) -> Any:
        return StepAssignment.objects.filter(requisition=getattr(self, step))

    def names(self, ids: Iterable[str]) -> set[str]:
        return {self.keys[pk] for pk in ids}

    @invariant()
    def who_is_asked_is_what_the_model_says(self) -> None:
        for step in ("head", "role"):
            found = self.rows(step).filter(is_open=True).values_list("member_id", flat=True)
            assert self.names(found) == self.model.asked(step), step
        assert list(check_open_steps()) == []

    @invariant()
    def the_rows_are_what_the_dictionaries_say(self) -> None:
        members = Member.objects.filter(status=Member.Status.ACTIVE, pk__in=self.keys)
        assert self.names(members.values_list("pk", flat=True)) & set(PEOPLE) == self.model.active
        holders = RoleGrant.objects.filter(role_id=self.cast.role[ROLE])
        assert self.names(holders.values_list("member_id", flat=True)) == self.model.holders
        for where, head in self.model.heads.items():
            found = Unit.objects.get(pk=self.cast.unit[where]).head_id
            assert found == (self.cast.member[head] if head else None)


def run(cast: Cast, examples: int, steps: int) -> None:
    """The machine as a test of its own."""
    OrganisationMachine.cast = cast
    run_state_machine_as_test(
        OrganisationMachine,
        # Without shrinking, which takes minutes here: the first failure is short enough to read.
        settings=settings(
            max_examples=examples,
            stateful_step_count=steps,
            phases=(Phase.generate,),
            derandomize=False,
        ),
    )


@pytest.mark.django_db
def test_who_is_asked_is_the_model(cast: Cast) -> None:
    run(cast, 40, 30)


@pytest.mark.soak
@pytest.mark.django_db
def test_who_is_asked_is_the_model_in_long_lives(cast: Cast) -> None:
    run(cast, 150, 40)
