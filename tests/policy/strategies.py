"""Random rulebooks and purchases, drawn from a plain `random.Random` so that they are cheap."""

from __future__ import annotations

from datetime import timedelta
from random import Random
from typing import Any

from placet.policy.facts import (
    UNLIMITED,
    Absence,
    Delegation,
    Facts,
    Grant,
    Limit,
    Line,
    PeriodBound,
    PeriodUse,
)
from placet.policy.money import Money
from tests.policy import world
from tests.policy.world import HOSPITAL, ICU, NOW, ROOT, STAFF

CATEGORIES = (
    "Medical devices",
    "Medical devices/Infusion",
    "Medical devicesX",
    "Consumables/Gloves",
    "Office",
)
CENTRES = ("4410", "4420")
DOCKS = ("Dock A", "Dock B", "Home")
TAGS = ("controlled", "cold", "fragile")
AMOUNTS = (0, 1, 9_999, 10_000, 49_999, 50_000, 50_001, 120_000, 500_000)


def eur(minor: int) -> dict[str, Any]:
    return {"amount_minor": minor, "currency": "EUR"}


class Draw:
    """One random world; the same seed gives the same world."""

    def __init__(self, seed: int) -> None:
        self.random = Random(seed)

    def maybe(self, chance: float) -> bool:
        return self.random.random() < chance

    # ── Conditions ──────────────────────────────────────────────────────────────────────────────

    def condition(self, depth: int = 0) -> dict[str, Any]:
        kind = self.random.choice(
            ("leaf", "leaf", "rows", "rows", "sum", "all", "any", "not") if depth < 3 else ("leaf",)
        )
        if kind in ("all", "any"):
            count = self.random.randrange(3)
            return {kind: [self.condition(depth + 1) for _ in range(count)]}
        if kind == "not":
            return {"not": self.condition(depth + 1)}
        if kind == "rows":
            scope = self.random.choice(("line", "allocation"))
            names = {
                "line": ("any_line", "all_lines", "no_line"),
                "allocation": ("any_allocation", "all_allocations", "no_allocation"),
            }
            return {self.random.choice(names[scope]): self.row(scope, depth)}
        if kind == "sum":
            measure = self.random.choice(("line_total", "line_quantity", "allocation_total"))
            scope = "allocation" if measure == "allocation_total" else "line"
            number = self.number("count" if measure == "line_quantity" else "money")
            return {measure: self.row(scope, depth), **number}
        return self.leaf()

    def leaf(self) -> dict[str, Any]:
        pick = self.random.choice
        return pick(
            (
                lambda: {"field": "purchase.amount", **self.number("money")},
                lambda: {"field": "purchase.shipping", **self.number("money")},
                lambda: {"field": "purchase.line_count", **self.number("count")},
                lambda: {"field": "purchase.source", "op": "=", "value": pick(("cart", "api"))},
                lambda: {"field": "purchase.reference", "key": "po", "op": "is empty"},
                lambda: {"field": "requester.orders", "period": "week", **self.number("count")},
                lambda: {"field": "requester.roles", "op": "in", "value": ["buyer"]},
                lambda: {
                    "field": "requester.permissions", "op": "in", "value": ["order.approve", "x"],
                },
                lambda: {"field": "beneficiary.differs", "op": "=", "value": self.maybe(0.5)},
            )
        )()  # fmt: skip

    def row(self, scope: str, depth: int) -> dict[str, Any]:
        kind = self.random.choice(
            ("leaf", "leaf", "leaf", "all", "any", "not") if depth < 3 else ("leaf",)
        )
        if kind in ("all", "any"):
            return {kind: [self.row(scope, depth + 1) for _ in range(self.random.randrange(3))]}
        if kind == "not":
            return {"not": self.row(scope, depth + 1)}
        return self.row_leaf(scope)

    def row_leaf(self, scope: str) -> dict[str, Any]:
        pick = self.random.choice
        some = self.random.sample
        on_line = (
            lambda: {"field": "line.category", "op": "within", "value": pick(CATEGORIES)},
            lambda: {"field": "line.category", "op": "in", "value": some(CATEGORIES, 2)},
            lambda: {"field": "line.category", "op": "within", "value": some(CATEGORIES, 2)},
            lambda: {"field": "line.total", **self.number("money")},
            lambda: {"field": "line.unit_price", **self.number("money")},
            lambda: {"field": "line.quantity", **self.number("count")},
            lambda: {"field": "line.tags", "op": "in", "value": some(TAGS, 2)},
            lambda: {"field": "line.tags", "op": "is empty"},
            lambda: {"field": "line.restricted", "op": "=", "value": self.maybe(0.5)},
            lambda: {"field": "line.above_last_price", "op": ">", "value": pick((0, 500, 5_000))},
        )
        on_allocation = (
            lambda: {"field": "allocation.ship_to", "op": "in", "value": some(DOCKS, 2)},
            lambda: {"field": "allocation.ship_to", "op": "=", "value": pick(DOCKS)},
            lambda: {"field": "allocation.cost_centre", "op": "=", "value": pick(CENTRES)},
            lambda: {"field": "allocation.amount", **self.number("money")},
        )
        return pick(on_line + on_allocation * 2 if scope == "allocation" else on_line)()

    def number(self, kind: str) -> dict[str, Any]:
        operator = self.random.choice((">", ">=", "<", "<=", "=", "between"))
        values: tuple[Any, ...] = AMOUNTS if kind == "money" else (0, 1, 2, 3, 5)
        wrap = eur if kind == "money" else int
        if operator == "between":
            low, high = sorted(self.random.choices(values, k=2))
            return {"op": operator, "value": [wrap(low), wrap(high)]}
        return {"op": operator, "value": wrap(self.random.choice(values))}

    # ── Effects ─────────────────────────────────────────────────────────────────────────────────

    def selector(self, side: str) -> dict[str, Any]:
        pick = self.random.choice
        if side == "merchant":
            role = pick(("store_manager", "owner", "nobody"))
            return {"select": "merchant_role", "role": role}
        where = pick(("unit", "nearest", "company"))
        return pick(
            (
                {"select": "members", "members": self.random.sample((*STAFF, "lena", "gone"), 2)},
                {"select": "role", "role": pick(("biomed", "none")), "where": where},
                {"select": "permission", "permission": "order.approve"},
                {"select": "head", "levels_up": self.random.randrange(4)},
                {"select": "manager", "levels_up": 1 + self.random.randrange(3)},
                {"select": "admins"},
            )
        )

    def step(self, side: str) -> dict[str, Any]:
        step: dict[str, Any] = {
            "approvers": [self.selector(side) for _ in range(1 + self.maybe(0.3))],
            "quorum": self.random.choice(("any", "any", "all", 2)),
        }
        if self.maybe(0.3):
            step["otherwise"] = [self.selector(side)]
        return step

    def require(self, side: str) -> dict[str, Any]:
        shape = self.random.choice(("steps", "steps", "tiers", "chain"))
        if shape == "steps":
            steps = [
                {**self.step(side), "rank": self.random.choice((10, 20))}
                for _ in range(1 + self.maybe(0.3))
            ]
            return {"effect": "require", "steps": steps}
        if shape == "tiers":
            starts = sorted(self.random.sample(AMOUNTS, 1 + self.random.randrange(3)))
            tiers = [{**self.step(side), "from": eur(start)} for start in starts]
            mode = self.random.choice(("final", "cumulative"))
            return {"effect": "require", "tiers": {"mode": mode, "tiers": tiers}}
        chain: dict[str, Any] = {"everyone_passed": self.maybe(0.5)}
        if side == "merchant" or self.maybe(0.3):
            chain["through"] = [self.selector(side), self.selector(side)]
        return {"effect": "require", "management_chain": chain}

    def rulebook(self, side: str) -> dict[str, Any]:
        rules = []
        for number in range(self.random.randrange(5)):
            effect = self.random.choices(
                ("require", "warn", "auto_approve", "block"), (6, 1, 1, 0.3)
            )[0]
            then = self.require(side) if effect == "require" else {"effect": effect}
            rules.append({"id": f"{side}-{number}", "when": self.condition(), "then": then})
        default: Any = self.random.choice(("free", "free", "block", "require", "inherit"))
        if default == "require":
            default = {"effect": "require", "steps": [self.step(side)]}
        basis = self.random.choice(("goods", "with_shipping", "gross"))
        return {"format": 1, "side": side, "default": default, "amount_basis": basis,
                "may_approve": ["author"] if self.maybe(0.1) else [], "rules": rules}  # fmt: skip

    def rulebooks(self) -> list[tuple[dict[str, Any], str]]:
        """(document, unit path) pairs: the company's, perhaps a unit's, perhaps the merchant's."""
        books = [(self.rulebook("buyer"), "")]
        if self.maybe(0.4):
            unit_book = self.rulebook("buyer")
            for rule in unit_book["rules"]:
                rule["id"] = f"unit-{rule['id']}"
            books.append((unit_book, self.random.choice((ROOT, HOSPITAL, ICU))))
        if self.maybe(0.4):
            books.append((self.rulebook("merchant"), ""))
        return books

    # ── Facts ───────────────────────────────────────────────────────────────────────────────────

    def line(self, number: int) -> Line:
        pick = self.random.choice
        total = pick((*AMOUNTS, self.random.randrange(200_000)))
        first = self.random.randrange(total + 1)
        shares = [total] if self.maybe(0.7) else [first, total - first]
        parts = tuple(
            world.allocation(
                share, ship_to=pick(DOCKS), cost_centre=pick(CENTRES),
                shipping_minor=self.random.randrange(100), tax_minor=self.random.randrange(100),
            )
            for share in shares
        )  # fmt: skip
        return world.line(number, "0")._replace(
            category=pick(CATEGORIES),
            tags=frozenset(self.random.sample(TAGS, self.random.randrange(3))),
            quantity=self.random.randrange(1, 5),
            unit_price_minor=pick(AMOUNTS),
            price_quantity=pick((1, 1, 100)),
            total_minor=total,
            last_price_minor=pick((None, 0, 10_000)),
            restricted=self.maybe(0.3),
            allocations=parts,
        )

    def authority(self) -> Limit | None:
        maximum = self.random.choice((None, UNLIMITED, Money(50_000, "EUR"), Money(0, "EUR")))
        return None if self.maybe(0.2) else world.limit(order_maximum=maximum)

    def facts(self) -> Facts:
        lines = [self.line(number) for number in range(1, 1 + self.random.randrange(4))]
        parts = [part for line in lines for part in line.allocations]
        goods = sum(line.total_minor for line in lines)
        shipping = sum(part.shipping_minor for part in parts)
        tax = sum(part.tax_minor for part in parts)
        bought = world.purchase(
            *lines,
            goods_minor=goods,
            shipping_minor=shipping,
            tax_minor=tax,
            total_minor=goods + shipping + tax,
            references={"po": self.random.choice(("", "PR-1"))},
            source=self.random.choice(("cart", "api")),
        )
        known = world.facts(bought, organisation=self.organisation())
        authors = {"user-lena"} | {f"user-{who}" for who in STAFF if self.maybe(0.1)}
        requester = known.requester._replace(
            roles=frozenset(self.random.sample(("buyer", "child"), 1)),
            permissions=frozenset({"order.approve"} if self.maybe(0.3) else ()),
            limit=self.limit(),
            uses=(PeriodUse("week", Money(20_000, "EUR"), self.random.randrange(4)),),
        )
        beneficiary = known.organisation.people.get("ada") if self.maybe(0.2) else None
        budgets = tuple(
            world.icu_budget(
                id=f"b{number}",
                kind=self.random.choice(("cost_centre", "company")),
                owner=self.random.choice((None, "ada", "rashid", "lena")),
                mode=self.random.choice(("warn", "approve", "approve", "block")),
                basis=self.random.choice(("goods", "with_shipping", "gross")),
                amount_minor=2_050_000 + self.random.randrange(200_000),
            )
            for number in range(self.random.randrange(3))
        )
        return known._replace(
            requester=requester,
            authors=frozenset(authors),
            beneficiary=beneficiary,
            budgets=budgets,
        )

    def limit(self) -> Limit:
        pick = self.random.choice
        return world.limit(
            mode=pick(("unrestricted", "unrestricted", "always", "over", "hard")),
            order_minimum=pick((UNLIMITED, Money(5_000, "EUR"))),
            order_maximum=pick((UNLIMITED, Money(50_000, "EUR"))),
            periods=pick(
                (
                    UNLIMITED,
                    (PeriodBound("week", Money(60_000, "EUR"), 2),),
                    (PeriodBound("week", UNLIMITED, 3),),
                )
            ),
        )

    def organisation(self) -> Any:
        everybody = (*STAFF, "helena", "greta", "tom", "olga")
        known = {
            name: world.person(name)._replace(authority=self.authority())
            for name in everybody
            if self.maybe(0.85)
        }
        known["lena"] = world.LENA
        delegations = tuple(
            Delegation(
                self.random.choice(everybody),
                self.random.choice((*everybody, "lena")),
                NOW - timedelta(days=1),
                NOW + timedelta(days=self.random.choice((0, 1))),
                self.random.choice((UNLIMITED, Money(50_000, "EUR"))),
            )
            for _ in range(self.random.randrange(4))
        )
        absences = tuple(
            Absence(name, NOW - timedelta(days=1), NOW + timedelta(days=1))
            for name in everybody
            if self.maybe(0.15)
        )
        roles = tuple(
            Grant("biomed", name, self.random.choice((ROOT, HOSPITAL, ICU, "")))
            for name in ("anika", "jonas", "piotr")
        )
        managers = {"lena": "rashid", "rashid": "helena", "helena": "greta", "greta": "rashid"}
        return world.organisation(
            people=known,
            delegations=delegations,
            absences=absences,
            roles=roles,
            managers=managers if self.maybe(0.7) else {},
        )
