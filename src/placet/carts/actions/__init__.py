"""The use cases of carts; submitting one lives above, in ``requisitions``."""

from placet.carts.actions.allocate_line import AllocationValues, allocate_line
from placet.carts.actions.comments import (
    comment_on_cart,
    comment_on_line,
    resolve_cart_thread,
    resolve_line_thread,
)
from placet.carts.actions.create_cart import archive_cart, create_cart, rename_cart
from placet.carts.actions.describe_cart import KEEP, describe_cart
from placet.carts.actions.lines import add_line, change_line, remove_line
from placet.carts.actions.paste_lines import PasteReport, ReportRow, paste_lines
from placet.carts.actions.share_cart import share_cart, unshare_cart
from placet.carts.closing import close_cart, reopen_cart

__all__ = [
    "KEEP",
    "AllocationValues",
    "PasteReport",
    "ReportRow",
    "add_line",
    "allocate_line",
    "archive_cart",
    "change_line",
    "close_cart",
    "comment_on_cart",
    "comment_on_line",
    "create_cart",
    "describe_cart",
    "paste_lines",
    "remove_line",
    "rename_cart",
    "reopen_cart",
    "resolve_cart_thread",
    "resolve_line_thread",
    "share_cart",
    "unshare_cart",
]
