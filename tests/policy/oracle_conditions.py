"""When a condition holds: the plain model's own reading of a rule's document."""

from __future__ import annotations

from fractions import Fraction


def amount(facts, basis):
    purchase = facts.purchase
    goods, shipping, tax = purchase.goods_minor, purchase.shipping_minor, purchase.tax_minor
    return {"goods": goods, "with_shipping": goods + shipping}.get(basis, goods + shipping + tax)


def allocated(part, basis):
    with_shipping = part.goods_minor + part.shipping_minor
    return {"goods": part.goods_minor, "with_shipping": with_shipping}.get(
        basis, with_shipping + part.tax_minor
    )


def holds(condition, facts, basis):
    lines = facts.purchase.lines
    parts = [(line, part) for line in lines for part in line.allocations]
    rows = [(line, None) for line in lines]
    if "all" in condition:
        return all(holds(each, facts, basis) for each in condition["all"])
    if "any" in condition:
        return any(holds(each, facts, basis) for each in condition["any"])
    if "not" in condition:
        return not holds(condition["not"], facts, basis)
    for key, quantify, over in (
        ("any_line", any, rows),
        ("all_lines", all, rows),
        ("any_allocation", any, parts),
        ("all_allocations", all, parts),
    ):
        if key in condition:
            return quantify(_row_holds(condition[key], row, facts, basis) for row in over)
    if "no_line" in condition:
        return not any(_row_holds(condition["no_line"], row, facts, basis) for row in rows)
    if "no_allocation" in condition:
        where = condition["no_allocation"]
        return not any(_row_holds(where, row, facts, basis) for row in parts)
    if "line_total" in condition:
        where = condition["line_total"]
        found = sum(r[0].total_minor for r in rows if _row_holds(where, r, facts, basis))
        return compare(found, condition)
    if "line_quantity" in condition:
        where = condition["line_quantity"]
        found = sum(r[0].quantity for r in rows if _row_holds(where, r, facts, basis))
        return compare(found, condition)
    if "allocation_total" in condition:
        where = condition["allocation_total"]
        found = sum(
            allocated(row[1], basis) for row in parts if _row_holds(where, row, facts, basis)
        )
        return compare(found, condition)
    return compare(_purchase_value(condition, facts, basis), condition)


def _row_holds(condition, row, facts, basis):
    if "all" in condition:
        return all(_row_holds(each, row, facts, basis) for each in condition["all"])
    if "any" in condition:
        return any(_row_holds(each, row, facts, basis) for each in condition["any"])
    if "not" in condition:
        return not _row_holds(condition["not"], row, facts, basis)
    line, part = row
    scope, _, name = condition["field"].partition(".")
    if scope == "allocation":
        value = allocated(part, basis) if name == "amount" else getattr(part, name)
    elif name == "total":
        value = line.total_minor
    elif name == "unit_price":
        value = Fraction(line.unit_price_minor, line.price_quantity)
    elif name == "above_last_price":
        last = line.last_price_minor
        value = None
        if last:
            raised = Fraction((line.unit_price_minor - last) * 10_000, last)
            value = int(raised + Fraction(1, 2)) if raised >= 0 else -int(Fraction(1, 2) - raised)
    else:
        value = getattr(line, name)
    return compare(value, condition)


def _purchase_value(condition, facts, basis):
    key, purchase = condition["field"], facts.purchase
    if key == "purchase.amount":
        return amount(facts, basis)
    if key == "purchase.reference":
        return purchase.references.get(condition["key"], "")
    if key == "requester.orders":
        return 1 + next(
            use.orders for use in facts.requester.uses if use.period == condition["period"]
        )
    return {
        "purchase.source": purchase.source,
        "purchase.shipping": purchase.shipping_minor,
        "purchase.line_count": len(purchase.lines),
        "requester.roles": facts.requester.roles,
        "requester.permissions": facts.requester.permissions,
        "beneficiary.differs": facts.beneficiary is not None,
    }[key]


def compare(value, condition):
    operator = condition["op"]
    if operator == "is empty":
        return value is None or value in ("", frozenset())
    if value is None:
        return False
    wanted = condition["value"]
    if isinstance(wanted, dict):
        wanted = wanted["amount_minor"]
    if operator == "between":
        low, high = (each["amount_minor"] if isinstance(each, dict) else each for each in wanted)
        return low <= value <= high
    if operator == "in":
        return bool(value & set(wanted)) if isinstance(value, frozenset) else value in wanted
    if operator == "within":
        wanted = [wanted] if isinstance(wanted, str) else wanted
        return any((value + "/").startswith(path + "/") for path in wanted)
    return {
        ">": lambda: value > wanted,
        ">=": lambda: value >= wanted,
        "<": lambda: value < wanted,
        "<=": lambda: value <= wanted,
        "=": lambda: value == wanted,
    }[operator]()
