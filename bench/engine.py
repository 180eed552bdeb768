"""The policy engine beside zen-engine, the Rust rule engine with Python bindings.

Both get the same rules and the same purchase. zen-engine evaluates all conditions as one compiled
list of expressions, its fastest form, and answers booleans. Ours answers the rules that match, each
with the values that its test looked at (*evaluate*), and the whole plan with people, order and
budgets (*plan*). From those values alone the findings are stated when somebody reads them, which a
back-test or another way to buy the same never does: *evaluate, stated* states all of them, and
*plan, read* also takes the plan's hash, for which everything is read.
"""

from __future__ import annotations

import gc
import time
from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime
from typing import Any, Final

from placet.policy.evaluate import Evaluation
from placet.policy.facts import (
    UNLIMITED,
    UNRESTRICTED,
    Allocation,
    Company,
    Credit,
    Facts,
    Grant,
    History,
    Line,
    Organisation,
    Person,
    Purchase,
    Requester,
    Unit,
)
from placet.policy.planning import make_plan, near_misses
from placet.policy.rulebook import CompiledRulebook, compile_rulebook

ROUNDS: Final = 400
CATEGORIES: Final = 24
CENTRES: Final = 12
MOST_HINTED: Final = 100
UNIT: Final = "u1/u2"


# ── The same rules for both ─────────────────────────────────────────────────────────────────────


def money(minor: int) -> dict[str, Any]:
    return {"amount_minor": minor, "currency": "EUR"}


def rule(number: int) -> tuple[dict[str, Any], str]:
    """The condition of a rule as our document, and as zen-engine's expression.

    The kinds of the demo company's rulebook: order values, product categories with an amount,
    cost centres, prices, ship-tos, tags.
    """
    step = number // 7
    path = f"Shelf {number % CATEGORIES}/Row {number % 3}"
    in_path = f'startsWith(#.category, "{path}/")'
    centre = f"44{number % CENTRES:02d}"
    kinds: tuple[tuple[dict[str, Any], str], ...] = (
        (_over("purchase.amount", 20_000 + 20_000 * step), f"amount > {20_000 + 20_000 * step}"),
        (
            {"any_line": {"all": [_in_path(path), _over("line.total", 6_000 + 500 * step)]}},
            f"some(lines, {in_path} and #.total > {6_000 + 500 * step})",
        ),
        (
            {
                "allocation_total": _is("allocation.cost_centre", centre),
                "op": ">",
                "value": money(8_000),
            },
            f'sum(map(filter(lines, #.centre == "{centre}"), #.total)) > 8000',
        ),
        (
            {"any_line": _over("line.unit_price", 5_200 - 150 * step)},
            f"some(lines, #.price > {5_200 - 150 * step})",
        ),
        (
            {"all": [_over("purchase.amount", 50_000 + 10_000 * step),
                     {"any_line": _in_path(path)}]},
            f"amount > {50_000 + 10_000 * step} and some(lines, {in_path})",
        ),
        (
            {"any_allocation": _is("allocation.ship_to", f"Dock {step * 4}")},
            f'some(lines, #.ship_to == "Dock {step * 4}")',
        ),
        (
            {"any_line": {"field": "line.tags", "op": "in", "value": [f"tag {step * 3}"]}},
            f'some(lines, "tag {step * 3}" in #.tags)',
        ),
    )  # fmt: skip
    return kinds[number % 7]


def _over(field: str, minor: int) -> dict[str, Any]:
    return {"field": field, "op": ">", "value": money(minor)}


def _is(field: str, value: str) -> dict[str, Any]:
    return {"field": field, "op": "=", "value": value}


def _in_path(path: str) -> dict[str, Any]:
    return {"field": "line.category", "op": "within", "value": path}


def rulebook(rules: int) -> tuple[CompiledRulebook, str]:
    """As many rules for both; ours ask one of four people each."""
    documents, expressions = [], []
    for number in range(rules):
        when, expression = rule(number)
        who = {"select": "members", "members": [f"m{number % 4}"]}
        steps = [{"approvers": [who], "rank": 10 + number % 2 * 10}]
        documents.append(
            {"id": f"r{number}", "when": when, "then": {"effect": "require", "steps": steps}}
        )
        expressions.append(expression)
    document = {"format": 1, "side": "buyer", "default": "free", "rules": documents}
    return compile_rulebook(document), "[" + ", ".join(expressions) + "]"


# ── The same purchase for both ──────────────────────────────────────────────────────────────────


def line(number: int, repeated: int) -> Line:
    """One of ten kinds of line; a long purchase has each kind many times, for the same sum."""
    kind = (number - 1) % 10 + 1
    price = 2_000 + kind * 250
    total = price * 2 // repeated
    part = Allocation(1, f"Dock {kind}", f"44{kind % CENTRES:02d}", None, total, 0, 0)
    category = f"Shelf {kind % CATEGORIES}/Row {kind % 3}/Box {kind}"
    return Line(
        number, f"SKU-{number}", "Thing", category, "Brand", "Norden",
        frozenset({f"tag {kind}"}), 2, price, 1, total, None, None, False, False, (part,),
    )  # fmt: skip


def facts(lines: int) -> Facts:
    bought = tuple(line(number, lines // 10) for number in range(1, lines + 1))
    goods = sum(each.total_minor for each in bought)
    people = {f"m{n}": Person(f"user{n}", f"m{n}", f"M {n}", UNIT, None) for n in range(8)}
    purchase = Purchase(
        "EUR", bought, goods, 0, 0, goods, "", "net30", {}, "", "cart", None, None
    )  # fmt: skip
    organisation = Organisation(
        people, (Unit("u1", "Company", "m5", True), Unit(UNIT, "ICU", "m4", True)), (),
        (Grant("order.approve", "m4", UNIT),), {}, ("m6",), {}, {}, {}, (), (), (),
    )  # fmt: skip
    company = Company(
        "c", "EUR", UTC, date(2020, 1, 1), 10, Credit(UNLIMITED, 0, 0, "warn")
    )  # fmt: skip
    requester = Requester(people["m7"], frozenset(), frozenset(), UNRESTRICTED, ())
    history = History({}, {}, frozenset(), frozenset())
    now = datetime(2025, 11, 25, tzinfo=UTC)
    return Facts(
        now, purchase, requester, None, frozenset({"user7"}), organisation, (), company, history, {}
    )


def as_context(known: Facts) -> dict[str, Any]:
    """The facts that the rules read, as zen-engine takes them."""
    return {
        "amount": known.purchase.goods_minor,
        "lines": [
            {
                "category": each.category,
                "centre": each.allocations[0].cost_centre,
                "total": each.total_minor,
                "price": each.unit_price_minor,
                "ship_to": each.allocations[0].ship_to,
                "tags": sorted(each.tags),
            }
            for each in known.purchase.lines
        ],
    }


# ── Measuring ───────────────────────────────────────────────────────────────────────────────────


def microseconds(calls: Mapping[str, Callable[[], object]]) -> dict[str, float]:
    """The best of many short rounds of each call, taken in turn.

    In turn and short, so that a busy machine slows all of them alike; the best, since noise only
    ever adds. Each round begins with one call that is not counted, so that a call of which few fit
    into a round does not pay more than others for what stood in the processor's caches before.
    """
    times: dict[str, int] = {}
    best: dict[str, float] = {}
    for name, call in calls.items():
        call()
        started = time.perf_counter()
        call()
        times[name] = max(int(0.0005 / max(time.perf_counter() - started, 1e-7)), 1)
    gc.disable()
    for _ in range(ROUNDS):
        for name, call in calls.items():
            call()
            started = time.perf_counter()
            for _ in range(times[name]):
                call()
            spent = (time.perf_counter() - started) / times[name] * 1e6
            best[name] = min(spent, best.get(name, spent))
    gc.enable()
    return best


def zen_call(expression: str, context: Mapping[str, Any]) -> Callable[[], Any] | None:
    """zen-engine on the same rules, or nothing where it is not installed."""
    try:
        import zen
    except ImportError:
        return None
    compiled = zen.compile_expression(expression)
    return lambda: compiled.evaluate(context)


def calls_of(rules: int, lines: int) -> tuple[dict[str, Callable[[], object]], int]:
    """One evaluation, one plan, and zen-engine, for the same rules; and how many match."""
    book, expression = rulebook(rules)
    known = facts(lines)
    evaluator = book.evaluator(known)
    found = evaluator.evaluate(known).matched
    calls: dict[str, Callable[[], object]] = {
        "evaluate": lambda: evaluator.evaluate(known),
        "evaluate, stated": lambda: _stated_all(evaluator.evaluate(known)),
        "plan": lambda: make_plan([book], known),
        "plan, read": lambda: make_plan([book], known).hash,
    }
    if rules <= MOST_HINTED:
        calls["near misses"] = lambda: near_misses([book], known)
    beside = zen_call(expression, as_context(known))
    if beside is not None:
        answers = [index for index, holds in enumerate(beside()) if holds]
        assert answers == found, "both engines find the same rules"
        calls["zen-engine"] = beside
    return calls, len(found)


def measured(shapes: Mapping[str, tuple[int, int]]) -> dict[str, dict[str, float]]:
    """Microseconds of each call for each number of rules and lines, all of them in turn."""
    calls: dict[str, Callable[[], object]] = {}
    matches: dict[str, int] = {}
    for title, (rules, lines) in shapes.items():
        own, matches[title] = calls_of(rules, lines)
        calls |= {f"{title}: {name}": call for name, call in own.items()}
    times = microseconds(calls)
    return {
        title: {"matches": float(matches[title])}
        | {
            name.removeprefix(f"{title}: "): spent
            for name, spent in times.items()
            if name.startswith(f"{title}: ")
        }
        for title in shapes
    }


SHAPES: Final = {
    "50 rules, 10 lines": (50, 10),
    "1,000 rules, 10 lines": (1_000, 10),
    "50 rules, 200 lines": (50, 200),
}


def _stated_all(evaluation: Evaluation) -> list[object]:
    """The findings of every rule that matched."""
    return [evaluation.stated(match) for match in evaluation.matches]


def main() -> None:
    """Print the table and the ratios that are held to."""
    tables = measured(SHAPES)
    small, large, long = tables.values()
    columns = ("evaluate", "evaluate, stated", "plan", "plan, read", "near misses", "zen-engine")
    print(" " * 24 + "".join(f"{name:>18}" for name in columns) + "   (us)")
    for title, found in tables.items():
        cells = (f"{found[name]:18.1f}" if name in found else " " * 18 for name in columns)
        print(f"{title:24}{''.join(cells)}   {found['matches']:.0f} match")
    print()
    if "zen-engine" in small:
        _ratio("evaluate, of zen-engine", small["evaluate"] / small["zen-engine"], 0.25)
        _ratio("plan, of zen-engine", small["plan"] / small["zen-engine"], 1.5)
    else:
        print("zen-engine is not installed: no ratios beside it")
    _ratio("evaluate, 1,000 rules to 50", large["evaluate"] / small["evaluate"], 8)
    _ratio("plan, 200 lines to 10", long["plan"] / small["plan"], 3)


def _ratio(name: str, found: float, allowed: float) -> None:
    verdict = "ok" if found <= allowed else "MISSED"
    print(f"{name:32}{found:8.2f}   at most {allowed:<5} {verdict}")
