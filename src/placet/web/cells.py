"""Cells of exports, for pages: see ``core.cells``."""

from placet.core.cells import csv_lines, defused, sheet_of

__all__ = ["csv_lines", "defused", "sheet_of"]
