"""Instants on paper: with the year and the zone, since papers are read years later elsewhere."""

from __future__ import annotations

from datetime import datetime

from babel.dates import format_datetime

from placet.core.actor import Actor
from placet.core.formats import locale_of, zone_of


def paper_instant(at: datetime, reader: Actor) -> str:
    """A day and a time in the reader's zone: ``26 Nov 2026, 12:00 UTC+1``."""
    zone, locale = zone_of(reader.time_zone), locale_of(reader.language)
    written = format_datetime(at, "d MMM y, HH:mm", tzinfo=zone, locale=locale)
    hours = at.astimezone(zone).strftime("%z")
    offset = f"{hours[0]}{int(hours[1:3])}" + (f":{hours[3:]}" if hours[3:] != "00" else "")
    return f"{written}\u00a0UTC" + ("" if offset in ("+0", "-0") else offset)
