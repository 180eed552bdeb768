"""Terms of payment that the engine knows by name; all others are words of the merchant's own."""

from typing import Final

PREPAYMENT: Final = "prepayment"
"""Paid after the approval and before the order is processed: it needs no credit."""
