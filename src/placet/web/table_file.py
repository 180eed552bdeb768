"""Rows that leave as a file: CSV, or an XLSX sheet where the address asks for one."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Final

from django.http import HttpRequest, HttpResponse

from placet.core.cells import csv_lines, sheet_of

SHEET: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
CSV: Final = "text/csv; charset=utf-8"


def answer_with_table(
    request: HttpRequest, rows: Iterable[Iterable[Any]], name: str, *, title: str = ""
) -> HttpResponse:
    """The rows as the file ``name`` with its ending; XLSX with ``format=xlsx``, else CSV.

    ``title`` is the sheet's, where it is called otherwise than the file.
    """
    if request.GET.get("format") == "xlsx":
        ending, answer = "xlsx", HttpResponse(sheet_of(rows, title or name), content_type=SHEET)
    else:
        ending, answer = "csv", HttpResponse("".join(csv_lines(rows)), content_type=CSV)
    answer["Content-Disposition"] = f'attachment; filename="{name}.{ending}"'
    return answer
