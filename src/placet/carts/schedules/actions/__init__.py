"""The use cases of schedules; their occurrences happen above, in ``requisitions``."""

from placet.carts.schedules.actions.keep_schedule import change_schedule, create_schedule
from placet.carts.schedules.actions.stop_schedule import (
    end_schedule,
    pause_schedule,
    resume_schedule,
    skip_occurrence,
)

__all__ = [
    "change_schedule",
    "create_schedule",
    "end_schedule",
    "pause_schedule",
    "resume_schedule",
    "skip_occurrence",
]
