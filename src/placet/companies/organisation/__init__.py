"""Changes of who may decide, alone: what they mean for open steps is added above.

Pages, the API and imports call the action of the same name in ``requisitions.actions``, which makes
the change and staffs the open steps again in one transaction. Only that action, and a set-up before
anything was ever submitted, calls these.
"""
