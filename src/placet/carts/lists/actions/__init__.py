"""The use cases of lists; scheduling them has a folder of its own."""

from placet.carts.lists.actions.keep_list import (
    archive_list,
    create_list,
    describe_list,
    give_list,
    restore_list,
)
from placet.carts.lists.actions.list_lines import (
    add_list_line,
    change_list_line,
    move_list_line,
    remove_list_line,
)
from placet.carts.lists.actions.order_list import Ordered, order_list
from placet.carts.lists.actions.paste_list_lines import ListedRow, ListRow, paste_list_lines
from placet.carts.lists.actions.share_list import share_list, unshare_list

__all__ = [
    "ListRow",
    "ListedRow",
    "Ordered",
    "add_list_line",
    "archive_list",
    "change_list_line",
    "create_list",
    "describe_list",
    "give_list",
    "move_list_line",
    "order_list",
    "paste_list_lines",
    "remove_list_line",
    "restore_list",
    "share_list",
    "unshare_list",
]
