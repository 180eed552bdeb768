"""Lists, schedules and earlier purchases of Lena, and who may do what with them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from placet.carts.lists.actions import add_list_line, archive_list, create_list, share_list
from placet.carts.lists.queries import get_list
from placet.carts.schedules.actions import create_schedule, pause_schedule
from placet.carts.schedules.values import ScheduleValues
from placet.companies.models import Member
from placet.requisitions.actions import run_schedule
from placet.requisitions.models import StandingOccurrence
from tests.cast import Cast
from tests.requisitions.road import fill_cart, submit
from tests.requisitions.schedules import MONDAY, with_envelope
from tests.web.rights.table import read_table

ROWS = read_table(
    """
                        owner peer sister head admin auditor desk store other parent child
GET   lists             200   200  200    200  200   200     200  200   200   200    200
POST  list_create       302   302  302    302  302   302     403  403   302   302    302
GET   add_to_list       200   200  200    200  200   200     200  200   200   200    200
POST  add_to_list       302   302  302    302  302   302     403  403   422   302    302
GET   list              200   404  404    404  404   404     404  404   404   404    404
POST  list_describe     302   404  404    404  404   404     404  404   404   404    404
POST  list_archive      302   404  404    404  404   404     404  404   404   404    404
POST  list_restore      302   404  404    404  404   404     404  404   404   404    404
POST  list_give         302   404  404    404  404   404     404  404   404   404    404
POST  list_share        302   404  404    404  404   404     404  404   404   404    404
POST  list_unshare      302   404  404    404  404   404     404  404   404   404    404
GET   list_share_links  200   404  404    404  404   404     404  404   404   404    404
POST  list_share_links  200   404  404    404  404   404     404  404   404   404    404
POST  list_add          302   404  404    404  404   404     404  404   404   404    404
POST  list_import       302   404  404    404  404   404     404  404   404   404    404
GET   list_export       200   404  404    404  404   404     404  404   404   404    404
POST  list_order        302   404  404    404  404   404     404  404   404   404    404
POST  list_line         302   404  404    404  404   404     404  404   404   404    404
POST  list_line_move    302   404  404    404  404   404     404  404   404   404    404
POST  list_line_remove  302   404  404    404  404   404     404  404   404   404    404
GET   schedule_new      200   404  404    404  404   404     404  404   404   404    404
POST  schedule_new      302   404  404    404  404   404     404  404   404   404    404
GET   schedule          200   404  404    404  404   404     404  404   404   404    404
GET   schedule_edit     200   404  404    404  404   404     404  404   404   404    404
POST  schedule_edit     302   404  404    404  404   404     404  404   404   404    404
POST  schedule_pause    302   404  404    404  404   404     404  404   404   404    404
POST  schedule_resume   302   404  404    404  404   404     404  404   404   404    404
POST  schedule_skip     302   404  404    404  404   404     404  404   404   404    404
POST  schedule_end      302   404  404    404  404   404     404  404   404   404    404
POST  schedule_withdraw 302   404  404    404  404   404     404  404   404   404    404
GET   usual             200   200  200    200  200   200     200  200   200   200    200
POST  usual             302   302  422    302  422   422     422  422   422   422    422
GET   reorder           200   404  404    200  200   200     404  404   404   404    404
POST  reorder           302   404  404    302  302   302     404  404   404   404    404
POST  envelope_withdraw 302   404  404    back back  back    back back  404   404    404
""",
    deactivated="404",
    suspended="403",
    anonymous="login",
)
"""The list is Lena's own; of her purchases those are told who may see all."""

OPERATIONS = read_table(
    """
                        owner peer sister head admin auditor desk store other parent child key
GET    list_purchase_lists 200 200 200 200 200 200 200 200 200 200 200 200
POST   create_purchase_list 201 201 201 201 201 201 403 403 201 201 201 403
GET    get_purchase_list 200 404 404 404 404 404 404 404 404 404 404 404
PATCH  change_purchase_list 200 404 404 404 404 404 404 404 404 404 404 404
POST   add_purchase_list_line 201 404 404 404 404 404 404 404 404 404 404 404
PATCH  change_purchase_list_line 200 404 404 404 404 404 404 404 404 404 404 404
DELETE remove_purchase_list_line 204 404 404 404 404 404 404 404 404 404 404 404
POST   import_purchase_list 201 404 404 404 404 404 404 404 404 404 404 404
POST   share_purchase_list 201 404 404 404 404 404 404 404 404 404 404 404
DELETE unshare_purchase_list 204 404 404 404 404 404 404 404 404 404 404 404
POST   order_purchase_list 201 404 404 404 404 404 404 404 404 404 404 404
GET    list_schedules 200 200 200 200 200 200 200 200 200 200 200 200
POST   create_schedule 201 404 404 404 404 404 404 404 404 404 404 404
GET    get_schedule 200 404 404 404 404 404 404 404 404 404 404 404
PUT    change_schedule 200 404 404 404 404 404 404 404 404 404 404 404
DELETE end_schedule 204 404 404 404 404 404 404 404 404 404 404 404
POST   pause_schedule 201 404 404 404 404 404 404 404 404 404 404 404
POST   resume_schedule 201 404 404 404 404 404 404 404 404 404 404 404
POST   skip_occurrence 201 404 404 404 404 404 404 404 404 404 404 404
POST   withdraw_schedule_envelope 201 404 404 404 404 404 404 404 404 404 404 404
GET    list_schedule_occurrences 200 404 404 404 404 404 404 404 404 404 404 404
POST   reorder_requisition 201 404 404 201 201 201 404 404 404 404 404 403
""",
    deactivated="401",
    suspended="403",
    anonymous="401",
)


class Sheet(SimpleUploadedFile):
    """A file that can be sent again and again."""

    def read(self, *size: int) -> bytes:
        """From its beginning."""
        self.seek(0)
        found: bytes = super().read(*size)
        return found


def listed_things(cast: Cast) -> dict[str, Any]:
    """Ids by the names that routes use."""
    lena, now = cast.lena, cast.now
    made = create_list("Ward needs", actor=lena, now=now)
    for sku in ("GLV-M", "DRS-10"):
        line = add_list_line(made, sku=sku, quantity=5, actor=lena, now=now)
    mei = Member.objects.get(pk=cast.member["mei"])
    grant = share_list(made, member=mei, level="view", actor=lena, now=now)
    away = create_list("Old", actor=lena, now=now)
    archive_list(away, actor=lena, now=now)
    wanted = get_list(lena, made.pk)
    values = ScheduleValues("standing", "week", 1, MONDAY)
    schedule = create_schedule(wanted, values=values, actor=lena, now=now)
    paused = create_schedule(wanted, values=values, actor=lena, now=now)
    pause_schedule(paused, actor=lena, now=now)
    for _time in range(2):
        bought = submit(fill_cart(cast, ("PEN-B", 60)), actor=lena, now=now)
    return {
        "list_id": made.pk,
        "list_restore.list_id": away.pk,
        "list_line.line_id": line.pk,
        "list_line_move.line_id": line.pk,
        "list_line_remove.line_id": line.pk,
        "change_purchase_list_line.line_id": line.pk,
        "remove_purchase_list_line.line_id": line.pk,
        "unshare_purchase_list.grant_id": grant.pk,
        "schedule_id": schedule.pk,
        "schedule_resume.schedule_id": paused.pk,
        "resume_schedule.schedule_id": paused.pk,
        "reorder.requisition_id": bought.pk,
        "envelope_withdraw.requisition_id": _with_envelope(cast),
        "reorder_requisition.requisition_id": bought.pk,
        "listed_grant": grant.pk,
        "product_of_pens": bought.revision.lines.get().product_id if bought.revision else "",
    }


def _with_envelope(cast: Cast) -> str:
    """A purchase that a schedule submitted today, and whose approval would cover later ones."""
    schedule = with_envelope(cast, starts_on=cast.now.date())
    run_schedule(schedule.pk, now=cast.now)
    found = StandingOccurrence.objects.get(schedule=schedule).requisition
    assert found is not None
    return str(found.pk)


def wishes_about_lists(cast: Cast, grant_id: str, pens: str) -> dict[str, Mapping[str, Any]]:
    """The fields of each form and each body, by the name of its route."""
    rhythm = {"every": "week", "every_count": 1, "starts_on": MONDAY.isoformat()}
    schedule = {**rhythm, "kind": "standing"}
    row = {"sku": "GLV-S", "quantity": 2}
    return {
        "list_create": {"name": "Ward"},
        "add_to_list": {"sku": "PEN-B", "quantity": "2", "name": "Pens"},
        "list_describe": {"name": "Ward", "note": "Mondays"},
        "list_archive": {},
        "list_restore": {},
        "list_give": {"member": cast.member["pavel"]},
        "list_share": {"whom": cast.member["pavel"], "level": "view"},
        "list_unshare": {"grant": grant_id},
        "list_share_links": {"ends_on": "2026-12-01"},
        "list_add": {"text": "GLV-S 2"},
        "list_import": {"file": Sheet("list.csv", b"sku,quantity\nGLV-S,2\n")},
        "list_order": {},
        "list_line": {"quantity": "7"},
        "list_line_move": {"to": "up"},
        "list_line_remove": {},
        "schedule_new": schedule,
        "schedule_edit": schedule,
        "schedule_pause": {},
        "schedule_resume": {},
        "schedule_skip": {},
        "schedule_end": {},
        "schedule_withdraw": {},
        "usual": {"line": pens, f"q-{pens}": "3"},
        "reorder": {"line": pens, f"q-{pens}": "3"},
        "envelope_withdraw": {},
        "create_purchase_list": {"name": "Ward"},
        "change_purchase_list": {"name": "Ward"},
        "add_purchase_list_line": row,
        "change_purchase_list_line": {"quantity": 7},
        "import_purchase_list": {"rows": [row]},
        "share_purchase_list": {"member": cast.member["pavel"], "level": "view"},
        "order_purchase_list": {},
        "create_schedule": schedule,
        "change_schedule": schedule,
        "pause_schedule": {},
        "resume_schedule": {},
        "skip_occurrence": {},
        "withdraw_schedule_envelope": {},
        "reorder_requisition": {},
    }
