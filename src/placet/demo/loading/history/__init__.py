"""Three months of purchases: planned by the engine, placed by the actions, written in bulk.

Facts, plans, counters, budgets, orders and events are those of the product's own code, at the
moments of the past. Only the rows of requisitions that have ended are written set-based, since
nothing reads them while the history is played.
"""
