"""The use cases of carts; submitting one lives above, in ``requisitions``."""

from placet.carts.actions.add_lines import (
    AddedLine,
    AlreadyTakenBack,
    Sent,
    add_lines,
    take_back_lines,
)
from placet.carts.actions.allocate_line import allocate_cart, allocate_line
from placet.carts.actions.archive_cart import archive_cart, delete_cart, restore_cart
from placet.carts.actions.comments import (
    comment_on_cart,
    comment_on_line,
    resolve_cart_thread,
    resolve_line_thread,
)
from placet.carts.actions.create_cart import create_cart, rename_cart
from placet.carts.actions.describe_cart import KEEP, describe_cart
from placet.carts.actions.describe_line import describe_line
from placet.carts.actions.give_cart import give_cart, move_cart, take_cart
from placet.carts.actions.lines import add_line, change_line, remove_line
from placet.carts.actions.merge_carts import duplicate_cart, merge_carts, replace_content
from placet.carts.actions.paste_lines import PasteReport, ReportRow, paste_lines
from placet.carts.actions.share_cart import (
    share_cart,
    share_cart_with_unit,
    unshare_cart,
    unshare_cart_with_unit,
)
from placet.carts.allocating import AllocationValues
from placet.carts.closing import close_cart, reopen_cart

__all__ = [
    "KEEP",
    "AddedLine",
    "AllocationValues",
    "AlreadyTakenBack",
    "PasteReport",
    "ReportRow",
    "Sent",
    "add_line",
    "add_lines",
    "allocate_cart",
    "allocate_line",
    "archive_cart",
    "change_line",
    "close_cart",
    "comment_on_cart",
    "comment_on_line",
    "create_cart",
    "delete_cart",
    "describe_cart",
    "describe_line",
    "duplicate_cart",
    "give_cart",
    "merge_carts",
    "move_cart",
    "paste_lines",
    "remove_line",
    "rename_cart",
    "reopen_cart",
    "replace_content",
    "resolve_cart_thread",
    "resolve_line_thread",
    "restore_cart",
    "share_cart",
    "share_cart_with_unit",
    "take_back_lines",
    "take_cart",
    "unshare_cart",
    "unshare_cart_with_unit",
]
