"""Refusals that several actions on requisitions share."""

from __future__ import annotations

from placet.core.errors import Conflict, Forbidden


class StaleRevision(Conflict):
    """The caller saw another content than the one that is current; carries both hashes."""

    code = "stale_revision"


class PlanChanged(Conflict):
    """The plan that was shown is not the plan that would be followed now; carries the new one."""

    code = "plan_changed"


class PurchaseBlocked(Conflict):
    """A rule, a limit or a budget forbids the purchase; ``facts['plan']`` says which."""

    code = "purchase_blocked"


class NotAsked(Forbidden):
    """The step is waiting for other people."""

    code = "not_asked"


class AlreadyDecided(Conflict):
    """This human has answered this step, or the step has ended, before."""

    code = "already_decided"


class NobodyLeft(Conflict):
    """The change would leave a step that nobody could take; ``facts['steps']`` names each."""

    code = "nobody_left"


class MayNotDecide(Conflict):
    """The person who was chosen could not decide this step."""

    code = "may_not_decide"
