"""A deliberately plain second model of the plan. It shares no code with the engine.

It reads rulebooks as documents and facts by their field names, walks everything from scratch, and
is slow and simple on purpose. It answers less than the engine: the outcome, the steps as (side,
rank, people, needed, rules), and which rules block, warn or were set aside.
"""

from __future__ import annotations

from tests.policy.oracle_conditions import allocated, amount, holds


class Blocked(Exception):
    """The rule that blocks, by its id."""


def plan(rulebooks, facts):
    """`rulebooks` are (document, unit path) pairs; both sides together."""
    steps, blocked, warned, aside = [], set(), set(), set()
    for side in ("buyer", "merchant"):
        books = [book for book in rulebooks if book[0]["side"] == side]
        books.sort(key=lambda book: len(book[1].split("/")) if book[1] else 0)
        found = _Side(side, books, facts)
        found.run()
        blocked |= found.blocked
        warned |= found.warned
        aside |= found.aside
        steps += found.merged()
    if blocked:
        return {"outcome": "blocked", "steps": [], "blocked": blocked, "warned": warned,
                "aside": aside}  # fmt: skip
    outcome = "approval" if steps else "free"
    return {"outcome": outcome, "steps": steps, "blocked": set(), "warned": warned, "aside": aside}


class _Side:
    def __init__(self, side, books, facts):
        self.side, self.books, self.facts = side, books, facts
        self.basis = books[0][0].get("amount_basis", "goods") if books else "goods"
        self.loosened = books[0][0].get("may_approve", []) if books else []
        self.wanted, self.blocked, self.warned, self.aside = [], set(), set(), set()

    def run(self):
        matches = []
        for document, unit in self.books:
            basis = document.get("amount_basis", "goods")
            for rule in document["rules"]:
                if holds(rule["when"], self.facts, basis) and self.reaches(rule, basis):
                    matches.append((unit, rule))
        allowing = [unit for unit, rule in matches if rule["then"]["effect"] == "auto_approve"]
        decided = False
        for unit, rule in matches:
            effect = rule["then"]["effect"]
            decided = decided or effect in ("block", "require", "auto_approve")
            if effect == "block":
                self.blocked.add(rule["id"])
            elif effect == "warn":
                self.warned.add(rule["id"])
            elif effect == "require":
                if any(up == "" or (unit + "/").startswith(up + "/") for up in allowing):
                    self.aside.add(rule["id"])
                else:
                    self.require(rule["then"], rule)
        if not decided:
            self.default()
        if self.side == "buyer":
            self.limit()
            self.budgets()

    def reaches(self, rule, basis):
        tiers = rule["then"].get("tiers")
        if not tiers:
            return True
        return amount(self.facts, basis) >= tiers["tiers"][0]["from"]["amount_minor"]

    def default(self):
        for document, _ in reversed(self.books):
            default = document["default"]
            if default == "inherit":
                continue
            if default == "block":
                self.blocked.add("default")
            elif default != "free":
                self.require(default, {"id": "default"})
            return

    def require(self, effect, rule):
        try:
            if "steps" in effect:
                for step in effect["steps"]:
                    self.step(step, step.get("rank", 10), rule)
            elif "tiers" in effect:
                self.tiers(effect["tiers"], rule)
            else:
                self.chain(effect["management_chain"], rule)
        except Blocked:
            self.blocked.add(rule["id"])

    def tiers(self, tiers, rule):
        bought = amount(self.facts, self.basis)
        reached = [
            (place, tier)
            for place, tier in enumerate(tiers["tiers"])
            if tier["from"]["amount_minor"] <= bought
        ]
        if tiers["mode"] == "final":
            reached = reached[-1:]
        for place, tier in reached:
            rank = tier.get("rank", tiers.get("rank", 10) + place)
            self.step(tier, rank, rule, tier["from"]["amount_minor"])

    def step(self, step, rank, rule, starts_at=0):
        own = []
        for selector in step["approvers"]:
            own += self.selected(selector)
        chosen = self.may_decide(own)
        quorum = step.get("quorum", "any")
        needed = {"any": 1, "all": max(len(chosen), 1)}.get(quorum, quorum)
        if self.votes(chosen) < needed:
            if quorum == "all":
                chosen = [who for who in chosen if self.can_act(who)]
            for way in self.ways_out(step):
                users = {self.user(who) for who in chosen}
                chosen += [
                    who
                    for who in self.may_decide(way)
                    if self.can_act(who) and self.user(who) not in users
                ]
                if self.votes(chosen) >= needed:
                    break
            else:
                raise Blocked
        self.wanted.append((rank, starts_at, tuple(chosen), needed, rule["id"]))

    def ways_out(self, step):
        for selector in step.get("otherwise", []):
            yield self.selected(selector)
        if self.side == "merchant":
            yield list(self.facts.organisation.merchant_owners)
            return
        for unit in list(reversed(self.facts.organisation.units))[1:]:
            yield [unit.head]
        yield list(self.facts.organisation.admins)

    def chain(self, chain, rule):
        passed, seen = [], set()
        for rung in self.rungs(chain):
            people = [who for who in self.may_decide(rung) if self.user(who) not in seen]
            seen |= {self.user(who) for who in people}
            covering = [who for who in people if self.covers(who)]
            rank = chain.get("rank", 10)
            if any(self.can_act(who) for who in covering):
                if chain.get("everyone_passed"):
                    for place, group in enumerate([*passed, covering]):
                        self.wanted.append((rank + place, 0, tuple(group), 1, rule["id"]))
                else:
                    self.wanted.append((rank, 0, tuple(covering), 1, rule["id"]))
                return
            if any(self.can_act(who) for who in people):
                passed.append(people)
        raise Blocked

    def rungs(self, chain):
        if chain.get("through"):
            return [self.selected(selector) for selector in chain["through"]]
        managers, member = [], self.facts.requester.person.member
        seen = {member}
        while True:
            member = self.facts.organisation.managers.get(member)
            if member is None or member in seen:
                break
            seen.add(member)
            managers.append([member])
        return managers or [[unit.head] for unit in reversed(self.facts.organisation.units)]

    def covers(self, member):
        authority = self.facts.organisation.people[member].authority
        if authority is None or authority.order_maximum is None:
            return False
        maximum = authority.order_maximum
        return not isinstance(maximum, tuple) or amount(self.facts, self.basis) <= maximum[0]

    def selected(self, selector):
        organisation, kind = self.facts.organisation, selector["select"]
        paths = [unit.path for unit in organisation.units]
        if kind == "members":
            return list(selector["members"])
        if kind == "admins":
            return list(organisation.admins)
        if kind == "merchant_role":
            return list(organisation.merchant_roles.get(selector["role"], ()))
        if kind == "head":
            level = len(paths) - 1 - selector["levels_up"]
            return [organisation.units[level].head] if level >= 0 else []
        if kind == "manager":
            member = self.facts.requester.person.member
            for _ in range(selector["levels_up"]):
                member = organisation.managers.get(member)
            return [member] if member else []
        if kind == "permission":
            return [
                grant.member
                for grant in organisation.permissions
                if grant.name == selector["permission"] and grant.unit_path in ["", *paths]
            ]
        assert kind == "role"
        holders = [grant for grant in organisation.roles if grant.name == selector["role"]]
        if selector["where"] == "company":
            return [grant.member for grant in holders]
        if selector["where"] == "unit":
            return [grant.member for grant in holders if grant.unit_path == paths[-1]]
        for path in [*reversed(paths), ""]:
            here = [grant.member for grant in holders if grant.unit_path == path]
            if self.may_decide(here):
                return here
        return []

    def may_decide(self, members):
        out = {self.facts.requester.person.user}
        if self.facts.beneficiary is not None and "beneficiary" not in self.loosened:
            out.add(self.facts.beneficiary.user)
        if "author" not in self.loosened:
            out |= set(self.facts.authors)
        found, users = [], set()
        for member in members:
            person = self.facts.organisation.people.get(member)
            if person is not None and person.user not in out | users:
                found.append(member)
                users.add(person.user)
        return found

    def user(self, member):
        return self.facts.organisation.people[member].user

    def is_away(self, member):
        now = self.facts.now
        return any(
            absence.member == member and absence.starts_at <= now < absence.ends_at
            for absence in self.facts.organisation.absences
        )

    def delegate(self, member):
        for delegation in self.facts.organisation.delegations:
            runs = delegation.starts_at <= self.facts.now < delegation.ends_at
            if delegation.principal != member or not runs:
                continue
            other = delegation.delegate
            if not self.may_decide([other]) or self.is_away(other):
                continue
            if self.user(other) == self.user(member):
                continue
            cap = delegation.cap
            if not isinstance(cap, tuple) or amount(self.facts, self.basis) <= cap[0]:
                return other
        return None

    def can_act(self, member):
        return not self.is_away(member) or self.delegate(member) is not None

    def votes(self, members):
        present = {self.user(who) for who in members if not self.is_away(who)}
        away = [who for who in members if self.is_away(who) and self.delegate(who)]
        stand_ins = {self.user(self.delegate(who)) for who in away}
        return len(present | stand_ins)

    def limit(self):
        limit, bought = self.facts.requester.limit, amount(self.facts, self.basis)
        if limit.mode == "unrestricted":
            return
        exceeded = False
        if isinstance(limit.order_maximum, tuple) and bought > limit.order_maximum[0]:
            exceeded = True
        if isinstance(limit.order_minimum, tuple) and bought < limit.order_minimum[0]:
            exceeded = True
        if isinstance(limit.periods, tuple):
            for bound in limit.periods:
                use = next(u for u in self.facts.requester.uses if u.period == bound.period)
                if isinstance(bound.orders, int) and use.orders + 1 > bound.orders:
                    exceeded = True
                if isinstance(bound.spend, tuple) and use.spend[0] + bought > bound.spend[0]:
                    exceeded = True
        if limit.mode == "hard" and exceeded:
            self.blocked.add("limit.hard")
        elif limit.mode == "always" or (limit.mode == "over" and exceeded):
            name = "limit" if exceeded else "limit.always"
            step = {"approvers": [{"select": "head", "levels_up": 0}]}
            self.require({"steps": [step]}, {"id": name})

    def budgets(self):
        for budget in self.facts.budgets:
            this = 0
            for line in self.facts.purchase.lines:
                for part in line.allocations:
                    if budget.kind != "cost_centre" or part.cost_centre == budget.key:
                        this += allocated(part, budget.basis)
            left = budget.amount_minor - budget.committed_minor - budget.reserved_minor
            if this <= 0 or this <= left:
                continue
            name = f"budget:{budget.id}"
            if budget.mode == "warn":
                self.warned.add(name)
            elif budget.mode == "block":
                self.blocked.add(name)
            else:
                owner = {"select": "members", "members": [budget.owner] if budget.owner else []}
                self.require({"steps": [{"approvers": [owner], "rank": 20}]}, {"id": name})

    def merged(self):
        steps = []
        for rank, _, people, needed, rule in sorted(self.wanted, key=lambda each: each[:2]):
            for step in steps:
                if step[1:4] == [rank, sorted(people), needed]:
                    step[4].add(rule)
                    break
            else:
                steps.append([self.side, rank, sorted(people), needed, {rule}])
        return steps
