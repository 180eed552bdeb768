"""The parts of a split line."""

from __future__ import annotations

from placet.carts.models import CartAllocation, CartLine


def fit_allocations(line: CartLine) -> None:
    """Let the parts of a split line add up to its quantity again, from the last one backwards."""
    parts = list(CartAllocation.objects.filter(line=line).order_by("position"))
    missing = line.quantity - sum(part.quantity for part in parts)
    if not parts or not missing:
        return
    if missing > 0:
        parts[-1].quantity += missing
        parts[-1].save(update_fields=["quantity"])
        return
    for part in reversed(parts):
        taken = min(part.quantity, -missing)
        missing += taken
        if taken == part.quantity:
            part.delete()
        elif taken:
            part.quantity -= taken
            part.save(update_fields=["quantity"])
