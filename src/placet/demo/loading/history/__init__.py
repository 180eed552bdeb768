"""Purchases of the past: planned by the engine at their moments, written in bulk.

Facts, plans, contents, decisions and events come from the product's own code. Counters, budgets and
orders are kept in memory, and written down before anybody acts by the product's own actions; the
rows of requisitions that have ended are written at the end, since nothing reads them before.
"""
