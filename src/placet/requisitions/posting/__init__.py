"""Purchases that were never a cart: a shop of the merchant's, or a customer's program, posts them.

``values`` is what was posted, ``making`` makes a cart of it that is never saved, at the prices that
``stating`` (a shop's own) or ``ordering`` (the catalog's) find.
"""
