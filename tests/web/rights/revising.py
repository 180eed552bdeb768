"""Requisitions of Lena that are edited, that ended while they were, and that were rejected."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from placet.carts.models import Cart
from placet.carts.pricing import price_cart
from placet.requisitions.actions import edit_requisition
from placet.requisitions.actions.replan_requisition import preview_replan
from placet.requisitions.models import Requisition
from placet.requisitions.planning import plan_purchase
from tests.cast import Cast
from tests.requisitions.road import DRESSING, answer, fill_cart, submit


def revising_things(cast: Cast) -> dict[str, Any]:
    """Ids by the names that routes use, and the hashes that were shown."""
    pending = submit(fill_cart(cast, (DRESSING, 30)), actor=cast.lena, now=cast.now)
    edited = submit(fill_cart(cast, (DRESSING, 31)), actor=cast.lena, now=cast.now)
    cart = edit_requisition(edited, actor=cast.lena, now=cast.now)
    ended = submit(fill_cart(cast, (DRESSING, 32)), actor=cast.lena, now=cast.now)
    kept = edit_requisition(ended, actor=cast.lena, now=cast.now)
    at_once = replace(cast.rashid, channel="mail")
    answer(ended, "reject", actor=at_once, reason="Not now.", now=cast.now)
    fresh = Cart.objects.get(pk=cart.pk)
    shown = plan_purchase(fresh, price_cart(fresh, now=cast.now), actor=cast.lena, now=cast.now)
    pending.refresh_from_db()
    replanned = preview_replan(pending, actor=cast.ines, now=cast.now)
    return {
        "edit_discard.cart_id": cart.pk,
        "edit_keep.cart_id": kept.pk,
        "requisition_rebuild.number": _spellings(ended),
        "requisition_replan.number": _spellings(pending),
        "rebuild_requisition.requisition_id": ended.pk,
        "replan_requisition.requisition_id": pending.pk,
        "revise_requisition.requisition_id": edited.pk,
        "discard_edit.requisition_id": edited.pk,
        "get_difference.number": "1",
        "revised_hash": shown.planned.hash,
        "replanned_hash": replanned.planned.hash,
    }


def _spellings(requisition: Requisition) -> tuple[str, str]:
    return requisition.number, requisition.pk


def wishes_about_revising(revised_hash: str, replanned_hash: str) -> dict[str, Mapping[str, Any]]:
    """The fields of each form and each body, by the name of its route."""
    return {
        "edit_discard": {},
        "edit_keep": {},
        "requisition_edit": {},
        "requisition_rebuild": {},
        "requisition_replan": {"reason": "New rules.", "plan_hash": replanned_hash},
        "edit_requisition": {},
        "rebuild_requisition": {},
        "replan_requisition": {"reason": "New rules.", "plan_hash": replanned_hash},
        "revise_requisition": {"plan_hash": revised_hash},
        "discard_edit": {},
    }
