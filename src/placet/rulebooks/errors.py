"""What can be in the way of a draft. Each says who was quicker, or what to look at."""

from __future__ import annotations

from placet.core.errors import Conflict


class DraftChanged(Conflict):
    """Somebody else saved, published or discarded the draft since it was read."""

    code = "draft_changed"


class DraftExists(Conflict):
    """The rulebook has an open draft already; it is continued, not started twice."""

    code = "draft_exists"


class DraftOutdated(Conflict):
    """Another version was published since the draft was written; ``facts`` name both numbers."""

    code = "draft_outdated"


class RulebookExists(Conflict):
    """The company, or the unit, has a rulebook of this side already; ``facts`` name it."""

    code = "rulebook_exists"


class NothingChanged(Conflict):
    """The draft says exactly what the published version says."""

    code = "nothing_changed"
